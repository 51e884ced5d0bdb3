"""A real browser without a window, for every test that looks at a page."""

import os
import shutil
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright, expect

from tests.support.patience import PATIENCE

QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """Chromium, if it is installed. Where everything must be tested (CI is set), it must be."""
    path = shutil.which("chromium")
    if path is None:
        reason = "chromium is not installed: `apt-get install chromium` lets the page's tests run"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    expect.set_options(timeout=1000 * PATIENCE)
    async with async_playwright() as playwright:
        found = await playwright.chromium.launch(executable_path=path, headless=True, args=QUIET)
        yield found
        await found.close()
