"""The login pages for everybody: checked by axe in light and dark, on a narrow screen, in three languages."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page

from services.identity.words import say
from shared.contracts.base import Language
from simulator.town.provider import RunningProvider
from tests.services.identity import chromium
from tests.services.identity.conftest import AINO, Clock
from tests.services.identity.saml.conftest import Place, playing

browser, page = chromium.browser, chromium.page
pytestmark = pytest.mark.asyncio(loop_scope="session")

RULES = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"],
}
NARROW = {"width": 390, "height": 800}


@pytest_asyncio.fixture(loop_scope="session")
async def place(tmp_path_factory: pytest.TempPathFactory, provider: RunningProvider) -> AsyncIterator[Place]:
    settings = chromium.settings_in(tmp_path_factory.mktemp("identity"), provider)
    async with playing(settings.model_copy(update={"login": "saml"}), Clock(), host="localhost") as found:
        yield found


async def faults(page: Page, title: str, language: Language) -> list[str]:
    """What is wrong with the page of this *title*, in a line each."""
    await page.get_by_role("heading", name=title).wait_for()
    found = []
    for scheme in ("dark", "light"):
        await page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        answer = (await Axe().run(page, options=RULES)).response
        found += [
            f"{title}, {scheme}: {each['id']} at {node['target']}"
            for each in answer["violations"]
            for node in each["nodes"]
        ]
    if await page.get_attribute("html", "lang") != language:
        found.append(f"{title}: not said to be in {language}")
    if await page.evaluate("document.scrollingElement.scrollWidth") > NARROW["width"]:
        found.append(f"{title}: wider than the screen")
    return found


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
async def test_nothing_is_wrong_from_a_refusal_to_the_logout(
    language: Language, place: Place, page: Page
) -> None:
    await page.set_viewport_size({"width": NARROW["width"], "height": NARROW["height"]})
    await page.goto((await place.town.begin(AINO, language=language)).url)
    await page.get_by_role("button", name="Eero Testinen").click()
    found = await faults(page, say("identity.somebody_else.title", language), language)
    await page.goto((await place.town.begin(AINO, language=language)).url)
    await page.get_by_role("button", name="Aino Mallila").click()
    found += await faults(page, say("confirm.title", language), language)
    await page.get_by_role("button", name=say("confirm.yes", language)).click()
    # Whoever has said so is spoken to in the language of their own.
    found += await faults(page, say("done.title", "fi"), "fi")
    await page.get_by_role("button", name=say("leave.title", "fi")).click()
    found += await faults(page, say("left.title", language), language)

    assert found == []
