"""Which person can help, when the bot cannot."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.sender import Said
from bot.views.grants import named
from bot.views.guidance import where_from
from bot.views.spoken import message
from bot.views.text import Blocks, context, header, plain, section
from bot.words import say
from bot.words.dates import listed
from shared.contracts.base import Language
from shared.contracts.identity import OrganisationView, PersonView

if TYPE_CHECKING:
    from bot.guidance.support import Contact

MOST = 10


@dataclass(frozen=True, slots=True)
class Deskmates:
    """The main users of an organisation, as far as the asker may know them."""

    organisation: OrganisationView
    people: Sequence[PersonView]


def people_who_help(main_users: Sequence[Deskmates], support: "Contact", language: Language) -> Said:
    """The asker's own main users first, and whom everybody can reach after them."""
    blocks: Blocks = [header(say("persons.header", language))]
    for each in main_users[:MOST]:
        names = listed((named(person) for person in each.people[:MOST]), language)
        blocks.append(
            section(
                say(
                    "persons.main_users",
                    language,
                    organisation=plain(each.organisation.name, 200),
                    people=names,
                )
            )
        )
    if not main_users:
        blocks.append(section(say("persons.no_main_users", language)))
    hours = support.hours[language] if support.hours else ""
    blocks.append(
        section(
            say(
                "persons.support",
                language,
                name=support.name[language],
                about=support.about[language],
                email=support.email or "-",
                phone=support.phone or "-",
                hours=hours,
            )
        )
    )
    blocks.append(context(where_from(support.source, support.as_of, language)))
    return message(language, *blocks)
