"""What happens to messages that are written piece by piece, and to the sessions that they belong to."""

from dataclasses import replace

from simulator.stage import Stage
from simulator.wire import Json
from simulator.workspace.conversations import Conversation
from simulator.workspace.elements import with_ids
from simulator.workspace.messages import Message
from simulator.workspace.sessions import Session
from simulator.workspace.streams import Stream

# An agent's own word for being at work, in every language.
AT_WORK = "…"


def begin(stage: Stage, room: Conversation, thread_ts: str | None, stream: Stream) -> Message:
    message = stage.post_as_app(room, *_content(stream), thread_ts=thread_ts, about=_state("in_progress"))
    stage.streams[room.id, message.ts] = stream
    return message


def go_on(stage: Stage, message: Message, stream: Stream) -> Message:
    """Show what has been added; the app hears of the whole only at the end."""
    text, blocks = _content(stream)
    written = replace(message, text=text, blocks=blocks)
    stage.streams[message.channel, message.ts] = stream
    stage.mark(written)
    return written


def end(stage: Stage, message: Message, stream: Stream, metadata: Json | None = None) -> Message:
    text, blocks = _content(stream)
    stage.streams.pop((message.channel, message.ts), None)
    return stage.change(
        message,
        text,
        blocks,
        about=_state("completed"),
        metadata=metadata or message.metadata,
        edited_ts=None,
    )


def interrupt(stage: Stage, room: Conversation, thread_ts: str, user: str) -> list[str]:
    """Let *user* stop whatever the app is writing in a thread, and tell the app; list what was stopped."""
    stopped = []
    for (channel, ts), stream in stage.streams.items():
        message = stage.messages.find(channel, ts)
        if channel == room.id and thread_ts in (message.thread_ts, ts) and not stream.stopped_by_user:
            stage.streams[channel, ts] = replace(stream, stopped_by_user=True)
            stage.mark(replace(message, about=_state("completed")))
            stopped.append(ts)
    event: Json = {"type": "agent_session_stopped", "channel": room.id, "user": user, "thread_ts": thread_ts}
    now = stage.messages.timestamps.next()
    stage.hear_in(room, event | {"streaming_message_ts": stopped, "event_ts": now})
    session = stage.sessions.get((room.id, thread_ts))
    set_session(stage, room, thread_ts, replace(session or Session("active"), status="active"))
    return stopped


def set_session(stage: Stage, room: Conversation, thread_ts: str, session: Session) -> None:
    """Keep how an agent's session stands, and show it."""
    stage.sessions[room.id, thread_ts] = session
    stage.set_status(room, thread_ts, AT_WORK if session.status == "processing" else "")
    news = {"type": "session", "channel": room.id, "thread_ts": thread_ts}
    stage.feed.publish(news | {"status": session.status, "title": session.title}, room.members)


def _content(stream: Stream) -> tuple[str, list[Json] | None]:
    # What stands in its place keeps its name, or a button could not be pressed while more is written.
    return stream.text, with_ids(stream.blocks, steady=True) or None


def _state(state: str) -> Json:
    return {"streaming_state": state}
