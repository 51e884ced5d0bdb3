"""Reactions to messages, by people and by the app."""

from dataclasses import replace

from simulator.stage import Stage
from simulator.workspace.conversations import Conversation
from simulator.workspace.messages import Message


def react(stage: Stage, room: Conversation, message: Message, user: str, name: str) -> None:
    """Put *user*'s reaction under *message*."""
    stage.mark(replace(message, reactions=(*message.reactions, (name, user))))
    _tell(stage, room, message, user, name, "reaction_added")


def unreact(stage: Stage, room: Conversation, message: Message, user: str, name: str) -> None:
    """Take *user*'s reaction away."""
    left = tuple(each for each in message.reactions if each != (name, user))
    stage.mark(replace(message, reactions=left))
    _tell(stage, room, message, user, name, "reaction_removed")


def _tell(stage: Stage, room: Conversation, message: Message, user: str, name: str, kind: str) -> None:
    stage.hear_in(
        room,
        {
            "type": kind,
            "user": user,
            "reaction": name,
            "item": {"type": "message", "channel": room.id, "ts": message.ts},
            "item_user": message.user,
            "event_ts": stage.messages.timestamps.next(),
        },
    )
