"""Who becomes a main user by another's word, and that one is always left; on both databases."""

import asyncio
from datetime import date, datetime

import pytest
from sqlalchemy import select

from services.roles.storage.tables import MAIN_USER_DECISIONS
from shared.contracts.identity import (
    MemberAdded,
    OrganisationUnknown,
)
from shared.contracts.roles import (
    NOBODY,
    GetOrganisationGrants,
    GrantView,
    Ground,
    ListMainUsers,
    MainUsers,
    NameMainUser,
    Phase,
    RelinquishGrant,
    RevokeGrant,
    Role,
)
from shared.contracts.roles_refusals import GrantClosed, LastMainUser, NotMainUser, ReasonMissing, SelfGrant
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
)
from tests.services.roles.main_user_office import (
    OPERATOR,
    a_company,
    accept,
    main_users,
    operate,
    places,
    removal,
    tell,
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
    assert len([one for one in seen.grants if one.named_at is None]) == 2


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
