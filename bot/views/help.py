"""The menu."""

from bot.sender import Said
from bot.views.text import actions, button, context, plain, section
from bot.words import say
from shared.contracts.base import Language


def menu(language: Language, unknown: str = "") -> Said:
    """Buttons for what can be done; *unknown* is a word that we did not understand."""
    text = say("help.intro", language)
    if unknown:
        text = f"{say('help.unknown', language, word=plain(unknown, 60))} {text}"
    buttons = actions(
        button(say("help.grant_button", language), "grant.begin"),
        button(say("help.why_button", language), "why.begin"),
        button(say("help.contacts_button", language), "contacts.begin"),
        button(say("help.language_button", language), "language.show"),
    )
    commands = say("help.commands", language)
    return Said(f"{text}\n{commands}", [section(text), buttons, context(commands)])
