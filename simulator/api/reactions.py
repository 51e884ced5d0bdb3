"""What is put under messages: reactions.*."""

import re

from simulator import reacting
from simulator.api.arguments import Arguments
from simulator.api.conversations import visible
from simulator.api.method import Methods
from simulator.stage import Stage
from simulator.wire import Json, SlackError
from simulator.workspace.conversations import Conversation
from simulator.workspace.messages import Message

KINDS_MOST = 50
OWN_MOST = 23
_NAME = re.compile(r"[a-z0-9_+'\-]+(::skin-tone-[2-6])?")
_TS = re.compile(r"\d+\.\d+")


def add(stage: Stage, args: Arguments) -> Json:
    name = _name(args)
    room, message = _item(stage, args)
    if room.is_archived:
        raise SlackError("is_archived")
    if (name, stage.bot) in message.reactions:
        raise SlackError("already_reacted")
    kinds = {each for each, _ in message.reactions}
    if name not in kinds and len(kinds) >= KINDS_MOST:
        raise SlackError("too_many_emoji")
    if sum(user == stage.bot for _, user in message.reactions) >= OWN_MOST:
        raise SlackError("too_many_reactions")
    reacting.react(stage, room, message, stage.bot, name)
    return {}


def remove(stage: Stage, args: Arguments) -> Json:
    name = _name(args)
    room, message = _item(stage, args)
    if (name, stage.bot) not in message.reactions:
        raise SlackError("no_reaction")
    reacting.unreact(stage, room, message, stage.bot, name)
    return {}


def get(stage: Stage, args: Arguments) -> Json:
    room, message = _item(stage, args)
    return {"type": "message", "channel": room.id, "message": message.as_slack(stage.workspace)}


def _name(args: Arguments) -> str:
    name = (args.text("name") or "").strip(":")
    if not _NAME.fullmatch(name):
        raise SlackError("invalid_name")
    return name


def _item(stage: Stage, args: Arguments) -> tuple[Conversation, Message]:
    ts = args.text("timestamp")
    if args.text("channel") is None or ts is None:
        raise SlackError("no_item_specified")
    room = visible(stage, args)
    if not _TS.fullmatch(ts):
        raise SlackError("bad_timestamp")
    return room, stage.messages.find(room.id, ts)


METHODS: Methods = {"reactions.add": add, "reactions.remove": remove, "reactions.get": get}
