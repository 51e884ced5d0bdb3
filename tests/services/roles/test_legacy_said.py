"""What a main user says of a grant that Katso had: that it is needed, or is not."""

import pytest

from shared.contracts.legacy import LegacyState
from shared.contracts.roles import Gate
from shared.contracts.roles_refusals import LegacyGrantSettled, ReasonMissing
from tests.services.roles.conftest import Office
from tests.services.roles.factory import COUNTY, HOLDER, MAIN
from tests.services.roles.legacy_town import Archive, a_row

ROW = a_row()


@pytest.fixture
def archive(office: Office) -> Archive:
    return Archive(office)


async def test_what_a_main_user_says_is_not_needed_was_not_passed_over(archive: Archive) -> None:
    def right() -> str:
        office = archive.office
        answer = office.handlers.model.check(COUNTY, HOLDER, "systems.edit", at_least=0, now=office.clock[0])
        return next(rung.code for rung in answer.rungs if rung.gate is Gate.RIGHT)

    await archive.import_rows(ROW)
    before = right()
    legacy = (await archive.only()).id
    await archive.dismiss(legacy, "Left in 2020")
    dismissed = right()
    await archive.reopen(legacy)

    assert [before, dismissed, right()] == ["katso_not_moved", "no_grant", "katso_not_moved"]


async def test_not_needed_takes_a_reason_and_can_be_taken_back(archive: Archive) -> None:
    await archive.import_rows(a_row(katso_role="Palkkatietojen katselija"))
    legacy = (await archive.only()).id
    with pytest.raises(ReasonMissing):
        await archive.dismiss(legacy, "  ")
    dismissed = await archive.dismiss(legacy, "Left in 2020")
    await archive.reopen(legacy)

    assert (dismissed.state, dismissed.reason, dismissed.said_by) == (
        LegacyState.NOT_NEEDED,
        "Left in 2020",
        MAIN,
    )
    assert (await archive.only()).state is LegacyState.NOT_STARTED


async def test_what_was_accepted_anew_was_needed(archive: Archive, office: Office) -> None:
    await archive.import_rows(ROW)
    made = await archive.invite((await archive.only()).id)
    await office.accept(made.offered[0])

    with pytest.raises(LegacyGrantSettled):
        await archive.dismiss((await archive.only()).id, "Left")
