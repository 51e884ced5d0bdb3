"""The way from Katso, as a main user sees it: with eyes on the page and hands on the keys."""

import pytest
from playwright.async_api import BrowserContext, expect

from tests.journeys.browser.hands import Album, action, at, command, modal_says
from tests.support.stack import Stack

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_main_user_sees_who_lags_behind_and_says_what_is_not_needed(
    desk: BrowserContext, town: Stack, album: Album
) -> None:
    bjorn = await at(desk, town, "Björn", "home")
    heading = bjorn.get_by_text("Övergången från Katso").first
    await heading.evaluate("heading => heading.scrollIntoView({block: 'start'})")
    await album.take(bjorn, "migration")
    await action(bjorn, "migration.invite").first.click()
    wave = await modal_says(bjorn, "Fanni Kokeila")
    await album.take(bjorn, "migration-wave")
    preview = await wave.inner_text()
    await bjorn.keyboard.press("Escape")
    await action(bjorn, "migration.chart").first.click()
    await modal_says(bjorn, "Bilden väntar")
    await bjorn.keyboard.press("Escape")
    await bjorn.locator("[data-tab=messages]").click()
    picture = bjorn.locator("article", has=bjorn.locator("figure.chart")).last
    await expect(picture).to_contain_text("Nu återstår")
    await album.take(bjorn, "migration-chart")
    await bjorn.locator("[data-tab=home]").click()
    await action(bjorn, "migration.show").first.click()
    await modal_says(bjorn, "Gunnar Entinen")
    gunnar = bjorn.locator(".modal [data-action-id='migration.dismiss'][aria-label*='Gunnar']")
    await gunnar.click()
    await modal_says(bjorn, "Varför behövs den inte längre?")
    await bjorn.locator(".modal textarea").fill("Slutade 2019")
    await bjorn.locator("[data-modal=submit]").click()
    await modal_says(bjorn, "Slutade 2019")
    await bjorn.keyboard.press("Escape")

    assert "Gunnar" not in preview
    await expect(bjorn.locator(".home")).not_to_contain_text("Gunnar Entinen")


async def test_a_holder_reads_what_ended_and_what_comes_next(desk: BrowserContext, town: Stack) -> None:
    fanni = await at(desk, town, "Fanni")
    await command(fanni, "siirtymä")

    # Who has not identified yet is asked to, and nobody else's old roles are told.
    await expect(fanni.locator("main")).not_to_contain_text("Gunnar")
