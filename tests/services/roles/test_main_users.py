"""Who becomes a main user, by whose word, and that one is always left; on both databases."""

import asyncio
from collections.abc import Sequence
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from services.roles.domain.catalogue import role_text
from services.roles.storage.tables import DECISIONS, MAIN_USER_DECISIONS, METADATA
from shared.contracts.base import Command, PersonId
from shared.contracts.identity import (
    MandateChanged,
    MandateRight,
    MandateView,
    MemberAdded,
    OrganisationChanged,
    OrganisationKind,
    OrganisationUnknown,
)
from shared.contracts.roles import (
    NOBODY,
    AcceptGrant,
    DeclineGrant,
    DescribeCoverage,
    GetOrganisationGrants,
    GrantView,
    Ground,
    ListMainUsers,
    MainUsers,
    NameMainUser,
    OfferGrant,
    Phase,
    PlaceChanged,
    RelinquishGrant,
    RemoveMainUser,
    RevokeGrant,
    Role,
)
from shared.contracts.roles_refusals import GrantClosed, LastMainUser, NotMainUser, ReasonMissing, SelfGrant
from shared.messaging.actors import Actor
from shared.messaging.topology import Account
from tests.services.roles.conftest import UNTIL, Office
from tests.services.roles.factory import (
    COUNTY,
    HOLDER,
    MAIN,
    NOW,
    OTHER_MAIN,
    PHARMACY,
    STRANGER,
    an_actor,
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


async def main_users(office: Office, organisation: object = COUNTY) -> tuple[PersonId, ...]:
    """As the operator sees them, and the coverage, which must be the same."""
    request = ListMainUsers(organisation=organisation)  # type: ignore[arg-type]  # an id
    page = await office.database.read(lambda rows: office.handlers.list_main_users(rows, request, OPERATOR))
    found = tuple(one.person for one in page.organisations[0].main_users)
    asked = DescribeCoverage(organisation=organisation)  # type: ignore[arg-type]  # an id
    coverage = office.handlers.describe_coverage(asked, OPERATOR)
    shown = next(each.holders for each in coverage.holdings if each.role is Role.MAIN_USER)
    assert set(shown) == set(found)
    return found


async def places(office: Office) -> list[PlaceChanged]:
    table = METADATA.tables["events"]
    query = select(table.c.payload).where(table.c.subject == PlaceChanged.subject).order_by(table.c.revision)
    told = await office.database.read(lambda rows: [*rows.connection.execute(query).scalars()])
    return [PlaceChanged.model_validate_json(one) for one in told]


async def operate(office: Office, command: Command[MainUsers] | Command[GrantView]) -> MainUsers | GrantView:
    decide = (
        office.handlers.name_main_user
        if isinstance(command, NameMainUser)
        else office.handlers.remove_main_user
    )
    return await office.database.decide(lambda tx: decide(tx, command, OPERATOR))  # type: ignore[arg-type]  # its own


def removal(person: PersonId, *, force: bool = False, reason: str = "Left") -> RemoveMainUser:
    return RemoveMainUser(
        organisation=COUNTY, person=person, reason=reason, evidence="archive 17/2026", force=force
    )


# --- appointed by another main user ------------------------------------------------------------------


async def test_whom_a_main_user_appoints_is_one_after_accepting_it_and_grants_roles(office: Office) -> None:
    offered = await office.offer(role=Role.MAIN_USER)
    assert set(await main_users(office)) == {MAIN, OTHER_MAIN}
    await accept(office, offered, HOLDER)

    assert set(await main_users(office)) == {MAIN, OTHER_MAIN, HOLDER}
    told = (await places(office))[-1]
    assert (told.person, told.main_user, told.until) == (
        HOLDER,
        True,
        datetime(2027, 6, 30, 21, tzinfo=NOW.tzinfo),
    )
    granted = await office.offer(by=HOLDER, holder=OTHER_MAIN)
    assert granted.granted_by == HOLDER
    request = GetOrganisationGrants(organisation=COUNTY)
    seen = await office.database.read(
        lambda rows: office.handlers.get_organisation_grants(rows, request, an_actor(HOLDER))
    )
    assert len(seen.grants) == 2


async def test_nobody_makes_themselves_a_main_user(office: Office) -> None:
    with pytest.raises(SelfGrant):
        await office.offer(by=MAIN, holder=MAIN, role=Role.MAIN_USER)
    with pytest.raises(NotMainUser):
        await office.offer(by=HOLDER, holder=HOLDER, role=Role.MAIN_USER)


async def test_a_main_user_whose_time_is_over_is_none(office: Office) -> None:
    await accept(office, await office.offer(role=Role.MAIN_USER), HOLDER)
    office.clock[0] = datetime(2027, 7, 1, tzinfo=NOW.tzinfo)

    assert set(await main_users(office)) == {MAIN, OTHER_MAIN}
    with pytest.raises(NotMainUser):
        await office.offer(by=HOLDER, holder=OTHER_MAIN, until=date(2028, 1, 1))


async def test_revoked_a_main_user_is_none_and_what_they_granted_stays(office: Office) -> None:
    appointed = await accept(office, await office.offer(role=Role.MAIN_USER), HOLDER)
    await office.offer(by=HOLDER, holder=OTHER_MAIN, role=Role.READER)
    await office.revoke(appointed)

    assert set(await main_users(office)) == {MAIN, OTHER_MAIN}
    assert (await places(office))[-1].main_user is False
    phases = {one.holder: one.phase for one in (await office.all_grants()).grants}
    assert phases == {HOLDER: Phase.REVOKED, OTHER_MAIN: Phase.WAITING}


# --- one is left -------------------------------------------------------------------------------------


async def only_two_by_grants(office: Office) -> tuple[GrantView, GrantView]:
    """HOLDER and STRANGER are main users; whom the operator had named are no more."""
    await tell(office, MemberAdded(organisation=COUNTY, person=STRANGER, main_user=False))
    first = await accept(office, await office.offer(role=Role.MAIN_USER), HOLDER)
    second = await accept(office, await office.offer(role=Role.MAIN_USER, holder=STRANGER), STRANGER)
    for person in (MAIN, OTHER_MAIN):
        await operate(office, removal(person))
    assert set(await main_users(office)) == {HOLDER, STRANGER}
    return first, second


async def test_the_last_main_user_stays(office: Office) -> None:
    first, second = await only_two_by_grants(office)
    revoke = RevokeGrant(grant=first.id, reason="Left")
    await office.decide(office.handlers.revoke_grant, revoke, STRANGER)

    with pytest.raises(LastMainUser):
        await office.decide(office.handlers.relinquish_grant, RelinquishGrant(grant=second.id), STRANGER)
    with pytest.raises(LastMainUser):
        await office.decide(
            office.handlers.revoke_grant, RevokeGrant(grant=second.id, reason="Left"), STRANGER
        )
    with pytest.raises(LastMainUser):
        await operate(office, removal(STRANGER))
    assert await main_users(office) == (STRANGER,)


async def test_two_main_users_who_leave_at_once_leave_one(office: Office) -> None:
    first, second = await only_two_by_grants(office)
    answers = await asyncio.gather(
        office.decide(office.handlers.relinquish_grant, RelinquishGrant(grant=first.id), HOLDER),
        office.decide(office.handlers.relinquish_grant, RelinquishGrant(grant=second.id), STRANGER),
        return_exceptions=True,
    )

    assert sorted(type(one).__name__ for one in answers) == ["GrantView", "LastMainUser"]
    assert len(await main_users(office)) == 1


async def test_two_main_users_who_remove_each_other_at_once_leave_one(office: Office) -> None:
    first, second = await only_two_by_grants(office)
    answers = await asyncio.gather(
        office.decide(office.handlers.revoke_grant, RevokeGrant(grant=second.id, reason="x"), HOLDER),
        office.decide(office.handlers.revoke_grant, RevokeGrant(grant=first.id, reason="x"), STRANGER),
        operate(office, removal(HOLDER)),
        operate(office, removal(STRANGER)),
        return_exceptions=True,
    )

    expected = GrantView | MainUsers | LastMainUser | NotMainUser | GrantClosed
    assert all(isinstance(one, expected) for one in answers), answers
    assert len(await main_users(office)) == 1


async def test_whose_time_is_over_does_not_count_among_those_who_are_left(office: Office) -> None:
    first, _ = await only_two_by_grants(office)
    later = await office.offer(by=STRANGER, holder=MAIN, role=Role.MAIN_USER, until=date(2029, 1, 1))
    kept = await accept(office, later, MAIN)
    office.clock[0] = datetime(2027, 7, 1, tzinfo=NOW.tzinfo)

    assert first.valid_until < office.clock[0].date()
    with pytest.raises(LastMainUser):
        await office.decide(office.handlers.relinquish_grant, RelinquishGrant(grant=kept.id), MAIN)


# --- an operator -------------------------------------------------------------------------------------


async def test_an_operator_names_a_successor_who_accepts(office: Office) -> None:
    await operate(office, removal(MAIN))
    await operate(office, removal(OTHER_MAIN, force=True, reason="Died"))
    assert await main_users(office) == ()
    command = NameMainUser(
        organisation=COUNTY,
        person=HOLDER,
        valid_until=UNTIL,
        reason="Board's decision",
        evidence="minutes 4/2026",
    )
    offered = await operate(office, command)
    assert isinstance(offered, GrantView)

    assert (offered.ground, offered.granted_by, offered.reason) == (
        Ground.SETTLED,
        NOBODY,
        "Board's decision",
    )
    assert await main_users(office) == ()
    await accept(office, offered, HOLDER)
    assert await main_users(office) == (HOLDER,)
    rows = await office.database.read(
        lambda tx: [
            (row.person, row.what, row.forced, row.reason, row.evidence, row.program)
            for row in tx.connection.execute(
                select(MAIN_USER_DECISIONS).order_by(MAIN_USER_DECISIONS.c.decided_at)
            )
        ]
    )
    assert set(rows) == {
        (MAIN, "removed", False, "Left", "archive 17/2026", "OPERATOR"),
        (OTHER_MAIN, "removed", True, "Died", "archive 17/2026", "OPERATOR"),
        (HOLDER, "named", False, "Board's decision", "minutes 4/2026", "OPERATOR"),
    }


async def test_an_operator_says_why(office: Office) -> None:
    with pytest.raises(ReasonMissing):
        await operate(office, removal(MAIN, reason="  "))
    with pytest.raises(NotMainUser):
        await operate(office, removal(HOLDER))
    stranger = NameMainUser(organisation=PHARMACY, person=HOLDER, valid_until=UNTIL, reason="x", evidence="y")
    with pytest.raises(OrganisationUnknown):
        await operate(office, stranger)


async def test_whoever_was_removed_does_not_come_back_with_what_we_told_ourselves(office: Office) -> None:
    await operate(office, removal(MAIN))
    told = (await places(office))[-1]
    heard = MemberAdded(organisation=COUNTY, person=MAIN, main_user=told.main_user, by_role=True)
    await tell(office, heard)

    assert await main_users(office) == (OTHER_MAIN,)


async def test_organisations_without_a_main_user_are_found(office: Office) -> None:
    await a_company(office)
    await accept(office, await office.offer(), HOLDER)
    await operate(office, removal(MAIN))
    request = ListMainUsers(without=True)

    async def found() -> list[object]:
        page = await office.database.read(
            lambda rows: office.handlers.list_main_users(rows, request, OPERATOR)
        )
        return [one.organisation for one in page.organisations]

    assert await found() == []
    await operate(office, removal(OTHER_MAIN, force=True))
    assert await found() == [COUNTY]


# --- Suomi.fi's word ---------------------------------------------------------------------------------


async def test_a_companys_signatory_is_offered_to_be_its_main_user_and_is_one_once_accepted(
    office: Office,
) -> None:
    await a_company(office)
    await tell(office, a_mandate(by_register=SIGNATORY))
    offered = await the_offer(office)
    assert (offered.role, offered.holder, offered.ground) == (Role.MAIN_USER, HOLDER, Ground.SIGNATORY)
    assert await main_users(office, PHARMACY) == ()
    await accept(office, offered, HOLDER)

    assert await main_users(office, PHARMACY) == (HOLDER,)
    told = (await places(office))[-1]
    assert (told.organisation, told.main_user, told.until) == (PHARMACY, True, NOW + A_DAY)
    evidence = await office.database.read(
        lambda tx: [
            (row.status, row.program, row.method)
            for row in tx.connection.execute(select(DECISIONS).order_by(DECISIONS.c.version))
        ]
    )
    assert evidence == [("offered", "IDENTITY", "web-api"), ("accepted", "BOT", "loa2")]


async def test_a_main_user_by_suomifis_word_is_none_once_that_is_over_and_one_again_when_it_is_given_again(
    office: Office,
) -> None:
    await a_company(office)
    await tell(office, a_mandate(by_register=SIGNATORY))
    await accept(office, await the_offer(office), HOLDER)
    office.clock[0] = NOW + 2 * A_DAY
    assert await main_users(office, PHARMACY) == ()
    await tell(office, a_mandate(by_register=SIGNATORY, at=office.clock[0]))

    assert await main_users(office, PHARMACY) == (HOLDER,)
    assert len((await office.all_grants()).grants) == 1
    assert (await places(office))[-1].until == office.clock[0] + A_DAY


async def test_who_is_no_signatory_any_more_is_no_main_user_at_once(office: Office) -> None:
    await a_company(office)
    await tell(office, a_mandate(by_register=SIGNATORY))
    await accept(office, await the_offer(office), HOLDER)
    office.clock[0] = NOW + timedelta(hours=1)
    await tell(office, a_mandate(by_register=(), at=office.clock[0]))

    assert await main_users(office, PHARMACY) == ()
    assert (await places(office))[-1].main_user is False


async def test_an_incomplete_answer_offers_nothing(office: Office) -> None:
    await a_company(office)
    await tell(office, a_mandate(by_register=SIGNATORY, complete=False))

    assert (await office.all_grants()).grants == ()


async def test_a_no_stands_until_suomifi_is_asked_again(office: Office) -> None:
    await a_company(office)
    first = a_mandate(by_register=SIGNATORY)
    await tell(office, first)
    office.clock[0] = NOW + timedelta(minutes=5)
    decline = DeclineGrant(grant=(await the_offer(office)).id, reason="Not I")
    await office.decide(office.handlers.decline_grant, decline, HOLDER)
    await a_company(office, OrganisationKind.VENDOR)
    assert len((await office.all_grants()).grants) == 1
    office.clock[0] = NOW + timedelta(hours=1)
    await tell(office, a_mandate(by_register=SIGNATORY, at=office.clock[0]))

    phases = [one.phase for one in (await office.all_grants()).grants]
    assert phases == [Phase.WAITING, Phase.DECLINED]


async def test_a_position_in_a_register_is_not_enough_in_a_foundation_and_a_mandate_is(
    office: Office,
) -> None:
    await a_company(office, OrganisationKind.FOUNDATION)
    await tell(office, a_mandate(by_register=SIGNATORY))
    assert (await office.all_grants()).grants == ()
    await tell(office, a_mandate(by_mandate=SIGNATORY, at=NOW + timedelta(seconds=1)))

    assert (await the_offer(office)).ground is Ground.MANDATE


async def test_what_was_proved_of_an_unknown_organisation_is_offered_when_it_comes_to_be_known(
    office: Office,
) -> None:
    await tell(office, a_mandate(by_register=SIGNATORY))
    assert (await office.all_grants()).grants == ()
    await a_company(office)

    assert (await the_offer(office)).organisation == PHARMACY


async def test_who_is_a_main_user_already_is_offered_nothing(office: Office) -> None:
    await a_company(office)
    await tell(office, MemberAdded(organisation=PHARMACY, person=HOLDER, main_user=True))
    await tell(office, a_mandate(by_register=SIGNATORY))

    assert (await office.all_grants()).grants == ()


async def test_a_vendors_worker_is_offered_what_the_mandate_names_and_nothing_more(office: Office) -> None:
    await a_company(office)
    mandate = a_mandate(by_mandate=(MandateRight.IMPLEMENTER,))
    await tell(office, mandate)
    offers = (await office.all_grants()).grants
    assert [(one.role, one.ground) for one in offers] == [(Role.IMPLEMENTER, Ground.MANDATE)]
    await accept(office, offers[0], HOLDER)

    assert (await places(office))[-1].main_user is False
    assert await main_users(office, PHARMACY) == ()

    def holds() -> list[Role]:
        asked = DescribeCoverage(organisation=PHARMACY)
        coverage = office.handlers.describe_coverage(asked, OPERATOR)
        return [each.role for each in coverage.holdings if HOLDER in each.holders]

    assert holds() == [Role.IMPLEMENTER]
    office.clock[0] = NOW + A_DAY
    assert holds() == []


async def test_a_signatory_grants_roles_once_they_accepted(office: Office) -> None:
    await a_company(office)
    await tell(office, MemberAdded(organisation=PHARMACY, person=STRANGER, main_user=False))
    await tell(office, a_mandate(by_register=SIGNATORY))
    await accept(office, await the_offer(office), HOLDER)
    command = OfferGrant(
        organisation=PHARMACY, holder=STRANGER, role="reader", valid_until=UNTIL, inducted=True
    )
    granted = await office.decide(office.handlers.offer_grant, command, HOLDER)

    assert granted.granted_by == HOLDER
