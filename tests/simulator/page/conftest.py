"""A browser, a scripted simulator, and a page opened as somebody."""

from collections.abc import AsyncIterator, Awaitable, Callable

import pytest_asyncio
from aiohttp import web
from playwright.async_api import Browser, Page

from tests.simulator.page.scripted import Scripted
from tests.support.patience import PATIENCE

Open = Callable[..., Awaitable[Page]]


@pytest_asyncio.fixture(loop_scope="session")
async def simulator() -> AsyncIterator[Scripted]:
    scripted = Scripted()
    runner = web.AppRunner(scripted.application(), access_log=None, shutdown_timeout=0.2)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    scripted.origin = f"http://{host}:{port}"
    yield scripted
    await runner.cleanup()


@pytest_asyncio.fixture(loop_scope="session")
async def open_as(browser: Browser, simulator: Scripted) -> AsyncIterator[Open]:
    """Open the page as a person; any error the page throws or prints fails the test."""
    context = await browser.new_context(viewport={"width": 1280, "height": 800}, locale="en-GB")
    context.set_default_timeout(1000 * PATIENCE)
    wrong: list[str] = []

    async def opened(user: str = "U3", place: str = "messages") -> Page:
        page = await context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda line: wrong.append(line.text) if line.type == "error" else None)
        await page.goto(f"{simulator.origin}/?user={user}#{place}")
        await page.locator(".room-name").wait_for()
        return page

    yield opened
    await context.close()

    assert wrong == []
