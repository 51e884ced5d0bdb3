"""What the app will say later: chat.scheduleMessage and its kin."""

from simulator.api.arguments import Arguments
from simulator.api.chat import addressed, attachments, described, named, said
from simulator.api.conversations import visible
from simulator.api.method import Methods, page
from simulator.stage import Stage
from simulator.wire import Json, SlackError
from simulator.workspace.ids import random_id
from simulator.workspace.scheduled import Scheduled

TEXT_MOST = 40_000
FURTHEST_SECONDS = 120 * 24 * 3600
# No more than this many messages to one channel within so many seconds.
CROWD, CROWD_SECONDS = 30, 300


def schedule(stage: Stage, args: Arguments) -> Json:
    room = addressed(stage, args)
    text, blocks = said(args)
    if len(text) > TEXT_MOST:
        raise SlackError("msg_too_long")
    now = stage.app.clock.now()
    post_at = _time(args, now)
    near = [
        each
        for each in stage.scheduled.values()
        if each.channel == room.id and abs(each.post_at - post_at) < CROWD_SECONDS
    ]
    if len(near) >= CROWD:
        raise SlackError("restricted_too_many")
    waiting = Scheduled(
        random_id("Q"),
        room.id,
        post_at,
        int(now),
        text,
        named(blocks),
        attachments(args),
        args.text("thread_ts"),
        described(args),
    )
    stage.scheduled[waiting.id] = waiting
    stage.app.clock.call_later(post_at - now, lambda: _send(stage, waiting.id))
    shown: Json = {"type": "delayed_message", "text": text, "bot_id": stage.workspace.bot_id}
    if waiting.blocks:
        shown["blocks"] = waiting.blocks
    if waiting.metadata:
        shown["metadata"] = waiting.metadata
    message = shown | {"subtype": "bot_message", "username": stage.manifest.bot_name}
    return {
        "channel": room.id,
        "scheduled_message_id": waiting.id,
        "post_at": post_at,
        "message": message,
    }


def _time(args: Arguments, now: float) -> int:
    given = args.needed("post_at")
    if not given.isdecimal():
        raise SlackError("invalid_time")
    post_at = int(given)
    if post_at <= now:
        raise SlackError("time_in_past")
    if post_at > now + FURTHEST_SECONDS:
        raise SlackError("time_too_far")
    return post_at


def _send(stage: Stage, name: str) -> None:
    """Say what waited, unless it was taken back or the room has been closed meanwhile."""
    waiting = stage.scheduled.pop(name, None)
    room = stage.rooms.rooms.get(waiting.channel) if waiting else None
    if waiting is None or room is None or room.is_archived or stage.token is None:
        return
    stage.post_as_app(
        room,
        waiting.text,
        waiting.blocks,
        attachments=waiting.attachments,
        thread_ts=waiting.thread_ts,
        metadata=waiting.metadata,
    )


def listed(stage: Stage, args: Arguments) -> Json:
    channel = args.text("channel")
    if channel is not None and channel not in stage.rooms.rooms:
        raise SlackError("invalid_channel")
    oldest, latest = args.whole("oldest", 0), args.whole("latest", 2**62)
    waiting = [
        each.as_slack()
        for each in sorted(stage.scheduled.values(), key=lambda one: one.post_at)
        if channel in (None, each.channel) and oldest <= each.post_at <= latest
    ]
    shown, metadata = page(waiting, args, 100)
    return {"scheduled_messages": shown, "response_metadata": metadata}


def delete(stage: Stage, args: Arguments) -> Json:
    room = visible(stage, args)
    waiting = stage.scheduled.get(args.needed("scheduled_message_id"))
    if waiting is None or waiting.channel != room.id:
        raise SlackError("invalid_scheduled_message_id")
    del stage.scheduled[waiting.id]
    return {}


METHODS: Methods = {
    "chat.scheduleMessage": schedule,
    "chat.scheduledMessages.list": listed,
    "chat.deleteScheduledMessage": delete,
}
