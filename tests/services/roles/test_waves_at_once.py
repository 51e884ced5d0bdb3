"""A wave that is sent from two open forms at once invites nobody twice and leaves nobody out."""

import asyncio
from collections import Counter
from uuid import uuid4

import pytest

from shared.contracts.base import PersonId
from shared.contracts.identity import MemberAdded
from shared.contracts.legacy import LegacyId
from tests.services.roles.conftest import Office
from tests.services.roles.factory import COUNTY, MAIN, OTHER_MAIN
from tests.services.roles.legacy_town import Archive, a_row

HOLDERS = 12


@pytest.fixture
async def archive(office: Office) -> Archive:
    """Twelve people had a role in Katso, and every other of them a second one."""
    archive = Archive(office)
    rows = []
    for number in range(HOLDERS):
        person = PersonId(uuid4())
        member = MemberAdded(organisation=COUNTY, person=person, main_user=False)
        await office.database.decide(lambda tx, member=member: archive.handlers.note_member(tx, member))  # type: ignore[misc]  # bound now
        more = {"katso_id": f"K{number:06}", "holder": f"Holder {number}", "person": person}
        rows.append(a_row(line=2 * number, **more))
        if number % 2:
            rows.append(a_row(line=2 * number + 1, katso_role="Lukija", **more))
    await archive.import_rows(*rows)
    return archive


@pytest.mark.parametrize("by", [MAIN, OTHER_MAIN], ids=["two windows of one", "two main users"])
@pytest.mark.parametrize("backwards", [False, True], ids=["in one order", "in two orders"])
async def test_two_forms_at_once_invite_everybody_once(
    archive: Archive, by: PersonId, backwards: bool
) -> None:
    wave: list[LegacyId] = [one.id for one in (await archive.view()).next_wave]
    other = wave[::-1] if backwards else wave
    left = len(wave)
    one, two = await asyncio.gather(archive.invite(*wave), archive.invite(*other, by=by))
    offered = [*one.offered, *two.offered]
    told = (await archive.office.events()).count("event.roles.v1.grant.offered")
    after = await archive.view()

    assert Counter((grant.holder, grant.role) for grant in offered).most_common(1)[0][1] == 1
    assert len(offered) == told == left
    assert {skipped.code for skipped in (*one.skipped, *two.skipped)} == {"migration.invited"}
    assert after.now.invited == left
    assert not {one.id for one in after.next_wave} & set(wave)


async def test_forms_that_overlap_leave_nobody_out(archive: Archive) -> None:
    wave = [one.id for one in (await archive.view()).next_wave]
    early, late = wave[: len(wave) * 2 // 3], wave[len(wave) // 3 :]
    made = await asyncio.gather(archive.invite(*early), archive.invite(*late, by=OTHER_MAIN))
    offered = [grant for one in made for grant in one.offered]

    assert len(offered) == len({(grant.holder, grant.role) for grant in offered}) == len(wave)
