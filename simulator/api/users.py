"""The people of the workspace: users.*."""

from simulator.api.arguments import Arguments, invalid
from simulator.api.conversations import of_kinds
from simulator.api.method import Methods, page
from simulator.seed import User
from simulator.stage import Stage
from simulator.wire import Json


def _shown(stage: Stage, user: User, args: Arguments) -> Json:
    email = "users:read.email" in args.held
    return stage.people.as_slack(user, email=email, locale=args.flag("include_locale"))


def info(stage: Stage, args: Arguments) -> Json:
    return {"user": _shown(stage, stage.people.known(args.needed("user")), args)}


def listed(stage: Stage, args: Arguments) -> Json:
    everybody = [_shown(stage, user, args) for user in stage.people.everybody.values()]
    members, metadata = page(everybody, args)
    return {"members": members, "response_metadata": metadata}


def lookup_by_email(stage: Stage, args: Arguments) -> Json:
    return {"user": _shown(stage, stage.people.by_email(args.needed("email")), args)}


def profile_get(stage: Stage, args: Arguments) -> Json:
    user = stage.people.known(args.text("user") or stage.bot)
    return {"profile": stage.people.profile(user, email="users:read.email" in args.held)}


def get_presence(stage: Stage, args: Arguments) -> Json:
    """Tell who is there: people while a page of theirs is open, the app while it can be reached."""
    user = args.text("user") or stage.bot
    if stage.people.get(user) is None:
        raise invalid("must be a user of this workspace", "/user")
    there = stage.feed.is_heard_by(user) or (user == stage.bot and stage.sockets.count > 0)
    return {"presence": "active" if there else "away"}


def conversations(stage: Stage, args: Arguments) -> Json:
    user = args.text("user") or stage.bot
    mine = [room for room in of_kinds(stage, args) if user in room.members]
    channels, metadata = page([room.as_slack(stage.bot) for room in mine], args, 100)
    return {"channels": channels, "response_metadata": metadata}


METHODS: Methods = {
    "users.info": info,
    "users.list": listed,
    "users.lookupByEmail": lookup_by_email,
    "users.profile.get": profile_get,
    "users.getPresence": get_presence,
    "users.conversations": conversations,
}
