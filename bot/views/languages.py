"""Choosing a language."""

from bot.sender import Said
from bot.views.text import actions, button, section
from bot.words import LANGUAGES, say
from shared.contracts.base import Language


def choice(language: Language) -> Said:
    """The three languages, each by its own name."""
    text = say("languages.choose", language)
    buttons = [button(say(f"languages.{each}", each), f"language.{each}", each) for each in LANGUAGES]
    return Said(text, [section(text), actions(*buttons)])


def chosen(language: Language) -> Said:
    text = say("languages.chosen", language)
    return Said(text, [section(text)])
