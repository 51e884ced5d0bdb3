"""Rooms and what was said in them: conversations.*."""

from simulator.api.arguments import Arguments
from simulator.api.method import Methods, missing_scope, page
from simulator.seed import User
from simulator.stage import Stage
from simulator.wire import Json, SlackError
from simulator.workspace.conversations import Conversation
from simulator.workspace.messages import Message

_TYPES = {"channel": "public_channel", "group": "private_channel", "im": "im", "mpim": "mpim"}
PEOPLE_MOST = 8


def visible(
    stage: Stage, args: Arguments, name: str = "channel", *, found: Conversation | None = None
) -> Conversation:
    """Find the room that the argument *name* names, or the *found* one: public, or with the app in it.

    Raises: channel_not_found, or missing_scope where the method needs one for rooms of this kind.
    """
    room = found or stage.rooms.known(args.needed(name))
    if room.kind != "channel" and stage.bot not in room.members:
        raise SlackError("channel_not_found")
    need_scope(args, room.kind)
    return room


def need_scope(args: Arguments, kind: str) -> None:
    """Refuse a call that needs a scope for rooms of *kind* and has none."""
    needed = args.facts.scopes_for(kind)
    if needed and args.held.isdisjoint(needed):
        raise missing_scope(needed, args.held)


def opened(stage: Stage, args: Arguments) -> Json:
    if args.text("channel"):
        room = visible(stage, args)
        return {"channel": room.as_slack(stage.bot) if args.flag("return_im") else {"id": room.id}}
    names = args.listed("users")
    if not names:
        raise SlackError("users_list_not_supplied")
    people = [stage.people.known(name) for name in names]
    need_scope(args, "im" if len(names) == 1 else "mpim")
    if any(user.team_id for user in people):
        raise SlackError("user_not_visible")
    if any(user.deleted for user in people):
        raise SlackError("user_disabled")
    if len(names) > PEOPLE_MOST:
        raise SlackError("too_many_users")
    if stage.bot in names or any(user.is_bot or _is_far(stage, user) for user in people):
        raise SlackError("invalid_user_combination")
    before = len(stage.rooms.rooms)
    room = stage.rooms.between((stage.bot, *names))
    shown = room.as_slack(stage.bot) if args.flag("return_im") else {"id": room.id}
    # Only of a conversation that was there before does Slack say that there was nothing to do.
    known = {"no_op": True, "already_open": True} if len(stage.rooms.rooms) == before else {}
    return known | {"channel": shown}


def _is_far(stage: Stage, user: User) -> bool:
    """Tell whether an outsider shares no channel with the app: such people are not to be written to."""
    shared = [room for room in stage.rooms.seen_by(user.id) if not room.is_im and stage.bot in room.members]
    return user.is_stranger and not shared


def info(stage: Stage, args: Arguments) -> Json:
    room = visible(stage, args)
    shown = room.as_slack(stage.bot)
    if args.flag("include_locale"):
        other = stage.people.get(room.other(stage.bot)) if room.is_im else None
        shown["locale"] = other.locale if other else "en-US"
    if not args.flag("include_num_members"):
        shown.pop("num_members", None)
    return {"channel": shown}


def listed(stage: Stage, args: Arguments) -> Json:
    rooms = [room.as_slack(stage.bot) for room in of_kinds(stage, args)]
    channels, metadata = page(rooms, args, 100)
    return {"channels": channels, "response_metadata": metadata}


def of_kinds(stage: Stage, args: Arguments) -> list[Conversation]:
    """List the rooms of the kinds asked for, of which the app may know.

    Raises: invalid_types, or missing_scope where there is none for one of the kinds.
    """
    wanted = args.listed("types") or ["public_channel"]
    if set(wanted) - set(_TYPES.values()):
        raise SlackError("invalid_types")
    for kind, word in _TYPES.items():
        if word in wanted:
            need_scope(args, kind)
    hidden = args.flag("exclude_archived")
    return [
        room
        for room in stage.rooms.rooms.values()
        if _TYPES[room.kind] in wanted
        and (room.kind == "channel" or stage.bot in room.members)
        and not (hidden and room.is_archived)
    ]


def members(stage: Stage, args: Arguments) -> Json:
    room = visible(stage, args)
    people: list[Json] = [{"id": member} for member in sorted(room.members)]
    found, metadata = page(people, args, 100)
    return {"members": [member["id"] for member in found], "response_metadata": metadata}


def history(stage: Stage, args: Arguments) -> Json:
    room = visible(stage, args)
    if stage.bot not in room.members:
        raise SlackError("not_in_channel")
    said = [message for message in stage.messages.history(room.id) if not message.is_reply]
    said = _between(said, args)
    said.reverse()
    return _pages(stage, said, args)


def replies(stage: Stage, args: Arguments) -> Json:
    room = visible(stage, args)
    if stage.bot not in room.members:
        raise SlackError("channel_not_found")
    root = args.needed("ts")
    thread = [each for each in stage.messages.history(room.id) if root in (each.ts, each.thread_ts)]
    if not thread:
        raise SlackError("thread_not_found")
    return _pages(stage, _between(thread, args), args)


def _between(said: list[Message], args: Arguments) -> list[Message]:
    oldest, latest, inclusive = args.text("oldest") or "", args.text("latest") or "~", args.flag("inclusive")
    return [
        message
        for message in said
        if oldest < message.ts < latest or (inclusive and message.ts in (oldest, latest))
    ]


def _pages(stage: Stage, said: list[Message], args: Arguments) -> Json:
    found, metadata = page(said, args, 100)
    shown = [message.as_slack(stage.workspace) | stage.messages.threaded(message) for message in found]
    return {"messages": shown, "has_more": bool(metadata["next_cursor"]), "response_metadata": metadata}


METHODS: Methods = {
    "conversations.open": opened,
    "conversations.info": info,
    "conversations.list": listed,
    "conversations.members": members,
    "conversations.history": history,
    "conversations.replies": replies,
}
