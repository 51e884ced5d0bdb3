"""The wire panel: what passed, how long it took, what came of it."""

import pytest
from playwright.async_api import Locator, Page, expect

from tests.simulator.page.conftest import Open
from tests.simulator.page.scripted import Scripted, type_json

pytestmark = pytest.mark.asyncio(loop_scope="session")


def sent(name: str, label: str, **more: object) -> type_json:
    body = {"type": "interactive", "payload": {"user": {"id": "U3"}}}
    return {"type": "wire", "direction": "to_app", "id": name, "kind": label, "body": body} | more


def acked(name: str, label: str, ms: float, **more: object) -> type_json:
    news = {"type": "wire", "direction": "from_app", "id": name, "kind": f"ack {label}", "ms": ms, "body": {}}
    return news | more


def called(method: str, **answer: object) -> type_json:
    body = {"arguments": {"channel": "D1"}, "answer": {"ok": True} | answer}
    return {"type": "wire", "direction": "api", "kind": method, "ms": 2.0, "body": body}


async def opened(simulator: Scripted, open_as: Open) -> tuple[Page, Locator]:
    page = await open_as()
    await page.get_by_role("button", name="Wire").click()
    wire = page.get_by_role("complementary", name="Wire")
    await wire.wait_for()
    return page, wire


async def test_what_passed_before_the_panel_was_opened_is_there(simulator: Scripted, open_as: Open) -> None:
    simulator.wire = [called("chat.postMessage") | {"n": 1, "at": 1_790_000_000}]
    _, wire = await opened(simulator, open_as)

    await expect(wire.locator("[data-kind='chat.postMessage']")).to_contain_text("2 ms")
    await expect(wire.locator("time")).to_have_text("17:13:20")


async def test_an_envelope_waits_until_its_ack_tells_how_long_it_took(
    simulator: Scripted, open_as: Open
) -> None:
    _, wire = await opened(simulator, open_as)
    await simulator.tell("U3", **sent("e1", "block_actions open"))
    entry = wire.locator(".wire-entry")
    await expect(entry).to_contain_text("waiting…")
    await simulator.tell("U3", **acked("e1", "block_actions open", 1800.0))

    await expect(entry).to_have_count(1)
    await expect(entry).to_contain_text("1800 ms")
    await expect(entry).to_contain_text("slow ack, Slack waits 3 s")
    await entry.locator("summary").click()
    await expect(entry.get_by_role("group", name="Sent")).to_contain_text('"id": "U3"')
    await expect(entry.get_by_role("group", name="Answer")).to_have_text("{}")


async def test_lost_acks_retries_and_refusals_say_so_and_are_found_as_troubles(
    simulator: Scripted, open_as: Open
) -> None:
    _, wire = await opened(simulator, open_as)
    await simulator.tell("U3", **sent("e1", "message"))
    lost = acked("e1", "message", 3000.0, kind="no ack message", body={"error": "timeout"})
    await simulator.tell("U3", **lost)
    await simulator.tell("U3", **sent("e1", "message", attempt=1, reason="timeout"))
    await simulator.tell("U3", **acked("e1", "message", 5.0, attempt=1))
    await simulator.tell("U3", **called("views.open", ok=False, error="expired_trigger_id"))
    await simulator.tell("U3", **called("auth.test"))
    entries = wire.locator("li")
    await expect(entries).to_have_count(4)
    await expect(entries.nth(3)).to_contain_text("no ack: timeout")
    await expect(entries.nth(2)).to_contain_text("retry 1: timeout")
    await expect(entries.nth(1)).to_contain_text("expired_trigger_id")
    await wire.get_by_role("combobox", name="What is shown").select_option("trouble")

    await expect(entries.filter(visible=True)).to_have_count(3)
    await expect(entries.first).to_be_hidden()


async def test_the_wire_is_filtered_held_and_copied(simulator: Scripted, open_as: Open) -> None:
    page, wire = await opened(simulator, open_as)
    await page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await simulator.tell("U3", **called("chat.update"))
    await simulator.tell("U3", **called("views.publish"))
    await wire.get_by_role("searchbox").fill("PUBL")
    await expect(wire.locator("li").filter(visible=True)).to_have_count(1)
    await wire.get_by_role("searchbox").fill("")
    await wire.get_by_role("button", name="Pause").click()
    await simulator.tell("U3", **called("users.info"))
    await expect(wire.locator("li")).to_have_count(2)
    await wire.get_by_role("button", name="Resume (1 new)").click()
    await expect(wire.locator("li")).to_have_count(3)
    await wire.locator("[data-kind='chat.update'] summary").click()
    await wire.get_by_role("button", name="Copy: Content").click()

    await expect(page.locator("#live")).to_have_text("Copied")
    assert '"channel": "D1"' in await page.evaluate("navigator.clipboard.readText()")


async def test_one_wire_is_enough_for_three_people(simulator: Scripted, open_as: Open) -> None:
    page = await open_as()
    await page.goto(f"{simulator.origin}/?with=U1,U2,U3")
    await page.get_by_role("button", name="Wire").click()
    await page.get_by_role("complementary", name="Wire").wait_for()
    await simulator.tell("", **called("chat.update"))

    await expect(page.locator(".wire-entry")).to_have_count(1)
    await expect(page.frame_locator("iframe").first.get_by_role("button", name="Liikenne")).to_have_count(0)
