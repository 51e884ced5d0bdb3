"""Logins and logouts in a real browser, where Suomi.fi is another site, by its rules about cookies."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, Request

from simulator.town.provider import RunningProvider
from tests.services.identity import chromium
from tests.services.identity.conftest import AINO, BJORN, Clock
from tests.services.identity.saml.conftest import Place, playing
from tests.services.identity.saml.test_logout import ended_by
from tests.support.patience import PATIENCE

browser, page = chromium.browser, chromium.page
pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest_asyncio.fixture(loop_scope="session")
async def place(tmp_path_factory: pytest.TempPathFactory, provider: RunningProvider) -> AsyncIterator[Place]:
    settings = chromium.settings_in(tmp_path_factory.mktemp("identity"), provider)
    # To a browser, localhost and 127.0.0.1 are two sites.
    async with playing(settings.model_copy(update={"login": "saml"}), Clock(), host="localhost") as found:
        yield found


async def test_a_person_logs_in_by_keyboard_and_out_from_the_last_page(place: Place, page: Page) -> None:
    complaints = chromium.complaints_of(page)
    requests: list[Request] = []
    page.on("request", lambda request: requests.append(request))
    await page.goto((await place.town.begin(AINO)).url)
    await page.get_by_role("heading", name="Kuka olet?").wait_for()
    await page.get_by_role("button", name="Aino Mallila").press("Enter")
    await page.get_by_role("button", name="Kyllä, tunnus on minun").press("Enter")
    await page.get_by_role("heading", name="Valmista, palaa Slackiin").wait_for()

    await page.get_by_role("button", name="Kirjaudu ulos Suomi.fi:stä").press("Enter")

    await page.get_by_role("heading", name="Olet kirjautunut ulos").wait_for()
    assert await ended_by(place) == ["person"]
    assert complaints == []
    (brought,) = [one for one in requests if one.url.endswith("/saml/acs")]
    (taken,) = [one for one in requests if "/saml/return/" in one.url]
    assert "cookie" not in await brought.all_headers()
    assert "cookie" in await taken.all_headers()


async def test_the_provider_logs_somebody_out_from_a_frame_where_no_cookie_goes(
    place: Place, page: Page
) -> None:
    await page.goto((await place.town.begin(BJORN, language="sv")).url)
    await page.get_by_role("button", name="Björn Exempelström").click()
    await page.get_by_role("button", name="Ja, kontot är mitt").click()
    await page.get_by_role("heading", name="Klart, gå tillbaka till Slack").wait_for()
    await page.goto(f"{place.provider.url}/logout?locale=sv")

    await page.get_by_role("button", name="Logga ut överallt").click()

    frame = page.frame_locator("iframe")
    await frame.get_by_role("heading").wait_for()
    assert await ended_by(place) == ["provider"]


async def test_without_scripts_a_button_takes_the_answer_back(place: Place, browser: Browser) -> None:
    context = await browser.new_context(java_script_enabled=False)
    page = await context.new_page()
    page.set_default_timeout(1000 * PATIENCE)
    await page.goto((await place.town.begin(AINO, language="en")).url)
    await page.get_by_role("button", name="Aino Mallila").click()

    await page.get_by_role("button", name="Go on to the service").click()

    await page.get_by_role("heading", name="Is this Slack account yours?").wait_for()
    await context.close()


async def test_whoever_is_refused_here_logs_out_of_suomifi_from_that_page(place: Place, page: Page) -> None:
    complaints = chromium.complaints_of(page)
    place.play("other_level")
    await page.goto((await place.town.begin(AINO, language="sv")).url)
    await page.get_by_role("button", name="Aino Mallila").click()
    button = page.get_by_role("button", name="Logga ut från Suomi.fi")
    await button.wait_for()
    place.play()
    there = len(place.provider.sessions)

    await button.press("Enter")

    await page.get_by_role("heading", name="Du har loggat ut").wait_for()
    assert len(place.provider.sessions) == there - 1
    # The refused page itself is one that a browser notes; that it may not go to Suomi.fi would be another.
    assert [one for one in complaints if "status of 400" not in one] == []
