"""The menu."""

from collections.abc import Sequence

from bot.sender import Said
from bot.typed import Known
from bot.views.commands import meant, rows, typed
from bot.views.spoken import message
from bot.views.text import Block, actions, button, context, plain, section
from bot.words import say
from shared.contracts.base import Language

# What has no button of its own in the menu: the command, and the word that names it there.
ALSO = (
    ("mine", "mine"),
    ("roles", "roles"),
    ("ask", "ask"),
    ("notifications", "wishes"),
    ("organisations", "organisations"),
    ("link", "link"),
)


def menu(language: Language) -> Said:
    """Buttons for what can be done, and the words that do the same."""
    return message(language, *_menu(language))


def did_you_mean(word: str, found: Sequence[Known], rest: str, language: Language) -> Said:
    """*word* is none that we know: what it may have meant, and all there is."""
    sorry = section(say("help.unknown", language, word=plain(word, 60)))
    return message(language, sorry, *(meant(found, rest, language) if found else _menu(language)))


def _menu(language: Language) -> Sequence[Block]:
    buttons = actions(
        button(say("help.grant_button", language), "grant.begin"),
        button(say("help.why_button", language), "why.begin"),
        button(say("help.contacts_button", language), "contacts.begin"),
        button(say("help.language_button", language), "language.show"),
        button(say("help.person_button", language), "person.show"),
    )
    more = [(say(f"help.{name}_button", language), typed(command, language)) for command, name in ALSO]
    return [
        section(say("help.intro", language)),
        buttons,
        *rows(more),
        context(say("help.commands", language)),
    ]
