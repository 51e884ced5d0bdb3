"""Bad days of the code server and of the register: each has its code and its row, and stops nothing else."""

from dataclasses import replace
from datetime import timedelta

import pytest

from services.identity.domain.registers import ORGANISATIONS
from services.identity.register import taking
from services.identity.register.refresher import Told
from services.identity.storage.register_tables import ENTRIES, RUNS
from shared.contracts.identity import OrganisationChanged, RegisterRead, RegisterRunGoing, RegisterState
from simulator.codeserver.entries import Crowd, Register, Town
from tests.services.identity.register.conftest import COUNTY, PHARMACY, Reading, oid

UNREACHABLE, UNREADABLE = "identity.register_unreachable", "identity.register_page_unreadable"
TWICE, CYCLIC = "identity.register_oid_twice", "identity.register_parents_cyclic"
UNKNOWN, DISAGREES = "identity.register_parent_unknown", "identity.register_oid_disagrees"


async def test_a_page_cut_short_changes_nothing_and_is_written_down(reading: Reading) -> None:
    reading.server.knobs.cut_short = {1}

    run = await reading.refresh()

    assert (run.outcome, run.detail) == (UNREADABLE, "why=cut_short")
    assert await reading.rows(ENTRIES) == []
    assert await reading.town.facts() == []


async def test_a_code_server_away_for_a_day_lets_the_copy_age_and_the_operator_know(reading: Reading) -> None:
    await reading.refresh()
    await reading.adopt()
    reading.server.knobs.away = True
    for _ in range(3):
        reading.town.clock.ahead += timedelta(hours=9)
        await reading.refresh()

    status = await reading.status()
    customer = await reading.customer()
    assert await reading.outcomes() == ["complete", *[UNREACHABLE] * 3]
    assert status.failed is not None
    assert (status.failed.outcome, status.failed.detail) == (UNREACHABLE, "why=connection")
    assert status.stale_at is not None
    assert status.stale_at < reading.town.clock()
    assert customer.state is RegisterState.ACTIVE
    assert len(await reading.town.facts(RegisterRead)) == 1

    reading.server.knobs.away = False
    await reading.refresh()
    assert (await reading.status()).failed is None


@pytest.mark.parametrize(("status", "asked"), [(500, 2), (404, 1)])
async def test_errors_are_tried_again_unless_the_question_is_wrong(
    reading: Reading, status: int, asked: int
) -> None:
    reading.server.knobs.fails = status

    run = await reading.refresh()

    assert (run.outcome, run.detail) == (UNREACHABLE, f"why=status, status={status}")
    assert len(reading.server.asked) == asked


async def test_of_two_entries_of_one_oid_neither_is_believed(reading: Reading) -> None:
    await reading.refresh()
    await reading.adopt()
    reading.server.knobs.twice = {oid(COUNTY)}

    run = await reading.refresh()
    customer = await reading.customer()
    facts = len(await reading.town.facts(OrganisationChanged))
    again = await reading.refresh()

    assert (run.outcome, run.refused, again.outcome) == ("complete", 1, "complete")
    assert customer.trouble == TWICE
    assert await reading.findings() == {(oid(COUNTY), TWICE, True)}
    assert len(await reading.town.facts(OrganisationChanged)) == facts

    reading.server.knobs.twice = set()
    await reading.refresh()
    assert (await reading.customer()).trouble == ""
    assert await reading.findings() == {(oid(COUNTY), TWICE, False)}


async def test_parents_in_a_circle_are_found_and_the_rest_goes_on(reading: Reading) -> None:
    reading.server.knobs.cyclic = [oid(COUNTY), oid(COUNTY, 1)]

    run = await reading.refresh()
    county, pharmacy = await reading.adopt(), await reading.adopt(PHARMACY)

    assert run.outcome == "complete"
    assert county.trouble == CYCLIC
    assert pharmacy.trouble == ""
    assert await reading.findings() == {(oid(COUNTY), CYCLIC, True), (oid(COUNTY, 1), CYCLIC, True)}


async def test_an_entry_that_hangs_from_nothing_is_found_and_put_right_by_changes_alone(
    reading: Reading,
) -> None:
    await reading.refresh()
    reading.server.knobs.stray = {oid(COUNTY, 1)}
    await reading.refresh(whole=False)
    assert await reading.findings() == {(oid(COUNTY, 1), UNKNOWN, True)}

    reading.server.knobs.stray = set()
    reading.server.knobs.renamed = {oid(COUNTY, 1)}
    await reading.refresh(whole=False)

    assert await reading.findings() == {(oid(COUNTY, 1), UNKNOWN, False)}


async def test_an_oid_of_another_business_id_is_refused_and_what_was_known_is_not_believed(
    reading: Reading, register: Town
) -> None:
    await reading.refresh()
    await reading.adopt()
    register.put(replace(register[0], business_id=PHARMACY))

    run = await reading.refresh()

    customer = await reading.customer()
    assert (run.outcome, run.refused, run.gone) == ("complete", 1, 0)
    assert (customer.state, customer.trouble) == (RegisterState.ACTIVE, DISAGREES)
    assert customer.business_id == COUNTY


async def test_a_register_that_changes_while_it_is_read_is_read_anew_and_then_given_up(
    reading: Reading,
) -> None:
    reading.server.knobs.grows = True

    run = await reading.refresh()

    assert run.outcome == "identity.register_total_changed"
    assert run.restarts == 2
    assert await reading.town.facts() == []


async def test_two_processes_do_not_read_at_once_and_one_goes_on_for_the_other(reading: Reading) -> None:
    first, second = reading.refresher(), reading.refresher()
    run = await first.database.decide(
        lambda tx: taking.begin(tx, first._wish(Told(ORGANISATIONS, True)), first.now())
    )

    with pytest.raises(RegisterRunGoing):
        await second.refresh(Told(ORGANISATIONS, True))
    reading.town.clock.ahead = timedelta(minutes=2)
    done = await second.refresh(Told(ORGANISATIONS, True))

    assert (done.id, done.outcome) == (run.id, "complete")
    assert len(await reading.rows(RUNS)) == 1


class TestMuchOfItGone:
    @pytest.fixture
    def register(self) -> Register:
        town = Town()
        town.put(*(Crowd(60)[number] for number in range(60)))
        return town

    async def test_half_a_register_is_not_believed_until_an_operator_says_so(
        self, reading: Reading, register: Town
    ) -> None:
        await reading.refresh()
        for entry in register.entries[30:]:
            register.drop(entry.oid)

        refused = await reading.refresh()
        there = [row.state for row in await reading.rows(ENTRIES)]
        allowed = await reading.refresh(allow_losses=True)

        assert refused.outcome == "identity.register_shrunk"
        assert RegisterState.ABSENT not in there
        assert (allowed.outcome, allowed.gone) == ("complete", 30)
