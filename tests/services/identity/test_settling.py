"""Loading the national register, and letting a town move in."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from services.identity import keys, settle
from services.identity.storage import organisations
from shared.contracts.base import Refusal
from shared.contracts.identity import (
    AdoptOrganisation,
    IdentifiedAsSomebodyElse,
    ImportRegisterPage,
    ImportReport,
    MemberAdded,
    OrganisationChanged,
    OrganisationKind,
    OrganisationUnknown,
    OrganisationView,
    RegisterState,
)
from simulator.town.inhabitants import PEOPLE, REGISTER
from simulator.town.rehearsal import log_in
from tests.services.identity.conftest import AINO, BOT, Town
from tests.services.identity.test_codes import TEST_CODES
from tests.services.identity.test_register import concept

COUNTY = "9100001-3"


async def load(town: Town, *concepts: dict[str, Any], ago: timedelta = timedelta()) -> ImportReport:
    page = ImportRegisterPage(concept_codes=concepts, fetched_at=town.clock() - ago)
    return await town.database.decide(lambda tx: town.handlers.import_register_page(tx, page, BOT))


async def adopt(town: Town, business_id: str = COUNTY) -> OrganisationView:
    wish = AdoptOrganisation(business_id=business_id)
    return await town.database.decide(lambda tx: town.handlers.adopt_organisation(tx, wish, BOT))


async def county(town: Town) -> OrganisationView:
    found = await town.database.read(lambda rows: organisations.find(rows, COUNTY, COUNTY))
    return found[0]


async def settle_town(town: Town, file: settle.PeopleFile) -> settle.Settled:
    codes, concepts = keys.codes(town.settings.key_folder), settle.read_register(REGISTER)
    return await town.database.decide(lambda tx: settle.settle(tx, concepts, file, codes, town.clock()))


def people_file(**changes: Any) -> settle.PeopleFile:
    person = {
        "name": "Aino Mallila",
        "personal_code": TEST_CODES[-1],
        "language": "fi",
        "chat": {"team": "T0TOWN", "user": "U0AINO"},
        "organisations": [{"business_id": COUNTY, "main_user": True}],
    }
    return settle.PeopleFile.model_validate({"people": [person | changes]})


async def test_a_page_makes_nobody_a_customer_until_an_operator_adopts_them(empty_town: Town) -> None:
    unit = concept(conceptCodeId="1.2.246.10.91000013.10.1", attributes={"LongName": "Terveysasema"})

    report = await load(empty_town, concept(), unit)

    assert (report.added, report.changed, report.unchanged, report.refused) == (2, 0, 0, ())
    assert await empty_town.facts() == []
    added = await adopt(empty_town)
    assert await adopt(empty_town) == await county(empty_town) == added
    assert (added.name, added.kind, added.state) == (
        "Esimerkkilän alue",
        OrganisationKind.PUBLIC,
        RegisterState.ACTIVE,
    )
    (fact,) = await empty_town.facts()
    assert isinstance(fact, OrganisationChanged)
    assert fact.organisation == added


async def test_a_bad_entry_is_refused_by_itself_and_changes_nothing(empty_town: Town) -> None:
    nameless = concept(conceptCodeId=None)
    wrong = concept(conceptCodeId="1.2.246.10.91000072.10.0", attributes={"Y-Tunnus": "9100001-4"})
    blank = concept(conceptCodeId="1.2.246.10.91000013.10.9", attributes={"LongName": " "})

    report = await load(empty_town, nameless, concept(), wrong, blank)

    assert report.added == 1
    assert report.refused == (
        ("#1", "identity.register_entry_invalid"),
        ("1.2.246.10.91000072.10.0", "identity.business_id_invalid"),
        ("1.2.246.10.91000013.10.9", "identity.register_entry_invalid"),
    )
    assert (await adopt(empty_town)).name == "Esimerkkilän alue"


async def test_a_newer_page_is_news_even_if_only_its_time_is_new(empty_town: Town) -> None:
    await load(empty_town, concept(), ago=timedelta(hours=2))
    await adopt(empty_town)

    report = await load(empty_town, concept(), ago=timedelta(hours=1))

    assert (report.added, report.changed, report.unchanged) == (0, 0, 1)
    first, second = await empty_town.facts(OrganisationChanged)
    assert isinstance(first, OrganisationChanged)
    assert isinstance(second, OrganisationChanged)
    assert first.organisation.id == second.organisation.id
    assert first.organisation.fetched_at != second.organisation.fetched_at


async def test_an_older_page_does_not_undo_a_newer_one(empty_town: Town) -> None:
    await load(empty_town, concept(status="DELETED"), ago=timedelta(hours=1))
    await adopt(empty_town)

    report = await load(empty_town, concept(), ago=timedelta(hours=2))

    assert (report.changed, report.unchanged) == (0, 1)
    assert (await county(empty_town)).state is RegisterState.DELETED
    assert len(await empty_town.facts()) == 1


async def test_a_page_of_the_future_is_refused_whole(empty_town: Town) -> None:
    with pytest.raises(Refusal) as refused:
        await load(empty_town, concept(), ago=timedelta(minutes=-10))

    assert refused.value.code == "identity.register_entry_invalid"
    assert await empty_town.facts() == []


async def test_an_operators_word_for_the_kind_outlives_the_register(town: Town) -> None:
    found = await town.database.read(lambda rows: organisations.find(rows, "9100007-2", "9100007-2"))
    await settle_town(town, settle.read_people(PEOPLE))

    again = await town.database.read(lambda rows: organisations.find(rows, "9100007-2", "9100007-2"))

    assert found[0].kind is OrganisationKind.PHARMACY
    assert again[0].kind is OrganisationKind.PHARMACY


async def test_a_town_moves_in_organisations_first(town: Town) -> None:
    kinds = [type(fact) for fact in await town.facts()]

    assert kinds.count(MemberAdded) == 16
    assert OrganisationChanged not in kinds[kinds.index(MemberAdded) :]


async def test_moving_in_again_only_renews_the_register(town: Town) -> None:
    before = len(await town.facts())

    settled = await settle_town(town, settle.read_people(PEOPLE))

    news = (await town.facts())[before:]
    assert (settled.memberships, settled.register.changed) == (0, 0)
    assert [type(fact) for fact in news] == [OrganisationChanged] * 5


async def test_becoming_a_main_user_is_news_and_no_file_makes_anybody_cease_to_be_one(town: Town) -> None:
    before = len(await town.facts(MemberAdded))
    for main_user in (False, True, False):
        await settle_town(
            town, people_file(organisations=[{"business_id": "9100010-1", "main_user": main_user}])
        )

    news = (await town.facts(MemberAdded))[before:]

    assert [fact.main_user for fact in news if isinstance(fact, MemberAdded)] == [False, True]


async def test_what_a_person_decided_themselves_stays(open_town: Town) -> None:
    await log_in((await open_town.begin()).url, "Aino")
    elsewhere = {"team": "T0TOWN", "user": "U0ELSEWHERE"}

    await settle_town(open_town, people_file(name="Aino Uusinimi", language="sv", chat=elsewhere))

    aino = await open_town.person("Aino Uusinimi")
    assert (aino.chat, aino.language) == (AINO, "fi")


async def test_an_account_is_announced_for_one_person_only(town: Town) -> None:
    with pytest.raises(IdentifiedAsSomebodyElse):
        await settle_town(town, people_file(chat={"team": "T0TOWN", "user": "U0BJORN"}))


async def test_a_member_of_an_unknown_organisation_lets_nothing_change(empty_town: Town) -> None:
    with pytest.raises(OrganisationUnknown):
        await settle_town(empty_town, people_file(organisations=[{"business_id": "9100039-8"}]))

    assert await empty_town.facts() == []


async def test_an_organisation_that_the_register_lacks_may_be_named(empty_town: Town) -> None:
    named = {"business_id": "9100039-8", "kind": "vendor", "name": "Mallikoodi Oy"}
    file = settle.PeopleFile.model_validate({"organisations": [named], "people": []})

    await settle_town(empty_town, file)

    (found,) = await empty_town.database.read(lambda rows: organisations.find(rows, "mallikoodi oy", None))
    assert (found.state, found.kind, found.fetched_at) == (
        RegisterState.ABSENT,
        OrganisationKind.VENDOR,
        None,
    )


async def test_a_mistake_in_the_file_is_told_without_the_code() -> None:
    with pytest.raises(ValidationError) as refused:
        people_file(personal_code=[TEST_CODES[0]])

    assert TEST_CODES[0] not in str(refused.value)


async def test_the_register_may_come_in_several_pages(tmp_path: Path) -> None:
    page = json.loads(REGISTER.read_text(encoding="utf-8"))
    path = tmp_path / "pages.json"
    path.write_text(json.dumps([page, page]), encoding="utf-8")

    assert len(settle.read_register(path)) == 20
