"""Granting, accepting and asking why, as people do it: with eyes on the page and hands on the keys."""

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, ConsoleMessage, Page, expect

from tests.support.stack import Stack, running_stack

# `make pictures` keeps them for the README.
PICTURES = os.environ.get("KANTA_PICTURES")


@pytest.fixture(scope="module")
def album(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the pictures go."""
    return Path(PICTURES) if PICTURES else tmp_path_factory.mktemp("pictures")


@pytest_asyncio.fixture(loop_scope="session")
async def town(tmp_path: Path) -> AsyncIterator[Stack]:
    async with running_stack(tmp_path / "var") as running:
        yield running


@pytest_asyncio.fixture(loop_scope="session")
async def desk(browser: Browser) -> AsyncIterator[BrowserContext]:
    """A browser of one's own; what the page complains of fails the test."""
    context = await browser.new_context(viewport={"width": 1200, "height": 780}, locale="fi-FI")
    context.set_default_timeout(15_000)
    wrong: list[str] = []
    context.on("weberror", lambda error: wrong.append(str(error.error)))
    context.on("console", lambda line: wrong.append(line.text) if complains(line) else None)
    yield context
    await context.close()
    assert wrong == []


def complains(line: ConsoleMessage) -> bool:
    """Whether a page says that something is wrong; that a login page has no little icon is no wrong."""
    return line.type == "error" and not line.location["url"].endswith("/favicon.ico")


async def at(desk: BrowserContext, town: Stack, user: str, place: str) -> Page:
    page = await desk.new_page()
    await page.goto(f"{town.url}/?user={user}#{place}")
    return page


@pytest.mark.asyncio(loop_scope="session")
async def test_a_role_is_granted_accepted_and_explained(
    desk: BrowserContext, town: Stack, album: Path
) -> None:
    aino = await at(desk, town, "U0AINO", "home")
    await aino.locator("[data-action-id='grant.begin']").first.click()
    person = aino.locator("[data-action-id='grant.person']")
    await person.click()
    await aino.keyboard.type("Carita")
    await expect(aino.locator("[role=option]")).to_have_count(1)
    await aino.keyboard.press("ArrowDown")
    await aino.keyboard.press("Enter")
    await expect(aino.locator(".modal")).to_contain_text("suoralla viestillä, ruotsiksi")
    await aino.locator("[data-action-id='grant.role']").click()
    await aino.locator("[data-value='archive_keeper']").click()
    await aino.locator("[data-action-id='inducted'] input, input[data-action-id='inducted']").first.check()
    await aino.screenshot(path=album / "form.png")
    await aino.locator("[data-modal=submit]").click()
    await expect(aino.locator(".modal")).to_contain_text("Tarjous lähetetty")

    carita = await at(desk, town, "U0CARITA", "messages")
    accept = carita.locator("[data-action-id='grant.accept']")
    await accept.wait_for()
    await carita.screenshot(path=album / "card.png")
    await ask_why(carita)
    before = await carita.locator(".modal", has_text="✗").inner_text()
    await carita.screenshot(path=album / "why-before.png")
    await carita.keyboard.press("Escape")
    await accept.click()
    async with desk.expect_page() as opening:
        await carita.locator("[data-action-id='identify.open']").click()
    login = await opening.value
    await login.get_by_text("Carita Modellund").click()
    await expect(login.locator("h1")).to_be_visible()
    await login.screenshot(path=album / "confirm.png")
    await login.locator("button[value=yes]").click()
    await login.wait_for_url("**/done/**")
    await login.close()
    await expect(accept).to_have_count(0)
    await expect(carita.locator("main")).to_contain_text("✓")
    await carita.screenshot(path=album / "accepted.png")
    after = await ladder(carita, "archive.edit")
    await carita.screenshot(path=album / "why-after.png")
    await carita.keyboard.press("Escape")
    elsewhere = await ladder(carita, "billing.edit")

    assert before.count("✗") == 3
    assert (after.count("✓"), after.count("✗")) == (8, 0)
    assert "✗" in elsewhere
    await aino.goto(f"{town.url}/?user=U0AINO#messages")
    await expect(aino.locator("main")).to_contain_text("Carita Modellund")
    await aino.screenshot(path=album / "told.png")
    await aino.goto(f"{town.url}/?user=U0AINO#home")
    await aino.locator("[data-action-id='grant.begin']").first.wait_for()
    await aino.screenshot(path=album / "home.png")


async def ask_why(page: Page) -> None:
    """Type the slash command that asks "may I?"."""
    composer = page.locator("[data-compose=channel] textarea, textarea[data-compose=channel]").first
    await composer.fill("/kanta varför")
    await composer.press("Enter")


async def ladder(page: Page, action: str) -> str:
    """Ask about one action; give the ladder as it is read."""
    await ask_why(page)
    await page.locator(".modal [data-action-id='action']").click()
    await page.locator(f"[data-value='{action}']").click()
    await page.locator("[data-modal=submit]").click()
    rungs = page.locator(".modal", has_text="Rollen godkänd")
    await rungs.wait_for()
    return await rungs.inner_text()
