"""What the roles service decides, on both databases."""

import asyncio
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from uuid import uuid4

import pytest
from sqlalchemy import select

from services.roles.app import katso_table, matrix, policy
from services.roles.domain.catalogue import role_text
from services.roles.imported import ImportedKatso
from services.roles.readmodel import ReadModel
from services.roles.settings import RolesSettings
from services.roles.storage.tables import DECISIONS
from shared.contracts.base import NotAllowed, OrganisationId, PersonId, Refusal
from shared.contracts.identity import ChatAccount, Intent, MemberAdded, PersonIdentified
from shared.contracts.roles import (
    ExplainAccess,
    GetCoverage,
    GetMyGrants,
    GetOrganisationGrants,
    GrantView,
    ListGrants,
    OfferGrant,
    Phase,
    RevokeGrant,
    Role,
)
from shared.contracts.roles_refusals import GrantExists, GrantNotFound, NotMainUser
from tests.services.roles.conftest import UNTIL, Office
from tests.services.roles.factory import COUNTY, HOLDER, MAIN, NOW, OTHER_MAIN, STRANGER, an_actor


async def test_offer_and_acceptance_are_announced_once_each(office: Office) -> None:
    offered = await office.offer()
    accepted = await office.accept(offered)

    assert accepted.phase is Phase.IN_FORCE
    assert await office.events() == ["event.roles.v1.grant.offered", "event.roles.v1.grant.accepted"]


async def test_accepting_at_the_same_time_from_eight_places_acts_once(office: Office) -> None:
    offered = await office.offer()

    answers = await asyncio.gather(*(office.accept(offered) for _ in range(8)))

    assert len({answer.model_dump_json() for answer in answers}) == 1
    assert (await office.events()).count("event.roles.v1.grant.accepted") == 1


async def test_what_is_decided_on_one_grant_at_once_comes_out_as_if_one_by_one(office: Office) -> None:
    offered = await office.offer()
    others = [await office.offer(role=role) for role in (Role.IMPLEMENTER, Role.ARCHIVE_KEEPER)]
    outcomes = await asyncio.gather(
        *(office.accept(grant) for grant in (offered, offered, *others)),
        office.revoke(offered),
        office.offer(),
        return_exceptions=True,
    )
    grants = (await office.all_grants()).grants
    stands = next(grant for grant in grants if grant.id == offered.id)
    open_ones = [grant for grant in grants if grant.role is Role.READER and grant.closed_at is None]

    assert [one for one in outcomes if isinstance(one, Exception) and not isinstance(one, Refusal)] == []
    assert all(isinstance(one, GrantView) for one in outcomes[2:4])
    assert (stands.phase is Phase.REVOKED) == isinstance(outcomes[4], GrantView)
    assert len(open_ones) == (1 if isinstance(outcomes[5], GrantView) or stands.closed_at is None else 0)
    assert len(await office.events()) == sum(grant.version for grant in grants)


async def test_the_same_offer_made_by_two_main_users_at_once_is_made_once(office: Office) -> None:
    answers = await asyncio.gather(office.offer(by=MAIN), office.offer(by=OTHER_MAIN), return_exceptions=True)

    refused = [answer for answer in answers if isinstance(answer, BaseException)]
    assert [type(answer) for answer in refused] == [GrantExists]
    assert len(await office.events()) == 1


async def test_an_acceptance_is_evidence(office: Office) -> None:
    accepted = await office.accept(await office.offer())

    assert accepted.acceptance is not None
    assert accepted.acceptance.text_hash == role_text(Role.READER, "sv").sha256
    assert (accepted.acceptance.language, accepted.acceptance.method) == ("sv", "loa2")
    decisions = select(DECISIONS).where(DECISIONS.c.grant_id == accepted.id)
    rows = await office.database.read(lambda rows: rows.connection.execute(decisions).all())
    assert [(row.version, row.person, row.program) for row in rows] == [(1, MAIN, "BOT"), (2, HOLDER, "BOT")]
    assert [row.level for row in rows] == ["substantial", "substantial"]
    assert accepted.acceptance.text_hash in rows[1].evidence


async def test_a_role_that_ran_out_makes_room_for_another_offer(office: Office) -> None:
    first = await office.accept(await office.offer())
    with pytest.raises(GrantExists):
        await office.offer()
    office.clock[0] = datetime(2027, 7, 1, tzinfo=NOW.tzinfo)

    command = OfferGrant(
        organisation=COUNTY, holder=HOLDER, role="reader", valid_until=date(2028, 1, 1), inducted=True
    )
    second = await office.decide(office.handlers.offer_grant, command, MAIN)

    assert second.id != first.id


async def test_an_unknown_grant_is_refused(office: Office) -> None:
    command = RevokeGrant(grant=uuid4(), reason="gone")  # type: ignore[arg-type]  # any id

    with pytest.raises(GrantNotFound):
        await office.decide(office.handlers.revoke_grant, command, MAIN)


async def test_only_a_main_user_revokes(office: Office) -> None:
    held = await office.accept(await office.offer())

    with pytest.raises(NotMainUser):
        await office.decide(office.handlers.revoke_grant, RevokeGrant(grant=held.id, reason="x"), HOLDER)
    revoked = await office.decide(office.handlers.revoke_grant, RevokeGrant(grant=held.id, reason="x"), MAIN)
    assert revoked.phase is Phase.REVOKED


async def test_the_model_that_is_loaded_answers_like_the_one_that_lived(office: Office) -> None:
    for role in (Role.READER, Role.TECHNICAL_CONTACT):
        await office.accept(await office.offer(role=role))
    told = PersonIdentified(
        person=HOLDER,
        identified_at=NOW,
        method="loa2",
        linked_at=NOW,
        chat=ChatAccount(team="T", user="U"),
        intent=Intent(kind="link", request_id=uuid4()),
    )
    await office.database.decide(lambda tx: office.handlers.note_identification(tx, told))
    fresh = ReadModel(
        matrix=matrix(RolesSettings()),
        register_oldest=timedelta(hours=36),
        policy=policy(RolesSettings()),
        imported=ImportedKatso(katso_table(RolesSettings())),
    )
    await office.database.read(fresh.load)

    for action in fresh.matrix.actions():
        lived = office.handlers.model.check(COUNTY, HOLDER, action, at_least=0, now=NOW)
        assert fresh.check(COUNTY, HOLDER, action, at_least=lived.revision, now=NOW) == lived
    assert fresh.check(COUNTY, HOLDER, "systems.edit", at_least=0, now=NOW).allowed


async def test_an_offer_that_waits_is_no_holder(office: Office) -> None:
    await office.accept(await office.offer(role=Role.READER))
    await office.offer(role=Role.ARCHIVE_KEEPER)

    request = GetCoverage(organisation=COUNTY)
    coverage = await office.database.read(
        lambda rows: office.handlers.get_coverage(rows, request, an_actor(MAIN))
    )

    counted = {holding.role: (len(holding.holders), holding.waiting) for holding in coverage.holdings}
    assert counted[Role.READER] == (1, 0)
    assert counted[Role.ARCHIVE_KEEPER] == (0, 1)
    assert counted[Role.MAIN_USER] == (2, 0)


async def test_people_see_what_concerns_them_only(office: Office) -> None:
    await office.offer()

    def get(method: Callable[..., object], request: object, person: PersonId) -> Callable[..., object]:
        return lambda rows: method(rows, request, an_actor(person))

    mine = await office.database.read(get(office.handlers.get_my_grants, GetMyGrants(), HOLDER))
    assert len(mine.grants) == 1  # type: ignore[attr-defined]  # a page of grants
    for request, method in (
        (GetOrganisationGrants(organisation=COUNTY), office.handlers.get_organisation_grants),
        (GetCoverage(organisation=COUNTY), office.handlers.get_coverage),
        (
            ExplainAccess(organisation=COUNTY, action="billing.read", person=MAIN),
            office.handlers.explain_access,
        ),
    ):
        with pytest.raises((NotMainUser, NotAllowed)):
            await office.database.read(get(method, request, STRANGER))


async def test_long_lists_come_in_pages_without_a_gap(office: Office) -> None:
    for _ in range(60):
        organisation = OrganisationId(uuid4())
        for person in (MAIN, HOLDER):
            member = MemberAdded(organisation=organisation, person=person, main_user=person == MAIN)
            await office.database.decide(partial(office.handlers.note_member, event=member))
        command = OfferGrant(
            organisation=organisation, holder=HOLDER, role="reader", valid_until=UNTIL, inducted=True
        )
        await office.decide(office.handlers.offer_grant, command, MAIN)

    seen, page = [], None
    while True:
        request = ListGrants(page=page)
        part = await office.database.read(
            partial(office.handlers.list_grants, request=request, actor=an_actor(MAIN))
        )
        seen += [grant.id for grant in part.grants if grant.named_at is None]
        if (page := part.next_page) is None:
            break

    assert len(seen) == len(set(seen)) == 60
