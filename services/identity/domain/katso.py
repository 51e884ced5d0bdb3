"""Katso IDs, to the end of their era: what one is worth, and how a sub-ID becomes somebody's."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from shared.contracts.base import PersonId
from shared.contracts.identity import IdentificationFailed

FINLAND = ZoneInfo("Europe/Helsinki")
# kanta.fi, Kanta Ekstranet (early 2020): logins changed to Suomi.fi on 29.1.2020. Its English page names both
# the 28th and the 29th; the later is taken.
LOGIN_UNTIL = date(2020, 1, 28)
# Kela on replacing Katso: until then the roles of public bodies went on counting, behind a login at Suomi.fi.
ROLES_UNTIL = date(2020, 12, 31)


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Era:
    """Katso's last days: logins by it end with *login_until*, and roles in it count to *roles_until*."""

    login_until: date = LOGIN_UNTIL
    roles_until: date = ROLES_UNTIL

    def check_login(self, now: datetime) -> None:
        """
        Make sure that people still log in with Katso.

        Raises:
            IdentificationFailed: they do not, though roles of public bodies count (katso_login_over), or
                all of Katso is over (katso_over).
        """
        today = now.astimezone(FINLAND).date()
        if today <= self.login_until:
            return
        raise IdentificationFailed(why="katso_login_over" if today <= self.roles_until else "katso_over")


def check_free(by_code: PersonId | None, held: KatsoIdentity) -> None:
    """
    Make sure that whoever identified strongly may take the sub-ID *held* over.

    Raises:
        IdentificationFailed: they are known already, and a role is offered to them directly (katso_known).
    """
    if by_code is not None and by_code != held.person:
        raise IdentificationFailed(why="katso_known")
