"""Good answers in the wrong hands: brought twice, by another browser, or for somebody else's login."""

import re
from datetime import timedelta

import pytest

from services.identity.storage import saml as answers
from services.identity.storage.tables import SAML_ANSWERS, SAML_SESSIONS
from shared.contracts.identity import PersonIdentified
from simulator.town.rehearsal import HIDDEN, Browser
from tests.services.identity.conftest import AINO, BJORN, nothing_changed
from tests.services.identity.saml.conftest import Place


async def test_an_answer_that_was_taken_is_not_taken_again(place: Place, browser: Browser) -> None:
    await place.linked(browser)
    place.play("replay")

    await place.log_in(browser)

    assert browser.status == 410
    assert await place.refusals() == [("", place.provider.entity_id)]
    assert len(await place.town.facts(PersonIdentified)) == 1


async def test_an_answer_brought_twice_in_one_login_is_refused_the_second_time(
    place: Place, browser: Browser
) -> None:
    await browser.open((await place.town.begin(language="en")).url)
    people = dict(re.findall(r'value="(\d+)">([^<]+)<', browser.page))
    number = next(key for key, name in people.items() if name == "Aino Mallila")
    await browser.send(person=number)
    page, address = browser.page, browser.address
    await browser.send_on()
    browser.page, browser.address = page, address

    await browser.send_on()

    assert (browser.status, browser.heading) == (400, "This login was used already")
    assert ("replayed", place.provider.entity_id) in await place.refusals()


async def test_an_answer_is_of_no_use_in_another_browser(
    place: Place, browser: Browser, second_browser: Browser
) -> None:
    await browser.open((await place.town.begin(language="en")).url)
    people = dict(re.findall(r'value="(\d+)">([^<]+)<', browser.page))
    await browser.send(person=next(key for key, name in people.items() if name == "Aino Mallila"))
    second_browser.page, second_browser.address = browser.page, browser.address

    await second_browser.send_on()

    assert (second_browser.status, second_browser.heading) == (400, "Go on in the same browser")
    assert await nothing_changed(place.town)
    await browser.open(second_browser.address)
    assert "Is this Slack account yours?" in browser.page


async def test_a_login_that_somebody_else_began_is_not_ended_with_ones_own_cookie(
    place: Place, browser: Browser, second_browser: Browser
) -> None:
    link = await place.town.begin(AINO, language="en")
    await browser.open(link.url)
    await second_browser.open(link.url)
    await second_browser.pick("Aino Mallila")
    ticket = second_browser.address
    assert "/confirm/" in ticket

    people = dict(re.findall(r'value="(\d+)">([^<]+)<', browser.page))
    await browser.send(person=next(key for key, name in people.items() if name == "Aino Mallila"))
    stolen = browser.page
    await browser.open((await place.town.begin(BJORN, language="en")).url)
    browser.page = stolen
    await browser.send_on()

    # Its own login, begun with its own cookie, goes on; that of the other browser is not touched by it.
    assert "Is this Slack account yours?" in browser.page
    assert await nothing_changed(place.town)


async def test_an_address_in_relay_state_leads_nowhere(place: Place, browser: Browser) -> None:
    await browser.open((await place.town.begin()).url)
    people = dict(re.findall(r'value="(\d+)">([^<]+)<', browser.page))
    await browser.send(person=next(key for key, name in people.items() if name == "Aino Mallila"))
    form = dict(HIDDEN.findall(browser.page)) | {"RelayState": "https://elsewhere.example/"}

    async with browser.session.post(
        f"{place.town.settings.login_url}/saml/acs", data=form, allow_redirects=False
    ) as response:
        location = response.headers["Location"]

    assert location.startswith("/saml/return/")


async def test_an_answer_after_the_time_of_its_login_is_refused(place: Place, browser: Browser) -> None:
    await browser.open((await place.town.begin()).url)
    place.town.clock.ahead = timedelta(minutes=21)
    place.play(clock=21 * 60)

    await browser.pick("Aino Mallila")

    assert browser.status == 410
    assert await nothing_changed(place.town)


async def test_whoever_sends_answer_after_answer_learns_no_more(place: Place, browser: Browser) -> None:
    await browser.open((await place.town.begin()).url)
    page, address = browser.page, browser.address
    place.play("altered")
    for _ in range(10):
        browser.page, browser.address = page, address
        await browser.pick("Aino Mallila")
        assert browser.status == 400
    place.play()
    browser.page, browser.address = page, address

    await browser.pick("Aino Mallila")

    assert browser.status == 410
    assert await nothing_changed(place.town)


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/x-www-form-urlencoded", "SAMLResponse=%FF"),
        ("application/x-www-form-urlencoded", "SAMLResponse=PGE%2BPC9hPg%3D%3D"),
        ("application/x-www-form-urlencoded", ""),
        ("application/x-www-form-urlencoded", "&".join(f"a{n}=1" for n in range(50))),
        ("application/x-www-form-urlencoded", "SAMLResponse=" + "A" * 900_000),
        ("text/plain", "SAMLResponse=PGE+"),
    ],
)
async def test_what_is_no_form_of_the_provider_gets_a_kind_page(
    place: Place, browser: Browser, content_type: str, body: str
) -> None:
    async with browser.session.post(
        f"{place.town.settings.login_url}/saml/acs", data=body, headers={"Content-Type": content_type}
    ) as response:
        page = await response.text()

    assert 400 <= response.status < 500
    assert "<h2>Mitä teen nyt?</h2>" in page


async def test_what_is_kept_of_an_answer_can_be_read_with_the_ticket_alone(
    place: Place, browser: Browser
) -> None:
    await place.linked(browser)

    def everything(rows: object) -> str:
        connection = rows.connection  # type: ignore[attr-defined]  # a transaction
        return str(
            [
                [tuple(row) for row in connection.execute(table.select())]
                for table in (SAML_ANSWERS, SAML_SESSIONS)
            ]
        )

    kept = await place.town.database.read(everything)

    assert "210281-9988" not in kept
    assert "Aino Mallila" not in kept
    assert await place.town.database.read(lambda rows: answers.waiting(rows, "guessed")) is None
