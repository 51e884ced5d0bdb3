"""What the national register says of an organisation, when that stands in the way, and where to mend it."""

from datetime import date

from bot.words import has, say
from bot.words.dates import day
from shared.contracts.base import Language
from shared.contracts.identity import OrganisationView, RegisterState

STALE = "register_stale"


def mending(organisation: OrganisationView | None, language: Language, *, code: str = "") -> str:
    """
    Where the register's entry of *organisation* is corrected; nothing, if nobody knows.

    With the *code* of a gate that is shut because our own copy is old, there is nothing to correct.
    """
    if code == STALE:
        return say("register.mend_stale", language)
    if organisation is None or organisation.keeper is None:
        return ""
    key = f"register.mend_{organisation.keeper}"
    return say(key, language) if has(key) else ""


def notice(organisation: OrganisationView, today: date, language: Language, *, stale: bool = False) -> str:
    """
    What is wrong with the entry of *organisation*, and where it is mended; nothing if all is well.

    *stale* says that our copy of it is too old: what else is wrong comes first, as on the ladder.
    """
    if wrong := _wrong(organisation, today, language):
        return f"{wrong} {mending(organisation, language)}".strip()
    return f"{say('register.stale', language)} {say('register.mend_stale', language)}" if stale else ""


def _wrong(organisation: OrganisationView, today: date, language: Language) -> str:
    begins, ends = organisation.valid_from, organisation.valid_until
    if organisation.state is RegisterState.ABSENT:
        return say("register.absent", language)
    if organisation.trouble:
        return say("register.in_error", language)
    if organisation.state is not RegisterState.ACTIVE:
        return say("register.not_active", language)
    if begins is not None and today < begins:
        return say("register.not_yet_valid", language, day=day(begins, language))
    if ends is not None and ends < today:
        return say("register.expired", language, day=day(ends, language))
    if organisation.parent_state not in (None, RegisterState.ACTIVE):
        return say("register.parent_not_valid", language)
    return ""
