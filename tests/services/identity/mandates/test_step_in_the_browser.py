"""From the end of a login to Suomi.fi and back, in a real browser with its real rules about forms."""

import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Page

from simulator.town.provider import RunningProvider
from tests.services.identity import chromium
from tests.services.identity.conftest import Clock, settled
from tests.services.identity.mandates.asking import Asking, asking

browser, page = chromium.browser, chromium.page
pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest_asyncio.fixture(loop_scope="session")
async def place(tmp_path_factory: pytest.TempPathFactory, provider: RunningProvider) -> AsyncIterator[Asking]:
    settings = chromium.settings_in(tmp_path_factory.mktemp("identity"), provider)
    async with settled(settings, Clock()) as town, asking(town) as found:
        yield found


async def test_a_person_goes_to_suomifi_chooses_and_sees_what_it_is_worth(place: Asking, page: Page) -> None:
    complaints = chromium.complaints_of(page)
    await page.goto((await place.begin("Katri")).url)
    await page.get_by_role("button", name="Katri Koodila").click()
    await page.get_by_role("button", name="Kyllä, tunnus on minun").click()
    await page.get_by_role("heading", name="Kenen puolesta asioit?").wait_for()
    await page.get_by_role("button", name="Kysy Suomi.fi:ltä").press("Enter")
    await page.get_by_role("checkbox", name=re.compile("Mallitieto")).press("Space")

    await page.get_by_role("button", name="Jatka").press("Enter")

    await page.get_by_role("heading", name="Suomi.fi on vastannut").wait_for()
    assert "saa toimia pääkäyttäjänä" in await page.get_by_role("main").inner_text()
    assert set(await place.mandates("Katri")) == {"9100010-1"}
    assert place.steps() == ["register", "token", "ask", "unregister"]
    assert complaints == []
