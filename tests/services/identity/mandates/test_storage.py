"""What was proved, written down and told on, on both databases."""

from datetime import timedelta
from uuid import uuid4

from services.identity.domain.mandates import Vouched
from services.identity.mandates.table import rights_table
from services.identity.mandates.taking import take_in_answer
from shared.contracts.base import PersonId
from shared.contracts.identity import ListMandates, MandateChanged, MandateRight, MandateView
from tests.services.identity.conftest import BOT, Town

DAY = timedelta(hours=24)


def vouched(business_id: str, *codes: str, complete: bool = True) -> Vouched:
    return Vouched(
        business_id=business_id, name=f"Oy {business_id}", complete=complete, codes=frozenset(codes)
    )


async def answered(town: Town, person: PersonId, *answer: Vouched) -> None:
    table, now = rights_table(), town.clock()
    await town.database.decide(
        lambda tx: take_in_answer(tx, person, answer, how="ypa", table=table, lifetime=DAY, now=now)
    )


async def listed(town: Town, person: PersonId) -> dict[str, MandateView]:
    wish = ListMandates(person=person)
    found = await town.database.read(lambda rows: town.handlers.list_mandates(rows, wish, BOT))
    return {one.business_id: one for one in found.mandates}


async def test_every_organisation_is_kept_also_those_that_we_do_not_know(town: Town) -> None:
    katri = (await town.person("Katri Koodila")).id
    await answered(town, katri, vouched("9100010-1", "TJ", "J"), vouched("9100015-2", "J", "HT"))

    found = await listed(town, katri)

    supplier, cafe = found["9100010-1"], found["9100015-2"]
    assert supplier.organisation is not None
    assert supplier.rights == (MandateRight.ACT_FOR, MandateRight.MAIN_USER)
    assert (supplier.codes, supplier.how, supplier.complete) == (("J", "TJ"), "ypa", True)
    assert supplier.expires_at == supplier.proved_at + DAY
    assert (cafe.organisation, cafe.rights, cafe.unknown_codes) == (None, (), ("HT",))
    assert await listed(town, (await town.person("Aino Mallila")).id) == {}
    assert await listed(town, PersonId(uuid4())) == {}


async def test_each_organisation_is_a_fact_of_its_own(town: Town) -> None:
    katri = (await town.person("Katri Koodila")).id

    await answered(town, katri, vouched("9100010-1", "TJ"), vouched("9100001-3", "J"))

    facts = [one for one in await town.facts(MandateChanged) if isinstance(one, MandateChanged)]
    assert [(one.person, one.mandate.business_id) for one in facts] == [
        (katri, "9100001-3"),
        (katri, "9100010-1"),
    ]
    assert {one.mandate.business_id: one.mandate for one in facts} == await listed(town, katri)


async def test_time_ends_what_was_proved_without_anybody_sweeping(town: Town) -> None:
    katri = (await town.person("Katri Koodila")).id
    await answered(town, katri, vouched("9100010-1", "TJ"))

    town.clock.ahead = DAY

    assert (await listed(town, katri))["9100010-1"].rights == ()


async def test_an_incomplete_answer_is_kept_and_gives_nothing(town: Town) -> None:
    katri = (await town.person("Katri Koodila")).id
    await answered(town, katri, vouched("9100010-1", "TJ", complete=False))

    one = (await listed(town, katri))["9100010-1"]

    assert (one.complete, one.codes, one.rights) == (False, ("TJ",), ())


async def test_an_incomplete_answer_over_a_proof_changes_and_announces_nothing(town: Town) -> None:
    katri = (await town.person("Katri Koodila")).id
    await answered(town, katri, vouched("9100010-1", "TJ"))
    before = await listed(town, katri)

    await answered(town, katri, vouched("9100010-1", complete=False))

    assert await listed(town, katri) == before
    assert len(await town.facts(MandateChanged)) == 1


async def test_what_was_not_chosen_this_time_stays(town: Town) -> None:
    katri = (await town.person("Katri Koodila")).id
    await answered(town, katri, vouched("9100010-1", "TJ"), vouched("9100001-3", "NIMKO"))

    await answered(town, katri, vouched("9100010-1"))

    found = await listed(town, katri)
    assert (found["9100010-1"].rights, len(found["9100001-3"].rights)) == ((), 2)
