"""Who is asking, and who there is: auth.*, team.*, bots.*, users.*, apps.*."""

from simulator.api.arguments import Arguments
from simulator.api.method import Methods, page
from simulator.oauth.leaving import leave
from simulator.seed import User
from simulator.stage import Stage
from simulator.wire import APP_ID, Json, SlackError


def auth_test(stage: Stage, args: Arguments) -> Json:
    workspace = stage.workspace
    shown: Json = {
        "url": f"https://{workspace.domain}.slack.com/",
        "team": workspace.name,
        "user": stage.people.everybody[stage.bot].name,
        "team_id": workspace.team_id,
        "user_id": stage.bot,
        "bot_id": workspace.bot_id,
        "is_enterprise_install": stage.is_org_wide,
    }
    return shown | ({"enterprise_id": workspace.enterprise_id} if workspace.enterprise_id else {})


def auth_revoke(stage: Stage, args: Arguments) -> Json:
    if args.flag("test") or stage.token is None:
        return {"revoked": False}
    leave(stage, stage.token, "token_revoked")
    return {"revoked": True}


def team_info(stage: Stage, args: Arguments) -> Json:
    workspace = stage.workspace
    team: Json = {
        "id": workspace.team_id,
        "name": workspace.name,
        "domain": workspace.domain,
        "email_domain": "",
    }
    if workspace.enterprise_id:
        team |= {"enterprise_id": workspace.enterprise_id, "enterprise_name": workspace.enterprise_name}
    return {"team": team}


def bots_info(stage: Stage, args: Arguments) -> Json:
    own = stage.workspace.bot_id
    if args.text("bot") not in (None, own):
        raise SlackError("bot_not_found")
    bot = {"id": own, "app_id": APP_ID, "user_id": stage.bot, "name": stage.manifest.bot_name}
    return {"bot": bot | {"deleted": False}}


def _shown(stage: Stage, user: User, args: Arguments) -> Json:
    email = "users:read.email" in stage.manifest.scopes
    return stage.people.as_slack(user, email=email, locale=args.flag("include_locale"))


def users_info(stage: Stage, args: Arguments) -> Json:
    return {"user": _shown(stage, stage.people.known(args.needed("user")), args)}


def users_list(stage: Stage, args: Arguments) -> Json:
    everybody = [_shown(stage, user, args) for user in stage.people.everybody.values()]
    members, metadata = page(everybody, args)
    return {"members": members, "response_metadata": metadata}


def users_lookup_by_email(stage: Stage, args: Arguments) -> Json:
    return {"user": _shown(stage, stage.people.by_email(args.needed("email")), args)}


def apps_connections_open(stage: Stage, args: Arguments) -> Json:
    ticket = stage.app.socket_tickets.issue()
    return {"url": f"ws{stage.url.removeprefix('http')}/link/?ticket={ticket}&app_id={APP_ID}"}


METHODS: Methods = {
    "auth.test": auth_test,
    "auth.revoke": auth_revoke,
    "team.info": team_info,
    "bots.info": bots_info,
    "users.info": users_info,
    "users.list": users_list,
    "users.lookupByEmail": users_lookup_by_email,
    "apps.connections.open": apps_connections_open,
}
