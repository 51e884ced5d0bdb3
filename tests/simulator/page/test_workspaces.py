"""Several workspaces on one page: people are chosen in each; an app that is not there is said not to be."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from simulator.running import Simulator, running
from tests.simulator.conftest import FAST, HERE, MANIFEST, over_sockets
from tests.support.patience import PATIENCE

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest_asyncio.fixture(loop_scope="session")
async def coast() -> AsyncIterator[Simulator]:
    async with running(HERE / "two.yaml", MANIFEST, timing=FAST) as simulator, over_sockets(simulator):
        yield simulator


@pytest_asyncio.fixture(loop_scope="session")
async def page(browser: Browser, coast: Simulator) -> AsyncIterator[Page]:
    context = await browser.new_context(locale="en-GB")
    context.set_default_timeout(1000 * PATIENCE)
    wrong: list[str] = []
    context.on("weberror", lambda error: wrong.append(str(error.error)))
    context.on("console", lambda line: wrong.append(line.text) if line.type == "error" else None)
    opened = await context.new_page()
    await opened.goto(coast.url)
    yield opened
    await context.close()

    assert wrong == []


async def test_people_are_chosen_in_each_workspace(page: Page) -> None:
    await expect(page.locator(".person")).to_have_count(2)
    await page.get_by_role("navigation", name="Workspaces").get_by_role("link", name="Lighthouse").click()
    await expect(page.locator(".person-name")).to_have_text(["Aino Esimerkki", "David Example"])
    await page.locator("[data-user-id=W0AINO]").get_by_role("link").click()

    await expect(page.get_by_role("tab", name="Meddelanden")).to_be_visible()
    await expect(page.locator(".workspace-name")).to_have_text("Lighthouse")
    await expect(page.get_by_role("navigation").get_by_role("button", name="pilots")).to_be_visible()


async def test_a_workspace_without_the_app_says_so(page: Page) -> None:
    await page.get_by_role("navigation", name="Workspaces").get_by_role("link", name="Pier").click()
    await expect(page.locator(".alert")).to_contain_text("Doorkeeper is not installed in this workspace.")
    await page.locator("[data-user-id=U0ELLA]").get_by_role("link").click()

    await expect(page.locator(".room-name")).to_be_visible()
