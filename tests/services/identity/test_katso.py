"""Katso IDs: a sub-ID is prepared, strengthened by its person, and good for nothing before."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from services.identity import keys, settle
from services.identity.domain.katso import Era, KatsoIdentity, KatsoKind
from services.identity.settings import IdentitySettings
from services.identity.storage import katso
from shared.contracts.assurance import Level
from shared.contracts.base import Language
from shared.contracts.identity import (
    ChatAccount,
    FindPeople,
    IdentificationFailed,
    ListRefusedLogins,
    MemberAdded,
    PersonIdentified,
)
from simulator.town.inhabitants import inhabitants
from simulator.town.provider import RunningProvider, start_provider
from simulator.town.rehearsal import Browser
from tests.services.identity.conftest import BOT, Town, open_pages

PASSWORD, WITH_OTP = "katso/names/ac/password.katso.1", "katso/names/ac/otp.katso.1"
VILLE = ChatAccount(team="T0TOWN", user="U0VILLE")
# Somebody besides the people of the town; the personal code is made up, of the series that nobody is given.
SUB_ID = "ville1 password.katso.1"
OTP = "ville1 otp.katso.1"
AT_THE_BANK = "Ville Virtaesimerkki"
CODE = "010180-9026"
ERA = timedelta(days=365)
FINLAND = ZoneInfo("Europe/Helsinki")
HYBRID = (
    ("fi", "Katso-tunnisteella ei voi enää kirjautua", "valitse Suomi.fi-tunnistus"),
    ("sv", "Det går inte längre att logga in med Katso-kod", "välj Suomi.fi-identifikation"),
    ("en", "You can no longer log in with a Katso ID", "choose Suomi.fi e-Identification"),
)


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    return sqlite_url


@pytest.fixture(scope="module")
def provider() -> Iterator[RunningProvider]:
    """A gateway that has Katso among its means."""
    somebody = replace(inhabitants()[0], personal_code=CODE, name=AT_THE_BANK)
    running = start_provider(
        people=[
            *inhabitants(),
            somebody,
            replace(somebody, katso_id="ville1", method=PASSWORD),
            replace(somebody, katso_id="ville1", method=WITH_OTP),
        ]
    )
    yield running
    running.stop()


@pytest.fixture
async def katso_town(town: Town) -> AsyncIterator[Town]:
    """The town while Katso lasts, with somebody known by name and sub-ID alone."""
    await announce(town)
    async with open_pages(town, katso_era=Era(login_until=(town.clock() + ERA).date())):
        yield town


async def announce(town: Town) -> None:
    """Announce the file in which somebody has a sub-ID, and no code."""
    person = {
        "name": AT_THE_BANK,
        "katso_id": "ville1",
        "language": "en",
        "chat": VILLE.model_dump(),
        "organisations": [{"business_id": "9100001-3"}],
    }
    file = settle.PeopleFile.model_validate({"people": [person]})
    codes, now = keys.codes(town.settings.key_folder), town.clock()
    await town.database.decide(lambda tx: settle.settle(tx, [], file, codes, now))


async def test_an_operator_finds_somebody_by_katso_id(katso_town: Town) -> None:
    found = await katso_town.database.read(
        lambda rows: katso_town.handlers.find_people(rows, FindPeople(text="ville1"), BOT)
    )

    assert [person.name for person in found.people] == [AT_THE_BANK]


async def held(town: Town) -> KatsoIdentity:
    found = await town.database.read(lambda rows: katso.find(rows, "ville1"))
    assert found is not None
    return found


async def test_a_sub_id_is_prepared_strengthened_by_its_person_and_stays_the_same_person(
    katso_town: Town, browser: Browser
) -> None:
    prepared = await katso_town.person(AT_THE_BANK)
    link = (await katso_town.begin(VILLE, language="en")).url
    assert (await held(katso_town)).kind is KatsoKind.SUB
    assert any(fact.person == prepared.id for fact in await katso_town.facts(MemberAdded))  # type: ignore[attr-defined]  # of this kind

    await browser.open(link)
    await browser.send(sub=SUB_ID)
    refused = (browser.status, browser.heading, "katso_sub" in browser.page)
    nobody_linked = not (await katso_town.behind(VILLE)).linked
    await browser.open(link)
    await browser.send(sub=AT_THE_BANK)
    await browser.send(answer="yes")

    assert refused == (403, "The Sub-ID has to be strengthened first", True)
    assert nobody_linked
    assert browser.heading == "Done, go back to Slack"
    (fact,) = await katso_town.facts(PersonIdentified)
    assert isinstance(fact, PersonIdentified)
    assert (fact.person, fact.level) == (prepared.id, Level.SUBSTANTIAL)
    after = await held(katso_town)
    assert (after.kind, after.person) == (KatsoKind.STRENGTHENED, prepared.id)
    assert after.upgraded_at is not None
    await announce(katso_town)
    assert await held(katso_town) == after
    assert (await katso_town.person(AT_THE_BANK)).id == prepared.id


async def refused(town: Town) -> list[tuple[str, str]]:
    """At whose word and why logins were refused, as an operator is told; nobody is named there."""
    wish = ListRefusedLogins(since=town.clock() - timedelta(hours=1))
    found = await town.database.read(lambda rows: town.handlers.list_refused_logins(rows, wish, BOT))
    assert "ville1" not in found.model_dump_json()
    return [(row.provider, row.why) for row in found.logins]


async def test_a_refused_sub_id_leaves_a_row(katso_town: Town, browser: Browser) -> None:
    await browser.open((await katso_town.begin(VILLE)).url)
    await browser.send(sub=SUB_ID)

    assert await refused(katso_town) == [("katso", "katso_sub")]


async def test_another_browser_does_not_strengthen_a_sub_id_that_was_shown_in_this_one(
    katso_town: Town, browser: Browser, second_browser: Browser
) -> None:
    link = (await katso_town.begin(VILLE)).url
    await browser.open(link)
    await browser.send(sub=SUB_ID)

    await second_browser.open(link)
    await second_browser.send(sub=AT_THE_BANK)

    assert "identity.person_unknown" in second_browser.page
    assert (await held(katso_town)).kind is KatsoKind.SUB


async def test_somebody_who_is_known_already_takes_over_no_sub_id(katso_town: Town, browser: Browser) -> None:
    link = (await katso_town.begin(VILLE, language="en")).url
    await browser.open(link)
    await browser.send(sub=SUB_ID)
    await browser.open(link)

    await browser.send(sub="Aino Mallila")

    assert browser.heading == "You do not need the Sub-ID"
    assert (await held(katso_town)).kind is KatsoKind.SUB


async def test_a_strengthened_id_logs_in_with_its_one_time_password_and_not_with_the_fixed_one_alone(
    katso_town: Town, browser: Browser
) -> None:
    link = (await katso_town.begin(VILLE)).url
    for name in (SUB_ID, AT_THE_BANK):
        await browser.open(link)
        await browser.send(sub=name)
    await browser.send(answer="yes")

    await browser.open((await katso_town.begin(VILLE)).url)
    await browser.send(sub=SUB_ID)
    weak = "too_weak" in browser.page
    await browser.open((await katso_town.begin(VILLE)).url)
    await browser.send(sub=OTP)

    assert weak
    assert browser.status == 200
    *_, last = await katso_town.facts(PersonIdentified)
    assert isinstance(last, PersonIdentified)
    assert (last.method, last.level) == (WITH_OTP, Level.SUBSTANTIAL)


async def test_after_its_last_day_katso_logs_nobody_in_and_the_page_says_what_does(
    open_town: Town, browser: Browser
) -> None:
    await browser.open((await open_town.begin(language="en")).url)

    await browser.send(sub=OTP)

    assert (browser.status, browser.heading) == (400, "Katso IDs are no longer in use")
    assert "Suomi.fi e-Identification" in browser.page
    assert await open_town.facts(PersonIdentified) == []


@pytest.mark.parametrize(("language", "heading", "next_step"), HYBRID)
async def test_while_only_roles_count_the_page_says_so_and_how_to_log_in(
    town: Town, browser: Browser, language: Language, heading: str, next_step: str
) -> None:
    async with open_pages(town, katso_era=Era(roles_until=(town.clock() + ERA).date())):
        await browser.open((await town.begin(VILLE, language=language)).url)
        await browser.send(sub=OTP)

    assert (browser.status, browser.heading) == (400, heading)
    assert next_step in browser.page
    assert [why for _, why in await refused(town)] == ["katso_login_over"]
    assert await town.facts(PersonIdentified) == []


@pytest.mark.parametrize(
    ("moment", "why"),
    [
        (datetime(2020, 1, 28, 23, 59, 59, tzinfo=FINLAND), None),
        (datetime(2020, 1, 29, tzinfo=FINLAND), "katso_login_over"),
        (datetime(2020, 12, 31, 23, 59, 59, tzinfo=FINLAND), "katso_login_over"),
        (datetime(2021, 1, 1, tzinfo=FINLAND), "katso_over"),
    ],
)
def test_logins_by_katso_end_eleven_months_before_its_roles(moment: datetime, why: str | None) -> None:
    if why is None:
        Era().check_login(moment)
        return
    with pytest.raises(IdentificationFailed) as over:
        Era().check_login(moment)
    assert over.value.parameters == {"why": why}


def test_the_settings_say_the_same_days_unless_somebody_sets_others() -> None:
    settings = IdentitySettings()

    assert Era() == Era(login_until=settings.katso_login_until, roles_until=settings.katso_roles_until)


def test_somebody_is_announced_by_something_that_they_are_known_by() -> None:
    with pytest.raises(ValueError, match="neither a personal code, nor a SATU, eIDAS identifier or Katso ID"):
        settle.PeopleFile.model_validate({"people": [{"name": "A", "language": "fi"}]})
