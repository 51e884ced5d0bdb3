"""Who is asking, and the ways in: api.test, auth.*, apps.*."""

from simulator.api.arguments import Arguments
from simulator.api.method import Methods
from simulator.oauth.leaving import leave
from simulator.stage import Stage
from simulator.wire import APP_ID, Json


def api_test(stage: Stage, args: Arguments) -> Json:
    given = {name: str(value) for name, value in args.given.items() if name != "token"}
    answer: Json = {"args": given} if given else {}
    # Whoever names an error gets it back: this method is there to try out how a client takes errors.
    return answer | ({"ok": False, "error": given["error"]} if given.get("error") else {})


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


def apps_connections_open(stage: Stage, args: Arguments) -> Json:
    ticket = stage.app.socket_tickets.issue()
    return {"url": f"ws{stage.url.removeprefix('http')}/link/?ticket={ticket}&app_id={APP_ID}"}


METHODS: Methods = {
    "api.test": api_test,
    "auth.test": auth_test,
    "auth.revoke": auth_revoke,
    "apps.connections.open": apps_connections_open,
}
