"""One stack and one browser for all journeys through the page; each journey uses people of its own."""

import os
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, ConsoleMessage

from tests.journeys.browser.hands import Album
from tests.support.patience import PATIENCE
from tests.support.stack import Stack, running_stack

# `make pictures` keeps them for the README.
PICTURES = os.environ.get("KANTA_PICTURES")


@pytest.fixture(scope="session")
def album(tmp_path_factory: pytest.TempPathFactory) -> Album:
    """Where the pictures go."""
    return Album(Path(PICTURES) if PICTURES else tmp_path_factory.mktemp("pictures"))


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def town(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stack]:
    async with running_stack(tmp_path_factory.mktemp("town") / "var") as running:
        yield running


@pytest_asyncio.fixture(loop_scope="session")
async def desk(browser: Browser) -> AsyncIterator[BrowserContext]:
    """A browser of one's own; what the page complains of fails the test."""
    context = await browser.new_context(viewport={"width": 1200, "height": 780}, locale="fi-FI")
    context.set_default_timeout(1000 * PATIENCE)
    wrong: list[str] = []
    context.on("weberror", lambda error: wrong.append(str(error.error)))
    context.on("console", lambda line: wrong.append(line.text) if complains(line) else None)
    yield context
    await context.close()
    assert wrong == []


def complains(line: ConsoleMessage) -> bool:
    """
    Whether a page says that something is wrong.

    That a login page has no little icon is no wrong, nor that a login which is refused answers so.
    """
    address = urlsplit(line.location["url"])
    refused = address.path == "/callback" and "status of 40" in line.text
    return line.type == "error" and address.path != "/favicon.ico" and not refused
