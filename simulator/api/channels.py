"""What the app does to rooms: the half of conversations.* that changes them."""

import re

from simulator import rooms
from simulator.api.arguments import Arguments
from simulator.api.conversations import need_scope, visible
from simulator.api.method import Methods
from simulator.seed import User
from simulator.stage import Stage
from simulator.wire import Json, SlackError
from simulator.workspace.conversations import Conversation

NAME_MOST = 80
TOPIC_MOST = 250
_TS = re.compile(r"\d+\.\d+")


def create(stage: Stage, args: Arguments) -> Json:
    private = args.flag("is_private")
    need_scope(args, "group" if private else "channel")
    room = rooms.create(stage, _new_name(stage, args), stage.bot, is_private=private)
    return _channel(stage, room)


def _new_name(stage: Stage, args: Arguments) -> str:
    """Read a name for a room, which nobody else has."""
    name = args.text("name")
    if name is None:
        raise SlackError("invalid_name_required")
    if len(name) > NAME_MOST:
        raise SlackError("invalid_name_maxlength")
    if not any(char.isalnum() for char in name):
        raise SlackError("invalid_name_punctuation")
    if name != name.lower() or not all(char.isalnum() or char in "-_" for char in name):
        raise SlackError("invalid_name_specials")
    if stage.rooms.named(name) is not None:
        raise SlackError("name_taken")
    return name


def _named(stage: Stage, args: Arguments) -> Conversation:
    """Find a channel, public or private; direct conversations are no such thing."""
    room = visible(stage, args)
    if room.is_im or room.is_mpim:
        raise SlackError("method_not_supported_for_channel_type")
    return room


def join(stage: Stage, args: Arguments) -> Json:
    room = visible(stage, args)
    if room.kind != "channel":
        raise SlackError("method_not_supported_for_channel_type")
    if room.is_archived:
        raise SlackError("is_archived")
    if stage.bot not in room.members:
        return _channel(stage, rooms.enter(stage, room, stage.bot))
    warned = {"warning": "already_in_channel", "response_metadata": {"warnings": ["already_in_channel"]}}
    return _channel(stage, room) | warned


def invite(stage: Stage, args: Arguments) -> Json:
    room = _named(stage, args)
    names = args.listed("users")
    if not names:
        raise SlackError("no_user")
    if stage.bot not in room.members:
        raise SlackError("not_in_channel")
    if room.is_archived:
        raise SlackError("is_archived")
    people = [stage.people.known(name) for name in names]
    for user in people:
        _welcome(stage, room, user)
    for user in people:
        room = rooms.enter(stage, room, user.id, inviter=stage.bot)
    return _channel(stage, room)


def _welcome(stage: Stage, room: Conversation, user: User) -> None:
    """Refuse whoever may not be invited."""
    if user.id == stage.bot:
        raise SlackError("cant_invite_self")
    if user.id in room.members:
        raise SlackError("already_in_channel")
    if user.deleted:
        raise SlackError("cant_invite")
    if user.is_stranger and not room.is_ext_shared:
        raise SlackError("no_external_invite_permission")
    elsewhere = [each for each in stage.rooms.seen_by(user.id) if not each.is_im and not each.is_mpim]
    if user.is_ultra_restricted and elsewhere:
        raise SlackError("ura_max_channels")


def kick(stage: Stage, args: Arguments) -> Json:
    room = _named(stage, args)
    user = stage.people.known(args.text("user"))
    if user.id == stage.bot:
        raise SlackError("cant_kick_self")
    if room.is_general:
        raise SlackError("cant_kick_from_general")
    if stage.bot not in room.members or user.id not in room.members:
        raise SlackError("not_in_channel")
    rooms.leave(stage, room, user.id, stage.bot)
    return {"errors": {}}


def leave(stage: Stage, args: Arguments) -> Json:
    room = _named(stage, args)
    if room.is_general:
        raise SlackError("cant_leave_general")
    if room.is_archived:
        raise SlackError("is_archived")
    if stage.bot not in room.members:
        return {"not_in_channel": True}
    if room.is_private and len(room.members) == 1:
        raise SlackError("last_member")
    rooms.leave(stage, room, stage.bot, stage.bot)
    return {}


def archive(stage: Stage, args: Arguments) -> Json:
    room = _named(stage, args)
    if room.is_archived:
        raise SlackError("already_archived")
    if room.is_general:
        raise SlackError("cant_archive_general")
    if stage.bot not in room.members:
        raise SlackError("not_in_channel")
    rooms.archive(stage, room, stage.bot)
    return {}


def unarchive(stage: Stage, args: Arguments) -> Json:
    room = _named(stage, args)
    if not room.is_archived:
        raise SlackError("not_archived")
    rooms.archive(stage, room, stage.bot, back=True)
    return {}


def rename(stage: Stage, args: Arguments) -> Json:
    room = _own(stage, args)
    # Only who made a room may rename it, or an administrator, and an app is none.
    if room.creator != stage.bot:
        raise SlackError("not_authorized")
    return _channel(stage, rooms.rename(stage, room, stage.bot, _new_name(stage, args)))


def set_topic(stage: Stage, args: Arguments) -> Json:
    room, topic = _own(stage, args), args.text("topic") or ""
    if len(topic) > TOPIC_MOST:
        raise SlackError("too_long")
    return _channel(stage, rooms.set_topic(stage, room, stage.bot, topic))


def set_purpose(stage: Stage, args: Arguments) -> Json:
    room, purpose = _own(stage, args), args.text("purpose") or ""
    if len(purpose) > TOPIC_MOST:
        raise SlackError("too_long")
    return _channel(stage, rooms.set_purpose(stage, room, stage.bot, purpose)) | {"purpose": purpose}


def _own(stage: Stage, args: Arguments) -> Conversation:
    """Find a channel that the app is in and that is open."""
    room = _named(stage, args)
    if stage.bot not in room.members:
        raise SlackError("not_in_channel")
    if room.is_archived:
        raise SlackError("is_archived")
    return room


def mark(stage: Stage, args: Arguments) -> Json:
    room = visible(stage, args)
    if stage.bot not in room.members:
        raise SlackError("not_in_channel")
    ts = args.text("ts") or ""
    if not _TS.fullmatch(ts):
        raise SlackError("invalid_timestamp")
    stage.rooms.read_until(stage.bot, room.id, ts)
    return {}


def close(stage: Stage, args: Arguments) -> Json:
    """Close a direct conversation: it only leaves the app's own list, which nobody looks at."""
    room = visible(stage, args)
    if not room.is_im and not room.is_mpim:
        raise SlackError("method_not_supported_for_channel_type")
    return {}


def _channel(stage: Stage, room: Conversation) -> Json:
    return {"channel": room.as_slack(stage.bot)}


METHODS: Methods = {
    "conversations.create": create,
    "conversations.join": join,
    "conversations.invite": invite,
    "conversations.kick": kick,
    "conversations.leave": leave,
    "conversations.archive": archive,
    "conversations.unarchive": unarchive,
    "conversations.rename": rename,
    "conversations.setTopic": set_topic,
    "conversations.setPurpose": set_purpose,
    "conversations.mark": mark,
    "conversations.close": close,
}
