"""Katso IDs, to the end of their era: what one is worth, and how a sub-ID becomes somebody's."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from shared.contracts.base import PersonId
from shared.contracts.identity import IdentificationFailed

FINLAND = ZoneInfo("Europe/Helsinki")
# Kela on replacing Katso: the last day on which its services took Katso. The Ekstranet's own login changed on
# 29.1.2020, which an operator may set instead.
KATSO_UNTIL = date(2020, 12, 31)


class KatsoKind(StrEnum):
    """
    What a Katso ID is.

    A *sub* ID is a name and a password that a main user gave: it can be prepared, and nothing can be accepted
    with it. A *strengthened* one is bound to a person's code.
    """

    SUB = "sub"
    STRENGTHENED = "strengthened"


@dataclass(frozen=True, slots=True, kw_only=True)
class KatsoIdentity:
    """A Katso ID of *person*; *upgraded_at* is when it was strengthened here."""

    katso_id: str
    person: PersonId
    kind: KatsoKind
    upgraded_at: datetime | None = None


def check_era(now: datetime, last_day: date) -> None:
    """
    Make sure that Katso still counts.

    Raises:
        IdentificationFailed: its last day is over (katso_over).
    """
    if now.astimezone(FINLAND).date() > last_day:
        raise IdentificationFailed(why="katso_over")


def check_free(by_code: PersonId | None, held: KatsoIdentity) -> None:
    """
    Make sure that whoever identified strongly may take the sub-ID *held* over.

    Raises:
        IdentificationFailed: they are known already, and a role is offered to them directly (katso_known).
    """
    if by_code is not None and by_code != held.person:
        raise IdentificationFailed(why="katso_known")
