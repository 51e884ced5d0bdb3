"""Granting, accepting and asking why, as people do it: with eyes on the page and hands on the keys."""

import pytest
from playwright.async_api import BrowserContext, Page, expect

from bot.words import say as words
from shared.contracts.base import Language
from tests.journeys.browser.hands import (
    Album,
    accept,
    action,
    at,
    choose,
    command,
    identify,
    modal_says,
    offered,
)
from tests.support.stack import Stack

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_role_is_granted_accepted_and_explained(
    desk: BrowserContext, town: Stack, album: Album
) -> None:
    aino = await at(desk, town, "Aino", "home")
    await action(aino, "grant.accept").first.wait_for()
    await album.take(aino, "home-named")
    await action(aino, "grant.begin").first.click()
    await action(aino, "grant.person").click()
    await aino.keyboard.type("Carita")
    await expect(aino.locator("[role=option]")).to_have_count(1)
    await aino.keyboard.press("Enter")
    await modal_says(aino, "ruotsiksi")
    await choose(aino, "grant.role", "archive_keeper")
    await aino.locator(".modal input[type=checkbox]").first.check()
    await album.take(aino, "form")
    await aino.locator("[data-modal=submit]").click()
    await modal_says(aino, "Tarjous lähetetty")
    await aino.keyboard.press("Escape")

    carita = await at(desk, town, "Carita")
    await action(carita, "grant.accept").wait_for()
    await album.take(carita, "card")
    await command(carita, "varför")
    before = await (await modal_says(carita, "✗")).inner_text()
    await carita.keyboard.press("Escape")
    await accept(carita, desk, "Carita")
    await expect(action(carita, "grant.accept")).to_have_count(0)
    after = await ladder(carita, "archive.edit")
    await album.take(carita, "why-after")
    await carita.keyboard.press("Escape")
    elsewhere = await ladder(carita, "billing.edit")

    assert before.count("✗") == 3
    assert (after.count("✓"), after.count("✗")) == (9, 0)
    assert "✗" in elsewhere
    await aino.get_by_role("tab", name="Viestit").click()
    await expect(aino.locator("main")).to_contain_text("Carita Modellund")
    await aino.get_by_role("tab", name="Koti").click()
    await expect(aino.locator(".home")).to_contain_text("Carita Modellund")
    await album.take(aino, "home")


async def ladder(page: Page, name: str) -> str:
    """Ask about one action; give the ladder as it is read."""
    await command(page, "varför")
    await choose(page, "action", name)
    await page.locator("[data-modal=submit]").click()
    return await (await modal_says(page, "Rollen godkänd")).inner_text()


@pytest.mark.parametrize(("name", "language", "locale"), [("Daniel", "en", "en"), ("Fanni", "fi", "fi")])
async def test_an_offer_is_read_and_accepted_in_the_holders_language(
    name: str, language: Language, locale: str, desk: BrowserContext, town: Stack
) -> None:
    await offered(town, "Aino", name, role="reader")
    page = await at(desk, town, name)
    card = page.locator("article", has=action(page, "grant.accept")).last
    await expect(action(card, "grant.accept")).to_have_text(words("grants.accept_button", language))
    await expect(action(card, "grant.decline")).to_have_text(words("grants.decline_button", language))
    await accept(page, desk, name)

    await expect(page.locator("html")).to_have_attribute("lang", locale)
    await expect(action(page, "grant.accept")).to_have_count(0)
    await page.locator("[data-tab=home]").click()
    await expect(page.locator(".home")).to_contain_text("✓")


async def test_an_offer_is_declined_with_a_reason_that_its_maker_reads(
    desk: BrowserContext, town: Stack, album: Album
) -> None:
    await offered(town, "Björn", "Eero")
    eero = await at(desk, town, "Eero")
    await decline(eero)
    await action(eero, "identify.open").wait_for()
    await eero.keyboard.press("Escape")
    await expect(eero.locator(".modal")).to_have_count(0)
    await identify(eero, desk, "Eero")
    await decline(eero)
    reason = eero.locator(".modal textarea")
    await reason.wait_for()
    await eero.locator("[data-modal=submit]").click()
    await expect(eero.locator(".field-error")).to_be_visible()
    await expect(reason).to_be_focused()
    await reason.fill("Väärä henkilö <!channel> & muuta")
    await album.take(eero, "decline")
    await eero.locator("[data-modal=submit]").click()
    await modal_says(eero, words("reasons.decline_done", "fi").split(".")[0])
    await eero.keyboard.press("Escape")
    await expect(action(eero, "grant.decline")).to_have_count(0)

    bjorn = await at(desk, town, "Björn")
    await expect(bjorn.locator("main")).to_contain_text("Väärä henkilö <!channel> & muuta")


async def decline(page: Page) -> None:
    """Press *Decline*, and say that one means it."""
    await action(page, "grant.decline").last.click()
    await page.locator("[role=alertdialog] [data-answer=confirm]").click()


async def test_a_press_on_a_card_of_yesterday_is_answered_and_mends_the_card(
    desk: BrowserContext, town: Stack
) -> None:
    await offered(town, "Aino", "Iida", role="reader")
    iida = await desk.new_page()
    # This page hears of nothing that happens: what it shows is what was, as on a phone that slept.
    await iida.route_web_socket("**/sim/events**", lambda _line: None)
    await iida.goto(f"{town.url}/?user=U0IIDA#messages")
    stale = iida.locator("article", has=action(iida, "grant.accept")).last
    await stale.wait_for()
    ts = await stale.get_attribute("data-ts")
    home = await at(desk, town, "Aino", "home")
    row = home.locator(".section", has_text="Iida Reseptilä").locator("[data-action-id='grant.withdraw']")
    await row.first.click()
    await home.locator("[role=alertdialog] [data-answer=confirm]").click()
    await home.locator(".modal [data-modal=submit]").click()
    await expect(row).to_have_count(0)
    await action(stale, "grant.accept").click()
    await expect(iida.locator("[aria-busy=true]")).to_have_count(0)
    fresh = await at(desk, town, "Iida")

    mended = fresh.locator(f"article[data-ts='{ts}']")
    await expect(mended).to_contain_text("perui")
    await expect(action(mended, "grant.accept")).to_have_count(0)
