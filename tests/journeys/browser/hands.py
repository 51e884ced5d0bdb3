"""What people do on the page, by eye and hand; and the pictures that are taken of it."""

from dataclasses import dataclass
from pathlib import Path

from playwright.async_api import BrowserContext, Locator, Page, expect

from simulator.town.inhabitants import named
from tests.journeys.offering import ROLE, offer
from tests.support.stack import Stack

# Text may take so long to come where the whole stack works for it.


@dataclass(frozen=True)
class Album:
    """A folder of pictures, each in light and in dark."""

    folder: Path

    async def take(self, page: Page, name: str) -> None:
        await page.mouse.move(0, 0)
        for scheme, ending in (("dark", "-dark"), ("light", "")):
            await page.emulate_media(
                color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce"
            )
            await page.screenshot(path=self.folder / f"{name}{ending}.png", animations="disabled")


async def at(desk: BrowserContext, town: Stack, name: str, place: str = "messages") -> Page:
    """The page of somebody of the town, with nothing left open from before."""
    await (await town.person(name)).chatter.shut()
    page = await desk.new_page()
    await page.goto(f"{town.url}/?user={named(name).user}#{place}")
    await page.locator(".room-name").wait_for()
    return page


async def offered(town: Stack, giver: str, holder: str, *, role: str = ROLE) -> None:
    """Let *giver* have offered a role."""
    person = await town.person(giver)
    answer = await offer(person, holder, role=role)
    assert answer["ok"], answer


async def command(page: Page, text: str) -> None:
    """Type a slash command into the open conversation."""
    composer = page.locator("[data-compose=channel]")
    await composer.fill(f"/kanta {text}".strip())
    await composer.press("Escape")
    await composer.press("Enter")


async def say(page: Page, text: str) -> None:
    composer = page.locator("[data-compose=channel]")
    await composer.fill(text)
    await composer.press("Enter")


def action(where: Page | Locator, name: str) -> Locator:
    """Whatever carries the action *name*."""
    return where.locator(f"[data-action-id='{name}']")


async def choose(page: Page, action_id: str, value: str) -> None:
    await action(page, action_id).click()
    await page.locator(f"[role=option][data-value='{value}']").click()


async def modal_says(page: Page, words: str) -> Locator:
    """The modal on top, once it holds *words*."""
    modal = page.locator(".modal", has_text=words)
    await expect(modal).to_be_visible()
    return modal


async def identify(page: Page, desk: BrowserContext, name: str) -> None:
    """Follow the link in the messages, log in as *name*, and say that the chat account is one's own."""
    async with desk.expect_page() as opening:
        await action(page, "identify.open").last.click()
    login = await opening.value
    await login.get_by_text(named(name).name).click()
    await login.locator("button[value=yes]").click()
    await login.wait_for_url("**/done/**")
    await login.close()


async def accept(page: Page, desk: BrowserContext, name: str) -> None:
    """Accept the newest offer, identifying on the way."""
    button = action(page, "grant.accept").last
    await button.click()
    await identify(page, desk, name)
    await expect(page.locator("article", has_text="✓").last).to_be_visible()
