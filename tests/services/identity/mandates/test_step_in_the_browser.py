"""From the end of a login to Suomi.fi and back, in a real browser with its real rules about forms."""

import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, ConsoleMessage, Page

from services.identity.settings import IdentitySettings
from simulator.town.provider import RunningProvider
from tests.services.identity.conftest import Clock, settled
from tests.services.identity.mandates.asking import Asking, asking
from tests.support import browser as chromium
from tests.support.bus import free_port

# Chromium, and not the small browser that the other tests of identity make do with.
browser = chromium.browser
pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest_asyncio.fixture(loop_scope="session")
async def place(tmp_path_factory: pytest.TempPathFactory, provider: RunningProvider) -> AsyncIterator[Asking]:
    folder = tmp_path_factory.mktemp("identity")
    settings = IdentitySettings(
        var=folder,
        keys=folder / "keys",
        identity_database_url=f"sqlite:///{folder / 'service.db'}",
        identity_port=free_port(),
        oidc_issuer=provider.issuer,
    )
    async with settled(settings, Clock()) as town, asking(town) as found:
        yield found


@pytest_asyncio.fixture(loop_scope="session")
async def page(browser: Browser) -> AsyncIterator[Page]:
    context = await browser.new_context()
    page = await context.new_page()
    page.set_default_timeout(15_000)
    yield page
    await context.close()


async def test_a_person_goes_to_suomifi_chooses_and_sees_what_it_is_worth(place: Asking, page: Page) -> None:
    complaints: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        if message.type == "error" and "favicon" not in str(message.location):
            complaints.append(message.text)

    page.on("console", listen)
    await page.goto((await place.begin("Katri")).url)
    await page.get_by_role("button", name="Katri Koodila").click()
    await page.get_by_role("button", name="Kyllä, tili on minun").click()
    await page.get_by_role("heading", name="Kenen puolesta asioit?").wait_for()
    await page.get_by_role("button", name="Kysy Suomi.fi:stä").press("Enter")
    await page.get_by_role("checkbox", name=re.compile("Mallitieto")).press("Space")

    await page.get_by_role("button", name="Jatka").press("Enter")

    await page.get_by_role("heading", name="Suomi.fi on vastannut").wait_for()
    assert "saa toimia pääkäyttäjänä" in await page.get_by_role("main").inner_text()
    assert set(await place.mandates("Katri")) == {"9100010-1"}
    assert place.steps() == ["register", "token", "ask", "unregister"]
    assert complaints == []
