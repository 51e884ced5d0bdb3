"""An office of the roles service where people become main users, and what is told and asked there."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select

from services.roles.domain.catalogue import role_text
from services.roles.storage.tables import METADATA
from shared.contracts.base import OrganisationId, PersonId
from shared.contracts.identity import (
    MandateChanged,
    MandateRight,
    MandateView,
    MemberAdded,
    OrganisationChanged,
    OrganisationKind,
)
from shared.contracts.roles import (
    AcceptGrant,
    DescribeCoverage,
    GrantView,
    ListMainUsers,
    MainUsers,
    NameMainUser,
    PlaceChanged,
    RemoveMainUser,
    Role,
)
from shared.messaging.accounts import Account
from shared.messaging.actors import Actor
from tests.services.roles.conftest import Office
from tests.services.roles.factory import (
    COUNTY,
    HOLDER,
    NOW,
    PHARMACY,
    an_organisation,
)

COMPANY_ID = "9100001-3"
A_DAY = timedelta(days=1)
OPERATOR = Actor(caller=Account.OPERATOR)


def a_mandate(
    *,
    by_register: Sequence[MandateRight] = (),
    by_mandate: Sequence[MandateRight] = (),
    at: datetime = NOW,
    lasts: timedelta = A_DAY,
    complete: bool = True,
    business_id: str = COMPANY_ID,
) -> MandateChanged:
    """What identity announces when HOLDER has asked Suomi.fi."""
    view = MandateView(
        organisation=None,
        business_id=business_id,
        name="Kaislan Lääkärit Oy",
        complete=complete,
        codes=("TJ",),
        unknown_codes=(),
        rights=tuple({*by_register, *by_mandate}),
        by_register=tuple(by_register),
        by_mandate=tuple(by_mandate),
        how="web-api",
        proved_at=at,
        expires_at=at + lasts,
    )
    return MandateChanged(person=HOLDER, mandate=view)


SIGNATORY = (MandateRight.MAIN_USER, MandateRight.ACT_FOR)


async def tell(office: Office, event: MandateChanged | OrganisationChanged | MemberAdded) -> None:
    hear = {
        MandateChanged: office.handlers.note_mandate,
        OrganisationChanged: office.handlers.note_organisation,
        MemberAdded: office.handlers.note_member,
    }[type(event)]
    await office.database.decide(lambda tx: hear(tx, event))  # type: ignore[operator]  # the one that hears it


async def a_company(office: Office, kind: OrganisationKind = OrganisationKind.COMPANY) -> None:
    company = an_organisation(PHARMACY, business_id=COMPANY_ID, kind=kind, oid=None)
    await tell(office, OrganisationChanged(organisation=company))


async def the_offer(office: Office) -> GrantView:
    """The latest grant there is."""
    return (await office.all_grants()).grants[0]


async def accept(office: Office, grant: GrantView, by: PersonId) -> GrantView:
    text = role_text(grant.role, "fi")
    command = AcceptGrant(grant=grant.id, language="fi", text_hash=text.sha256)
    return await office.decide(office.handlers.accept_grant, command, by)


async def main_users(office: Office, organisation: OrganisationId = COUNTY) -> tuple[PersonId, ...]:
    """As the operator sees them, and the coverage, which must be the same."""
    request = ListMainUsers(organisation=organisation)
    page = await office.database.read(lambda rows: office.handlers.list_main_users(rows, request, OPERATOR))
    found = tuple(one.person for one in page.organisations[0].main_users)
    asked = DescribeCoverage(organisation=organisation)
    coverage = office.handlers.describe_coverage(asked, OPERATOR)
    shown = next(each.holders for each in coverage.holdings if each.role is Role.MAIN_USER)
    assert set(shown) == set(found)
    return found


async def places(office: Office) -> list[PlaceChanged]:
    table = METADATA.tables["events"]
    query = select(table.c.payload).where(table.c.subject == PlaceChanged.subject).order_by(table.c.revision)
    told = await office.database.read(lambda rows: [*rows.connection.execute(query).scalars()])
    return [PlaceChanged.model_validate_json(one) for one in told]


async def operate(office: Office, command: NameMainUser | RemoveMainUser) -> MainUsers | GrantView:
    if isinstance(command, NameMainUser):
        return await office.database.decide(lambda tx: office.handlers.name_main_user(tx, command, OPERATOR))
    return await office.database.decide(lambda tx: office.handlers.remove_main_user(tx, command, OPERATOR))


def removal(person: PersonId, *, force: bool = False, reason: str = "Left") -> RemoveMainUser:
    return RemoveMainUser(
        organisation=COUNTY, person=person, reason=reason, evidence="archive 17/2026", force=force
    )
