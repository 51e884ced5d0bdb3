"""Identity's pages in Chromium, and not in the small browser that its other tests make do with."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio
from playwright.async_api import Browser, ConsoleMessage, Page

from services.identity.settings import IdentitySettings
from simulator.town.provider import RunningProvider
from tests.support import browser as chromium
from tests.support.bus import free_port
from tests.support.patience import PATIENCE

browser = chromium.browser


def settings_in(folder: Path, provider: RunningProvider) -> IdentitySettings:
    """Identity's settings when everything of it is in *folder*."""
    return IdentitySettings(
        var=folder,
        keys=folder / "keys",
        identity_database_url=f"sqlite:///{folder / 'service.db'}",
        identity_port=free_port(),
        oidc_issuer=provider.issuer,
    )


@pytest_asyncio.fixture(loop_scope="session")
async def page(browser: Browser) -> AsyncIterator[Page]:
    context = await browser.new_context()
    page = await context.new_page()
    page.set_default_timeout(1000 * PATIENCE)
    yield page
    await context.close()


def complaints_of(page: Page) -> list[str]:
    """What *page* complains about on its console from now on."""
    heard: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        if message.type == "error" and "favicon" not in str(message.location):
            heard.append(message.text)

    page.on("console", listen)
    return heard
