"""Somebody acts for three organisations by Suomi.fi's word, and chooses for which: with eyes and hands."""

import pytest
from playwright.async_api import BrowserContext, Page, expect

from tests.journeys.browser.hands import Album, action, at, choose, command, modal_says
from tests.support.stack import Stack

pytestmark = pytest.mark.asyncio(loop_scope="session")

COMPANY, ASSOCIATION, PHARMACY = (
    "Vanhentunut Hoiva Oy",
    "Esimerkkilän Omaisyhdistys ry",
    "Esimerkkilän Mallapteekki",
)
EVERY = (COMPANY, ASSOCIATION, PHARMACY)


async def test_somebody_with_three_organisations_chooses_switches_and_is_told_why_not(
    desk: BrowserContext, town: Stack, album: Album
) -> None:
    nella = await at(desk, town, "Nella")
    await command(nella, "yhdistä")
    told = await ask_suomifi(nella, desk)
    for organisation in EVERY:
        assert organisation in told
        await take_up(nella, organisation)
    await command(nella, "organisaatiot")
    listed = nella.locator("article", has_text="Organisaatiosi").last
    await expect(action(listed, "acting.choose")).to_have_count(3)
    await album.take(nella, "three-organisations")

    await act_for(nella, PHARMACY)
    await names_on_home(nella, PHARMACY)
    await command(nella, "anna")
    await names_in_modal(nella, PHARMACY)
    await nella.keyboard.press("Escape")
    assert "✗" not in await ladder(nella, PHARMACY)

    await act_for(nella, ASSOCIATION)
    await names_on_home(nella, ASSOCIATION)
    assert "✗" not in await ladder(nella, ASSOCIATION)
    assert "✗ Roolin hyväksyntä" not in await ladder(nella, ASSOCIATION, "systems.edit")

    await act_for(nella, COMPANY)
    refused = await ladder(nella, COMPANY, album=album)

    assert refused.count("✗") == 2
    assert "rekisteritieto ei ole enää voimassa" in refused
    await names_on_home(nella, COMPANY)


async def ask_suomifi(page: Page, desk: BrowserContext) -> str:
    """Log in, say that the account is one's own, and let Suomi.fi answer for all; give what it said."""
    async with desk.expect_page() as opening:
        await action(page, "identify.open").last.click()
    login = await opening.value
    await login.get_by_text("Nella Kolmikko").click()
    await login.locator("button[value=yes]").click()
    await login.get_by_role("button", name="Suomi.fi").click()
    boxes = login.get_by_role("checkbox")
    await expect(boxes).to_have_count(3)
    for box in await boxes.all():
        await box.check()
    await login.locator("button[value=continue]").click()
    await login.wait_for_url("**/mandates/*")
    told = await login.locator("main").inner_text()
    await login.close()
    return told


async def take_up(page: Page, organisation: str) -> None:
    """Accept what one is offered in *organisation*."""
    card = page.locator("article", has_text=organisation).filter(has=action(page, "grant.accept")).last
    await action(card, "grant.accept").click()
    await expect(page.locator("article", has_text="✓").filter(has_text=organisation).last).to_be_visible()


async def act_for(page: Page, organisation: str) -> None:
    """Choose *organisation* among one's own."""
    await command(page, "organisaatiot")
    listed = page.locator("article", has_text="Organisaatiosi").last
    await listed.get_by_label(organisation).click()
    chosen = page.locator("article", has_text="Toimit tästä lähtien organisaation").last
    await expect(chosen).to_contain_text(organisation)


async def names_on_home(page: Page, organisation: str) -> None:
    await page.get_by_role("tab", name="Koti").click()
    await expect(page.locator(".home")).to_contain_text(f"Toimit organisaation puolesta: {organisation}")
    await page.get_by_role("tab", name="Viestit").click()


async def names_in_modal(page: Page, organisation: str) -> None:
    await modal_says(page, f"Toimit organisaation puolesta: {organisation}")


async def ladder(
    page: Page, organisation: str, name: str = "billing.edit", *, album: Album | None = None
) -> str:
    """Ask whether one may do *name* in the organisation that one acts for; give the answer as it is read."""
    await command(page, "miksi")
    await names_in_modal(page, organisation)
    await choose(page, "action", name)
    await page.locator("[data-modal=submit]").click()
    answer = await modal_says(page, "Rooli hyväksytty")
    await expect(answer).to_contain_text(organisation)
    text = await answer.inner_text()
    if album is not None:
        await album.take(page, "three-why-not")
    await page.keyboard.press("Escape")
    await expect(page.locator(".modal")).to_have_count(0)
    return text
