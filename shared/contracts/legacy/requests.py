"""What roles is asked of grants that Katso had, and told to do with them."""

from datetime import date
from typing import ClassVar

from pydantic import Field

from shared.contracts.base import Command, OrganisationId, PersonId, Proof, Request
from shared.contracts.legacy.views import (
    Invitation,
    LegacyGrants,
    LegacyGrantView,
    LegacyId,
    LegacyImported,
    LegacyRow,
    MigrationView,
)

# What fits in one message with room to spare.
MOST_ROWS = 100
MOST_INVITED = 50


class ImportLegacyGrants(Command[LegacyImported]):
    """
    Take in a page of an organisation's Katso listing, as an operator. The same page twice changes nothing.

    Gives nobody access. Refuses OrganisationUnknown.
    """

    subject: ClassVar[str] = "rpc.roles.v1.legacy.import"
    proof: ClassVar[Proof] = Proof.PROGRAM

    organisation: OrganisationId
    rows: tuple[LegacyRow, ...] = Field(max_length=MOST_ROWS)


class MatchLegacyHolder(Command[LegacyGrantView]):
    """
    Say who the holder of *legacy* is, as an operator: all legacy grants of that holder follow.

    Refuses LegacyGrantNotFound, HolderOfAnotherOrganisation.
    """

    subject: ClassVar[str] = "rpc.roles.v1.legacy.match"
    proof: ClassVar[Proof] = Proof.PROGRAM

    legacy: LegacyId
    person: PersonId


class DescribeMigration(Request[MigrationView]):
    """How far has *organisation* come? For an operator; with *history* a tally for each day, at most 60."""

    subject: ClassVar[str] = "rpc.roles.v1.migration.describe"
    proof: ClassVar[Proof] = Proof.PROGRAM

    organisation: OrganisationId
    history: bool = False


class GetMigration(Request[MigrationView]):
    """The same for a main user of it. Refuses NotMainUser."""

    subject: ClassVar[str] = "rpc.roles.v1.migration.get"

    organisation: OrganisationId
    history: bool = False


class ListLegacyGrants(Request[LegacyGrants]):
    """An organisation's legacy grants for an operator, at most 50 a page."""

    subject: ClassVar[str] = "rpc.roles.v1.legacy.list"
    proof: ClassVar[Proof] = Proof.PROGRAM

    organisation: OrganisationId
    page: str | None = Field(default=None, max_length=40)


class GetMyLegacyGrants(Request[LegacyGrants]):
    """What the asker had in Katso and has not accepted anew, in every organisation. At most 50."""

    subject: ClassVar[str] = "rpc.roles.v1.legacy.mine"


class PlanWaves(Command[MigrationView]):
    """
    Share out the holders of *organisation* who have not been invited into waves of *size*, as an operator.

    Main users come first, then those who alone hold a role, then those whose grants end soonest. The first
    wave is for *first_day*, each further one *every_days* later. What was planned before is planned anew.
    """

    subject: ClassVar[str] = "rpc.roles.v1.waves.plan"
    proof: ClassVar[Proof] = Proof.PROGRAM

    organisation: OrganisationId
    size: int = Field(ge=1, le=25)
    first_day: date
    every_days: int = Field(default=7, ge=0, le=90)


class OpenWave(Command[MigrationView]):
    """
    Ask the main users of *organisation* to invite wave *number*, as an operator: no operator offers a role.

    Refuses WaveUnknown.
    """

    subject: ClassVar[str] = "rpc.roles.v1.waves.open"
    proof: ClassVar[Proof] = Proof.PROGRAM

    organisation: OrganisationId
    number: int = Field(ge=1)


class InviteHolders(Command[Invitation]):
    """
    A main user offers anew what these legacy grants come to, having inducted their holders (*inducted*).

    All offers are made in one transaction: a program that dies meanwhile made all of them, or none. What
    cannot be offered is skipped with its code. Refuses NotMainUser, InductionMissing, LegacyGrantNotFound,
    EndsInThePast, EndsTooFarAway.
    """

    subject: ClassVar[str] = "rpc.roles.v1.legacy.invite"

    organisation: OrganisationId
    legacy: tuple[LegacyId, ...] = Field(min_length=1, max_length=MOST_INVITED)
    valid_until: date
    inducted: bool


class DismissLegacyGrant(Command[LegacyGrantView]):
    """
    A main user says that what somebody had in Katso is not needed any more, and why.

    Refuses NotMainUser, LegacyGrantNotFound, LegacyGrantSettled, ReasonMissing, TextTooLong.
    """

    subject: ClassVar[str] = "rpc.roles.v1.legacy.dismiss"

    organisation: OrganisationId
    legacy: LegacyId
    reason: str


class ReopenLegacyGrant(Command[LegacyGrantView]):
    """A main user takes back that it is not needed. Refuses NotMainUser, LegacyGrantNotFound."""

    subject: ClassVar[str] = "rpc.roles.v1.legacy.reopen"

    organisation: OrganisationId
    legacy: LegacyId
