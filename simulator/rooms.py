"""What happens to rooms: who comes and goes, what they are called, and when they are closed."""

from dataclasses import replace

from simulator.stage import Stage
from simulator.wire import Json
from simulator.workspace.conversations import Conversation
from simulator.workspace.ids import random_id
from simulator.workspace.messages import Message


def create(stage: Stage, name: str, creator: str, *, is_private: bool) -> Conversation:
    room = Conversation(
        random_id("C"),
        name,
        frozenset({creator}),
        is_private,
        creator=creator,
        created=int(float(stage.messages.timestamps.next())),
    )
    stage.put_room(room)
    if not is_private:
        channel = {"id": room.id, "name": name, "created": room.created, "creator": creator}
        stage.hear({"type": "channel_created", "channel": channel, "event_ts": _now(stage)})
    return room


def enter(stage: Stage, room: Conversation, user: str, inviter: str | None = None) -> Conversation:
    """Let *user* into *room*."""
    room = replace(room, members=room.members | {user})
    stage.put_room(room)
    about: Json = {"inviter": inviter} if inviter else {}
    _note(stage, room, user, "channel_join", f"<@{user}> has joined the channel", about)
    stage.hear_in(room, _membership(stage, room, user, "member_joined_channel") | about)
    return room


def leave(stage: Stage, room: Conversation, user: str, actor: str) -> Conversation:
    """Let *user* out of *room*, whoever wanted it."""
    _note(stage, room, user, "channel_leave", f"<@{user}> has left the channel", {})
    room = replace(room, members=room.members - {user})
    stage.put_room(room)
    if user == stage.bot:
        kind = "group_left" if room.is_private else "channel_left"
        stage.hear({"type": kind, "channel": room.id, "actor_id": actor, "event_ts": _now(stage)})
    else:
        stage.hear_in(room, _membership(stage, room, user, "member_left_channel"))
    return room


def archive(stage: Stage, room: Conversation, actor: str, *, back: bool = False) -> Conversation:
    """Close *room*, or open it again."""
    if not back:
        _note(stage, room, actor, "channel_archive", f"<@{actor}> archived the channel", {})
    room = replace(room, is_archived=not back)
    stage.put_room(room)
    kind = f"{_family(room)}_{'unarchive' if back else 'archive'}"
    _public(stage, room, {"type": kind, "channel": room.id, "user": actor, "event_ts": _now(stage)})
    return room


def rename(stage: Stage, room: Conversation, actor: str, name: str) -> Conversation:
    about: Json = {"old_name": room.name, "name": name}
    text = f'<@{actor}> has renamed the channel from "{room.name}" to "{name}"'
    room = replace(room, name=name)
    stage.put_room(room)
    _note(stage, room, actor, "channel_name", text, about)
    channel = {"id": room.id, "name": name, "name_normalized": name, "created": room.created}
    kind = f"{_family(room)}_rename"
    _public(stage, room, {"type": kind, "channel": channel, "event_ts": _now(stage)})
    return room


def set_topic(stage: Stage, room: Conversation, actor: str, topic: str) -> Conversation:
    room = replace(room, topic=topic)
    stage.put_room(room)
    _note(stage, room, actor, "channel_topic", f"<@{actor}> set the channel topic: {topic}", {"topic": topic})
    return room


def set_purpose(stage: Stage, room: Conversation, actor: str, purpose: str) -> Conversation:
    room = replace(room, purpose=purpose)
    stage.put_room(room)
    text = f"<@{actor}> set the channel description: {purpose}"
    _note(stage, room, actor, "channel_purpose", text, {"purpose": purpose})
    return room


def _note(stage: Stage, room: Conversation, user: str, subtype: str, text: str, about: Json) -> None:
    """Leave a line in the room that says what has happened to it."""
    ts = stage.messages.timestamps.next()
    stage.post(room, Message(room.id, ts, user, text, subtype=subtype, about=about or None))


def _membership(stage: Stage, room: Conversation, user: str, kind: str) -> Json:
    person = stage.people.get(user)
    return {
        "type": kind,
        "user": user,
        "channel": room.id,
        "channel_type": "G" if room.is_private else "C",
        "team": stage.people.team_of(person) if person else stage.team_id,
        "event_ts": _now(stage),
    }


def _family(room: Conversation) -> str:
    return "group" if room.is_private else "channel"


def _public(stage: Stage, room: Conversation, event: Json) -> None:
    """Tell the app of what happens to a public room even where it is not in it."""
    if room.is_private:
        stage.hear_in(room, event)
    else:
        stage.hear(event)


def _now(stage: Stage) -> str:
    return stage.messages.timestamps.next()
