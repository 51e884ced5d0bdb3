"""How we ask a person to identify."""

from zoneinfo import ZoneInfo

from bot.sender import Said
from bot.views.spoken import message
from bot.views.text import actions, button, context, section
from bot.words import say
from bot.words.dates import FINLAND, moment
from shared.contracts.base import Language
from shared.contracts.identity import IdentificationLink


def invitation(link: IdentificationLink, intent: str, language: Language, zone: ZoneInfo = FINLAND) -> Said:
    """One link to the login page, what it is for, and how long it is good."""
    why = "accept" if intent == "grant.accept" else "link"
    text = say(f"identify.{why}", language)
    until = say("identify.until", language, moment=moment(link.expires_at, language, zone))
    go = button(say("identify.go_button", language), "identify.open", "-", style="primary", url=link.url)
    return message(language, section(text), actions(go), context(until))


def identified(language: Language) -> Said:
    """What stands in the invitation's place afterwards."""
    return message(language, section(say("identify.done", language)))


def look_in_messages(language: Language) -> str:
    """Where the link is. In words: Slack makes links of channels' ids, and not of conversations'."""
    return say("identify.look", language)
