"""What a chat app is expected to do: find, react, correct, answer for all, tell what came in elsewhere."""

import pytest
from playwright.async_api import expect

from tests.simulator.page.conftest import Open
from tests.simulator.page.scripted import Scripted
from tests.simulator.page.test_talking import message

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_person_is_found_by_a_few_letters_and_talked_to(simulator: Scripted, open_as: Open) -> None:
    simulator.answers["begin"] = lambda _body: {"ok": True, "channel": "D2"}
    page = await open_as()
    await page.keyboard.press("Control+k")
    await page.get_by_role("combobox", name="Find channels and people").fill("elsa")
    await expect(page.get_by_role("option")).to_have_text(["ESElsa Strandelsa.strand@town.example"])
    await page.keyboard.press("Enter")
    begin = await simulator.done("begin")

    assert begin["people"] == ["U2"]
    await expect(page.get_by_role("heading", level=1)).to_have_text("Elsa Strand")
    await expect(page.locator("[data-compose=channel]")).to_be_focused()


async def test_the_finder_goes_to_channels_and_leaves_by_escape(simulator: Scripted, open_as: Open) -> None:
    page = await open_as()
    await page.get_by_role("button", name="Find").click()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await page.keyboard.press("Control+k")
    await page.keyboard.type("gen")
    await page.keyboard.press("Enter")

    await expect(page.get_by_role("heading", level=1)).to_have_text("#general")


async def test_a_reaction_is_seen_with_its_people_and_given_by_pressing(
    simulator: Scripted, open_as: Open
) -> None:
    eyes = {"name": "eyes", "users": ["U1", "U2"], "count": 2}
    said = simulator.say("C1", "Doors", user="U1", reactions=[eyes])
    page = await open_as(place="C1")
    reaction = page.get_by_role("button", name="eyes: Aino Virta, Elsa Strand")
    await expect(reaction).to_have_attribute("aria-pressed", "false")
    await reaction.click()
    react = await simulator.done("react")
    mine = {"name": "eyes", "users": ["U1", "U2", "U3"], "count": 3}
    await simulator.tell("U3", type="message_changed", channel="C1", message=said | {"reactions": [mine]})

    assert (react["channel"], react["ts"], react["name"]) == ("C1", said["ts"], "eyes")
    await expect(page.locator(".reaction")).to_have_attribute("aria-pressed", "true")
    await expect(page.locator(".reaction")).to_contain_text("3")


async def test_messages_are_walked_and_worked_with_by_keys(simulator: Scripted, open_as: Open) -> None:
    simulator.say("C1", "First", user="U1")
    simulator.say("C1", "Second", user="U2")
    page = await open_as(place="C1")
    await page.locator("[data-compose=channel]").focus()
    await page.keyboard.press("ArrowUp")
    await expect(page.locator("article").last).to_be_focused()
    await page.keyboard.press("ArrowUp")
    await page.keyboard.press("r")
    await page.get_by_role("menuitem", name="tada").press("Enter")
    react = await simulator.done("react")
    await page.locator("article").first.focus()
    await page.keyboard.press("t")

    assert react["name"] == "tada"
    await expect(page.get_by_role("complementary", name="Thread")).to_contain_text("First")


async def test_ones_own_message_is_corrected_where_it_stands(simulator: Scripted, open_as: Open) -> None:
    said = simulator.say("C1", "Dors for <@U2> &amp; all", user="U3")
    page = await open_as(place="C1")
    await page.locator("article").focus()
    await page.keyboard.press("e")
    field = page.get_by_role("textbox", name="Edit the message")
    await expect(field).to_be_focused()
    await expect(field).to_have_value("Dors for @Elsa Strand & all")
    await field.fill("Doors for @Elsa Strand")
    await field.press("Enter")
    edit = await simulator.done("edit")

    assert (edit["ts"], edit["text"]) == (said["ts"], "Doors for <@U2>")
    await expect(field).to_have_count(0)
    await expect(page.locator("article")).to_be_focused()


async def test_deleting_is_asked_about_and_leaves_a_mark_where_there_are_answers(
    simulator: Scripted, open_as: Open
) -> None:
    said = simulator.say("C1", "Doors", user="U3")
    simulator.say("C1", "Which?", user="U1", thread_ts=said["ts"])
    page = await open_as(place="C1")
    await page.locator("article").first.hover()
    await page.get_by_role("button", name="More of this message").click()
    await page.get_by_role("menuitem", name="Delete the message").click()
    await page.get_by_role("alertdialog").get_by_role("button", name="Delete the message").click()
    delete = await simulator.done("delete")
    await simulator.tell("U3", type="message_deleted", channel="C1", message=said)

    assert delete["ts"] == said["ts"]
    await expect(page.locator("article")).to_contain_text("This message was deleted.")
    await expect(page.get_by_role("button", name="1 reply")).to_be_visible()


async def test_a_message_shortcut_of_the_app_is_in_the_menu(simulator: Scripted, open_as: Open) -> None:
    said = simulator.say("C1", "Who may read?", user="U1")
    page = await open_as(place="C1")
    await page.locator("article").hover()
    await page.get_by_role("button", name="More of this message").click()
    await expect(page.get_by_role("menuitem", name="Edit the message")).to_have_count(0)
    await page.get_by_role("menuitem", name="Ask about this").click()
    shortcut = await simulator.done("shortcut")

    assert shortcut["callback_id"] == "ask_about"
    assert (shortcut["channel"], shortcut["ts"]) == ("C1", said["ts"])


async def test_an_answer_may_be_meant_for_all(simulator: Scripted, open_as: Open) -> None:
    root = simulator.say("C1", "Doors?", user="U1")
    simulator.say("C1", "Shut", user="U2", thread_ts=root["ts"], broadcast=True)
    page = await open_as(place="C1")
    await expect(page.locator(".from-thread")).to_contain_text("Replied to a thread.")
    await page.get_by_role("button", name="Show the thread").click()
    await page.get_by_role("checkbox", name="Also send to #general").check()
    await page.locator("[data-compose=thread]").fill("Thanks")
    await page.keyboard.press("Enter")
    said = await simulator.done("say")

    assert (said["text"], said["broadcast"]) == ("Thanks", True)
    await expect(page.get_by_role("checkbox", name="Also send to #general")).not_to_be_checked()


async def test_what_came_since_one_was_here_is_under_a_line(simulator: Scripted, open_as: Open) -> None:
    old = simulator.say("C2", "Old", user="U2")
    simulator.say("C2", "Fresh", user="U2")
    simulator.last_read = str(old["ts"])
    page = await open_as("U1")
    await page.get_by_role("navigation").get_by_role("button", name="roles").click()
    above, below = page.locator("article").first, page.locator("article").last
    line = page.get_by_role("heading", name="Uutta")

    positions = [await node.bounding_box() for node in (above, line, below)]
    assert [box["y"] for box in positions if box] == sorted(box["y"] for box in positions if box)
    await expect(line).to_be_visible()


async def test_what_comes_in_elsewhere_is_told_in_the_apps_own_words(
    simulator: Scripted, open_as: Open
) -> None:
    page = await open_as(place="C1")
    offer = message("*Aino* offers you a role &amp; asks", blocks=[{"type": "divider", "block_id": "d"}])
    await simulator.tell("U3", type="message", channel="D1", message=offer)
    line = page.locator(".line")
    await expect(line).to_contain_text("Ekstranet: Aino offers you a role & asks")
    await line.get_by_role("button", name="Open").click()

    await expect(page.get_by_role("tab", name="Messages")).to_have_attribute("aria-selected", "true")
    await expect(line).to_be_hidden()


async def test_the_help_sheet_opens_by_a_question_mark_but_not_while_writing(
    simulator: Scripted, open_as: Open
) -> None:
    page = await open_as()
    await page.locator("[data-compose=channel]").press("?")
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await page.locator(".room .timeline").focus()
    await page.keyboard.press("?")
    sheet = page.get_by_role("dialog", name="Keys")
    await expect(sheet).to_contain_text("Find a channel or a person")
    await page.keyboard.press("Escape")

    await expect(sheet).to_have_count(0)
    await expect(page.locator(".room .timeline")).to_be_focused()


async def test_the_parts_of_the_page_are_walked_by_f6(simulator: Scripted, open_as: Open) -> None:
    page = await open_as()
    await page.locator("[data-compose=channel]").focus()
    inside = []
    for _ in range(2):
        await page.keyboard.press("F6")
        inside.append(await page.evaluate("document.activeElement.closest('.sidebar, .room').className"))

    assert inside == ["sidebar", "room"]


async def test_colours_follow_the_machine_until_the_person_wishes_otherwise(open_as: Open) -> None:
    page = await open_as()
    ground = "getComputedStyle(document.querySelector('.room')).backgroundColor"
    light = await page.evaluate(ground)
    await page.emulate_media(color_scheme="dark")
    dark = await page.evaluate(ground)
    await page.get_by_role("button", name="Colours: as on the device").click()
    wished = await page.evaluate(ground)
    await page.reload()
    await page.get_by_role("button", name="Colours: light").click()
    await page.emulate_media(color_scheme="light")

    assert (light, dark, wished) == ("rgb(255, 255, 255)", "rgb(22, 28, 26)", light)
    assert await page.evaluate(ground) == dark
