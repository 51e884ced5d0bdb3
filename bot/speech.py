"""Which language to speak to somebody: what they chose, what they speak just now, what others say of them."""

from dataclasses import dataclass

from shared.contracts.base import Language

DEFAULT: Language = "en"
_LOCALES: dict[str, Language] = {"fi": "fi", "sv": "sv", "en": "en"}


@dataclass(frozen=True, slots=True)
class Tongue:
    """What is known of a person's language: *chosen* by themselves, or *registered* by their organisation."""

    chosen: Language | None = None
    registered: Language | None = None


def spoken(
    tongue: Tongue,
    heard: Language | None = None,
    workspace: Language | None = None,
    locale: Language | None = None,
) -> Language:
    """
    The language to speak.

    Who has chosen one is spoken to in it. Anybody else is answered as they ask: *heard* is the language of
    their own words just now. After that comes what the organisation, the workspace and the account say.
    """
    return tongue.chosen or heard or tongue.registered or workspace or locale or DEFAULT


def other_than(tongue: Tongue, heard: Language | None) -> Language | None:
    """The language that somebody wrote in although they chose another one; they may want to change that."""
    return heard if tongue.chosen and heard and heard != tongue.chosen else None


def of_locale(locale: str | None) -> Language | None:
    """The language of an account's locale, such as ``sv-SE``, if it is one of ours."""
    return _LOCALES.get((locale or "").replace("_", "-").partition("-")[0].casefold())
