"""What roles shows of grants that Katso had, and of their way to Suomi.fi."""

from datetime import date, datetime
from enum import StrEnum
from typing import NewType
from uuid import UUID

from pydantic import Field

from shared.contracts.base import Message, OrganisationId, PersonId
from shared.contracts.roles import GrantView, Role

LegacyId = NewType("LegacyId", UUID)


class KatsoStatus(StrEnum):
    """What the listing says of a grant: *pending* ones were never confirmed by their holder."""

    VALID = "valid"
    PENDING = "pending"
    ENDED = "ended"


class LegacyState(StrEnum):
    """Where a legacy grant stands. None of these gives access: only a grant that was accepted does."""

    NOT_STARTED = "not_started"
    INVITED = "invited"
    IDENTIFIED = "identified"
    REACCEPTED = "reaccepted"
    NOT_NEEDED = "not_needed"


class Why(StrEnum):
    """Why a legacy grant has not started, or is not needed."""

    FRESH = "fresh"
    UNMATCHED = "unmatched"
    NOT_MEMBER = "not_member"
    UNMAPPED = "unmapped"
    TO_ORGANISATION = "to_organisation"
    APPOINT = "appoint"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"
    SAID_SO = "said_so"
    KATSO_ENDED = "katso_ended"


class LegacyRow(Message):
    """
    A line of the Katso listing. *person* is whom the importer takes the holder for, if there is one such
    person.

    *receiver* is the business ID of the organisation that the role was granted to, where it was not to a
    person. Personal identity codes have no place here.
    """

    line: int
    katso_id: str | None = Field(default=None, max_length=80)
    holder: str = Field(min_length=1, max_length=200)
    katso_role: str = Field(min_length=1, max_length=200)
    status: KatsoStatus = KatsoStatus.VALID
    valid_from: date | None = None
    valid_until: date | None = None
    receiver: str | None = Field(default=None, max_length=9)
    person: PersonId | None = None


class LegacyImported(Message):
    """What came of a page: *refused* are lines, each with a stable code."""

    added: int
    changed: int
    unchanged: int
    refused: tuple[tuple[int, str], ...] = ()


class LegacyGrantView(Message):
    """
    A role that somebody had in Katso, and how far it has come.

    *roles* are ours that it comes to, and *themes* Suomi.fi's, by the table that applies; *missing* are those
    of the roles that the holder has not accepted. *days* have gone by in this state. *reason* is what the
    main user *said_by* said; *offers* were made by inviting.
    """

    id: LegacyId
    organisation: OrganisationId
    katso_id: str | None
    holder: str
    person: PersonId | None
    katso_role: str
    status: KatsoStatus
    valid_from: date | None
    valid_until: date | None
    receiver: str | None
    roles: tuple[Role, ...]
    themes: tuple[str, ...]
    missing: tuple[Role, ...]
    state: LegacyState
    why: Why | None
    since: datetime
    days: int
    wave: int | None
    reason: str | None = None
    said_by: PersonId | None = None
    offers: tuple[UUID, ...] = ()


class LegacyGrants(Message):
    """
    Legacy grants in the order in which their holders are invited; *next_page* is what to ask for more by.
    """

    grants: tuple[LegacyGrantView, ...]
    next_page: str | None = None


class Tally(Message):
    """How many legacy grants stand where, at the end of *day*."""

    day: date
    not_started: int = 0
    invited: int = 0
    identified: int = 0
    reaccepted: int = 0
    not_needed: int = 0

    @property
    def total(self) -> int:
        return self.not_started + self.left_on_the_way + self.reaccepted + self.not_needed

    @property
    def left_on_the_way(self) -> int:
        return self.invited + self.identified

    @property
    def left(self) -> int:
        """What is not yet accepted anew and still needed."""
        return self.not_started + self.left_on_the_way


class Wave(Message):
    """Holders who are invited together: how many there are, how many are still to be invited, and when."""

    number: int
    day: date | None
    holders: int
    to_invite: int
    opened_at: datetime | None = None


class MigrationView(Message):
    """
    An organisation's way from Katso to Suomi.fi.

    *next_wave* is whom an invitation would reach now; *stragglers* those who have waited the longest, at most
    20.
    """

    organisation: OrganisationId
    now: Tally
    waves: tuple[Wave, ...] = ()
    next_wave: tuple[LegacyGrantView, ...] = ()
    next_number: int | None = None
    stragglers: tuple[LegacyGrantView, ...] = ()
    history: tuple[Tally, ...] = ()


class Skipped(Message):
    """A legacy grant that was not offered anew, and the stable code of why."""

    legacy: LegacyId
    holder: str
    code: str


class Invitation(Message):
    """What inviting came to."""

    offered: tuple[GrantView, ...]
    skipped: tuple[Skipped, ...]
