"""Whom an operator's first file names: main users by a grant like others, on both databases."""

import pytest
from sqlalchemy import update

from services.roles.storage.tables import MEMBERS
from shared.contracts.base import PersonId
from shared.contracts.identity import MemberAdded
from shared.contracts.roles import (
    NOBODY,
    DeclineGrant,
    Gate,
    GrantNamed,
    GrantStatus,
    GrantView,
    Ground,
    ListGrants,
    Phase,
    RelinquishGrant,
    Role,
    WithdrawGrant,
)
from shared.contracts.roles_refusals import GrantClosed, LastMainUser
from tests.services.roles.conftest import Office
from tests.services.roles.factory import COUNTY, HOLDER, MAIN, NOW, OTHER_MAIN
from tests.services.roles.main_user_office import OPERATOR, accept, main_users, places, tell


async def of_first_file(office: Office) -> dict[PersonId, GrantView]:
    request = ListGrants(organisation=COUNTY)
    page = await office.database.read(lambda rows: office.handlers.list_grants(rows, request, OPERATOR))
    return {one.holder: one for one in page.grants if one.named_at is not None}


async def test_whom_the_first_file_names_holds_a_grant_that_says_nobody_accepted_it(office: Office) -> None:
    found = (await of_first_file(office))[MAIN]

    assert (found.role, found.ground, found.granted_by) == (Role.MAIN_USER, Ground.SETTLED, NOBODY)
    assert (found.phase, found.status, found.acceptance) == (Phase.IN_FORCE, GrantStatus.OFFERED, None)
    answer = office.handlers.model.check(COUNTY, MAIN, "billing.edit", at_least=0, now=NOW)
    codes = {rung.gate: (rung.holds, rung.code, rung.grant) for rung in answer.rungs}
    assert codes[Gate.RIGHT] == (True, "settled", None)
    assert codes[Gate.GRANTED] == (True, "main_user", found.id)
    assert codes[Gate.ACCEPTED] == (True, "named", None)


async def test_a_first_file_that_is_read_again_names_nobody_twice(office: Office) -> None:
    before = await of_first_file(office)
    await tell(office, MemberAdded(organisation=COUNTY, person=MAIN, main_user=True))

    assert await of_first_file(office) == before
    assert await office.events() == []


async def test_whoever_was_named_at_first_can_accept_it_and_then_has(office: Office) -> None:
    accepted = await accept(office, (await of_first_file(office))[MAIN], MAIN)

    assert (accepted.status, accepted.phase) == (GrantStatus.ACCEPTED, Phase.IN_FORCE)
    assert accepted.acceptance is not None
    answer = office.handlers.model.check(COUNTY, MAIN, "billing.edit", at_least=0, now=NOW)
    assert next(rung.code for rung in answer.rungs if rung.gate is Gate.ACCEPTED) == "accepted"


async def test_whoever_was_named_at_first_can_hand_it_back_but_the_last_one_stays(office: Office) -> None:
    named = await of_first_file(office)
    relinquish = office.handlers.relinquish_grant
    await office.decide(relinquish, RelinquishGrant(grant=named[MAIN].id), MAIN)

    assert await main_users(office) == (OTHER_MAIN,)
    told = (await places(office))[-1]
    assert (told.person, told.main_user) == (MAIN, False)
    with pytest.raises(LastMainUser):
        await office.decide(relinquish, RelinquishGrant(grant=named[OTHER_MAIN].id), OTHER_MAIN)
    assert await main_users(office) == (OTHER_MAIN,)


async def test_a_colleague_ends_what_the_first_file_gave_and_nobody_declines_it(office: Office) -> None:
    named = await of_first_file(office)
    with pytest.raises(GrantClosed):
        await office.decide(
            office.handlers.decline_grant, DeclineGrant(grant=named[OTHER_MAIN].id, reason="x"), OTHER_MAIN
        )
    with pytest.raises(GrantClosed):
        await office.decide(
            office.handlers.withdraw_grant, WithdrawGrant(grant=named[OTHER_MAIN].id, reason="x"), MAIN
        )
    await office.revoke(named[OTHER_MAIN])

    assert await main_users(office) == (MAIN,)


async def test_whoever_waits_to_accept_is_named_at_once_and_holds_one_grant(office: Office) -> None:
    offered = await office.offer(role=Role.MAIN_USER)
    await tell(office, MemberAdded(organisation=COUNTY, person=HOLDER, main_user=True))

    assert set(await main_users(office)) == {MAIN, OTHER_MAIN, HOLDER}
    phases = {one.id: one.phase for one in (await office.all_grants()).grants}
    assert phases == {offered.id: Phase.WITHDRAWN}


async def test_main_users_of_an_older_database_are_given_a_grant_once(office: Office) -> None:
    put = update(MEMBERS).where(MEMBERS.c.person == HOLDER).values(main_user=True)
    await office.database.decide(lambda tx: tx.connection.execute(put))
    for _ in range(2):
        await office.database.decide(office.handlers.name_the_ungranted)

    assert set(await main_users(office)) == {MAIN, OTHER_MAIN, HOLDER}
    assert (await office.events()).count(GrantNamed.subject) == 1
