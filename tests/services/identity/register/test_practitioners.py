"""Self-employed practitioners are in a register of their own, read beside the organisations'."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from services.identity.domain.registers import (
    ORGANISATIONS,
    PRACTITIONERS,
    best,
)
from services.identity.register import taking
from services.identity.register.refresher import Told
from services.identity.register.showing import branch
from services.identity.storage.register_tables import ENTRIES, RUNS
from shared.contracts.identity import (
    BeginRegisterImport,
    BusinessIdInvalid,
    FinishRegisterImport,
    ImportRegisterPage,
    OrganisationChanged,
    OrganisationKind,
    RegisterKeeper,
    RegisterName,
    RegisterRead,
    RegisterState,
)
from simulator.codeserver.entries import Entry, Town
from simulator.codeserver.wire import concept
from tests.services.identity.conftest import BOT
from tests.services.identity.register.conftest import COUNTY, REGISTERS, Reading, oid

DENTIST, DENTIST_OID = "9100021-6", "1.2.246.537.6.203.2014.900001"
NAMELESS_OID = "1.2.246.537.6.203.2014.900002"
IAH = REGISTERS[PRACTITIONERS]


async def both(reading: Reading) -> None:
    for register in RegisterName:
        await reading.refresh(register=register)


async def test_the_two_registers_are_read_one_after_the_other_without_anybody(reading: Reading) -> None:
    refresher = reading.refresher()
    order = []
    for _ in RegisterName:
        moment, told = await refresher.due()
        assert moment is None
        assert told.whole
        order.append(told.register)
        await refresher.refresh(told)

    assert order == [ORGANISATIONS, PRACTITIONERS]
    assert [(row.register_name, row.read, row.outcome) for row in await reading.rows(RUNS)] == [
        (ORGANISATIONS, 12, "complete"),
        (PRACTITIONERS, 2, "complete"),
    ]
    facts = await reading.town.facts(RegisterRead)
    assert [fact.register_name for fact in facts if isinstance(fact, RegisterRead)] == [*RegisterName]
    assert (await refresher.due())[0] is not None


async def test_a_practitioner_is_self_employed_and_mends_the_entry_with_valvira(reading: Reading) -> None:
    await both(reading)

    customer = await reading.adopt(DENTIST)

    assert (customer.kind, customer.register_name) == (OrganisationKind.SELF_EMPLOYED, PRACTITIONERS)
    assert (customer.oid, customer.name) == (DENTIST_OID, "Esimerkkilä Saara, hammaslääkäri")
    assert customer.keeper is RegisterKeeper.PRACTITIONER_REGISTER
    assert customer.state is RegisterState.ACTIVE


async def test_an_entry_without_a_business_id_is_kept_and_leads_to_nobody(reading: Reading) -> None:
    await both(reading)

    entry = await reading.entry(NAMELESS_OID)
    copies = (await reading.status()).registers
    assert (entry.business_id, entry.name) == ("", "Kokeilu Petra, psykologi")
    assert {one.register_name: one.without_business_id for one in copies} == {
        ORGANISATIONS: 0,
        PRACTITIONERS: 1,
    }
    with pytest.raises(BusinessIdInvalid):
        await reading.adopt("")


async def test_reading_one_register_loses_nothing_of_the_other(
    reading: Reading, register: Town, practitioners: Town
) -> None:
    await both(reading)
    await reading.adopt(DENTIST)
    await reading.adopt(COUNTY)
    register.entries = [one for one in register.entries if one.business_id != COUNTY]
    practitioners.drop(DENTIST_OID)

    organisations = await reading.refresh()
    dentist = await reading.customer(DENTIST)
    others = await reading.refresh(register=PRACTITIONERS)

    assert (organisations.gone, others.gone) == (2, 1)
    assert dentist.state is RegisterState.ACTIVE
    assert (await reading.customer(COUNTY)).state is RegisterState.ABSENT
    gone = await reading.customer(DENTIST)
    assert (gone.state, gone.state_since) == (RegisterState.ABSENT, others.as_of)


async def test_reading_both_again_unchanged_changes_nothing_but_when_they_were_read(reading: Reading) -> None:
    await both(reading)
    for business_id in (COUNTY, DENTIST):
        await reading.adopt(business_id)
    before, facts = await reading.rows(ENTRIES), await reading.town.facts()

    await both(reading)

    assert await reading.rows(ENTRIES) == before
    assert [type(fact) for fact in (await reading.town.facts())[len(facts) :]] == [RegisterRead] * 2


async def test_a_register_that_is_not_to_be_had_makes_the_other_no_older(reading: Reading) -> None:
    reading.server.knobs.unknown = {IAH}
    refresher = reading.refresher()

    await both(reading)
    moment, told = await refresher.due()

    copies = {one.register_name: one for one in (await reading.status()).registers}
    assert copies[ORGANISATIONS].failed is None
    assert copies[ORGANISATIONS].read_at is not None
    failed = copies[PRACTITIONERS].failed
    assert failed is not None
    assert (failed.outcome, failed.detail) == ("identity.register_unreachable", "why=status, status=404")
    assert told == Told(PRACTITIONERS, True)
    assert moment is not None
    assert moment - refresher.now() > timedelta(minutes=29)


async def test_what_was_interrupted_goes_on_before_the_other_register_is_begun(reading: Reading) -> None:
    refresher = reading.refresher()
    await reading.refresh()
    reading.town.clock.ahead = timedelta(days=1)
    run = await begun(reading, PRACTITIONERS)
    reading.town.clock.ahead += timedelta(minutes=2)

    moment, told = await refresher.due()
    done = await refresher.refresh(told)

    assert (moment, told.register) == (None, PRACTITIONERS)
    assert (done.id, done.outcome) == (run, "complete")


async def begun(reading: Reading, register: RegisterName) -> int:
    """A reading of *register* that somebody began, and then was killed."""
    other = reading.refresher()
    wish = other._wish(Told(register, True))
    run = await other.database.decide(lambda tx: taking.begin(tx, wish, other.now()))
    return int(run.id)


async def test_who_is_in_both_registers_is_what_the_one_in_force_says(
    reading: Reading, register: Town, practitioners: Town
) -> None:
    clinic = Entry(oid=oid(DENTIST), business_id=DENTIST, name="Esimerkkilän hammasklinikka")
    register.put(clinic)
    await both(reading)
    first = await reading.adopt(DENTIST)
    register.put(replace(clinic, status="DELETED"))
    await reading.refresh()
    second = await reading.customer(DENTIST)
    register.put(clinic)
    await reading.refresh()
    third = await reading.customer(DENTIST)

    assert [(one.kind, one.register_name) for one in (first, second, third)] == [
        (OrganisationKind.COMPANY, ORGANISATIONS),
        (OrganisationKind.SELF_EMPLOYED, PRACTITIONERS),
        (OrganisationKind.COMPANY, ORGANISATIONS),
    ]
    assert second.oid == DENTIST_OID
    assert first.id == second.id == third.id


async def test_how_old_a_customer_is_known_follows_the_register_that_it_is_in(reading: Reading) -> None:
    await both(reading)
    before = await reading.adopt(DENTIST)
    reading.town.clock.ahead = timedelta(hours=5)
    reading.server.knobs.renamed = {DENTIST_OID}

    await reading.refresh()
    same = await reading.customer(DENTIST)
    run = await reading.refresh(register=PRACTITIONERS)

    assert same == before
    renamed = await reading.customer(DENTIST)
    assert (renamed.name, renamed.fetched_at) == (f"{before.name} (uusi nimi)", run.as_of)


async def test_an_oid_that_passes_to_another_business_id_stops_no_reading(
    reading: Reading, practitioners: Town
) -> None:
    await both(reading)
    before = await reading.adopt(DENTIST)
    practitioners.put(replace(practitioners[0], business_id="9100020-8"))
    run = await reading.refresh(register=PRACTITIONERS)

    after, heir = await reading.customer(DENTIST), await reading.adopt("9100020-8")

    assert run.outcome == "complete"
    assert (after.id, after.state) == (before.id, RegisterState.ABSENT)
    assert (heir.oid, heir.state) == (before.oid, RegisterState.ACTIVE)


async def test_the_same_oid_in_both_registers_is_two_entries(
    reading: Reading, register: Town, practitioners: Town
) -> None:
    practitioners.put(Entry(oid=oid(COUNTY), business_id=COUNTY, name="Toinen", practitioner=True))

    await both(reading)

    same = [row for row in await reading.rows(ENTRIES) if row.oid == oid(COUNTY)]
    assert {(row.register_name, row.name) for row in same} == {
        (ORGANISATIONS, "Esimerkkilän hyvinvointialue"),
        (PRACTITIONERS, "Toinen"),
    }
    assert (await reading.adopt(COUNTY)).register_name is ORGANISATIONS


async def test_a_file_is_taken_in_for_the_register_that_it_is_of(
    reading: Reading, practitioners: Town
) -> None:
    await reading.refresh()
    handlers, database, now = reading.town.handlers, reading.town.database, reading.town.clock()
    codes = tuple(concept(one, "v3") for one in practitioners.entries)
    begin = BeginRegisterImport(source="iah", fetched_at=now, register_name=PRACTITIONERS)
    run = await database.decide(lambda tx: handlers.begin_register_import(tx, begin, BOT))
    page = ImportRegisterPage(concept_codes=codes, fetched_at=now, run=run.id, number=1)
    report = await database.decide(lambda tx: handlers.import_register_page(tx, page, BOT))
    finish = FinishRegisterImport(run=run.id, total=len(codes))
    done = await database.decide(lambda tx: handlers.finish_register_import(tx, finish, BOT))

    assert (report.added, report.refused, done.outcome, done.gone) == (2, (), "complete", 0)
    assert {row.register_name for row in await reading.rows(ENTRIES)} == {*RegisterName}


async def test_a_customer_is_told_of_when_the_practitioners_are_read(reading: Reading) -> None:
    await both(reading)
    await reading.adopt(DENTIST)
    reading.server.knobs.renamed = {DENTIST_OID}

    await reading.refresh(whole=False, register=PRACTITIONERS)

    told = await reading.town.facts(OrganisationChanged)
    assert [fact.organisation.name for fact in told if isinstance(fact, OrganisationChanged)] == [
        "Esimerkkilä Saara, hammaslääkäri",
        "Esimerkkilä Saara, hammaslääkäri (uusi nimi)",
    ]


async def test_of_two_entries_the_one_in_force_speaks_and_then_the_lower_oid(
    reading: Reading, practitioners: Town
) -> None:
    twin = replace(practitioners[0], oid="1.2.246.537.6.203.2014.900003", name="Saara toisessa ammatissa")
    practitioners.put(twin)
    await both(reading)
    rows = [row for row in await reading.rows(ENTRIES) if row.business_id == DENTIST]

    assert best(rows, date(2026, 11, 27)).oid == DENTIST_OID
    practitioners.put(replace(practitioners[0], end=date(2024, 12, 31)))
    await reading.refresh(register=PRACTITIONERS)
    assert (await reading.adopt(DENTIST)).name == twin.name


async def test_an_operator_is_shown_the_practitioner_and_by_which_register(reading: Reading) -> None:
    await both(reading)
    by_id = await reading.town.database.read(lambda rows: branch(rows, DENTIST))
    by_oid = await reading.town.database.read(lambda rows: branch(rows, NAMELESS_OID))

    assert [(one.oid, one.register_name) for one in by_id.entries] == [(DENTIST_OID, PRACTITIONERS)]
    assert by_id.keeper is RegisterKeeper.PRACTITIONER_REGISTER
    assert [one.oid for one in by_oid.entries] == [NAMELESS_OID]
