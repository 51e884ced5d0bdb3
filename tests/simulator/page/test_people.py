"""Who one is: the list of people, their languages, several side by side."""

import asyncio
import json

import pytest
from playwright.async_api import Route, expect

from tests.simulator.page.conftest import Open
from tests.simulator.page.scripted import Scripted
from tests.simulator.page.test_talking import message

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_person_is_chosen_from_the_list(simulator: Scripted, open_as: Open) -> None:
    page = await open_as()
    await page.goto(f"{simulator.origin}/")
    people = page.locator(".person")
    await expect(people).to_have_count(4)
    await expect(people.nth(1)).to_contain_text("elsa.strand@town.example")
    await expect(people.nth(1)).to_contain_text("svenska")
    await expect(people.nth(3).get_by_role("link")).to_have_count(0)
    await people.nth(1).get_by_role("link").click()

    await expect(page.get_by_role("tab", name="Meddelanden")).to_be_visible()
    await expect(page.get_by_role("note").first).to_contain_text("inte Slack")


@pytest.mark.parametrize(
    ("user", "language", "home"), [("U1", "fi", "Koti"), ("U2", "sv", "Hem"), ("U3", "en", "Home")]
)
async def test_the_page_speaks_the_persons_language(
    user: str, language: str, home: str, open_as: Open
) -> None:
    page = await open_as(user)

    await expect(page.locator("html")).to_have_attribute("lang", language)
    await expect(page.get_by_role("tab").first).to_have_text(home)


async def test_three_people_are_side_by_side_and_walked_by_keys(simulator: Scripted, open_as: Open) -> None:
    page = await open_as()
    await page.goto(f"{simulator.origin}/?with=U1,U2,U3")
    frames = [page.frame_locator(f"iframe[data-user-id={user}]") for user in ("U1", "U2", "U3")]
    for frame in frames:
        await frame.locator("[data-compose=channel]").wait_for()
    await simulator.tell("U2", type="message", channel="D1", message=message("Bara för dig"))
    await expect(frames[1].locator("article")).to_contain_text("Bara för dig")
    await expect(frames[0].locator("article")).to_have_count(0)
    for user in ("U1", "U2", "U3", "U1"):
        await page.keyboard.press("Control+F6")
        await page.wait_for_function("user => document.activeElement?.dataset.userId === user", arg=user)
    await page.set_viewport_size({"width": 390, "height": 844})
    tops = [await page.locator(f"iframe[data-user-id={user}]").bounding_box() for user in ("U1", "U2", "U3")]

    assert len({box["x"] for box in tops if box}) == 1
    assert len({box["y"] for box in tops if box}) == 3


async def test_people_are_added_changed_and_taken_away_beside_each_other(
    simulator: Scripted, open_as: Open
) -> None:
    page = await open_as()
    await page.goto(f"{simulator.origin}/?with=U1")
    await page.get_by_role("combobox", name="Add a person").select_option("U2")
    await page.wait_for_url("**/?with=U1,U2")
    await page.get_by_role("link", name="Close Aino Virta").click()
    await page.wait_for_url("**/?with=U2")
    await page.get_by_role("combobox", name="Change person: Elsa Strand").select_option("U3")
    await page.wait_for_url("**/?with=U3")

    await expect(page.frame_locator("iframe").get_by_role("tab", name="Messages")).to_be_visible()


async def test_two_people_are_seen_side_by_side(simulator: Scripted, open_as: Open) -> None:
    page = await open_as()
    await page.goto(f"{simulator.origin}/")
    await page.get_by_label("Show side by side: Aino Virta").check()
    await expect(page.get_by_role("button", name="Open the chosen side by side (1)")).to_be_disabled()
    await page.get_by_label("Show side by side: Elsa Strand").check()
    await page.get_by_role("button", name="Open the chosen side by side (2)").click()

    await expect(
        page.frame_locator("iframe[data-user-id=U1]").get_by_role("tab", name="Viestit")
    ).to_be_visible()
    await expect(
        page.frame_locator("iframe[data-user-id=U2]").get_by_role("tab", name="Meddelanden")
    ).to_be_visible()


async def test_the_three_languages_have_the_same_words_with_the_same_gaps(
    simulator: Scripted, open_as: Open
) -> None:
    page = await open_as()
    words = json.loads(
        await page.evaluate("import('/page/words.js').then((module) => JSON.stringify(module.WORDS))")
    )

    def gaps(language: str) -> dict[str, list[str]]:
        return {
            key: sorted(part.split("}")[0] for part in text.split("{")[1:])
            for key, text in words[language].items()
        }

    assert gaps("fi") == gaps("en")
    assert gaps("sv") == gaps("en")
    assert all(text.strip() for language in words.values() for text in language.values())
    assert [
        key
        for key in words["en"]
        if key not in ("language", "api", "status_of", "reaction_of") and words["fi"][key] == words["en"][key]
    ] == []


async def test_a_broken_line_is_told_and_the_page_reads_everything_anew(
    simulator: Scripted, open_as: Open
) -> None:
    page = await open_as()
    simulator.say("D1", "Said meanwhile")
    await simulator.break_lines("U3")

    await expect(page.locator(".notice").last).to_contain_text("The line is back.")
    await expect(page.locator("article")).to_contain_text("Said meanwhile")


async def test_news_that_overtake_an_older_answer_are_not_undone_by_it(
    simulator: Scripted, open_as: Open
) -> None:
    page = await open_as(place="home")
    held, told = asyncio.Event(), asyncio.Event()

    async def late(route: Route) -> None:
        answer = await route.fetch()
        held.set()
        await told.wait()
        await route.fulfill(response=answer)

    await page.route("**/sim/state**", late)
    await simulator.break_lines("U3")
    await held.wait()
    blocks = [{"type": "section", "block_id": "s", "text": {"type": "mrkdwn", "text": "*Welcome*"}}]
    await simulator.tell("U3", type="home", view={"id": "VH", "type": "home", "blocks": blocks})
    told.set()

    await expect(page.locator(".home strong")).to_have_text("Welcome")
