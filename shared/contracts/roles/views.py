"""What roles shows of what it knows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, NewType, Self, TypeVar
from uuid import UUID

from pydantic import Field

from shared.contracts.assurance import Level
from shared.contracts.base import (
    Language,
    Message,
    OrganisationId,
    PersonId,
)
from shared.contracts.roles.policy import Ground

T = TypeVar("T")

GrantId = NewType("GrantId", UUID)

# Who granted what no main user did: it rests on Suomi.fi's word, or on an operator's.
NOBODY = PersonId(UUID(int=0))


class Role(StrEnum):
    """The main user, who has the rights of all, and the six Kanta.fi roles (kanta.fi, 16.10.2019)."""

    MAIN_USER = "main_user"
    ADMINISTRATIVE_CONTACT = "administrative_contact"
    TECHNICAL_CONTACT = "technical_contact"
    DATA_PROTECTION_OFFICER = "data_protection_officer"
    ARCHIVE_KEEPER = "archive_keeper"
    IMPLEMENTER = "implementer"
    READER = "reader"


class GrantStatus(StrEnum):
    """
    What has been decided. That time has run out is no decision: see GrantView.phase.

    A grant is *revoked* by a main user and *relinquished* by its holder; an offer is *withdrawn* by a
    main user and *declined* by the one it was made to.
    """

    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    REVOKED = "revoked"
    RELINQUISHED = "relinquished"


class Phase(StrEnum):
    """Where a grant stands at a moment: its status, and what time has done to it."""

    WAITING = "waiting"
    LAPSED = "lapsed"
    IN_FORCE = "in_force"
    EXPIRED = "expired"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    REVOKED = "revoked"
    RELINQUISHED = "relinquished"


class Acceptance(Message):
    """
    What makes an acceptance evidence: when, to which text, in which language, and how sure the person is.

    *text_hash* is the SHA-256 of the role's text as shown; *method* is the identity provider's acr and
    *level* how sure that is; acceptances of long ago do not tell.
    """

    accepted_at: datetime
    text_version: int
    text_hash: str
    language: Language
    identified_at: datetime
    method: str
    level: Level | None = None


class GrantView(Message):
    """
    A grant as everyone outside the roles service sees it.

    *offer_ends_at* is a moment; *valid_until* is a Finnish date, and the role is in force to its end.
    *phase* is computed when asked. *version* counts the decisions on this grant; *closed_by* ended it.
    *renews* is the role in force that this one was offered to follow.

    On another *ground* than a main user's word nobody granted it: *granted_by* is NOBODY. What Suomi.fi
    vouches for was last proved at *proved_at*, and ends when that is over. Since *named_at* it is in force by
    the word of an operator's first file: *acceptance* is empty until its holder accepts.
    """

    id: GrantId
    organisation: OrganisationId
    holder: PersonId
    role: Role
    granted_by: PersonId
    offered_at: datetime
    offer_ends_at: datetime
    valid_until: date
    inducted_by: PersonId
    status: GrantStatus
    phase: Phase
    version: int
    acceptance: Acceptance | None = None
    closed_at: datetime | None = None
    closed_by: PersonId | None = None
    reason: str | None = None
    renews: GrantId | None = None
    ground: Ground = Ground.GRANTED
    proved_at: datetime | None = None
    named_at: datetime | None = None


class Grants(Message):
    """Grants, newest first; *next_page* is what to ask for more by."""

    grants: tuple[GrantView, ...]
    next_page: str | None = None


class RoleText(Message):
    """What a role means, in one language. *sha256* is over title, a newline and text, in UTF-8."""

    role: Role
    language: Language
    version: int
    title: str
    text: str
    sha256: str


class Catalogue(Message):
    texts: tuple[RoleText, ...]


class Holding(Message):
    """How many people hold a role now, and how many have been offered it."""

    role: Role
    holders: tuple[PersonId, ...]
    waiting: int


class Coverage(Message):
    """
    Who holds what in an organisation. An offer that waits is no holder.

    *register_stale* says that nobody can act, since our copy of its register entry is too old.
    """

    organisation: OrganisationId
    holdings: tuple[Holding, ...]
    register_stale: bool = False


class MainUser(Message):
    """A main user now, on what *ground*, and until when if that ends."""

    person: PersonId
    ground: Ground
    until: datetime | None = None
    grant: GrantId | None = None


class MainUsers(Message):
    """The main users of an organisation; *waiting* have been offered the role. Without one nobody grants."""

    organisation: OrganisationId
    main_users: tuple[MainUser, ...]
    waiting: int = 0


class MainUsersPage(Message):
    organisations: tuple[MainUsers, ...]
    next_page: str | None = None


class Gate(StrEnum):
    """The rungs of the ladder, in their order. *right*: by what right, a mandate or a role."""

    IDENTIFIED = "identified"
    CHAT_LINKED = "chat_linked"
    REGISTER = "register"
    RIGHT = "right"
    GRANTED = "granted"
    ACCEPTED = "accepted"
    INDUCTED = "inducted"
    DATES = "dates"


class Fixer(StrEnum):
    """Who can mend a rung that does not hold."""

    PERSON = "person"
    MAIN_USER = "main_user"
    REGISTER_KEEPER = "register_keeper"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Rung:
    """One gate: does it hold, since when, why (a stable code), and who can mend it if not."""

    gate: Gate
    holds: bool
    code: str
    since: datetime | None = None
    fixer: Fixer = Fixer.NOBODY
    grant: GrantId | None = None


GATES = tuple(Gate)
# A value for each gate, in their order.
Each = Annotated[tuple[T, ...], Field(min_length=len(GATES), max_length=len(GATES))]


class AccessAnswer(Message):
    """
    May this person do this for this organisation? Yes only if every rung of the ladder holds.

    The ladder is written as columns, which are read in half the time that seven small objects take:
    *holds*, *codes*, *since* and *fixers* have a value for each Gate, in its order. *grant* is the one that
    the rungs from *right* on speak of. *roles* are those by which an organisation lets people do it (an
    empty one: no role lets anybody). *revision* is the latest fact of the roles service that is known here.
    """

    allowed: bool
    holds: Each[bool]
    codes: Each[str]
    since: Each[datetime | None]
    fixers: Each[Fixer] = (Fixer.NOBODY,) * len(GATES)
    grant: GrantId | None = None
    roles: tuple[Role, ...]
    revision: int

    @classmethod
    def of(cls, rungs: Sequence[Rung], *, roles: tuple[Role, ...], revision: int) -> Self:
        """
        The answer that *rungs* give.

        Raises:
            ValueError: they are not a rung for each gate, in their order.
        """
        if tuple(rung.gate for rung in rungs) != GATES:
            raise ValueError("not the whole ladder")
        return cls(
            allowed=all(rung.holds for rung in rungs),
            holds=tuple(rung.holds for rung in rungs),
            codes=tuple(rung.code for rung in rungs),
            since=tuple(rung.since for rung in rungs),
            fixers=tuple(rung.fixer for rung in rungs),
            grant=next((rung.grant for rung in rungs if rung.grant), None),
            roles=roles,
            revision=revision,
        )

    @property
    def rungs(self) -> tuple[Rung, ...]:
        """The ladder, rung by rung."""
        columns = zip(GATES, self.holds, self.codes, self.since, self.fixers, strict=True)
        return tuple(
            Rung(gate, holds, code, since, fixer, self.grant if gate is Gate.GRANTED else None)
            for gate, holds, code, since, fixer in columns
        )
