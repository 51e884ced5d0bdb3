"""An app that works before people's eyes: text that arrives, what it is doing, its session, its files."""

from typing import Any

import pytest
from playwright.async_api import expect

from simulator.running import Simulator
from tests.simulator.conftest import bot_client
from tests.simulator.page.conftest import Open
from tests.simulator.page.scripted import Scripted
from tests.simulator.page.test_talking import message
from tests.simulator.page.test_with_simulator import Enter, enter, harbour

pytestmark = pytest.mark.asyncio(loop_scope="session")
__all__ = ["enter", "harbour"]

# The smallest picture there is: one point, as PNG.
POINT = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060"
    "000000050001a5f645400000000049454e44ae426082"
)


async def test_words_arrive_piece_by_piece_until_all_are_there(
    enter: Enter,
    harbour: Simulator,
) -> None:
    page = await enter("/?user=U0CELIA")
    await page.locator(".room-name").wait_for()
    client, room = bot_client(harbour), harbour.dm("U0CELIA")
    asked = await harbour.act("U0CELIA", "say", channel=room, text="How?")
    said: Any = await client.chat_startStream(channel=room, thread_ts=asked["ts"], markdown_text="**First** ")
    await page.get_by_role("button", name="1 reply").click()
    thread = page.get_by_role("complementary", name="Thread")
    answer = thread.locator("article.from-app")
    await expect(answer).to_have_class("message from-app streaming")
    await expect(answer.locator("strong").last).to_have_text("First")
    await client.chat_appendStream(channel=room, ts=said["ts"], markdown_text="and second")
    await expect(answer).to_contain_text("First and second")
    await client.chat_stopStream(channel=room, ts=said["ts"])

    await expect(answer).to_have_class("message from-app")
    await expect(answer).not_to_contain_text("edited")


async def test_a_file_and_a_picture_are_shown_where_they_were_shared(
    enter: Enter,
    harbour: Simulator,
) -> None:
    page = await enter("/?user=U0CELIA")
    await page.locator(".room-name").wait_for()
    client, room = bot_client(harbour), harbour.dm("U0CELIA")
    await client.files_upload_v2(channel=room, filename="point.png", content=POINT, alt_txt="A point")
    await client.files_upload_v2(channel=room, filename="rules.txt", content=b"Be kind")
    picture = page.get_by_role("img", name="A point")
    await expect(picture).to_be_visible()
    async with page.expect_download() as saving:
        await page.get_by_role("link", name="rules.txt").click()
    saved = await saving.value

    assert saved.suggested_filename == "rules.txt"
    assert await picture.evaluate("node => node.naturalWidth") == 1


async def test_what_the_app_does_is_said_once_and_stopped_by_a_button(
    simulator: Scripted, open_as: Open
) -> None:
    root = simulator.say("D1", "How do I sign in?", user="U3")
    page = await open_as()
    where = {"channel": "D1", "thread_ts": root["ts"]}
    await simulator.tell("U3", type="session", status="processing", title="Signing in", **where)
    words = ["Reading the guidance", "Comparing"]
    await simulator.tell("U3", type="status", status="is thinking…", loading_messages=words, **where)
    status = page.locator(".room .status")
    await expect(status.get_by_role("status")).to_have_text("Ekstranet is thinking…")
    await expect(status).to_contain_text("Reading the guidance")
    await expect(status).to_contain_text("Comparing")
    await status.get_by_role("button", name="Stop").click()
    stop = await simulator.done("stop")
    await simulator.tell("U3", type="session", status="active", title="Signing in", **where)
    await simulator.tell("U3", type="status", status="", **where)
    await page.locator("article").focus()
    await page.keyboard.press("t")

    assert (stop["channel"], stop["thread_ts"]) == ("D1", root["ts"])
    await expect(status.get_by_role("button", name="Stop")).to_have_count(0)
    await expect(page.get_by_role("complementary").get_by_role("heading", level=2)).to_have_text("Signing in")


async def test_attachments_are_shown_as_they_used_to_be(simulator: Scripted, open_as: Open) -> None:
    field = {"title": "Until", "value": "*2027*", "short": True}
    section = {"type": "section", "block_id": "s", "text": {"type": "mrkdwn", "text": "In _blocks_"}}
    said = message(
        "See",
        attachments=[
            {"color": "good", "title": "Role", "title_link": "https://town.example/", "fields": [field]},
            {"color": "#11635a", "blocks": [section]},
        ],
    )
    page = await open_as()
    await simulator.tell("U3", type="message", channel="D1", message=said)
    shown = page.locator(".attachment")

    await expect(shown.first).to_contain_text("Until2027")
    await expect(shown.first.get_by_role("link", name="Role")).to_be_visible()
    await expect(shown.last.locator("em")).to_have_text("blocks")
    assert await shown.last.evaluate("node => node.style.borderLeftColor") == "rgb(17, 99, 90)"


async def test_a_file_that_was_deleted_leaves_its_mark(simulator: Scripted, open_as: Open) -> None:
    simulator.say("D1", "Look", files=[{"id": "F1", "mode": "tombstone"}])
    page = await open_as()

    await expect(page.locator(".message-files")).to_have_text("This file was deleted.")
