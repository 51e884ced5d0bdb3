"""Who is asking, and who there is: auth.*, team.*, bots.*, users.*, apps.*."""

from simulator.api.arguments import Arguments
from simulator.api.method import Method, Methods, page
from simulator.seed import User
from simulator.stage import Stage
from simulator.wire import APP_ID, BOT_ID, BOT_USER_ID, Json, SlackError


def auth_test(stage: Stage, args: Arguments) -> Json:
    workspace = stage.workspace
    return {
        "url": f"https://{workspace.domain}.slack.com/",
        "team": workspace.name,
        "user": stage.people.everybody[BOT_USER_ID].name,
        "team_id": workspace.team_id,
        "user_id": BOT_USER_ID,
        "bot_id": BOT_ID,
        "is_enterprise_install": False,
    }


def team_info(stage: Stage, args: Arguments) -> Json:
    workspace = stage.workspace
    team = {"id": workspace.team_id, "name": workspace.name, "domain": workspace.domain, "email_domain": ""}
    return {"team": team}


def bots_info(stage: Stage, args: Arguments) -> Json:
    if args.text("bot") not in (None, BOT_ID):
        raise SlackError("bot_not_found")
    bot = {"id": BOT_ID, "app_id": APP_ID, "user_id": BOT_USER_ID, "name": stage.manifest.bot_name}
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
    ticket = stage.socket_tickets.issue()
    return {"url": f"ws{stage.url.removeprefix('http')}/link/?ticket={ticket}&app_id={APP_ID}"}


METHODS: Methods = {
    "auth.test": Method(auth_test, by="either"),
    "team.info": Method(team_info, ("team:read",)),
    "bots.info": Method(bots_info, ("users:read",)),
    "users.info": Method(users_info, ("users:read",)),
    "users.list": Method(users_list, ("users:read",)),
    "users.lookupByEmail": Method(users_lookup_by_email, ("users:read.email",)),
    "apps.connections.open": Method(apps_connections_open, by="app"),
}
