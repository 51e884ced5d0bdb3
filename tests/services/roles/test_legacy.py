"""What is decided about grants that Katso had, on both databases."""

from datetime import date, timedelta

import pytest

from services.roles.storage import LegacyGrants
from shared.contracts.identity import ChatAccount, Intent, MemberAdded, PersonIdentified
from shared.contracts.legacy import (
    GetMyLegacyGrants,
    InviteHolders,
    LegacyState,
    MatchLegacyHolder,
    OpenWave,
    PlanWaves,
    Why,
)
from shared.contracts.roles import CheckAccess, GrantView, Role
from shared.contracts.roles_refusals import (
    HolderOfAnotherOrganisation,
    InductionMissing,
    LegacyGrantNotFound,
    NotMainUser,
    WaveUnknown,
)
from tests.services.roles.conftest import UNTIL, Office
from tests.services.roles.factory import COUNTY, HOLDER, MAIN, OTHER_MAIN, PHARMACY, STRANGER, an_actor
from tests.services.roles.legacy_town import Archive, a_row

ROW = a_row()
MAIN_ROW = a_row(line=3, katso_id="K1", holder="Aino Mallila", katso_role="Pääkäyttäjä", person=MAIN)
STRANGE = a_row(line=4, katso_role="Palkkatietojen katselija")


@pytest.fixture
def archive(office: Office) -> Archive:
    return Archive(office)


async def test_the_same_page_twice_changes_nothing(archive: Archive) -> None:
    first = await archive.import_rows(ROW, MAIN_ROW, STRANGE)
    second = await archive.import_rows(ROW, MAIN_ROW, STRANGE)

    assert (first.added, second.added, second.unchanged) == (3, 0, 3)
    assert len(await archive.all()) == 3


async def test_importing_gives_nobody_access(archive: Archive, office: Office) -> None:
    before = (await archive.office.events(), await archive.office.all_grants())
    await archive.import_rows(ROW)
    request = CheckAccess(organisation=COUNTY, person=HOLDER, action="systems.edit")
    answer = office.handlers.check_access(request, an_actor(MAIN))

    assert (await archive.office.events(), await archive.office.all_grants()) == before
    assert b'"allowed":false' in answer


async def test_each_holder_accepts_anew(archive: Archive, office: Office) -> None:
    await archive.import_rows(ROW, MAIN_ROW)
    ready = (await archive.view()).next_wave
    made = await archive.invite(*(one.id for one in ready))
    invited = (await archive.all())[ROW.katso_role]
    office.clock[0] += timedelta(minutes=1)
    await office.accept(made.offered[0])
    settled = (await archive.all())[ROW.katso_role]

    assert [(one.role, one.holder) for one in made.offered] == [(Role.TECHNICAL_CONTACT, HOLDER)]
    assert (invited.state, invited.offers) == (LegacyState.INVITED, (made.offered[0].id,))
    assert settled.state is LegacyState.REACCEPTED
    # The main user is one here by identity's word, and needs no invitation.
    assert (await archive.all())[MAIN_ROW.katso_role].state is LegacyState.REACCEPTED
    assert (await archive.view()).now.left == 0


async def test_identifying_is_heard(archive: Archive, office: Office) -> None:
    await archive.import_rows(ROW)
    await archive.invite((await archive.only()).id)
    office.clock[0] += timedelta(minutes=1)
    event = PersonIdentified(
        person=HOLDER,
        identified_at=office.clock[0],
        method="loa2",
        chat=ChatAccount(team="T1", user="U1"),
        linked_at=office.clock[0],
        intent=Intent(kind="grant.accept", request_id=ROW.person or HOLDER),
    )
    await office.database.decide(lambda tx: archive.handlers.note_identification(tx, event))

    assert (await archive.only()).state is LegacyState.IDENTIFIED


async def test_sent_again_an_invitation_offers_nothing_twice(archive: Archive) -> None:
    await archive.import_rows(ROW)
    legacy = (await archive.only()).id
    wish = InviteHolders(organisation=COUNTY, legacy=(legacy,), valid_until=UNTIL, inducted=True)
    first = await archive.invite(wish=wish)
    same = await archive.invite(wish=wish)
    another = await archive.invite(legacy)

    assert first == same
    assert another.offered == ()
    assert [one.code for one in another.skipped] == ["migration.invited"]
    assert (await archive.office.events()).count("event.roles.v1.grant.offered") == 1


async def test_two_katso_roles_that_come_to_one_are_offered_once(archive: Archive) -> None:
    await archive.import_rows(ROW, a_row(line=3, katso_role="Teknisk kontaktperson"))
    both = await archive.all()
    made = await archive.invite(*(one.id for one in both.values()))

    assert len(made.offered) == 1
    assert {one.offers for one in (await archive.all()).values()} == {(made.offered[0].id,)}


async def test_only_a_main_user_invites_who_inducted_and_nobody_invites_themselves(archive: Archive) -> None:
    await archive.import_rows(ROW, a_row(line=3, katso_id="K1", holder="Aino", person=MAIN))
    ids = [one.id for one in (await archive.all()).values()]

    with pytest.raises(NotMainUser):
        await archive.invite(*ids, by=HOLDER)
    with pytest.raises(InductionMissing):
        await archive.invite(*ids, inducted=False)
    with pytest.raises(NotMainUser):
        await archive.dismiss(ids[0], "Left", by=HOLDER)


async def test_a_main_users_own_legacy_role_is_left_to_another_main_user(archive: Archive) -> None:
    await archive.import_rows(a_row(katso_id="K1", holder="Aino", person=MAIN))
    legacy = (await archive.only()).id
    mine = await archive.invite(legacy)
    theirs = await archive.invite(legacy, by=OTHER_MAIN)

    assert [one.code for one in mine.skipped] == ["roles.self_grant"]
    assert len(theirs.offered) == 1


async def test_a_decline_leads_back_and_says_why(archive: Archive, office: Office) -> None:
    await archive.import_rows(ROW)
    legacy = (await archive.only()).id
    offered = (await archive.invite(legacy)).offered[0]
    await _decline(office, offered)
    back = await archive.only()
    again = await archive.invite(legacy)

    assert (back.state, back.why) == (LegacyState.NOT_STARTED, Why.DECLINED)
    assert len(again.offered) == 1
    assert set((await archive.only()).offers) == {offered.id, again.offered[0].id}


async def _decline(office: Office, grant: GrantView) -> GrantView:
    from shared.contracts.roles import DeclineGrant

    command = DeclineGrant(grant=grant.id, reason="No time")
    return await office.decide(office.handlers.decline_grant, command, HOLDER)


async def test_an_unmatched_holder_is_matched_by_an_operator_with_all_that_they_had(archive: Archive) -> None:
    await archive.import_rows(a_row(person=None), a_row(person=None, katso_role="Lukija"))
    legacy = (await archive.all())["Lukija"]
    office = archive.office

    async def match(person: object) -> None:
        command = MatchLegacyHolder(legacy=legacy.id, person=person)  # type: ignore[arg-type]  # a PersonId
        await office.database.decide(
            lambda tx: archive.handlers.match_legacy_holder(tx, command, an_actor(MAIN))
        )

    with pytest.raises(HolderOfAnotherOrganisation):
        await match(STRANGER)
    await match(HOLDER)
    await archive.import_rows(a_row(person=None))

    assert legacy.why is Why.UNMATCHED
    assert {one.person for one in (await archive.all()).values()} == {HOLDER}


async def test_waves_are_planned_opened_and_invited_in_order(archive: Archive, office: Office) -> None:
    await archive.import_rows(ROW, a_row(line=3, katso_id="K2", holder="Björn", person=OTHER_MAIN))
    plan = PlanWaves(organisation=COUNTY, size=1, first_day=date(2026, 12, 1), every_days=7)
    await office.database.decide(lambda tx: archive.handlers.plan_waves(tx, plan, an_actor(MAIN)))
    view = await archive.view()
    opening = OpenWave(organisation=COUNTY, number=1)
    await office.database.decide(lambda tx: archive.handlers.open_wave(tx, opening, an_actor(MAIN)))
    await archive.invite(*(one.id for one in view.next_wave))
    after = await archive.view()

    assert [(one.number, one.day, one.to_invite) for one in view.waves] == [
        (1, date(2026, 12, 1), 1),
        (2, date(2026, 12, 8), 1),
    ]
    assert view.next_number == 1
    assert after.next_number == 2
    assert "event.roles.v1.wave.opened" in await office.events()
    with pytest.raises(WaveUnknown):
        await office.database.decide(lambda tx: archive.handlers.open_wave(tx, opening, an_actor(MAIN)))


async def test_a_holder_sees_what_they_had_until_they_accepted_it_anew(
    archive: Archive, office: Office
) -> None:
    await archive.import_rows(ROW, MAIN_ROW)

    async def mine() -> list[str]:
        found = await office.database.read(
            lambda rows: archive.handlers.get_my_legacy_grants(rows, GetMyLegacyGrants(), an_actor(HOLDER))
        )
        return [one.katso_role for one in found.grants]

    before = await mine()
    await office.accept((await archive.invite((await archive.all())[ROW.katso_role].id)).offered[0])

    assert before == [ROW.katso_role]
    assert await mine() == []


async def test_the_picture_of_each_day_comes_from_the_facts(archive: Archive, office: Office) -> None:
    await archive.import_rows(ROW)
    office.clock[0] += timedelta(days=2)
    made = await archive.invite((await archive.only()).id)
    office.clock[0] += timedelta(days=2)
    await office.accept(made.offered[0])
    days = (await archive.view(history=True)).history

    assert [(one.not_started, one.invited, one.reaccepted) for one in days] == [
        (1, 0, 0),
        (1, 0, 0),
        (0, 1, 0),
        (0, 1, 0),
        (0, 0, 1),
    ]


async def test_katso_roles_of_a_day_are_to_be_had(archive: Archive, office: Office) -> None:
    await archive.import_rows(a_row(valid_until=date(2020, 12, 31)), STRANGE)

    async def held(day: date) -> frozenset[str]:
        return await office.database.read(lambda rows: LegacyGrants(rows).katso_roles(COUNTY, HOLDER, day))

    assert await held(date(2020, 6, 1)) == {ROW.katso_role, STRANGE.katso_role}
    assert await held(date(2021, 1, 1)) == {STRANGE.katso_role}


async def test_a_row_that_cannot_be_is_told_by_its_line_and_the_others_are_taken(archive: Archive) -> None:
    wrong = a_row(line=7, katso_role="Lukija", valid_until=date(2018, 1, 1))
    report = await archive.import_rows(ROW, wrong)

    assert report.added == 1
    assert report.refused == ((7, "migration.dates_reversed"),)


async def test_legacy_grants_of_another_organisation_are_out_of_reach(
    archive: Archive, office: Office
) -> None:
    await archive.import_rows(ROW)
    legacy = (await archive.only()).id
    member = MemberAdded(organisation=PHARMACY, person=MAIN, main_user=True)
    await office.database.decide(lambda tx: archive.handlers.note_member(tx, member))
    command = InviteHolders(organisation=PHARMACY, legacy=(legacy,), valid_until=UNTIL, inducted=True)

    with pytest.raises(LegacyGrantNotFound):
        await archive.invite(wish=command)
