"""Whom a chat account is linked to, and how the link is taken away."""

from zoneinfo import ZoneInfo

from bot.sender import Said
from bot.views.spoken import message
from bot.views.text import Block, actions, asking, bare, button, plain, section
from bot.words import say
from bot.words.dates import FINLAND, moment
from shared.contracts.base import Language
from shared.contracts.identity import LinkEnd, LinkView, OrganisationView, PersonView

REMOVE, REMOVE_COLLEAGUE = "link.remove", "link.remove_colleague"


def linked(person: PersonView, link: LinkView, language: Language, zone: ZoneInfo = FINLAND) -> Said:
    """Whom the reader's own account is linked to, since when, and how they proved who they are."""
    identified = link.identified_at
    text = say(
        "links.linked",
        language,
        person=plain(person.name, 200),
        since=moment(link.linked_at, language, zone),
        identified=moment(identified, language, zone) if identified else say("links.never", language),
        level=say(f"links.level_{link.level or 'unknown'}", language),
    )
    return message(language, section(text), actions(_remove(REMOVE, "-", language)))


def waits(why: LinkEnd, language: Language) -> Said:
    """Why an account that is the reader's may not act just now."""
    return Said(say(f"links.waits_{why}", language))


def sure(person: PersonView, language: Language) -> Said:
    """What taking one's own link away means, and the button that does it."""
    text = say("links.sure", language, person=plain(person.name, 200))
    means = section(say("links.means", language))
    return message(language, section(text), means, actions(_remove(REMOVE, "-", language)))


def sure_of_colleague(
    person: PersonView, account: str, organisation: OrganisationView, language: Language
) -> Said:
    """The same for the account of a colleague."""
    text = say(
        "links.sure_of_colleague",
        language,
        account=f"<@{account}>",
        person=plain(person.name, 200),
        organisation=plain(organisation.name, 200),
    )
    label = say("links.colleague_label", language, person=bare(person.name, 40))
    press = _remove(REMOVE_COLLEAGUE, f"{organisation.id}:{account}", language, label)
    return message(language, section(text), actions(press))


def told(why: LinkEnd, language: Language) -> Said:
    """What somebody reads whose account was unlinked or signed out by others."""
    return Said(say(f"links.told_{why}", language))


def _remove(action: str, value: str, language: Language, label: str = "") -> Block:
    confirm = asking(
        say("links.confirm_title", language),
        say("links.confirm_text", language),
        say("links.confirm_yes", language),
        say("links.confirm_no", language),
    )
    return button(
        say("links.unlink_button", language),
        action,
        value,
        style="danger",
        confirm=confirm,
        label=label or say("links.unlink_label", language),
    )
