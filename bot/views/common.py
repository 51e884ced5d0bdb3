"""Views that every feature uses."""

from bot.sender import Said
from bot.views.text import Block, modal, section
from bot.words import say
from shared.contracts.base import Language


def waiting(title: str, language: Language) -> Block:
    """A modal that is being filled."""
    text = say("common.waiting", language)
    return modal(title, [section(text)], close=say("common.close_button", language))


def telling(title: str, said: Said, language: Language) -> Block:
    """A modal that says what a message would; Slack's feedback buttons have no place in it."""
    blocks = [dict(block) for block in said.blocks if block["type"] != "context_actions"]
    blocks = blocks or [section(said.text)]
    return modal(title, blocks, close=say("common.close_button", language))


def working(title: str, language: Language) -> Block:
    """What stands in a form's place when the answer takes longer than Slack waits."""
    text = say("common.working", language)
    return modal(title, [section(text)], close=say("common.close_button", language))
