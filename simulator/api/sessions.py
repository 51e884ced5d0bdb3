"""How an agent's work stands, thread by thread: agents.sessions.*."""

from dataclasses import replace

from simulator import writing
from simulator.api.arguments import Arguments, invalid
from simulator.api.conversations import visible
from simulator.api.method import Methods
from simulator.stage import Stage
from simulator.wire import Json, SlackError
from simulator.workspace.conversations import Conversation
from simulator.workspace.sessions import STATUSES, Session

TITLE_MOST = 200


def set_status(stage: Stage, args: Arguments) -> Json:
    room, thread = _thread(stage, args)
    status = next((each for each in STATUSES if each == args.text("status")), None)
    if status is None:
        raise SlackError("invalid_status")
    title, initiator = args.within("title", TITLE_MOST), args.text("initiator_user_id")
    if initiator is not None and initiator not in room.members:
        raise SlackError("user_not_found")
    session = stage.sessions.get((room.id, thread)) or Session(status, title or "", initiator)
    session = replace(session, status=status)
    writing.set_session(stage, room, thread, session)
    return {"status": status, "agent_status": status, "title": session.title}


def rename(stage: Stage, args: Arguments) -> Json:
    room, thread = _thread(stage, args)
    session = stage.sessions.get((room.id, thread))
    if session is None:
        raise SlackError("session_not_found")
    title = args.within("title", TITLE_MOST)
    if title is None:
        raise invalid("must be more than 0 characters", "/title")
    writing.set_session(stage, room, thread, replace(session, title=title))
    return {"title": title}


def _thread(stage: Stage, args: Arguments) -> tuple[Conversation, str]:
    """Find the thread that an agent works in."""
    if stage.manifest.features.agent_view is None:
        raise SlackError("feature_disabled")
    room = visible(stage, args, "channel_id")
    if stage.bot not in room.members:
        raise SlackError("not_authorized")
    thread = args.text("thread_ts")
    if thread is None:
        raise SlackError("thread_ts_required")
    return room, thread


METHODS: Methods = {"agents.sessions.setStatus": set_status, "agents.sessions.rename": rename}
