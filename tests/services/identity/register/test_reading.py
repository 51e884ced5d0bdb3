"""The whole register is read from the code server, and only what is true of customers is told."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from services.identity.domain.registers import ORGANISATIONS
from services.identity.register import taking
from services.identity.register.refresher import Told
from services.identity.storage.register_tables import ENTRIES, RUNS, SEEN
from shared.contracts.identity import (
    BeginRegisterImport,
    FinishRegisterImport,
    ImportRegisterPage,
    OrganisationChanged,
    RegisterKeeper,
    RegisterPageUnreadable,
    RegisterRead,
    RegisterRun,
    RegisterState,
)
from simulator.codeserver.entries import Crowd, Register, Town
from simulator.codeserver.wire import concept
from tests.services.identity.conftest import BOT
from tests.services.identity.register.conftest import (
    COUNTY,
    MERGED,
    PHARMACY,
    STALE,
    Reading,
    oid,
)


async def test_the_whole_register_is_kept_and_nobody_is_told_of_strangers(reading: Reading) -> None:
    run = await reading.refresh()

    assert (run.outcome, run.read, run.added, run.refused, run.gone) == ("complete", 12, 12, 0, 0)
    unit = await reading.entry(oid(COUNTY, 1))
    assert (unit.parent, unit.level, unit.name) == (oid(COUNTY), 1, "Esimerkkilän terveysasema")
    assert (unit.health_operating, unit.health_service) == (False, True)
    assert (unit.post_office, unit.municipality) == ("ESIMERKKILÄ", "091 Helsinki")
    (fact,) = await reading.town.facts()
    assert isinstance(fact, RegisterRead)
    assert (fact.as_of, fact.whole) == (run.as_of, True)


async def test_reading_the_same_again_changes_nothing_but_when_it_was_read(reading: Reading) -> None:
    await reading.refresh()
    await reading.adopt()
    before, facts = await reading.rows(ENTRIES), await reading.town.facts()

    run = await reading.refresh()

    assert (run.added, run.changed, run.unchanged) == (0, 0, 12)
    assert await reading.rows(ENTRIES) == before
    assert await reading.rows(SEEN) == []
    assert [type(fact) for fact in (await reading.town.facts())[len(facts) :]] == [RegisterRead]


async def test_what_changes_of_a_customer_is_told_once_and_of_others_not(
    reading: Reading, register: Town
) -> None:
    await reading.refresh()
    await reading.adopt()
    reading.server.knobs.renamed = {oid(COUNTY), oid(PHARMACY)}

    run = await reading.refresh(whole=False)

    assert (run.whole, run.changed) == (False, 2)
    assert "modifiedAfter=" in reading.server.asked[-1]
    told = (await reading.town.facts(OrganisationChanged))[1:]
    assert [fact.organisation.name for fact in told if isinstance(fact, OrganisationChanged)] == [
        "Esimerkkilän hyvinvointialue (uusi nimi)"
    ]


async def test_a_stale_and_a_merged_organisation_are_what_the_register_says(reading: Reading) -> None:
    await reading.refresh()
    stale, merged = await reading.adopt(STALE), await reading.adopt(MERGED)

    assert (stale.state, stale.valid_until, stale.keeper) == (
        RegisterState.ACTIVE,
        date(2024, 12, 31),
        RegisterKeeper.LICENCE_REGISTER,
    )
    assert (merged.state, merged.keeper) == (RegisterState.DELETED, RegisterKeeper.OWN_ENTRY)


async def test_what_a_whole_reading_no_longer_finds_is_absent_since_then(
    reading: Reading, register: Town
) -> None:
    await reading.refresh()
    before = await reading.adopt()
    register.drop(oid(COUNTY))
    register.drop(oid(COUNTY, 1))

    part = await reading.refresh(whole=False)
    still = await reading.customer()
    whole = await reading.refresh()

    gone = await reading.customer()
    assert (part.gone, whole.gone) == (0, 2)
    assert still.state is RegisterState.ACTIVE
    assert (gone.id, gone.state, gone.state_since) == (before.id, RegisterState.ABSENT, whole.as_of)


async def test_a_deleted_entry_stays_deleted_since_then_where_a_whole_reading_leaves_such_out(
    reading: Reading, register: Town
) -> None:
    await reading.refresh()
    merged = await reading.adopt(MERGED)
    assert merged.state is RegisterState.DELETED
    # As an export has it: what ended is not in it.
    codes = [
        concept(register[number], "v3")
        for number in range(len(register))
        if register[number].status != "DELETED"
    ]

    run = await brought(reading, codes)
    after = await reading.customer(MERGED)
    entry = await reading.entry(oid(MERGED))
    again = await reading.refresh()

    assert (run.outcome, run.gone, again.gone) == ("complete", 0, 0)
    assert (after.state, after.state_since) == (merged.state, merged.state_since)
    assert (entry.state, entry.state_since) == (RegisterState.DELETED, merged.state_since)
    assert again.changed == 0
    assert (await reading.customer(MERGED)).state_since == merged.state_since


async def test_a_deleted_entry_that_is_there_again_is_active_since_then(
    reading: Reading, register: Town
) -> None:
    await reading.refresh()
    merged = await reading.adopt(MERGED)
    register.put(
        *(
            replace(one, status="ACTIVE")
            for one in register.entries
            if one.oid.startswith(oid(MERGED).removesuffix("0"))
        )
    )

    await brought(reading, [concept(one, "v3") for one in register.entries])

    after = await reading.customer(MERGED)
    assert after.state is RegisterState.ACTIVE
    assert after.state_since is not None
    assert merged.state_since is not None
    assert after.state_since > merged.state_since


async def brought(reading: Reading, concepts: list[dict[str, Any]]) -> RegisterRun:
    """Take in *concepts* from files, as the whole register."""
    handlers, database, now = reading.town.handlers, reading.town.database, reading.town.clock()
    begin = BeginRegisterImport(source="files", fetched_at=now)
    run = await database.decide(lambda tx: handlers.begin_register_import(tx, begin, BOT))
    page = ImportRegisterPage(concept_codes=tuple(concepts), fetched_at=now, run=run.id, number=1)
    await database.decide(lambda tx: handlers.import_register_page(tx, page, BOT))
    finish = FinishRegisterImport(run=run.id, total=len(concepts))
    return await database.decide(lambda tx: handlers.finish_register_import(tx, finish, BOT))


async def test_an_entry_that_comes_back_is_there_again(reading: Reading, register: Town) -> None:
    await reading.refresh()
    await reading.adopt()
    away = [register[0], register[1]]
    for entry in away:
        register.drop(entry.oid)
    await reading.refresh()
    register.put(*away)

    await reading.refresh()

    assert (await reading.customer()).state is RegisterState.ACTIVE


async def test_a_customer_is_as_valid_as_what_it_hangs_from(reading: Reading, register: Town) -> None:
    county = register[0]
    register.put(replace(register[2], parent=county.oid), replace(county, end=date(2027, 6, 30)))
    await reading.refresh()

    pharmacy = await reading.adopt(PHARMACY)

    assert (pharmacy.parent, pharmacy.parent_state) == (county.oid, RegisterState.ACTIVE)
    assert pharmacy.parent_valid_until == date(2027, 6, 30)


async def test_moments_of_the_newer_interface_are_read_as_finnish_days(reading: Reading) -> None:
    reading.client = replace(reading.client, version="v6")

    run = await reading.refresh()

    assert (run.outcome, run.read) == ("complete", 12)
    assert (await reading.entry(oid(STALE))).valid_until == date(2024, 12, 31)


class TestManyPages:
    @pytest.fixture
    def register(self) -> Register:
        return Crowd(1_700)

    async def test_every_page_of_every_status_is_read(self, reading: Reading) -> None:
        run = await reading.refresh()

        assert (run.outcome, run.read, run.added) == ("complete", 1_700, 1_700)
        states = {row.state for row in await reading.rows(ENTRIES)}
        assert states == {RegisterState.ACTIVE, RegisterState.PROPOSAL, RegisterState.DELETED}

    async def test_an_interrupted_reading_goes_on_where_it_was(self, reading: Reading) -> None:
        reading.server.knobs.cut_short = {3}
        broken = reading.refresher()
        run = await broken.database.decide(
            lambda tx: taking.begin(tx, broken._wish(Told(ORGANISATIONS, True)), broken.now())
        )
        with pytest.raises(RegisterPageUnreadable):
            await broken._read(run)
        asked = len(reading.server.asked)
        reading.server.knobs.cut_short = set()
        reading.town.clock.ahead = timedelta(minutes=5)

        done = await reading.refresh()

        assert done.id == run.id
        assert (done.outcome, done.read, done.added) == ("complete", 1_700, 1_700)
        assert "page=2" in reading.server.asked[asked]
        assert len(await reading.rows(RUNS)) == 1
