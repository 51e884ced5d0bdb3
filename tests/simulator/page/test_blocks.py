"""Every kind of block is drawn, and what is unknown is seen."""

import pytest
from playwright.async_api import expect

from tests.simulator.page.conftest import Open
from tests.simulator.page.gallery import ACTING, SHOWING, button, plain
from tests.simulator.page.scripted import Scripted

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_every_block_is_drawn_with_its_id(simulator: Scripted, open_as: Open) -> None:
    blocks = SHOWING + ACTING
    message = simulator.say(
        "D1", "All of them", blocks=[block for block in blocks if block["type"] != "image"]
    )
    page = await open_as()
    shown = page.locator(f'[data-ts="{message["ts"]}"]')

    for block in blocks:
        if block["type"] != "image":
            await expect(shown.locator(f'[data-block-id="{block["block_id"]}"]')).to_have_count(1)
    await expect(shown.locator(".unsupported")).to_have_text(["Unsupported block: hologram"])


@pytest.mark.parametrize(
    ("block_id", "words"),
    [
        ("b-header", "Offer of a role 🔑"),
        ("b-section", "Reader for @Elsa Strand in #general"),
        ("b-section", "Organisation"),
        ("b-markdown", "Answer"),
        ("b-rich", "@Elsa Strand"),
        ("b-table", "Reader"),
        ("b-task", "under way"),
        ("b-alert", "The mandate ends soon."),
    ],
)
async def test_a_block_shows_its_words(block_id: str, words: str, simulator: Scripted, open_as: Open) -> None:
    simulator.say("D1", "Words", blocks=[block for block in SHOWING if block["block_id"] == block_id])
    page = await open_as()

    await expect(page.locator(f'[data-block-id="{block_id}"]')).to_contain_text(words)


async def test_every_element_carries_its_action_id(simulator: Scripted, open_as: Open) -> None:
    simulator.say("D1", "Acting", blocks=ACTING)
    page = await open_as()

    for block in ACTING:
        elements = block["elements"]
        assert isinstance(elements, list)
        for element in elements:
            found = page.locator(
                f'[data-block-id="{block["block_id"]}"] [data-action-id="{element["action_id"]}"]'
            )
            await expect(found.first).to_be_visible()


async def test_light_markup_becomes_elements(simulator: Scripted, open_as: Open) -> None:
    simulator.say(
        "D1",
        "*bold* _slanted_ ~gone~ `code` snake_case 2*3*4 :tada:\n> quoted\n• one\n• two\n```let x &lt; 1```",
    )
    page = await open_as()
    body = page.locator(".message-body")

    await expect(body.locator("strong")).to_have_text("bold")
    await expect(body.locator("em")).to_have_text("slanted")
    await expect(body.locator("s")).to_have_text("gone")
    await expect(body.locator("blockquote")).to_have_text("quoted")
    await expect(body.locator("li")).to_have_text(["one", "two"])
    await expect(body.locator("pre")).to_have_text("let x < 1")
    await expect(body).to_contain_text("snake_case 2*3*4 🎉")


async def test_mentions_dates_and_links_are_written_for_the_reader(
    simulator: Scripted, open_as: Open
) -> None:
    text = "<@U2> <#C1> <!here> <!date^1790000000^{date_num}|x> <https://town.example/a|the page> &amp;amp;"
    simulator.say("D1", text)
    page = await open_as("U1")
    body = page.locator(".message-body")

    await expect(body.locator(".mention")).to_have_text(["@Elsa Strand", "#general", "@here"])
    await expect(body.locator("time")).to_have_text("21.09.2026")
    await expect(body.locator("a")).to_have_attribute("href", "https://town.example/a")
    await expect(body.locator("a")).to_have_attribute("rel", "noopener noreferrer")
    await expect(body).to_contain_text("&amp;")


async def test_a_picture_that_cannot_come_is_told_in_words(simulator: Scripted, open_as: Open) -> None:
    image = {
        "type": "image",
        "block_id": "b",
        "image_url": "data:image/png;base64,x",
        "alt_text": "A map",
        "title": plain("Map"),
    }
    simulator.say("D1", "Picture", blocks=[image])
    page = await open_as()

    await expect(page.locator('[data-block-id="b"]')).to_contain_text("The picture cannot be shown: A map")


async def test_an_edited_message_loses_its_buttons_where_it_stands(
    simulator: Scripted, open_as: Open
) -> None:
    offer = simulator.say(
        "D1", "Offer", blocks=[{"type": "actions", "block_id": "b", "elements": [button("accept", "Accept")]}]
    )
    simulator.say("D1", "Later")
    page = await open_as()
    await page.locator('[data-action-id="accept"]').focus()
    await simulator.tell(
        "U3",
        type="message_changed",
        channel="D1",
        message=offer | {"text": "Accepted", "blocks": None, "edited": True},
    )
    changed = page.locator(f'[data-ts="{offer["ts"]}"]')

    await expect(changed).to_contain_text("Accepted")
    await expect(changed).to_contain_text("(edited)")
    await expect(changed).to_be_focused()
    await expect(page.locator('[data-action-id="accept"]')).to_have_count(0)
    await expect(page.locator("article.message")).to_have_count(2)
