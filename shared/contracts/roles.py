"""What roles answers and announces: the catalogue, grants and their life, and who may do what, and why."""

from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar, NewType
from uuid import UUID

from pydantic import Field

from shared.contracts.base import (
    Command,
    Event,
    Language,
    Message,
    OrganisationId,
    PersonId,
    Proof,
    Request,
)

GrantId = NewType("GrantId", UUID)


class Role(StrEnum):
    """The six Kanta.fi roles, and the main user, who is named and not granted (kanta.fi, 16.10.2019)."""

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

    *text_hash* is the SHA-256 of the role's text as shown; *method* is the identity provider's acr.
    """

    accepted_at: datetime
    text_version: int
    text_hash: str
    language: Language
    identified_at: datetime
    method: str


class GrantView(Message):
    """
    A grant as everyone outside the roles service sees it.

    *offer_ends_at* is a moment; *valid_until* is a Finnish date, and the role is in force to its end.
    *phase* is computed when asked. *version* counts the decisions on this grant; *closed_by* ended it.
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
    """Who holds what in an organisation. An offer that waits is no holder."""

    organisation: OrganisationId
    holdings: tuple[Holding, ...]


class Gate(StrEnum):
    """The rungs of the ladder, in their order."""

    IDENTIFIED = "identified"
    CHAT_LINKED = "chat_linked"
    REGISTER = "register"
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


class Rung(Message):
    """One gate: does it hold, since when, why (a stable code), and who can mend it if not."""

    gate: Gate
    holds: bool
    code: str
    since: datetime | None = None
    fixer: Fixer = Fixer.NOBODY
    grant: GrantId | None = None


class AccessAnswer(Message):
    """
    May this person do this for this organisation? Yes only if every rung holds.

    *roles* are those by which an organisation lets people do it (an empty one: no role lets anybody).
    *revision* is the latest fact of the roles service that the answer knows of.
    """

    allowed: bool
    rungs: tuple[Rung, ...]
    roles: tuple[Role, ...]
    revision: int


# --- asked by programs -----------------------------------------------------------------------------


class GetCatalogue(Request[Catalogue]):
    """What do the roles mean? In all three languages."""

    subject: ClassVar[str] = "rpc.roles.v1.catalogue.get"
    proof: ClassVar[Proof] = Proof.PROGRAM


class CheckAccess(Request[AccessAnswer]):
    """
    May *person* do *action* for *organisation*? *action* is a view and a verb: ``billing.edit``.

    *at_least* is a revision that the answer must know of, e.g. the one that a revocation came back with.
    Refuses ActionUnknown.
    """

    subject: ClassVar[str] = "rpc.roles.v1.access.check"
    proof: ClassVar[Proof] = Proof.PROGRAM

    organisation: OrganisationId
    person: PersonId
    action: str = Field(max_length=80)
    at_least: int = 0


class ListGrants(Request[Grants]):
    """Every grant, for an operator; newest first, at most 50 a page."""

    subject: ClassVar[str] = "rpc.roles.v1.grants.list"
    proof: ClassVar[Proof] = Proof.PROGRAM

    organisation: OrganisationId | None = None
    page: str | None = Field(default=None, max_length=40)


class DescribeGrant(Request[GrantView]):
    """A grant as it stands, for the program that shows it to those it concerns. Refuses GrantNotFound."""

    subject: ClassVar[str] = "rpc.roles.v1.grant.describe"
    proof: ClassVar[Proof] = Proof.PROGRAM

    grant: GrantId


# --- asked on behalf of a person ---------------------------------------------------------------------


class GetMyGrants(Request[Grants]):
    """The asker's own offers and roles, in every organisation. At most 50."""

    subject: ClassVar[str] = "rpc.roles.v1.grants.mine"


class GetOrganisationGrants(Request[Grants]):
    """An organisation's grants, for its main users. At most 50, newest first."""

    subject: ClassVar[str] = "rpc.roles.v1.grants.of_organisation"

    organisation: OrganisationId
    page: str | None = Field(default=None, max_length=40)


class GetCoverage(Request[Coverage]):
    """Who holds which role, for people of the organisation who hold one, and its main users."""

    subject: ClassVar[str] = "rpc.roles.v1.coverage.get"

    organisation: OrganisationId


class ExplainAccess(Request[AccessAnswer]):
    """The ladder of CheckAccess, about the asker, or for a main user about anybody of the organisation."""

    subject: ClassVar[str] = "rpc.roles.v1.access.explain"

    organisation: OrganisationId
    action: str = Field(max_length=80)
    person: PersonId | None = None


class OfferGrant(Command[GrantView]):
    """
    A main user offers a role to a person of the organisation, having inducted them (*inducted*).

    *valid_until* is a Finnish date, today at the earliest and at most 25 years away.
    Refuses NotMainUser, SelfGrant, HolderOfAnotherOrganisation, InductionMissing, RoleNotGrantable,
    EndsInThePast, EndsTooFarAway, GrantExists.
    """

    subject: ClassVar[str] = "rpc.roles.v1.grant.offer"

    organisation: OrganisationId
    holder: PersonId
    role: str = Field(max_length=60)
    valid_until: date
    inducted: bool


class AcceptGrant(Command[GrantView]):
    """
    The holder takes up an offered role, having read its text in *language* (*text_hash* says which text).

    Asking twice is harmless. Refuses GrantNotFound, NotYourGrant, OfferLapsed, GrantClosed, TextChanged,
    IdentificationTooOld.
    """

    subject: ClassVar[str] = "rpc.roles.v1.grant.accept"
    fresh_identification: ClassVar[bool] = True

    grant: GrantId
    language: Language
    text_hash: str = Field(max_length=64)


class DeclineGrant(Command[GrantView]):
    """The holder says no to an offer, and why."""

    subject: ClassVar[str] = "rpc.roles.v1.grant.decline"

    grant: GrantId
    reason: str


class WithdrawGrant(Command[GrantView]):
    """A main user takes back an offer that waits."""

    subject: ClassVar[str] = "rpc.roles.v1.grant.withdraw"

    grant: GrantId
    reason: str = ""


class RevokeGrant(Command[GrantView]):
    """A main user ends a role in force."""

    subject: ClassVar[str] = "rpc.roles.v1.grant.revoke"

    grant: GrantId
    reason: str


class RelinquishGrant(Command[GrantView]):
    """The holder hands a role back."""

    subject: ClassVar[str] = "rpc.roles.v1.grant.relinquish"

    grant: GrantId
    reason: str = ""


# --- announced ---------------------------------------------------------------------------------------


class GrantDecided(Event):
    """What every announcement about a grant carries."""

    grant: GrantView


class GrantOffered(GrantDecided):
    """A main user offered a role."""

    subject: ClassVar[str] = "event.roles.v1.grant.offered"


class GrantAccepted(GrantDecided):
    """The holder took up a role; it is in force."""

    subject: ClassVar[str] = "event.roles.v1.grant.accepted"


class GrantDeclined(GrantDecided):
    """The holder said no."""

    subject: ClassVar[str] = "event.roles.v1.grant.declined"


class GrantWithdrawn(GrantDecided):
    """A main user took an offer back."""

    subject: ClassVar[str] = "event.roles.v1.grant.withdrawn"


class GrantRevoked(GrantDecided):
    """A main user ended a role."""

    subject: ClassVar[str] = "event.roles.v1.grant.revoked"


class GrantRelinquished(GrantDecided):
    """The holder handed a role back."""

    subject: ClassVar[str] = "event.roles.v1.grant.relinquished"
