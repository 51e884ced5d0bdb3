"""Everything by keyboard alone."""

import pytest
from playwright.async_api import Page, expect

from tests.simulator.page.conftest import Open
from tests.simulator.page.gallery import ACTING
from tests.simulator.page.scripted import Scripted

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def tab_to(page: Page, action_id: str) -> None:
    for _ in range(40):
        await page.keyboard.press("Tab")
        if await page.evaluate("document.activeElement.dataset.actionId ?? ''") == action_id:
            return
    raise AssertionError(f"the Tab key never came to {action_id}")


async def test_a_button_is_reached_by_tab_and_pressed_by_enter(simulator: Scripted, open_as: Open) -> None:
    simulator.say("D1", "Acting", blocks=ACTING)
    page = await open_as()
    await tab_to(page, "accept")
    outline = await page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    await page.keyboard.press("Enter")
    press = await simulator.done("press")

    assert press["action_id"] == "accept"
    assert outline == "solid"


async def test_a_list_is_opened_and_chosen_from_by_arrows(simulator: Scripted, open_as: Open) -> None:
    simulator.say("D1", "Acting", blocks=ACTING)
    page = await open_as()
    await tab_to(page, "role")
    await page.keyboard.press("ArrowDown")
    field = page.locator('[data-action-id="role"]')
    await expect(field).to_have_attribute("aria-expanded", "true")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    press = await simulator.done("press")

    assert press["value"] == {
        "selected_option": {"text": {"type": "plain_text", "text": "Main user"}, "value": "main"}
    }
    await expect(field).to_have_value("Main user")
    await expect(field).to_have_attribute("aria-expanded", "false")


async def test_typing_narrows_a_list(simulator: Scripted, open_as: Open) -> None:
    simulator.say("D1", "Acting", blocks=ACTING)
    page = await open_as()
    await tab_to(page, "role")
    await page.keyboard.type("off")
    await expect(page.get_by_role("option")).to_have_text(["Officer"])
    await page.keyboard.press("Enter")
    press = await simulator.done("press")

    value = press["value"]
    assert isinstance(value, dict)
    assert value["selected_option"]["value"] == "officer"


async def test_a_menu_is_walked_by_arrows_and_left_by_escape(simulator: Scripted, open_as: Open) -> None:
    simulator.say("D1", "Acting", blocks=ACTING)
    page = await open_as()
    await tab_to(page, "more")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("ArrowDown")
    await expect(page.get_by_role("menuitem", name="Main user")).to_be_focused()
    await page.keyboard.press("Escape")

    await expect(page.get_by_role("menu")).to_have_count(0)
    await expect(page.locator('[data-action-id="more"]')).to_be_focused()
    assert simulator.of("press") == []


async def test_tabs_and_places_are_walked_by_arrows(simulator: Scripted, open_as: Open) -> None:
    page = await open_as()
    await page.get_by_role("tab", name="Messages").focus()
    await page.keyboard.press("ArrowLeft")
    await expect(page.get_by_role("tab", name="Home")).to_have_attribute("aria-selected", "true")
    await page.get_by_role("navigation").get_by_role("button", name="Ekstranet").focus()
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")

    await expect(page.get_by_role("heading", level=1)).to_have_text("#general")
    await expect(page.locator("[data-compose=channel]")).to_be_focused()


async def test_the_narrow_page_keeps_its_sidebar_behind_a_button(simulator: Scripted, open_as: Open) -> None:
    page = await open_as()
    await page.set_viewport_size({"width": 400, "height": 800})
    sidebar = page.get_by_role("navigation")
    await expect(sidebar).to_have_count(0)
    await page.get_by_role("button", name="Open the menu").press("Enter")
    await expect(sidebar.get_by_role("button", name="Ekstranet")).to_be_focused()
    await page.keyboard.press("Escape")

    await expect(sidebar).to_have_count(0)
    await expect(page.get_by_role("button", name="Open the menu")).to_be_focused()
    assert await page.evaluate("document.documentElement.scrollWidth") <= 400
