"""What is said of an offer that a workspace may not show: that something waits, and not a word of what."""

from bot.notifications.audience import Fact
from bot.sender import Said
from bot.views.grants import named
from bot.views.spoken import message
from bot.views.text import plain, section
from bot.words import say
from shared.contracts.base import Language
from shared.contracts.identity import OrganisationView, PersonView


def waits_elsewhere(fact: Fact, language: Language) -> Said:
    """What its holder is told: neither whose offer it is, nor of what."""
    return message(language, section(say(f"elsewhere.{fact}", language)))


def cannot_see(holder: PersonView | None, organisation: OrganisationView | None, language: Language) -> str:
    """What whoever offers is told: that the holder cannot see it, why, and who can mend it."""
    return say(
        "elsewhere.cannot_see",
        language,
        holder=named(holder),
        organisation=plain(organisation.name, 200) if organisation else "-",
    )
