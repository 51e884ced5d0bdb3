"""Katso at the login page: a sub-ID is strengthened while Katso counts, and nothing is taken after."""

from collections.abc import AsyncIterator
from datetime import date, timedelta

import pytest
import pytest_asyncio
from playwright.async_api import BrowserContext, Page, expect

from simulator.town.inhabitants import named
from tests.journeys.browser.hands import Album, action, at, command, offered
from tests.support.stack import Stack, running_stack

pytestmark = pytest.mark.asyncio(loop_scope="session")

SUB, STRENGTHENED = "pilvi.alikoodi", "K900002"


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def era(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stack]:
    """The town in the days of Katso."""
    ahead = (date.today() + timedelta(days=30)).isoformat()
    async with running_stack(
        tmp_path_factory.mktemp("era") / "var", KANTA_KATSO_LOGIN_UNTIL=ahead
    ) as running:
        yield running


async def opened(page: Page, desk: BrowserContext) -> Page:
    """The login page behind the newest link."""
    async with desk.expect_page() as opening:
        await action(page, "identify.open").last.click()
    return await opening.value


async def by_katso(login: Page, katso_id: str) -> None:
    """Go to the page of Katso by its link, and log in with *katso_id*."""
    await login.get_by_role("link", name="Katso").click()
    await login.get_by_role("button", name=katso_id).click()


async def test_a_sub_id_accepts_nothing_until_its_person_strengthens_it(
    desk: BrowserContext, era: Stack, album: Album
) -> None:
    await offered(era, "Aino", "Pilvi")
    pilvi = await at(desk, era, "Pilvi")
    await action(pilvi, "grant.accept").last.click()
    login = await opened(pilvi, desk)
    await login.get_by_role("link", name="Katso").click()
    await expect(login.get_by_role("button", name=SUB)).to_contain_text("Alitunniste")
    await album.take(login, "katso")
    await login.get_by_role("button", name=SUB).click()
    await expect(login.locator("h1")).to_have_text("Alitunniste pitää ensin vahventaa")
    await login.close()
    await expect(action(pilvi, "grant.accept")).to_have_count(1)

    again = await opened(pilvi, desk)
    await again.get_by_role("button", name=named("Pilvi").name).click()
    await again.locator("button[value=yes]").click()
    await again.wait_for_url("**/done/**")

    await expect(pilvi.locator("article", has_text="✓").last).to_be_visible()
    await expect(action(pilvi, "grant.accept")).to_have_count(0)


async def test_a_strengthened_id_is_as_good_as_a_bank_while_katso_counts(
    desk: BrowserContext, era: Stack
) -> None:
    await offered(era, "Aino", "Björn", role="reader")
    bjorn = await at(desk, era, "Björn")
    await command(bjorn, "organisationer")
    await action(bjorn, "identify.again").last.click()
    login = await opened(bjorn, desk)

    await by_katso(login, STRENGTHENED)

    await login.wait_for_url("**/done/**")


@pytest.mark.parametrize("katso_id", [SUB, STRENGTHENED])
async def test_after_the_last_day_no_katso_id_is_taken_and_the_same_link_leads_on(
    katso_id: str, desk: BrowserContext, town: Stack, album: Album
) -> None:
    who = "Pilvi" if katso_id == SUB else "Björn"
    page = await at(desk, town, who)
    await command(page, "yhdistä" if who == "Pilvi" else "organisationer")
    if who == "Björn":
        await action(page, "identify.again").last.click()
    login = await opened(page, desk)

    await by_katso(login, katso_id)

    over = (
        "Katso-tunnisteet ovat poistuneet käytöstä" if who == "Pilvi" else "Katso-koderna används inte längre"
    )
    await expect(login.locator("h1")).to_have_text(over)
    if who == "Pilvi":
        await album.take(login, "katso-over")
    again = await opened(page, desk)
    await expect(again.get_by_role("button", name=named(who).name)).to_be_visible()
