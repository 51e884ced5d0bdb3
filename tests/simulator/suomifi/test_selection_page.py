"""The selection page in a real browser: by keyboard, in three languages, and with nothing from elsewhere."""

import re
from collections.abc import AsyncIterator
from urllib.parse import parse_qs, urlsplit

import pytest
import pytest_asyncio
from aiohttp import web
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, ConsoleMessage, Page

from simulator.suomifi.pages import WORDS
from tests.simulator.suomifi.conftest import KATRI, LIAM, Caller, Clock, calling
from tests.support.patience import PATIENCE

# Chromium lives in the loop of the whole session.
IN_THE_SESSION = pytest.mark.asyncio(loop_scope="session")


@pytest_asyncio.fixture(loop_scope="session")
async def back_at_the_service() -> AsyncIterator[str]:
    """Where browsers come back to."""

    async def welcome(_: web.Request) -> web.Response:
        return web.Response(text="<h1>back</h1>", content_type="text/html")

    app = web.Application()
    app.router.add_get("/back", welcome)
    async with TestServer(app) as server:
        yield f"http://127.0.0.1:{server.port}/back"


@pytest_asyncio.fixture(loop_scope="session")
async def caller(back_at_the_service: str) -> AsyncIterator[Caller]:
    async with calling(Clock(), back_at_the_service) as found:
        yield found


@pytest_asyncio.fixture(loop_scope="session")
async def page(browser: Browser) -> AsyncIterator[Page]:
    context = await browser.new_context()
    page = await context.new_page()
    page.set_default_timeout(1000 * PATIENCE)
    yield page
    await context.close()


async def opened(caller: Caller, page: Page, back: str, *, code: str = KATRI, lang: str = "fi") -> list[str]:
    """Go to the selection page; give what its console complains of, as it goes on."""
    complaints: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        # The page that is gone back to has no picture of its own, and says so whenever it likes.
        if message.type == "error" and "favicon" not in str(message.location):
            complaints.append(message.text)

    page.on("console", listen)
    _, user = await caller.register(code)
    await page.goto(caller.authorize(user, redirect_uri=back, state="the state", lang=lang))
    return complaints


@IN_THE_SESSION
async def test_somebody_chooses_two_organisations_by_keyboard_alone(
    caller: Caller, page: Page, back_at_the_service: str
) -> None:
    complaints = await opened(caller, page, back_at_the_service)
    await page.get_by_role("checkbox", name=re.compile("Mallitieto")).focus()
    await page.keyboard.press("Space")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Space")

    await page.keyboard.press("Enter")

    await page.wait_for_url(f"{back_at_the_service}?*")
    query = parse_qs(urlsplit(page.url).query)
    assert query["state"] == ["the state"]
    _, token = await caller.exchange(query["code"][0], back=back_at_the_service)
    (visit,) = caller.stand_in.visits._visits.values()
    assert visit.chosen == ("9100010-1", "9100001-3")
    assert token["access_token"]
    assert complaints == []


@IN_THE_SESSION
async def test_everything_can_be_reached_and_named(
    caller: Caller, page: Page, back_at_the_service: str
) -> None:
    await opened(caller, page, back_at_the_service, lang="en")

    group = page.get_by_role("group", name="Choose one or more")
    assert await group.get_by_role("checkbox").count() == 4
    assert await page.get_by_role("heading", level=1).inner_text() == "For which organisation do you act?"
    assert await page.get_by_role("button").all_inner_texts() == ["Continue", "Cancel"]
    assert await page.get_by_role("navigation", name="Language").get_by_role("link").count() == 2


@IN_THE_SESSION
@pytest.mark.parametrize("lang", list(WORDS))
async def test_it_speaks_the_language_that_it_was_asked_for(
    caller: Caller, page: Page, back_at_the_service: str, lang: str
) -> None:
    await opened(caller, page, back_at_the_service, lang=lang)

    assert await page.locator("html").get_attribute("lang") == lang
    assert await page.get_by_role("heading", level=1).inner_text() == WORDS[lang]["heading"]


@IN_THE_SESSION
async def test_another_language_is_one_press_away(
    caller: Caller, page: Page, back_at_the_service: str
) -> None:
    await opened(caller, page, back_at_the_service)

    await page.get_by_role("link", name="På svenska").click()

    assert await page.get_by_role("heading", level=1).inner_text() == WORDS["sv"]["heading"]


@IN_THE_SESSION
async def test_choosing_nothing_is_said_and_nothing_is_lost(
    caller: Caller, page: Page, back_at_the_service: str
) -> None:
    await opened(caller, page, back_at_the_service, lang="en")

    await page.get_by_role("button", name="Continue").click()

    assert await page.get_by_role("alert").inner_text() == "Choose at least one, or cancel."
    await page.get_by_role("checkbox").first.check()
    await page.get_by_role("button", name="Continue").click()
    await page.wait_for_url(f"{back_at_the_service}?*")


@IN_THE_SESSION
async def test_turning_back_brings_an_error_and_the_state(
    caller: Caller, page: Page, back_at_the_service: str
) -> None:
    complaints = await opened(caller, page, back_at_the_service)

    await page.get_by_role("button", name="Keskeytä").click()

    await page.wait_for_url(f"{back_at_the_service}?*")
    assert parse_qs(urlsplit(page.url).query) == {"error": ["access_denied"], "state": ["the state"]}
    assert complaints == []


@IN_THE_SESSION
async def test_somebody_without_mandates_learns_whom_to_ask(
    caller: Caller, page: Page, back_at_the_service: str
) -> None:
    await opened(caller, page, back_at_the_service, code=LIAM, lang="en")

    assert "Ask your organisation's representative" in await page.get_by_role("main").inner_text()
    assert await page.get_by_role("button").all_inner_texts() == ["Cancel"]


@IN_THE_SESSION
async def test_a_client_for_one_organisation_gets_one(
    caller: Caller, page: Page, back_at_the_service: str
) -> None:
    caller.client = "kantayks"
    await opened(caller, page, back_at_the_service)

    assert await page.get_by_role("radio").count() == 4
    assert await page.get_by_role("checkbox").count() == 0


@IN_THE_SESSION
async def test_no_personal_code_stands_in_the_page_and_nothing_comes_from_elsewhere(
    caller: Caller, page: Page, back_at_the_service: str
) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    await opened(caller, page, back_at_the_service)

    assert KATRI not in await page.content()
    assert all(address.startswith(caller.stand_in.url) for address in asked)
    async with caller.http.get(page.url) as response:
        policy = response.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; style-src 'self'; form-action 'self' http://127.0.0.1:")


def test_every_sentence_is_there_in_every_language() -> None:
    assert {frozenset(words) for words in WORDS.values()} == {frozenset(WORDS["fi"])}
    assert all(text.strip() for words in WORDS.values() for text in words.values())
