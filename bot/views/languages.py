"""Choosing a language."""

from bot.sender import Said
from bot.views.spoken import message
from bot.views.text import actions, button, context, section
from bot.words import LANGUAGES, say
from shared.contracts.base import Language


def choice(language: Language) -> Said:
    """The three languages, each by its own name."""
    buttons = [button(say(f"languages.{each}", each), f"language.{each}", each) for each in LANGUAGES]
    return message(language, section(say("languages.choose", language)), actions(*buttons))


def chosen(language: Language) -> Said:
    return message(language, section(say("languages.chosen", language)))


def with_offer(said: Said, other: Language) -> Said:
    """*said*, and a line in the *other* language about how to be answered in it from now on."""
    line = say("languages.offer", other)
    blocks = said.blocks or [section(said.text)]
    return Said(f"{said.text}\n{line}", [*blocks, context(line)])
