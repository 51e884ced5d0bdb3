"""Login pages in the wrong hands: links that are old, browsers that are not the same, addresses made up."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from yarl import URL

from shared.contracts.identity import PersonIdentified
from simulator.town.inhabitants import inhabitants
from simulator.town.provider import start_provider
from simulator.town.rehearsal import Browser
from tests.services.identity.conftest import Town, nothing_changed


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """One database is enough here: that both take part in a login is shown elsewhere."""
    return sqlite_url


async def test_somebody_of_whom_the_provider_says_nothing_is_not_identified(
    open_town: Town, browser: Browser
) -> None:
    await browser.open((await open_town.begin(language="en")).url)

    await browser.send(sub="somebody new at the provider")

    assert (browser.status, browser.heading) == (400, "This way to identify is not known")
    assert "method_unknown" in browser.page


async def test_an_expired_link_says_how_to_get_a_new_one(open_town: Town, browser: Browser) -> None:
    link = await open_town.begin(language="en")
    open_town.clock.ahead = timedelta(minutes=11)

    await browser.open(link.url)

    assert (browser.status, browser.heading) == (410, "This link is no longer valid")
    assert "press the same button again" in browser.page


async def test_a_login_that_takes_too_long_ends_without_effect(open_town: Town, browser: Browser) -> None:
    await browser.open((await open_town.begin()).url)
    await browser.send(sub="Aino Mallila")
    open_town.clock.ahead = timedelta(minutes=21)

    await browser.send(answer="yes")

    assert browser.status == 410
    assert await nothing_changed(open_town)


async def test_a_preview_of_the_link_disturbs_nobody(
    open_town: Town, browser: Browser, second_browser: Browser
) -> None:
    link = await open_town.begin()
    await browser.open(link.url)
    await second_browser.open(link.url)

    await browser.send(sub="Aino Mallila")
    await browser.send(answer="yes")

    assert browser.heading == "Valmista, palaa Slackiin"


async def test_a_login_is_not_finished_in_another_browser(
    open_town: Town, browser: Browser, second_browser: Browser
) -> None:
    await browser.open((await open_town.begin(language="en")).url)
    callback = await _callback(browser, "Aino Mallila")

    await second_browser.open(callback)

    assert (second_browser.status, second_browser.heading) == (400, "Go on in the same browser")
    assert await nothing_changed(open_town)


async def test_a_cookie_of_ones_own_does_not_help_with_anothers_state(
    open_town: Town, browser: Browser, second_browser: Browser
) -> None:
    link = await open_town.begin()
    await browser.open(link.url)
    await second_browser.open(link.url)
    callback = await _callback(browser, "Aino Mallila")

    await second_browser.open(callback)

    assert second_browser.status == 400
    assert "other_browser" in second_browser.page
    assert await nothing_changed(open_town)


async def test_an_answer_from_another_browser_is_not_taken(
    open_town: Town, browser: Browser, second_browser: Browser
) -> None:
    link = await open_town.begin()
    await browser.open(link.url)
    await browser.send(sub="Aino Mallila")
    await second_browser.open(link.url)
    second_browser.page, second_browser.address = browser.page, browser.address

    await second_browser.send(answer="yes")

    assert second_browser.status == 400
    assert await nothing_changed(open_town)


async def test_an_answer_without_the_forms_own_token_is_not_taken(open_town: Town, browser: Browser) -> None:
    await browser.open((await open_town.begin()).url)
    await browser.send(sub="Aino Mallila")
    browser.page = ""

    await browser.send(answer="yes", form_token="guessed")

    assert browser.status == 400
    assert await nothing_changed(open_town)


async def test_a_replayed_callback_changes_nothing(open_town: Town, browser: Browser) -> None:
    await browser.open((await open_town.begin()).url)
    callback = await _callback(browser, "Aino Mallila")
    await browser.open(callback)
    await browser.send(answer="yes")

    await browser.open(callback)

    assert browser.status == 410
    assert len(await open_town.facts(PersonIdentified)) == 1


async def test_a_made_up_code_is_not_believed(open_town: Town, browser: Browser) -> None:
    await browser.open((await open_town.begin()).url)
    state = parse_qs(urlsplit(browser.address).query)["state"][0]

    await browser.open(f"{open_town.settings.login_url}/callback?state={state}&code=made-up")

    assert browser.status == 502
    assert "identity.identification_failed" in browser.page
    assert await nothing_changed(open_town)


async def test_a_browser_that_comes_from_another_provider_is_turned_away(
    open_town: Town, browser: Browser
) -> None:
    await browser.open((await open_town.begin()).url)
    callback = await _callback(browser, "Aino Mallila")

    await browser.open(f"{callback}&iss=https%3A%2F%2Felsewhere.example")

    assert browser.status == 400
    assert "issuer" in browser.page
    assert await nothing_changed(open_town)


async def test_whoever_knew_the_cookie_before_the_login_does_not_know_it_after(
    open_town: Town, browser: Browser, second_browser: Browser
) -> None:
    await browser.open((await open_town.begin()).url)
    planted = {cookie.key: cookie.value for cookie in browser.session.cookie_jar}
    await browser.send(sub="Aino Mallila")
    renewed = {cookie.key: cookie.value for cookie in browser.session.cookie_jar}
    second_browser.session.cookie_jar.update_cookies(planted, URL(open_town.settings.login_url))

    await second_browser.open(browser.address)

    assert planted.keys() == renewed.keys()
    assert planted != renewed
    assert (second_browser.status, "other_browser" in second_browser.page) == (400, True)
    assert "Aino Mallila" not in second_browser.page
    await browser.send(answer="yes")
    assert browser.status == 200


@pytest.mark.parametrize(
    "path",
    ["//evil.example/", "/identify/x?next=https://evil.example", "/callback?redirect_uri=//evil.example"],
)
async def test_no_address_of_ours_leads_to_an_address_of_somebody_elses(
    open_town: Town, browser: Browser, path: str
) -> None:
    async with browser.session.get(
        URL(open_town.settings.login_url + path, encoded=True), allow_redirects=False
    ) as response:
        assert response.status in (404, 410)
        assert "Location" not in response.headers


async def test_a_browsers_own_language_is_spoken_to_strangers(open_town: Town, browser: Browser) -> None:
    browser.session.headers["Accept-Language"] = "de, sv-FI;q=0.8, en;q=0.5"
    await browser.open(open_town.settings.login_url + "/nowhere")

    assert browser.heading == "Här finns ingenting"


async def test_every_page_is_guarded(open_town: Town, browser: Browser) -> None:
    link = await open_town.begin()
    for address in (link.url, f"{open_town.settings.login_url}/nowhere"):
        async with browser.session.get(address, allow_redirects=False) as response:
            headers, cookies = response.headers, response.headers.getall("Set-Cookie", [])

        assert headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Cache-Control"] == "no-store"
        assert headers["Referrer-Policy"] == "no-referrer"
        for cookie in cookies:
            assert "HttpOnly" in cookie
            assert "SameSite=Lax" in cookie


async def test_without_a_provider_the_page_says_to_wait(open_town: Town, browser: Browser) -> None:
    stranger = start_provider(people=inhabitants()[:1])
    stranger.stop()
    object.__setattr__(open_town.settings, "oidc_issuer", stranger.issuer)

    await browser.open((await open_town.begin(language="en")).url)

    assert (browser.status, browser.heading) == (502, "The login did not succeed")
    assert "Wait a moment" in browser.page


async def _callback(browser: Browser, name: str) -> str:
    """Log in at the provider, and stop at the address that it sends the browser back to."""
    async with browser.session.post(browser.address, data={"sub": name}, allow_redirects=False) as response:
        return response.headers["Location"]
