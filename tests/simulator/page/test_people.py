"""Who one is: the list of people, their languages, several side by side."""

import json

import pytest
from playwright.async_api import expect

from tests.simulator.page.conftest import Open
from tests.simulator.page.scripted import Scripted

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
        if key not in ("language", "api", "status_of") and words["fi"][key] == words["en"][key]
    ] == []


async def test_a_broken_line_is_told_and_the_page_reads_everything_anew(
    simulator: Scripted, open_as: Open
) -> None:
    page = await open_as()
    simulator.say("D1", "Said meanwhile")
    await simulator.break_lines("U3")

    await expect(page.locator(".notice").last).to_contain_text("The line is back.")
    await expect(page.locator("article")).to_contain_text("Said meanwhile")
