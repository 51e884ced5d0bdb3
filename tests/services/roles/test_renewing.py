"""A role that ends soon can be offered anew, once, to a later day; the two may overlap."""

import asyncio
from datetime import date, datetime, timedelta

import pytest

from shared.contracts.roles import DescribeCoverage, Phase, Role
from shared.contracts.roles_refusals import GrantExists
from tests.services.roles.conftest import UNTIL, Office
from tests.services.roles.factory import COUNTY, MAIN, NOW, OTHER_MAIN, an_actor

LATER = date(2028, 6, 30)
SOON = datetime(2027, 5, 15, 9, 0, tzinfo=NOW.tzinfo)


async def holders(office: Office) -> int:
    coverage = office.handlers.describe_coverage(DescribeCoverage(organisation=COUNTY), an_actor(MAIN))
    return next(len(each.holders) for each in coverage.holdings if each.role is Role.READER)


async def test_a_role_is_renewed_before_it_ends(office: Office) -> None:
    held = await office.accept(await office.offer())
    office.clock[0] = SOON
    renewal = await office.offer(until=LATER)
    assert (renewal.renews, renewal.phase) == (held.id, Phase.WAITING)
    accepted = await office.accept(renewal)
    assert accepted.phase is Phase.IN_FORCE
    assert await holders(office) == 1
    office.clock[0] = datetime(2027, 7, 1, 9, 0, tzinfo=NOW.tzinfo)

    phases = {grant.id: grant.phase for grant in (await office.all_grants()).grants}
    assert phases == {held.id: Phase.EXPIRED, accepted.id: Phase.IN_FORCE}
    assert await holders(office) == 1


async def test_a_renewal_can_be_renewed(office: Office) -> None:
    first = await office.accept(await office.offer())
    office.clock[0] = SOON
    second = await office.accept(await office.offer(until=LATER))
    office.clock[0] = datetime(2028, 6, 1, 9, 0, tzinfo=NOW.tzinfo)
    third = await office.accept(await office.offer(until=date(2029, 6, 30)))

    assert [second.renews, third.renews] == [first.id, second.id]


async def test_a_role_that_does_not_end_soon_is_not_renewed(office: Office) -> None:
    await office.accept(await office.offer())
    office.clock[0] = datetime(2027, 4, 30, 9, 0, tzinfo=NOW.tzinfo)

    with pytest.raises(GrantExists):
        await office.offer(until=LATER)


async def test_a_renewal_reaches_further_than_what_it_renews(office: Office) -> None:
    await office.accept(await office.offer())
    office.clock[0] = SOON

    with pytest.raises(GrantExists):
        await office.offer(until=UNTIL)


async def test_an_offer_that_waits_is_not_renewed(office: Office) -> None:
    await office.offer(until=(NOW + timedelta(days=9)).date())

    with pytest.raises(GrantExists):
        await office.offer(until=LATER)


async def test_two_who_renew_at_once_renew_once(office: Office) -> None:
    await office.accept(await office.offer())
    office.clock[0] = SOON
    answers = await asyncio.gather(
        office.offer(until=LATER), office.offer(by=OTHER_MAIN, until=LATER), return_exceptions=True
    )

    assert [type(each) for each in answers if isinstance(each, BaseException)] == [GrantExists]


async def test_a_renewal_that_waits_stands_in_the_way_even_if_the_role_was_ended(office: Office) -> None:
    held = await office.accept(await office.offer())
    office.clock[0] = SOON
    renewal = await office.offer(until=LATER)
    await office.revoke(held)
    with pytest.raises(GrantExists):
        await office.offer(until=LATER)

    assert (await office.accept(renewal)).phase is Phase.IN_FORCE
    with pytest.raises(GrantExists):
        await office.offer(until=date(2029, 6, 30))


async def test_the_role_that_was_renewed_can_still_be_ended(office: Office) -> None:
    held = await office.accept(await office.offer())
    office.clock[0] = SOON
    await office.accept(await office.offer(until=LATER))
    await office.revoke(held)

    with pytest.raises(GrantExists):
        await office.offer(until=date(2029, 6, 30))
