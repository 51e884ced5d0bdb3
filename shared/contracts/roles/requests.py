"""What roles is asked, and told to do."""

from datetime import date, datetime
from typing import ClassVar

from pydantic import Field

from shared.contracts.base import (
    Command,
    Language,
    OrganisationId,
    PersonId,
    Proof,
    Request,
)
from shared.contracts.roles.views import (
    AccessAnswer,
    Catalogue,
    Coverage,
    GrantId,
    Grants,
    GrantView,
    MainUsers,
    MainUsersPage,
)


class GetCatalogue(Request[Catalogue]):
    """What do the roles mean? In all three languages."""

    subject: ClassVar[str] = "rpc.roles.v1.catalogue.get"
    proof: ClassVar[Proof] = Proof.PROGRAM


class CheckAccess(Request[AccessAnswer]):
    """
    May *person* do *action* for *organisation*? *action* is a view and a verb: ``billing.edit``.

    *at_least* is a revision that the answer must know of, e.g. the one that a revocation came back with.
    *vouched* is what identity knew when it vouched for the person, if they ask by a token: it counts no more
    after their chat account was unlinked. Refuses ActionUnknown, ActorNotProved.
    """

    subject: ClassVar[str] = "rpc.roles.v1.access.check"
    proof: ClassVar[Proof] = Proof.PROGRAM

    organisation: OrganisationId
    person: PersonId
    action: str = Field(max_length=80)
    at_least: int = 0
    vouched: int | None = None


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


class DescribeCoverage(Request[Coverage]):
    """Who holds which role in *organisation*, for the program that tells its main users what happens."""

    subject: ClassVar[str] = "rpc.roles.v1.coverage.describe"
    proof: ClassVar[Proof] = Proof.PROGRAM

    organisation: OrganisationId


class ListDueGrants(Request[Grants]):
    """
    Grants that time alone changes from *since* on and before *until*: offers that lapse, roles that end.

    For the program that reminds people of them; newest first, at most 50 a page.
    """

    subject: ClassVar[str] = "rpc.roles.v1.grants.due"
    proof: ClassVar[Proof] = Proof.PROGRAM

    since: datetime
    until: datetime
    page: str | None = Field(default=None, max_length=40)


class ListStandingGrants(Request[Grants]):
    """What *holder* holds or has been offered, for the program that hears of who comes and who leaves."""

    subject: ClassVar[str] = "rpc.roles.v1.grants.standing"
    proof: ClassVar[Proof] = Proof.PROGRAM

    holder: PersonId


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

    *valid_until* is a Finnish date, today at the earliest and at most 25 years away. A role in force can be
    offered anew in its last 60 days, to a later day: the offer then renews it.
    Refuses NotMainUser, SelfGrant, HolderOfAnotherOrganisation, InductionMissing, RoleUnknown,
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
    IdentificationTooOld, IdentificationTooWeak.
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
    """A main user ends a role in force. Refuses LastMainUser."""

    subject: ClassVar[str] = "rpc.roles.v1.grant.revoke"

    grant: GrantId
    reason: str


class RelinquishGrant(Command[GrantView]):
    """The holder hands a role back. Refuses LastMainUser."""

    subject: ClassVar[str] = "rpc.roles.v1.grant.relinquish"

    grant: GrantId
    reason: str = ""


class ListMainUsers(Request[MainUsersPage]):
    """
    Who the main users of organisations are, for an operator; by id, at most 100 a page.

    *without* asks only for organisations that should have one and have none: people hold roles there, or did.
    """

    subject: ClassVar[str] = "rpc.roles.v1.main_users.list"
    proof: ClassVar[Proof] = Proof.PROGRAM

    organisation: OrganisationId | None = None
    without: bool = False
    page: str | None = Field(default=None, max_length=40)


class NameMainUser(Command[GrantView]):
    """
    An operator names *person* as a main user: an offer, which the person accepts as any other.

    *reason* and *evidence* (where the paper is) are kept. Refuses OrganisationUnknown, ReasonMissing,
    EndsInThePast, EndsTooFarAway, GrantExists.
    """

    subject: ClassVar[str] = "rpc.roles.v1.main_user.name"
    proof: ClassVar[Proof] = Proof.PROGRAM

    organisation: OrganisationId
    person: PersonId
    valid_until: date
    reason: str
    evidence: str = Field(min_length=1, max_length=300)


class RemoveMainUser(Command[MainUsers]):
    """
    An operator takes from *person* what makes them a main user, whatever it rests on.

    The last one is removed only with *force*: the organisation is then without a main user. *reason* and
    *evidence* are kept. Refuses NotMainUser, ReasonMissing, LastMainUser.
    """

    subject: ClassVar[str] = "rpc.roles.v1.main_user.remove"
    proof: ClassVar[Proof] = Proof.PROGRAM

    organisation: OrganisationId
    person: PersonId
    reason: str
    evidence: str = Field(min_length=1, max_length=300)
    force: bool = False
