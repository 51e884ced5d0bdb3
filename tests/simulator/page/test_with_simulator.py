"""The page and the real simulator, with a small app behind them, from first look to last press."""

from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from simulator.running import Simulator, running
from tests.simulator.conftest import FAST, MANIFEST, SEED, over_sockets
from tests.support.patience import PATIENCE

pytestmark = pytest.mark.asyncio(loop_scope="session")
Enter = Callable[[str], Awaitable[Page]]


@pytest_asyncio.fixture(loop_scope="session")
async def harbour() -> AsyncIterator[Simulator]:
    async with running(SEED, MANIFEST, timing=FAST) as simulator, over_sockets(simulator):
        yield simulator


@pytest_asyncio.fixture(loop_scope="session")
async def enter(browser: Browser, harbour: Simulator) -> AsyncIterator[Enter]:
    context = await browser.new_context(viewport={"width": 1280, "height": 800}, locale="en-GB")
    context.set_default_timeout(1000 * PATIENCE)
    wrong: list[str] = []

    async def entered(path: str) -> Page:
        page = await context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda line: wrong.append(line.text) if line.type == "error" else None)
        await page.goto(f"{harbour.url}{path}")
        return page

    yield entered
    await context.close()

    assert wrong == []


async def test_a_door_is_asked_for_corrected_and_opened(enter: Enter) -> None:
    page = await enter("/?user=U0CELIA")
    field = page.locator("[data-compose=channel]")
    await field.fill("/door")
    await field.press("Escape")
    await field.press("Enter")
    modal = page.get_by_role("dialog", name="Door")
    await modal.get_by_label("name").fill("wrong")
    await modal.get_by_role("button", name="Open").click()
    await expect(modal.get_by_role("alert")).to_have_text("Not that door")
    await modal.get_by_label("name").fill("harbour")
    await modal.get_by_role("combobox", name="organisation").press_sequentially("Pier")
    await page.get_by_role("option", name="Pier Ltd").click()
    await modal.get_by_role("button", name="Open").click()
    await expect(modal).to_have_count(0)
    offer = page.locator("article", has_text="A door")
    await offer.get_by_role("button", name="Open").click()

    await expect(page.locator("article").last).to_contain_text("Opened")
    await expect(page.locator("article").get_by_role("button", name="Open", exact=True)).to_have_count(0)


async def test_home_is_published_when_it_is_opened_and_changes_when_pressed(enter: Enter) -> None:
    page = await enter("/?user=U0BERTIL")
    await page.get_by_role("tab", name="Hem").click()
    await expect(page.locator(".home")).to_contain_text("Welcome")
    await page.locator(".home").get_by_role("button", name="Open").click()

    await expect(page.locator(".home")).to_contain_text("Opened")


async def test_what_is_typed_comes_back_as_it_was_typed(enter: Enter, harbour: Simulator) -> None:
    page = await enter("/?user=U0CELIA#C0GENERAL")
    field = page.locator("[data-compose=channel]")
    await field.fill("a < b & <i>c</i> for @Aino Esimerkki")
    await field.press("Escape")
    await field.press("Enter")
    await expect(page.locator("article").last).to_contain_text("a < b & <i>c</i> for @Aino Esimerkki")
    said = await harbour.wait_for_message("C0GENERAL")

    assert said.text == "a &lt; b &amp; &lt;i&gt;c&lt;/i&gt; for <@U0AINO>"


async def test_an_answer_for_one_person_is_seen_by_that_person(enter: Enter) -> None:
    page = await enter("/?user=U0CELIA#C0GENERAL")
    other = await enter("/?user=U0AINO#C0GENERAL")
    field = page.locator("[data-compose=channel]")
    await field.fill("/plain hello")
    await field.press("Enter")
    await expect(page.locator("article.ephemeral")).to_contain_text("You said: hello")
    await field.fill("And hello to all")
    await field.press("Enter")

    await expect(other.locator("article")).to_contain_text(["And hello to all"])
    await expect(other.locator("article.ephemeral")).to_have_count(0)


async def test_a_thread_and_the_wire_follow_what_happens(enter: Enter, harbour: Simulator) -> None:
    page = await enter("/?user=U0CELIA")
    await page.get_by_role("button", name="Wire").click()
    await page.get_by_role("button", name="Open a door", exact=False).click()
    said = await harbour.wait_for_message("U0CELIA")
    await harbour.act("U0CELIA", "say", channel=harbour.dm("U0CELIA"), text="Please", thread_ts=said.ts)
    await page.get_by_role("button", name="1 reply").click()

    await expect(page.get_by_role("complementary", name="Thread").locator("article")).to_have_count(2)
    await expect(page.locator('.wire-entry[data-direction="to_app"]').first).to_be_visible()


async def test_a_person_is_chosen_and_only_those_who_may_act_are_links(enter: Enter) -> None:
    page = await enter("/")
    await expect(page.locator(".person")).to_have_count(6)
    await expect(page.locator('[data-user-id="U0GONE"]').get_by_role("link")).to_have_count(0)
    await page.locator('[data-user-id="U0AINO"]').get_by_role("link").click()

    await expect(page.get_by_role("tab", name="Viestit")).to_be_visible()
