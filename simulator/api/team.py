"""The workspace as a whole: team.*, bots.*, emoji.*, usergroups.*."""

from simulator.api.arguments import Arguments
from simulator.api.method import Methods
from simulator.seed import Usergroup
from simulator.stage import Stage
from simulator.wire import APP_ID, Json, SlackError


def team_info(stage: Stage, args: Arguments) -> Json:
    workspace = stage.workspace
    if args.text("team") not in (None, workspace.team_id):
        raise SlackError("team_not_found")
    domain = workspace.domain
    team: Json = {
        "id": workspace.team_id,
        "name": workspace.name,
        "domain": domain,
        "email_domain": "",
        "url": f"https://{domain}.slack.com/",
        "icon": {"image_default": True},
    }
    if workspace.enterprise_id:
        team |= {"enterprise_id": workspace.enterprise_id, "enterprise_name": workspace.enterprise_name}
    return {"team": team}


def bots_info(stage: Stage, args: Arguments) -> Json:
    own = stage.workspace.bot_id
    if args.text("bot") not in (None, own):
        raise SlackError("bot_not_found")
    bot = {"id": own, "app_id": APP_ID, "user_id": stage.bot, "name": stage.manifest.bot_name}
    return {"bot": bot | {"deleted": False, "updated": 1_700_000_000, "icons": {}}}


def emoji_list(stage: Stage, args: Arguments) -> Json:
    return {"emoji": dict(stage.workspace.emoji), "cache_ts": "1700000000.000000"}


def usergroups_list(stage: Stage, args: Arguments) -> Json:
    shown = [_group(stage, group, args) for group in stage.workspace.usergroups]
    return {"usergroups": shown}


def _group(stage: Stage, group: Usergroup, args: Arguments) -> Json:
    shown: Json = {
        "id": group.id,
        "team_id": stage.team_id,
        "is_usergroup": True,
        "is_subteam": True,
        "name": group.name,
        "description": group.description,
        "handle": group.handle,
        "is_external": False,
        "date_create": 1_700_000_000,
        "date_update": 1_700_000_000,
        "date_delete": 0,
        "auto_type": None,
        "prefs": {"channels": [], "groups": []},
    }
    if args.flag("include_users"):
        shown["users"] = list(group.members)
    if args.flag("include_count"):
        shown["user_count"] = len(group.members)
    return shown


def usergroups_users_list(stage: Stage, args: Arguments) -> Json:
    wanted = args.needed("usergroup")
    group = next((each for each in stage.workspace.usergroups if each.id == wanted), None)
    if group is None:
        raise SlackError("no_such_subteam")
    gone = {user.id for user in stage.people.everybody.values() if user.deleted}
    shown = [user for user in group.members if args.flag("include_disabled") or user not in gone]
    return {"users": shown}


METHODS: Methods = {
    "team.info": team_info,
    "bots.info": bots_info,
    "emoji.list": emoji_list,
    "usergroups.list": usergroups_list,
    "usergroups.users.list": usergroups_users_list,
}
