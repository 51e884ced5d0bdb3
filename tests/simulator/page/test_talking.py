"""Talking: messages, commands, threads, and what the simulator tells meanwhile."""

import time

import pytest
from playwright.async_api import expect

from tests.simulator.page.conftest import Open
from tests.simulator.page.scripted import Scripted, type_json

pytestmark = pytest.mark.asyncio(loop_scope="session")


def message(text: str, **more: object) -> type_json:
    return {
        "ts": f"{time.time():.6f}",
        "user": "UBOT",
        "text": text,
        "ephemeral": False,
        "edited": False,
    } | more


async def test_enter_sends_and_names_become_mentions(simulator: Scripted, open_as: Open) -> None:
    page = await open_as(place="C1")
    field = page.locator("[data-compose=channel]")
    await field.press_sequentially("@els")
    await page.get_by_role("option", name="@Elsa Strand").click()
    await field.press_sequentially("see #general & @Ekstranet")
    await field.press("Escape")
    await field.press("Enter")
    said = await simulator.done("say")

    assert (said["channel"], said["text"]) == ("C1", "<@U2> see <#C1|general> & <@UBOT>")
    await expect(field).to_have_value("")


async def test_a_slash_shows_the_commands_and_runs_the_chosen(simulator: Scripted, open_as: Open) -> None:
    page = await open_as()
    field = page.locator("[data-compose=channel]")
    await field.press_sequentially("/")
    await expect(page.get_by_role("option")).to_contain_text(["Grant a role to a person", "Show my roles"])
    await field.press("Tab")
    await field.press_sequentially("@Elsa Strand reader")
    await field.press("Enter")
    command = await simulator.done("command")

    assert (command["channel"], command["command"]) == ("D1", "/grant")
    assert command["text"] == "<@U2|elsa.strand> reader"


async def test_an_unknown_command_is_told_and_stays_in_the_field(simulator: Scripted, open_as: Open) -> None:
    page = await open_as("U2")
    field = page.locator("[data-compose=channel]")
    await field.fill("/grnat x")
    await field.press("Enter")

    await expect(page.locator(".notice")).to_contain_text("Kommandot /grnat finns inte.")
    await expect(field).to_have_value("/grnat x")
    assert simulator.of("command") == []


async def test_new_messages_come_into_a_polite_log(simulator: Scripted, open_as: Open) -> None:
    page = await open_as()
    log = page.get_by_role("log", name="Messages: Ekstranet")
    await expect(log).to_have_attribute("aria-live", "polite")
    await simulator.tell("U3", type="message", channel="D1", message=message("Only you", ephemeral=True))
    await simulator.tell("U3", type="message", channel="D1", message=message("Everybody"))

    await expect(log.locator("article")).to_have_count(2)
    await expect(log.locator("article").first).to_contain_text("Only visible to you")
    await expect(log.locator("article").last).not_to_contain_text("Only visible to you")


async def test_a_message_elsewhere_is_counted_as_unread_and_read_when_seen(
    simulator: Scripted, open_as: Open
) -> None:
    page = await open_as()
    await simulator.tell("U3", type="message", channel="C1", message=message("News", user="U1"))
    place = page.get_by_role("navigation").get_by_role("button", name="general")
    await expect(place).to_contain_text("1 unread")
    before = len(simulator.of("read"))
    await place.click()
    await simulator.done("read", before + 1)

    await expect(place).not_to_contain_text("unread")
    assert simulator.of("read")[-1]["channel"] == "C1"


async def test_a_thread_opens_at_the_side_and_is_answered_there(simulator: Scripted, open_as: Open) -> None:
    root = simulator.say("D1", "How do I sign in?", user="U3")
    simulator.say("D1", "With bank credentials", thread_ts=root["ts"])
    page = await open_as()
    await page.get_by_role("button", name="1 reply").click()
    thread = page.get_by_role("complementary", name="Thread")
    await expect(thread.locator("article")).to_have_count(2)
    await page.keyboard.type("Thank you")
    await page.keyboard.press("Enter")
    said = await simulator.done("say")
    await simulator.tell("U3", type="status", channel="D1", thread_ts=root["ts"], status="is thinking…")
    await expect(thread.get_by_role("status")).to_have_text("Ekstranet is thinking…")
    await simulator.tell("U3", type="message", channel="D1", message=message("Welcome", thread_ts=root["ts"]))
    await expect(thread.get_by_role("status")).to_have_text("")
    await page.keyboard.press("Escape")

    assert (said["text"], said["thread_ts"]) == ("Thank you", root["ts"])
    await expect(thread).to_have_count(0)
    await expect(page.get_by_role("button", name="2 replies")).to_be_visible()


async def test_suggested_prompts_are_asked_by_pressing(simulator: Scripted, open_as: Open) -> None:
    simulator.prompts = [{"title": "Sign in", "message": "How do I sign in?"}]
    page = await open_as()
    await page.get_by_role("button", name="Sign in").click()
    said = await simulator.done("say")

    assert (said["channel"], said["text"]) == ("D1", "How do I sign in?")


async def test_a_shortcut_is_run_from_its_menu(simulator: Scripted, open_as: Open) -> None:
    page = await open_as()
    await page.get_by_role("button", name="Shortcuts").click()
    await page.get_by_role("menuitem", name="Grant a role").click()
    shortcut = await simulator.done("shortcut")

    assert shortcut["callback_id"] == "grant_role"


async def test_the_wire_shows_what_passes_with_its_time_and_body(simulator: Scripted, open_as: Open) -> None:
    page = await open_as()
    wire = page.get_by_role("complementary", name="Wire")
    await expect(wire).to_have_count(0)
    await page.get_by_role("button", name="Wire").click()
    await simulator.tell(
        "U3", type="wire", direction="api", kind="views.open", ms=12.6, body={"view": {"type": "modal"}}
    )
    entry = wire.locator("[data-kind='views.open']")
    await expect(entry).to_contain_text("13 ms")
    await entry.locator("summary").click()

    await expect(entry.locator("pre")).to_contain_text('"type": "modal"')


async def test_a_home_view_is_replaced_when_the_app_publishes(simulator: Scripted, open_as: Open) -> None:
    page = await open_as(place="home")
    await expect(page.locator(".home")).to_contain_text("The app has not published its Home yet.")
    blocks = [{"type": "section", "block_id": "s", "text": {"type": "mrkdwn", "text": "*Welcome*"}}]
    await simulator.tell(
        "U3", type="home", view={"id": "VH", "type": "home", "callback_id": "home", "blocks": blocks}
    )

    await expect(page.locator(".home strong")).to_have_text("Welcome")
    await expect(page.locator(".home")).to_have_attribute("data-callback-id", "home")
