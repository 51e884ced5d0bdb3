"""Every kind of block and element that the SDK knows is drawn here, and acts."""

import json

import pytest
from playwright.async_api import FilePayload, Page, expect

from tests.simulator.page.conftest import Open
from tests.simulator.page.gallery import ACTING, SHOWING, grant_modal, plain
from tests.simulator.page.scripted import Scripted
from tests.simulator.page.showcase import (
    block_kinds,
    charts,
    element_kinds,
    input_blocks,
    larger_blocks,
    rich_kinds,
)

pytestmark = pytest.mark.asyncio(loop_scope="session")
DRAWN = """async () => {
  const { BLOCKS } = await import('/page/blocks/render.js');
  const { ELEMENTS } = await import('/page/blocks/elements.js');
  const { PARTS, RUNS } = await import('/page/blocks/rich_text.js');
  return [BLOCKS, ELEMENTS, { ...PARTS, ...RUNS }].map((known) => Object.keys(known));
}"""


async def test_the_page_draws_every_kind_that_the_sdk_models(open_as: Open) -> None:
    page = await open_as()
    blocks, elements, rich = [set(known) for known in await page.evaluate(DRAWN)]

    assert len(block_kinds()) > 20
    assert block_kinds() - blocks == set()
    assert element_kinds() - elements == set()
    assert rich_kinds() - rich == set()


async def test_the_gallery_shows_every_kind_and_nothing_is_left_blank(
    simulator: Scripted, open_as: Open
) -> None:
    blocks = [*SHOWING[:-1], *ACTING, *larger_blocks(), *charts()]
    simulator.say("D1", "All", blocks=[block for block in blocks if block["type"] != "image"])
    page = await open_as()
    shown = page.locator("[data-block-type]")
    await shown.first.wait_for()
    seen = set(await shown.evaluate_all("nodes => nodes.map((node) => node.dataset.blockType)"))
    blank = await shown.evaluate_all(
        "nodes => nodes.filter((node) => node.checkVisibility() && node.getBoundingClientRect().height < 1)"
        ".map((node) => node.outerHTML)"
    )

    assert block_kinds() - seen - {"image", "input"} == set()
    assert blank == []
    await expect(page.locator(".unsupported")).to_have_count(0)


async def larger(simulator: Scripted, open_as: Open, *names: str) -> Page:
    simulator.say(
        "D1", "Some", blocks=[block for block in [*larger_blocks(), *charts()] if block["block_id"] in names]
    )
    return await open_as()


async def test_a_card_in_a_row_of_cards_is_pressed(simulator: Scripted, open_as: Open) -> None:
    page = await larger(simulator, open_as, "carousel")
    await page.get_by_role("group", name="Keeper").get_by_role("button", name="Take it").click()
    press = await simulator.done("press")

    assert press["action_id"] == "take-keeper"


async def test_a_folded_container_opens_to_what_is_in_it(simulator: Scripted, open_as: Open) -> None:
    page = await larger(simulator, open_as, "container")
    inside = page.locator('[data-block-id="inside"]')
    await expect(inside).to_be_hidden()
    await page.locator("summary", has_text="Coverage").press("Enter")
    await page.get_by_role("button", name="Inside").click()
    press = await simulator.done("press")

    await expect(inside).to_be_visible()
    assert (press["block_id"], press["action_id"]) == ("inside-actions", "in")


async def test_connecting_a_service_names_the_action_as_slack_does(
    simulator: Scripted, open_as: Open
) -> None:
    page = await larger(simulator, open_as, "provider", "provider-on")
    await page.route("https://town.example/**", lambda route: route.fulfill(body="there"))
    async with page.context.expect_page():
        await page.get_by_role("button", name="Connect").click()
    press = await simulator.done("press")

    assert press["action_id"] == "auth_provider_connect_bank"
    await expect(page.locator('[data-block-id="provider-on"]')).to_contain_text("Connected · Oliver")


async def test_a_workflow_button_says_that_nothing_runs_here(simulator: Scripted, open_as: Open) -> None:
    page = await larger(simulator, open_as, "workflows")
    await page.get_by_role("button", name="Begin").click()

    await expect(page.locator(".notice")).to_contain_text("Workflows do not run in the simulator")
    assert simulator.of("press") == []


async def test_an_icon_button_is_named_by_its_words(simulator: Scripted, open_as: Open) -> None:
    page = await larger(simulator, open_as, "icons")
    await page.get_by_role("button", name="Remove").click()

    assert (await simulator.done("press"))["action_id"] == "bin"


async def test_a_data_table_is_filtered_sorted_and_turned(simulator: Scripted, open_as: Open) -> None:
    page = await larger(simulator, open_as, "data")
    names = page.locator("tbody th")
    await expect(names).to_have_text(["Role G", "Role F", "Role E"])
    await page.get_by_role("button", name="Holders").click()
    await expect(names).to_have_text(["Role G", "Role E", "Role D"])
    await page.get_by_role("button", name="Later page").click()
    await expect(page.locator(".page-of")).to_have_text("Page 2 of 3, 7 rows")
    await expect(page.locator("th[aria-sort=ascending]")).to_have_text("Holders")
    await page.get_by_role("searchbox").fill("role a")

    await expect(names).to_have_text(["Role A"])
    await expect(page.get_by_role("button", name="Later page")).to_be_disabled()


@pytest.mark.parametrize("kind", ["bar", "line", "area", "pie"])
async def test_a_chart_is_drawn_named_and_written_as_numbers(
    kind: str, simulator: Scripted, open_as: Open
) -> None:
    page = await larger(simulator, open_as, f"chart-{kind}")
    await expect(page.get_by_role("img", name=f"Chart of A {kind}")).to_be_visible()
    await page.locator("summary", has_text="The numbers as a table").click()

    await expect(page.get_by_role("cell", name="9").first).to_be_visible()


async def test_styled_text_is_sent_as_rich_text(simulator: Scripted, open_as: Open) -> None:
    page = await open_as()
    await simulator.tell("U3", type="view_opened", view=grant_modal(blocks=input_blocks()[:1]))
    field = page.get_by_role("textbox", name="Reason")
    await expect(field).to_be_focused()
    await page.keyboard.type("He is ")
    await page.get_by_role("button", name="Bold").click()
    await page.keyboard.type("<b>away</b>")
    await page.keyboard.press("Enter")
    await page.get_by_role("button", name="Bold").click()
    await page.keyboard.type("until May")
    await page.get_by_role("button", name="Send the offer").click()
    submit = await simulator.done("submit")

    state = json.loads(json.dumps(submit["state"]))
    assert state["rich-input"]["text"] == {
        "type": "rich_text_input",
        "rich_text_value": {
            "type": "rich_text",
            "elements": [
                {
                    "type": "rich_text_section",
                    "elements": [
                        {"type": "text", "text": "He is "},
                        {"type": "text", "text": "<b>away</b>", "style": {"bold": True}},
                        {"type": "text", "text": "\nuntil May"},
                    ],
                }
            ],
        },
    }


async def test_files_are_handed_over_one_by_one_and_taken_back(simulator: Scripted, open_as: Open) -> None:
    page = await open_as()
    await simulator.tell("U3", type="view_opened", view=grant_modal(blocks=input_blocks()[1:]))
    field = page.get_by_label("Certificate")
    given = [FilePayload(name=f"{name}.png", mimeType="image/png", buffer=b"png") for name in ("one", "two")]
    await field.set_input_files(given)
    await expect(page.locator(".file-row")).to_contain_text(["one.png", "two.png"])
    await page.get_by_role("button", name="Remove one.png").click()
    await page.get_by_role("button", name="Send the offer").click()
    submit = await simulator.done("submit")

    state = json.loads(json.dumps(submit["state"]))
    assert [file["name"] for file in state["file-input"]["files"]["files"]] == ["two.png"]


async def test_a_kind_that_nobody_knows_is_named_in_plain_sight(simulator: Scripted, open_as: Open) -> None:
    unknown = {"type": "actions", "block_id": "a", "elements": [{"type": "lever", "action_id": "pull"}]}
    simulator.say("D1", "New", blocks=[{"type": "hologram", "block_id": "h"}, unknown])
    page = await open_as()

    await expect(page.locator(".unsupported")).to_have_text(
        ["Unsupported block: hologram", "Unsupported block: lever"]
    )


async def test_the_element_that_asks_for_the_keyboard_gets_it(simulator: Scripted, open_as: Open) -> None:
    page = await open_as()
    view = grant_modal()
    blocks = view["blocks"]
    assert isinstance(blocks, list)
    blocks[3]["element"]["focus_on_load"] = True
    await simulator.tell("U3", type="view_opened", view=view | {"title": plain("Begin below")})

    await expect(page.get_by_label("Reason")).to_be_focused()
