"""Saying things and giving commands."""

import re

from simulator.delivery.envelope import Envelope
from simulator.people.responding import show_answer
from simulator.seed import User
from simulator.stage import Stage
from simulator.wire import APP_ID, VERIFICATION_TOKEN, Json, SlackError
from simulator.workspace.conversations import Conversation
from simulator.workspace.messages import Message
from simulator.workspace.tickets import ResponseUrl

_TOKEN = re.compile(r"(<[@#][A-Z0-9]+(?:\|[^<>]*)?>)")
_AT = re.compile(r"(?<![\w<@])@([\w.\-]+)")
_HASH = re.compile(r"(?<![\w<#&])#([\w\-]+)")
_ESCAPED = re.compile(r"<@([A-Z0-9]+)(?:\|[^<>]*)?>")


def room_of(stage: Stage, user: User, channel: object) -> Conversation:
    """Find the room that *user* is in; without a name it is the direct message with the app."""
    room = stage.rooms.dm_with_app(user.id) if channel is None else stage.rooms.known(channel)
    if user.id not in room.members:
        raise SlackError("not_in_channel")
    return room


async def say(stage: Stage, user: User, body: Json) -> Json:
    room = room_of(stage, user, body.get("channel"))
    text = str(body.get("text") or "").strip()
    if not text:
        raise SlackError("no_text")
    if room.is_archived:
        raise SlackError("is_archived")
    if room.is_read_only and not user.is_admin:
        raise SlackError("restricted_action_read_only_channel")
    thread = body.get("thread_ts") or None
    if thread is not None:
        stage.messages.find(room.id, thread)
    ts = stage.messages.timestamps.next()
    broadcast = thread is not None and body.get("broadcast") is True
    said = Message(room.id, ts, user.id, typed(stage, text), thread_ts=thread, broadcast=broadcast)
    message = stage.post(room, said)
    return {"ts": message.ts, "channel": room.id}


async def command(stage: Stage, user: User, body: Json) -> Json:
    room = room_of(stage, user, body.get("channel"))
    name = str(body.get("command") or "")
    known = stage.manifest.command(name) if stage.token else None
    if known is None:
        stage.notice(user.id, "unknown_command", command=name)
        raise SlackError("unknown_command")
    text = str(body.get("text") or "").strip()
    payload: Json = {
        "token": VERIFICATION_TOKEN,
        "team_id": stage.workspace.team_id,
        "team_domain": stage.workspace.domain,
        "channel_id": room.id,
        "channel_name": room.shown_name,
        "user_id": user.id,
        "user_name": user.name,
        "command": name,
        "text": _escaped(stage, text) if known.should_escape else text,
        "api_app_id": APP_ID,
        "is_enterprise_install": str(stage.is_org_wide).lower(),
        "response_url": stage.response_url(user.id, room),
        "trigger_id": stage.triggers.issue(user.id),
    }
    if enterprise := stage.workspace.enterprise_id:
        payload |= {"enterprise_id": enterprise, "enterprise_name": stage.workspace.enterprise_name}
    answer = await stage.delivery.ask(Envelope("slash_commands", payload, name, accepts=True))
    if not answer.arrived:
        stage.notice(user.id, "command_failed", command=name)
        raise SlackError("app_did_not_answer")
    if answer.body.get("text") or answer.body.get("blocks"):
        here = ResponseUrl(user.id, room.id, None, None, 0.0)
        try:
            show_answer(stage, here, answer.body)
        except SlackError as refusal:
            stage.notice(user.id, "bad_answer")
            raise SlackError("bad_answer", reason=refusal.as_json()) from refusal
    return {}


async def read(stage: Stage, user: User, body: Json) -> Json:
    room = room_of(stage, user, body.get("channel"))
    seen = stage.messages.seen_by(user.id, room.id)
    if seen:
        stage.rooms.read_until(user.id, room.id, seen[-1].ts)
    return {}


def typed(stage: Stage, text: str) -> str:
    """Write typed text as Slack keeps it: & < > as entities, @name as a mention."""
    pieces = _TOKEN.split(text)
    for index in range(0, len(pieces), 2):
        plain = pieces[index].replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        pieces[index] = _AT.sub(lambda found: _mention(stage, found, "<@{0}>"), plain)
    return "".join(pieces)


def _escaped(stage: Stage, text: str) -> str:
    """Write a command's text with should_escape: people and channels by id and name."""

    def by_id(found: re.Match[str]) -> str:
        user = stage.people.everybody.get(found[1])
        return f"<@{user.id}|{user.name}>" if user else found[0]

    pieces = _TOKEN.split(_ESCAPED.sub(by_id, text))
    for index in range(0, len(pieces), 2):
        people = _AT.sub(lambda found: _mention(stage, found, "<@{0}|{1}>"), pieces[index])
        pieces[index] = _HASH.sub(lambda found: _channel(stage, found), people)
    return "".join(pieces)


def _mention(stage: Stage, found: re.Match[str], form: str) -> str:
    name = found[1]
    bare = name.rstrip(".-")
    for user in stage.people.everybody.values():
        if user.name in (name, bare):
            return form.format(user.id, user.name) + name[len(user.name) :]
    return found[0]


def _channel(stage: Stage, found: re.Match[str]) -> str:
    room = stage.rooms.named(found[1])
    return f"<#{room.id}|{room.name}>" if room else found[0]
