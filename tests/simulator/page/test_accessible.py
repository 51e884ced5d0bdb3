"""The page for everybody: checked by axe, by the contrast of colours, at twice the size, without motion."""

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page, expect

from tests.simulator.page.conftest import Open
from tests.simulator.page.gallery import ACTING, SHOWING, grant_modal
from tests.simulator.page.scripted import PAGE, Scripted
from tests.simulator.page.showcase import charts, input_blocks, larger_blocks
from tests.simulator.page.test_wire import called, sent

pytestmark = pytest.mark.asyncio(loop_scope="session")

RULES = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"],
}
BLOCKS = [block for block in [*SHOWING, *ACTING, *larger_blocks(), *charts()] if block["type"] != "image"]
# What is written on what: in both themes it has to be read without effort.
TEXT_ON = {
    "--ink": ("--canvas", "--surface", "--raised", "--sunken", "--accent-soft", "--info-soft"),
    "--muted": ("--canvas", "--surface", "--raised", "--sunken"),
    "--accent-text": ("--surface", "--canvas", "--accent-soft", "--raised"),
    "--accent-ink": ("--accent", "--accent-hover"),
    "--danger-ink": ("--danger", "--danger-hover"),
    "--danger-text": ("--surface", "--danger-soft"),
    "--warn-text": ("--surface", "--warn-soft"),
    "--good-text": ("--surface", "--good-soft"),
    "--info-text": ("--surface", "--info-soft"),
    "--code": ("--sunken",),
}
# Lines and marks that carry meaning need less, but not nothing.
SIGNS_ON = {"--line-strong": ("--surface",), "--focus": ("--surface", "--canvas"), "--danger": ("--surface",)}


async def faults(page: Page, where: str) -> list[str]:
    """What axe finds wrong, in a line each."""
    results = (await Axe().run(page, options=RULES)).response
    return [
        f"{where}: {violation['id']} at {node['target']}: {node['failureSummary']}"
        for violation in results["violations"]
        for node in violation["nodes"]
    ]


@pytest.mark.parametrize("theme", ["light", "dark"])
async def test_axe_finds_nothing_wrong_wherever_one_looks(
    theme: str, simulator: Scripted, open_as: Open
) -> None:
    reaction = {"name": "eyes", "users": ["U1"], "count": 1}
    root = simulator.say("D1", "All of them", blocks=BLOCKS, reactions=[reaction])
    simulator.say("D1", "An answer", thread_ts=root["ts"])
    simulator.say("D1", "Only for you", ephemeral=True)
    simulator.home = {"id": "VH", "type": "home", "blocks": [SHOWING[0], SHOWING[1], ACTING[0], ACTING[1]]}
    simulator.wire = [sent("e1", "message"), called("views.open", ok=False, error="expired_trigger_id")]
    page = await open_as()
    await page.emulate_media(color_scheme="dark" if theme == "dark" else "light", reduced_motion="reduce")
    found = await faults(page, "messages")
    await page.get_by_role("button", name="Wire").click()
    await page.locator(".wire-entry summary").last.click()
    await page.get_by_role("button", name="1 reply").click()
    found += await faults(page, "thread and wire")
    await page.get_by_role("tab", name="Home").click()
    found += await faults(page, "home")
    await page.keyboard.press("Control+k")
    found += await faults(page, "finder")
    await page.keyboard.press("Escape")
    await page.get_by_role("button", name="Keys").click()
    found += await faults(page, "help")
    await page.keyboard.press("Escape")
    blocks = [*grant_modal()["blocks"], *input_blocks()]  # type: ignore[misc] # blocks are a list
    await simulator.tell("U3", type="view_opened", view=grant_modal(blocks=blocks))
    await page.get_by_role("button", name="Send the offer").click()
    await expect(page.get_by_role("alert").first).to_be_visible()
    found += await faults(page, "modal with errors")
    await page.goto(f"{simulator.origin}/")
    await page.locator(".person").first.wait_for()
    found += await faults(page, "people")
    await page.goto(f"{simulator.origin}/?with=U1,U2")
    await page.frame_locator("iframe").last.locator(".room-name").wait_for()
    found += await faults(page, "side by side")

    assert found == []


def luminance(colour: str) -> float:
    """The relative luminance of a colour, as WCAG counts it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def tokens() -> dict[str, tuple[str, str]]:
    """Every colour token: light, dark."""
    text = (PAGE / "css" / "tokens.css").read_text("utf-8")
    found = re.findall(r"(--[\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)", text)
    return {name: (light, dark) for name, light, dark in found}


def pairs(table: dict[str, tuple[str, ...]]) -> Iterator[tuple[str, float]]:
    colours = tokens()
    for text, grounds in table.items():
        for ground in grounds:
            for theme, each in enumerate(("light", "dark")):
                yield f"{text} on {ground}, {each}", contrast(colours[text][theme], colours[ground][theme])


async def test_everything_written_stands_out_from_its_ground_in_both_themes() -> None:
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert {name: round(ratio, 2) for name, ratio in pairs(TEXT_ON) if ratio < 4.5} == {}
    assert {name: round(ratio, 2) for name, ratio in pairs(SIGNS_ON) if ratio < 3} == {}


@pytest.mark.parametrize("place", ["messages", "home"])
async def test_twice_the_size_still_fits_the_window(place: str, simulator: Scripted, open_as: Open) -> None:
    simulator.say("D1", "All of them", blocks=BLOCKS)
    simulator.home = {"id": "VH", "type": "home", "blocks": [SHOWING[1], *ACTING[:3]]}
    page = await open_as(place=place)
    await page.set_viewport_size({"width": 640, "height": 400})
    zoomed = await page.evaluate("document.documentElement.scrollWidth")
    await page.set_viewport_size({"width": 1280, "height": 800})
    await page.evaluate("document.documentElement.style.fontSize = '187.5%'")
    larger = await page.evaluate("document.documentElement.scrollWidth")
    clipped = await page.evaluate(
        "[...document.querySelectorAll('.button')].filter((node) => node.checkVisibility() "
        "&& node.scrollWidth > node.clientWidth + 1).map((node) => node.outerHTML)"
    )

    assert (zoomed, larger) == (640, 1280)
    assert clipped == []


async def test_nothing_moves_for_who_wants_no_motion(simulator: Scripted, open_as: Open) -> None:
    page = await open_as()
    await page.emulate_media(reduced_motion="reduce")
    await simulator.tell("U3", type="view_opened", view=grant_modal())
    await page.get_by_role("dialog").wait_for()
    moving = await page.evaluate(
        "[...document.querySelectorAll('*')].map((node) => getComputedStyle(node)).filter((style) => "
        "style.animationName !== 'none' || style.transitionDuration !== '0s').length"
    )

    assert moving == 0


async def test_the_page_has_its_landmarks_and_one_first_heading(open_as: Open) -> None:
    page = await open_as()

    await expect(page.get_by_role("main")).to_have_count(1)
    await expect(page.get_by_role("navigation", name="Conversations")).to_have_count(1)
    await expect(page.get_by_role("heading", level=1)).to_have_count(1)
    await expect(page.get_by_role("log")).to_have_count(1)


async def test_the_focus_is_seen_wherever_it_goes(simulator: Scripted, open_as: Open) -> None:
    simulator.say("D1", "Acting", blocks=ACTING)
    page = await open_as()
    unseen = []
    for _ in range(30):
        await page.keyboard.press("Tab")
        seen = await page.evaluate(
            "(() => { const node = document.activeElement; const style = getComputedStyle(node);"
            "const box = getComputedStyle(node.closest('.compose-row, .rich-input') ?? node);"
            "return style.outlineStyle !== 'none' || box.boxShadow !== 'none' ? null : node.outerHTML; })()"
        )
        if seen:
            unseen.append(seen)

    assert unseen == []
