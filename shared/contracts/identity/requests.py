"""What identity is asked about people, and about organisations."""

from datetime import datetime
from typing import ClassVar

from pydantic import Field

from shared.contracts.base import (
    OrganisationId,
    PersonId,
    Proof,
    Request,
)
from shared.contracts.identity.views import (
    Affiliations,
    Mandates,
    Organisations,
    People,
    RefusedLogins,
)


class DescribePeople(Request[People]):
    """Names, languages and addresses, to show and to reach. At most 100 ids; unknown ones are left out."""

    subject: ClassVar[str] = "rpc.identity.v1.people.describe"
    proof: ClassVar[Proof] = Proof.PROGRAM

    ids: tuple[PersonId, ...] = Field(max_length=100)


class DescribeOrganisations(Request[Organisations]):
    """Names and register states. At most 100 ids; unknown ones are left out."""

    subject: ClassVar[str] = "rpc.identity.v1.organisations.describe"
    proof: ClassVar[Proof] = Proof.PROGRAM

    ids: tuple[OrganisationId, ...] = Field(max_length=100)


class FindPeople(Request[People]):
    """People whose id, chat user id, Katso ID or name is *text*, for an operator. At most 25."""

    subject: ClassVar[str] = "rpc.identity.v1.people.find"
    proof: ClassVar[Proof] = Proof.PROGRAM

    text: str = Field(max_length=200)


class FindOrganisations(Request[Organisations]):
    """Organisations whose id, business ID, OID or name is *text*, for an operator. At most 25."""

    subject: ClassVar[str] = "rpc.identity.v1.organisations.find"
    proof: ClassVar[Proof] = Proof.PROGRAM

    text: str = Field(max_length=200)


class ListMandates(Request[Mandates]):
    """What Suomi.fi vouches for about *person*, organisation by organisation, what is over included."""

    subject: ClassVar[str] = "rpc.identity.v1.mandates.list"
    proof: ClassVar[Proof] = Proof.PROGRAM

    person: PersonId


class ListRefusedLogins(Request[RefusedLogins]):
    """Which logins were refused after *since*, for an operator? At most 200, the latest first."""

    subject: ClassVar[str] = "rpc.identity.v1.refused_logins.list"
    proof: ClassVar[Proof] = Proof.PROGRAM

    since: datetime


class GetAffiliations(Request[Affiliations]):
    """The asker's organisations, and where the asker is a main user."""

    subject: ClassVar[str] = "rpc.identity.v1.affiliations.get"


class SearchPeople(Request[People]):
    """People of *organisation* whose name holds *text*, for a main user of it. At most 100, by name."""

    subject: ClassVar[str] = "rpc.identity.v1.people.search"

    organisation: OrganisationId
    text: str = Field(default="", max_length=200)
