"""Nothing that is written becomes markup, script or a dangerous link."""

import pytest
from playwright.async_api import expect

from tests.simulator.page.conftest import Open
from tests.simulator.page.gallery import button, mrkdwn, plain
from tests.simulator.page.scripted import Scripted

pytestmark = pytest.mark.asyncio(loop_scope="session")

EVIL = "<img src=x onerror=\"document.title='caught'\">"
SCRIPT = "javascript:document.title='caught'"


async def test_markup_in_any_text_stays_text(simulator: Scripted, open_as: Open) -> None:
    blocks = [
        {"type": "header", "block_id": "h", "text": plain(EVIL)},
        {"type": "section", "block_id": "s", "text": mrkdwn(EVIL), "fields": [plain(EVIL)]},
        {"type": "markdown", "block_id": "m", "text": f"{EVIL}\n\n<script>document.title='caught'</script>"},
        {"type": "actions", "block_id": "a", "elements": [button("b", EVIL)]},
        {"type": "table", "block_id": "t", "rows": [[{"type": "raw_text", "text": EVIL}]]},
        {"type": "hologram<b>", "block_id": "u"},
    ]
    simulator.say("D1", EVIL)
    simulator.say("D1", "blocks", blocks=blocks)
    simulator.home = {"id": "VH", "type": "home", "blocks": blocks}
    page = await open_as()
    await simulator.tell("U3", type="notice", text=EVIL, level="info")
    await expect(page.locator(".notice")).to_contain_text("<img")

    assert await page.locator(".message img, .message script, .notice img").count() == 0
    assert await page.locator(".message [onerror]").count() == 0
    await expect(page.locator('[data-block-id="h"]')).to_have_text(EVIL)
    await expect(page.locator('[data-block-id="m"]')).to_contain_text("<script>")
    assert "caught" not in await page.title()


@pytest.mark.parametrize(
    "address", [SCRIPT, "JaVaScRiPt:alert(1)", "data:text/html,<b>x</b>", "vbscript:x", "//town.example"]
)
async def test_an_address_that_is_not_web_or_mail_is_never_a_link(
    address: str, simulator: Scripted, open_as: Open
) -> None:
    rich = {"type": "rich_text_section", "elements": [{"type": "link", "url": address, "text": "rich"}]}
    blocks = [
        {
            "type": "section",
            "block_id": "s",
            "text": mrkdwn(f"<{address.replace('<', '').replace('>', '')}|press me>"),
        },
        {"type": "markdown", "block_id": "m", "text": f"[press me]({address})"},
        {"type": "rich_text", "block_id": "r", "elements": [rich]},
        {
            "type": "task_card",
            "block_id": "t",
            "title": "T",
            "status": "complete",
            "sources": [{"url": address, "text": "source"}],
        },
    ]
    simulator.say("D1", "links", blocks=blocks)
    page = await open_as()

    await expect(page.locator('[data-block-id="s"]')).to_have_text("press me")
    await expect(page.locator('[data-block-id="r"]')).to_have_text("rich")
    await expect(page.locator(".message-body a")).to_have_count(0)


async def test_a_button_with_a_dangerous_address_opens_nothing(simulator: Scripted, open_as: Open) -> None:
    simulator.say(
        "D1", "b", blocks=[{"type": "actions", "block_id": "a", "elements": [button("go", "Go", url=SCRIPT)]}]
    )
    page = await open_as()
    await page.get_by_role("button", name="Go").click()
    await simulator.done("press")

    assert len(page.context.pages) == 1
    assert "caught" not in await page.title()


async def test_ids_with_quotes_and_brackets_are_found_again(simulator: Scripted, open_as: Open) -> None:
    strange = 'a"]<b>\\'
    simulator.home = {
        "id": "VH",
        "type": "home",
        "blocks": [{"type": "actions", "block_id": strange, "elements": [button(strange, "Go")]}],
    }
    page = await open_as(place="home")
    await page.get_by_role("button", name="Go").click()
    press = await simulator.done("press")
    await simulator.tell("U3", type="home", view=simulator.home)

    await expect(page.get_by_role("button", name="Go")).to_be_focused()
    assert (press["block_id"], press["action_id"]) == (strange, strange)
