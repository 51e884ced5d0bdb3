"""Asking for whom one acts, after a login, through the pages."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from services.identity.mandates.step import OPEN_FOR
from services.identity.storage.tables import ERRANDS
from shared.contracts.identity import MandateChanged, PersonIdentified
from simulator.town.rehearsal import Browser
from tests.services.identity.conftest import Town
from tests.services.identity.mandates.asking import Asking, asking
from tests.services.identity.mandates.conftest import KATRI


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """One database is enough here: that both keep what was proved is shown elsewhere."""
    return sqlite_url


@pytest.fixture
async def place(town: Town) -> AsyncIterator[Asking]:
    async with asking(town) as found:
        yield found


async def errands_of(town: Town) -> list[tuple[str | None, str | None]]:
    def look(rows: object) -> list[tuple[str | None, str | None]]:
        found = rows.connection.execute(select(ERRANDS.c.sealed, ERRANDS.c.session))  # type: ignore[attr-defined]  # a transaction
        return [(row.sealed, row.session) for row in found]

    return await town.database.read(look)


async def test_somebody_comes_back_with_every_organisation_that_suomifi_vouches_for(
    place: Asking, browser: Browser
) -> None:
    await place.log_in(browser, "Katri")
    offered = browser.page

    await place.ask(browser, "0", "1", "2", "3")

    assert "Kenen puolesta asioit?" in offered
    assert browser.heading == "Suomi.fi on vastannut"
    for name in ("Mallitieto", "hyvinvointialue", "Mallapteekki", "Kahvila"):
        assert name in browser.page
    assert "saa toimia pääkäyttäjänä" in browser.page
    assert place.steps() == ["register", "token", "ask", "unregister"]
    found = await place.mandates("Katri")
    assert {one: len(view.rights) for one, view in found.items()} == {
        "9100010-1": 2,
        "9100001-3": 1,
        "9100007-2": 2,
        "9100015-2": 0,
    }
    assert len(await place.town.facts(MandateChanged)) == 4


async def test_nobody_is_asked_about_who_did_not_press(place: Asking, browser: Browser) -> None:
    await place.log_in(browser, "Katri")
    attempt = browser.address.rpartition("/")[2]

    await browser.open(f"{place.town.settings.login_url}/mandates/{attempt}")

    assert browser.status == 410
    assert place.steps() == []


async def test_a_login_ends_the_same_whether_or_not_one_asks(place: Asking, browser: Browser) -> None:
    await place.log_in(browser, "Katri")

    assert (browser.status, browser.heading) == (200, "Valmista, palaa Slackiin")
    assert len(await place.town.facts(PersonIdentified)) == 1


async def test_unless_it_is_switched_on_nothing_is_offered_and_nothing_kept(
    open_town: Town, browser: Browser
) -> None:
    await browser.open((await open_town.begin()).url)
    await browser.send(sub="Aino Mallila")
    await browser.send(answer="yes")

    assert "Suomi.fi" not in browser.page
    assert "ei tarvitse tehdä enää mitään" in browser.page
    assert await errands_of(open_town) == []


async def test_turning_back_changes_nothing_and_one_may_ask_again(place: Asking, browser: Browser) -> None:
    await place.log_in(browser, "Katri")
    page, address = browser.page, browser.address
    await place.press(browser)
    await browser.send(answer="cancel")

    assert (browser.status, browser.heading) == (400, "Keskeytit Suomi.fi:ssä")
    assert place.steps() == ["register", "unregister"]
    assert await place.mandates("Katri") == {}

    browser.page, browser.address = page, address
    await place.ask(browser, "0")
    assert browser.status == 200
    assert set(await place.mandates("Katri")) == {"9100010-1"}


@pytest.mark.parametrize(
    ("knobs", "status", "heading"),
    [
        ({"invalid_grant": True}, 410, "Käynti Suomi.fi:ssä päättyi"),
        ({"fails": {"token": 401}}, 502, "Suomi.fi ei tunnista tätä palvelua"),
        ({"fails": {"token": 503}}, 502, "Suomi.fi ei vastannut"),
        ({"fails": {"ask": 400}}, 400, "Et valinnut organisaatiota"),
        ({"fails": {"ask": 401}}, 410, "Käynti Suomi.fi:ssä päättyi"),
        ({"fails": {"ask": 403}}, 403, "Suomi.fi ei anna sinun asioida muiden puolesta"),
        ({"fails": {"ask": 500}}, 502, "Suomi.fi ei vastannut"),
        ({"latency": {"ask": 30}}, 502, "Suomi.fi ei vastannut"),
    ],
    ids=str,
)
async def test_whatever_fails_is_told_and_the_visit_is_closed(
    place: Asking, browser: Browser, knobs: dict[str, object], status: int, heading: str
) -> None:
    await place.log_in(browser, "Katri")
    place.suomifi.knobs.turn(knobs)

    await place.ask(browser, "0")

    assert (browser.status, browser.heading) == (status, heading)
    assert "Mitä teen nyt?" in browser.page
    assert "identity.mandates_" in browser.page
    assert len(place.suomifi.visits) == 0
    assert place.steps()[-1] == "unregister"
    assert await place.mandates("Katri") == {}
    assert await place.town.facts(MandateChanged) == []


@pytest.mark.parametrize(("status", "shown"), [(401, 502), (403, 403), (404, 502), (500, 502)])
async def test_a_visit_that_is_not_opened_leads_nowhere(
    place: Asking, browser: Browser, status: int, shown: int
) -> None:
    await place.log_in(browser, "Katri")
    place.suomifi.knobs.fails = {"register": status}

    await place.ask(browser)

    assert browser.status == shown
    assert await errands_of(place.town) != []


async def test_somebody_whom_suomifi_refuses_learns_whom_to_turn_to(place: Asking, browser: Browser) -> None:
    await place.log_in(browser, "Johan")

    await place.ask(browser)

    assert browser.status == 403
    assert "kundtjänsten för Suomi.fi" in browser.page


async def test_an_organisation_whose_register_did_not_answer_is_not_proved(
    place: Asking, browser: Browser
) -> None:
    place.suomifi.knobs.incomplete = {"9100010-1"}
    await place.log_in(browser, "Katri")

    await place.ask(browser, "0", "1")

    assert "Ei vahvistettu: jokin rekisteri ei vastannut" in browser.page
    found = await place.mandates("Katri")
    assert (found["9100010-1"].complete, found["9100010-1"].rights) == (False, ())
    assert len(found["9100001-3"].rights) == 1


async def test_coming_back_twice_changes_nothing(place: Asking, browser: Browser) -> None:
    await place.log_in(browser, "Katri")
    await place.press(browser)
    async with browser.session.post(
        browser.address, data={"answer": "continue", "chosen": "0"}, allow_redirects=False
    ) as response:
        back = response.headers["Location"]
    await browser.open(back)
    await browser.open(back)

    assert browser.status == 200
    assert len(await place.town.facts(MandateChanged)) == 1
    assert place.steps() == ["register", "token", "ask", "unregister"]


async def test_pressing_twice_leaves_one_visit_open(place: Asking, browser: Browser) -> None:
    await place.log_in(browser, "Katri")
    page, address = browser.page, browser.address
    await place.press(browser)
    browser.page, browser.address = page, address

    await place.press(browser)

    assert place.steps() == ["register", "register", "unregister"]
    assert len(place.suomifi.visits) == 1


async def test_the_browser_of_somebody_else_brings_nothing_back(
    place: Asking, browser: Browser, second_browser: Browser
) -> None:
    await place.log_in(browser, "Katri")
    await place.log_in(second_browser, "Aino")
    await place.press(browser)
    async with browser.session.post(
        browser.address, data={"answer": "continue", "chosen": "0"}, allow_redirects=False
    ) as response:
        back = response.headers["Location"]

    await second_browser.open(back)

    assert second_browser.status in (400, 410)
    assert await place.mandates("Aino") == {}
    assert await place.mandates("Katri") == {}
    assert place.steps() == ["register"]


@pytest.mark.parametrize("query", ["", "?code=x", "?state=x&code=x", f"?state={'0' * 32}.x&code=x"])
async def test_coming_back_from_nowhere_is_refused(place: Asking, browser: Browser, query: str) -> None:
    await browser.open(f"{place.town.settings.login_url}/mandates/callback{query}")

    assert 400 <= browser.status < 500
    assert place.steps() == []


async def test_a_state_that_was_guessed_is_refused(place: Asking, browser: Browser) -> None:
    await place.log_in(browser, "Katri")
    await place.press(browser)
    attempt = (await errands_of(place.town))[0]
    assert attempt[1] is not None

    known = browser.address.partition("state=")[2].partition(".")[0]
    await browser.open(f"{place.town.settings.login_url}/mandates/callback?state={known}.guess&code=x")

    assert browser.status == 410
    assert place.steps() == ["register"]


async def test_a_form_of_another_site_sends_nobody(place: Asking, browser: Browser) -> None:
    await place.log_in(browser, "Katri")
    attempt = browser.address.rpartition("/")[2]

    async with browser.session.post(f"{place.town.settings.login_url}/mandates/{attempt}") as response:
        assert response.status == 400

    assert place.steps() == []


async def test_who_never_comes_back_leaves_no_visit_and_no_code(place: Asking, browser: Browser) -> None:
    await place.log_in(browser, "Katri")
    await place.press(browser)
    place.town.clock.ahead = OPEN_FOR + timedelta(seconds=1)

    await place.step.tidy()

    assert place.steps() == ["register", "unregister"]
    assert await errands_of(place.town) == []


async def test_who_asks_too_late_is_told_to_identify_again(place: Asking, browser: Browser) -> None:
    await place.log_in(browser, "Katri")
    place.town.clock.ahead = OPEN_FOR + timedelta(seconds=1)

    await place.ask(browser)

    assert browser.status == 410
    assert place.steps() == []


async def test_the_code_is_nowhere_in_the_database_and_gone_once_it_is_not_needed(
    place: Asking, browser: Browser, sqlite_url: str
) -> None:
    folder = Path(sqlite_url.removeprefix("sqlite:///")).parent
    await place.log_in(browser, "Katri")
    (before,) = await errands_of(place.town)
    kept = b"".join(path.read_bytes() for path in folder.glob("service.db*"))

    await place.ask(browser, "0")

    assert before[0] is not None
    assert KATRI.encode() not in kept
    assert await errands_of(place.town) == [(None, None)]


async def test_whoever_says_that_the_account_is_not_theirs_leaves_nothing(
    place: Asking, browser: Browser
) -> None:
    await browser.open((await place.town.begin()).url)
    await browser.send(sub="Aino Mallila")
    assert len(await errands_of(place.town)) == 1

    await browser.send(answer="no")

    assert await errands_of(place.town) == []
    assert "Suomi.fi" not in browser.page
