"""What roles tells the program that reminds people, on both databases."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from shared.contracts.base import PersonId
from shared.contracts.roles import (
    DescribeCoverage,
    GrantId,
    ListDueGrants,
    ListStandingGrants,
    Role,
)
from tests.services.roles.conftest import Office
from tests.services.roles.factory import COUNTY, HOLDER, MAIN, NOW, OTHER_MAIN, an_actor, an_organisation

A_DAY = timedelta(days=1)


async def due(office: Office, since: datetime, until: datetime) -> list[GrantId]:
    request, actor = ListDueGrants(since=since, until=until), an_actor(MAIN)
    found = await office.database.read(lambda rows: office.handlers.list_due_grants(rows, request, actor))
    return [grant.id for grant in found.grants]


async def standing(office: Office, holder: PersonId) -> list[GrantId]:
    request, actor = ListStandingGrants(holder=holder), an_actor(MAIN)
    found = await office.database.read(
        lambda rows: office.handlers.list_standing_grants(rows, request, actor)
    )
    return [grant.id for grant in found.grants]


async def test_an_offer_is_due_when_it_lapses(office: Office) -> None:
    offered = await office.offer()
    lapses = offered.offer_ends_at

    assert await due(office, lapses, lapses + A_DAY) == [offered.id]
    assert await due(office, lapses - A_DAY, lapses) == []
    assert await due(office, lapses + timedelta(seconds=1), lapses + 800 * A_DAY) == []


async def test_an_offer_of_a_short_role_is_due_when_the_role_would_have_ended(office: Office) -> None:
    offered = await office.offer(until=(NOW + 2 * A_DAY).date())
    over = datetime(2026, 11, 26, 22, 0, tzinfo=UTC)  # midnight in Finland

    assert await due(office, over, over + timedelta(seconds=1)) == [offered.id]
    assert await due(office, over + timedelta(seconds=1), offered.offer_ends_at + A_DAY) == []


async def test_a_role_is_due_at_its_end_and_an_answered_offer_is_not(office: Office) -> None:
    held = await office.accept(await office.offer(until=date(2027, 6, 30)))
    midnight = datetime(2027, 6, 30, 21, 0, tzinfo=UTC)

    assert await due(office, NOW, NOW + 31 * A_DAY) == []
    assert await due(office, midnight, midnight + A_DAY) == [held.id]
    await office.revoke(held)
    assert await due(office, midnight, midnight + A_DAY) == []


async def test_what_somebody_holds_is_known_to_who_hears_that_they_left(office: Office) -> None:
    waits = await office.offer(role=Role.READER)
    held = await office.accept(await office.offer(role=Role.TECHNICAL_CONTACT))
    gone = await office.accept(await office.offer(role=Role.ARCHIVE_KEEPER))
    await office.revoke(gone)

    assert set(await standing(office, HOLDER)) == {waits.id, held.id}
    assert await standing(office, PersonId(uuid4())) == []
    office.clock[0] = NOW + 15 * A_DAY
    assert await standing(office, HOLDER) == [held.id]


async def test_the_main_users_of_an_organisation_are_known_to_who_tells_them(office: Office) -> None:
    await office.accept(await office.offer(role=Role.READER))
    answer = office.handlers.describe_coverage(DescribeCoverage(organisation=COUNTY), an_actor(MAIN))

    holders = {holding.role: holding.holders for holding in answer.holdings}
    assert holders[Role.MAIN_USER] == (MAIN, OTHER_MAIN)
    assert holders[Role.READER] == (HOLDER,)
    assert holders[Role.ARCHIVE_KEEPER] == ()


@pytest.mark.parametrize(("hours", "stale"), [(36, False), (37, True)])
async def test_whoever_asks_who_holds_what_learns_that_our_copy_of_the_register_is_too_old(
    office: Office, hours: int, stale: bool
) -> None:
    office.handlers.model.see_organisation(an_organisation(fetched_at=NOW - timedelta(hours=hours)))
    answer = office.handlers.describe_coverage(DescribeCoverage(organisation=COUNTY), an_actor(MAIN))

    assert answer.register_stale is stale
