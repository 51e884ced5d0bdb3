"""What the app says piece by piece: chat.startStream, chat.appendStream, chat.stopStream."""

from dataclasses import replace

from shared.blockkit import Surface, validate_blocks
from simulator import writing
from simulator.api.arguments import Arguments, invalid
from simulator.api.chat import MARKDOWN_MOST, described
from simulator.api.conversations import visible
from simulator.api.method import Methods
from simulator.stage import Stage
from simulator.wire import Json, SlackError
from simulator.workspace.conversations import Conversation
from simulator.workspace.messages import Message
from simulator.workspace.sessions import STATUSES, Session
from simulator.workspace.streams import Stream

_STATUSES = ("pending", "in_progress", "complete", "error")


def start(stage: Stage, args: Arguments) -> Json:
    room = _room(stage, args)
    root = args.text("thread_ts")
    if root is None and room.is_im:
        raise SlackError("channel_type_not_supported")
    if root is not None and not stage.messages.has(room.id, root):
        raise invalid("must be a message of this conversation", "/thread_ts")
    if not room.is_im:
        _recipient(stage, args)
    mode = args.text("task_display_mode") or "timeline"
    if mode not in ("timeline", "plan"):
        raise invalid("must be one of: timeline, plan", "/task_display_mode")
    message = writing.begin(stage, room, root, Stream(mode).grown(_chunks(args)))
    return {"channel": room.id, "ts": message.ts}


def _room(stage: Stage, args: Arguments) -> Conversation:
    """Find where to write: an open room that the app is in."""
    room = visible(stage, args)
    if room.is_im and not stage.manifest.features.app_home.messages_tab_enabled:
        raise SlackError("messages_tab_disabled")
    if room.is_archived:
        raise SlackError("is_archived")
    if stage.bot not in room.members:
        raise SlackError("not_in_channel")
    return room


def _recipient(stage: Stage, args: Arguments) -> None:
    """Check for whom a stream in a channel is: somebody of a workspace that is named."""
    user, team = args.text("recipient_user_id"), args.text("recipient_team_id")
    if user is None:
        raise SlackError("missing_recipient_user_id")
    if team is None:
        raise SlackError("missing_recipient_team_id")
    person = stage.people.get(user)
    if person is None:
        raise SlackError("user_not_found")
    if stage.people.team_of(person) != team:
        raise SlackError("team_not_found")


def append(stage: Stage, args: Arguments) -> Json:
    message, stream = _streaming(stage, args)
    if stream.stopped_by_user:
        raise SlackError("stopped_by_user")
    chunks = _chunks(args)
    if not chunks:
        raise SlackError("no_text")
    writing.go_on(stage, message, stream.grown(chunks))
    return {"channel": message.channel, "ts": message.ts}


def stop(stage: Stage, args: Arguments) -> Json:
    message, stream = _streaming(stage, args)
    if stream.stopped_by_user:
        raise SlackError("message_not_in_streaming_state")
    status = next((each for each in STATUSES if each == args.text("session_status")), None)
    if status is None and args.text("session_status") is not None:
        raise invalid("must be one of: " + ", ".join(STATUSES), "/session_status")
    whole = stream.grown([*_chunks(args), *_last(args)])
    done = writing.end(stage, message, whole, described(args))
    thread, room = message.thread_ts, stage.rooms.known(message.channel)
    if status is not None and thread is not None:
        session = stage.sessions.get((room.id, thread)) or Session(status)
        writing.set_session(stage, room, thread, replace(session, status=status))
    shown = done.as_slack(stage.workspace)
    return {"channel": message.channel, "ts": message.ts, "message": shown}


def _last(args: Arguments) -> list[Json]:
    """Read the blocks that close the message."""
    blocks = args.get("blocks")
    if blocks in (None, "", []):
        return []
    if validate_blocks(Surface.MESSAGE, blocks):
        raise SlackError("invalid_blocks")
    return [{"type": "blocks", "blocks": blocks}]


def _streaming(stage: Stage, args: Arguments) -> tuple[Message, Stream]:
    room = _room(stage, args)
    message = stage.messages.find(room.id, args.needed("ts"))
    if message.bot_id != stage.workspace.bot_id:
        raise SlackError("message_not_owned_by_app")
    stream = stage.streams.get((room.id, message.ts))
    if stream is None:
        raise SlackError("message_not_in_streaming_state")
    return message, stream


def _chunks(args: Arguments) -> list[Json]:
    """Read what is to be added, as chunks; bare text is one too.

    Raises: invalid_chunks.
    """
    text = args.within("markdown_text", MARKDOWN_MOST)
    written: list[Json] = [{"type": "markdown_text", "text": text}] if text else []
    given = args.get("chunks")
    if given in (None, ""):
        return written
    if not isinstance(given, list) or not all(_is_chunk(each) for each in given):
        raise SlackError("invalid_chunks")
    return written + given


def _is_chunk(chunk: object) -> bool:
    match chunk:
        case {"type": "markdown_text", "text": str(text)}:
            return len(text) <= MARKDOWN_MOST
        case {"type": "task_update", "id": str(), "title": str(), "status": status}:
            return status in _STATUSES
        case {"type": "plan_update", "title": str()}:
            return True
        case {"type": "blocks", "blocks": blocks}:
            return not validate_blocks(Surface.MESSAGE, blocks)
        case _:
            return False


METHODS: Methods = {"chat.startStream": start, "chat.appendStream": append, "chat.stopStream": stop}
