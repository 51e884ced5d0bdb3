"""Linking an account, choosing for whom one acts, taking the link away: with eyes and hands."""

import pytest
from playwright.async_api import BrowserContext, expect

from tests.journeys.browser.hands import Album, action, at, command, identify
from tests.support.stack import Stack

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_somebody_links_chooses_and_unlinks(desk: BrowserContext, town: Stack, album: Album) -> None:
    iida = await at(desk, town, "Iida")
    await command(iida, "yhdistä")
    await action(iida, "identify.open").last.wait_for()
    await identify(iida, desk, "Iida")
    await command(iida, "organisaatiot")
    listed = iida.locator("article", has_text="Organisaatiosi").last
    await action(listed, "acting.choose").nth(1).wait_for()
    await action(listed, "acting.choose").first.click()
    chosen = iida.locator("article", has_text="Toimit tästä lähtien organisaation").last
    await expect(chosen).to_be_visible()
    await album.take(iida, "organisations")
    await iida.get_by_role("tab", name="Koti").click()
    home = iida.locator(".home")
    await expect(home).to_contain_text("Toimit organisaation puolesta:")
    await expect(action(home, "acting.show")).to_have_count(1)
    await album.take(iida, "home-acting")

    await iida.get_by_role("tab", name="Viestit").click()
    await command(iida, "irrota")
    await action(iida.locator("article", has_text="Tämä tarkoittaa"), "link.remove").last.click()
    await iida.get_by_role("button", name="Poista", exact=True).click()
    await expect(iida.locator("article", has_text="Yhdistäminen on poistettu").last).to_be_visible()
    await iida.get_by_role("tab", name="Koti").click()
    await expect(action(home, "identify.begin")).to_have_count(1)
