"""What people do with messages that are there, and whom they turn to."""

from simulator import reacting, writing
from simulator.people.talking import room_of, typed
from simulator.seed import User
from simulator.stage import Stage
from simulator.wire import Json, SlackError
from simulator.workspace.messages import Message

MOST_PEOPLE = 8


async def react(stage: Stage, user: User, body: Json) -> Json:
    """Put a reaction under a message, or take one's own away again."""
    room = room_of(stage, user, body.get("channel"))
    message = stage.messages.find(room.id, body.get("ts"))
    name = body.get("name")
    if not isinstance(name, str) or not name:
        raise SlackError("invalid_name")
    change = reacting.unreact if (name, user.id) in message.reactions else reacting.react
    change(stage, room, message, user.id, name)
    return {}


async def stop(stage: Stage, user: User, body: Json) -> Json:
    """Stop whatever the app is doing or writing in a thread."""
    room = room_of(stage, user, body.get("channel"))
    thread = body.get("thread_ts")
    if not isinstance(thread, str):
        raise SlackError("thread_ts_required")
    return {"stopped": writing.interrupt(stage, room, thread, user.id)}


async def edit(stage: Stage, user: User, body: Json) -> Json:
    text = str(body.get("text") or "").strip()
    if not text:
        raise SlackError("no_text")
    stage.change(_own(stage, user, body, "cant_update_message"), typed(stage, text), None)
    return {}


async def delete(stage: Stage, user: User, body: Json) -> Json:
    stage.remove(_own(stage, user, body, "cant_delete_message"))
    return {}


def _own(stage: Stage, user: User, body: Json, refusal: str) -> Message:
    room = room_of(stage, user, body.get("channel"))
    message = stage.messages.find(room.id, body.get("ts"))
    if message.user != user.id:
        raise SlackError(refusal)
    return message


async def begin(stage: Stage, user: User, body: Json) -> Json:
    """Begin to talk with people directly; the conversation is there already if they talked before."""
    people = body.get("people")
    if not isinstance(people, list) or not 1 <= len(people) <= MOST_PEOPLE:
        raise SlackError("users_list_not_supplied")
    others = [stage.people.known(each) for each in people]
    if any(each.deleted for each in others):
        raise SlackError("user_disabled")
    room = stage.rooms.between((user.id, *(each.id for each in others)))
    return {"channel": room.id}
