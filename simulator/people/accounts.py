"""What happens to accounts: people come, go, come back and change their names."""

from dataclasses import replace

from simulator.people.talking import room_of
from simulator.rooms import archive, enter, leave
from simulator.seed import User
from simulator.stage import Stage
from simulator.wire import Json, SlackError
from simulator.workspace.conversations import Conversation


async def rename(stage: Stage, user: User, body: Json) -> Json:
    """Change one's own name."""
    real_name = str(body.get("real_name") or "").strip()
    if not real_name:
        raise SlackError("invalid_name")
    _change(stage, replace(user, real_name=real_name, name=str(body.get("name") or user.name)))
    return {}


async def deactivate(stage: Stage, user: User, body: Json) -> Json:
    """Close somebody's account; what they said stays."""
    person = _person(stage, user, body)
    if person.id == user.id:
        raise SlackError("cannot_deactivate_self")
    _change(stage, replace(person, deleted=True))
    return {}


async def reactivate(stage: Stage, user: User, body: Json) -> Json:
    _change(stage, replace(_person(stage, user, body), deleted=False))
    return {}


async def welcome(stage: Stage, user: User, body: Json) -> Json:
    """Let somebody new into the workspace."""
    _must_be_admin(user)
    given = body.get("person")
    if not isinstance(given, dict) or not {"id", "name", "real_name", "email"} <= given.keys():
        raise SlackError("invalid_person")
    try:
        person = User(**given)
    except ValueError as error:
        raise SlackError("invalid_person", reason=str(error)) from error
    if stage.people.get(person.id) is not None:
        raise SlackError("already_in_team")
    stage.people.put(person)
    stage.rooms.dm_with_app(person.id)
    stage.feed.publish({"type": "user", "user": person.id})
    stage.hear(_about(stage, "team_join", person))
    return {}


async def join(stage: Stage, user: User, body: Json) -> Json:
    room = stage.rooms.known(body.get("channel"))
    if room.kind != "channel" or user.is_restricted or user.is_ultra_restricted:
        raise SlackError("channel_not_found")
    if user.id not in room.members:
        enter(stage, room, user.id)
    return {}


async def invite(stage: Stage, user: User, body: Json) -> Json:
    """Invite a person or the app into a channel."""
    room = _channel(stage, user, body)
    person = stage.people.known(body.get("person"))
    if person.id in room.members:
        raise SlackError("already_in_channel")
    enter(stage, room, person.id, inviter=user.id)
    return {}


async def remove(stage: Stage, user: User, body: Json) -> Json:
    """Remove a person or the app from a channel; one's own name means to leave."""
    room = _channel(stage, user, body)
    person = stage.people.known(body.get("person") or user.id)
    if person.id not in room.members:
        raise SlackError("not_in_channel")
    leave(stage, room, person.id, user.id)
    return {}


async def archived(stage: Stage, user: User, body: Json) -> Json:
    """Archive a channel; with `back`, open it again."""
    room, back = _channel(stage, user, body), bool(body.get("back"))
    if room.is_archived != back:
        raise SlackError("not_archived" if back else "already_archived")
    archive(stage, room, user.id, back=back)
    return {}


def _channel(stage: Stage, user: User, body: Json) -> Conversation:
    room = room_of(stage, user, body.get("channel"))
    if room.is_im or room.is_mpim:
        raise SlackError("method_not_supported_for_channel_type")
    return room


def _person(stage: Stage, user: User, body: Json) -> User:
    _must_be_admin(user)
    return stage.people.known(body.get("person"))


def _must_be_admin(user: User) -> None:
    if not user.is_admin:
        raise SlackError("not_an_admin")


def _change(stage: Stage, person: User) -> None:
    stage.people.put(person)
    for other in stage.neighbours:
        if (seen := other.people.strangers.get(person.id)) is not None:
            met = replace(person, team_id=seen.team_id, is_stranger=seen.is_stranger)
            other.people.strangers[person.id] = met
    stage.feed.publish({"type": "user", "user": person.id})
    stage.hear(_about(stage, "user_change", person))


def _about(stage: Stage, kind: str, person: User) -> Json:
    email = "users:read.email" in stage.manifest.scopes
    shown = stage.people.as_slack(person, email=email, locale=True)
    return {"type": kind, "user": shown, "event_ts": stage.messages.timestamps.next()}
