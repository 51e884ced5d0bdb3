"""Asking, choosing a language, contact persons, three people at once, a service that is away: on the page."""

import pytest
from playwright.async_api import BrowserContext, expect

from bot.words import say as words
from shared.contracts.base import Language
from tests.journeys.browser.hands import Album, action, at, choose, command, modal_says, say
from tests.support.stack import Stack

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest.mark.parametrize(
    ("name", "language", "question", "source"),
    [
        ("Heikki", "fi", "milloin rooli tulee voimaan?", "Lähde"),
        ("Johan", "sv", "vem kan ge mig en roll?", "Källa"),
        ("Liam", "en", "how do I accept a role?", "Source"),
    ],
)
async def test_a_question_is_answered_in_its_language_and_the_answer_is_rated(
    name: str, language: Language, question: str, source: str, desk: BrowserContext, town: Stack, album: Album
) -> None:
    page = await at(desk, town, name)
    await say(page, question)
    thread = page.get_by_role("complementary")
    answer = thread.locator("article.from-app").last
    await expect(answer).to_contain_text(source)
    if language == "en":
        await album.take(page, "answer")
    await answer.get_by_role("button", name=words("guidance.useful_button", language), exact=True).click()

    await expect(page.locator("article.ephemeral").last).to_contain_text(words("guidance.thanks", language))


async def test_a_question_that_has_no_answer_leads_to_a_person(desk: BrowserContext, town: Stack) -> None:
    page = await at(desk, town, "Liam")
    await say(page, "what is the weather like tomorrow?")
    thread = page.get_by_role("complementary")

    await expect(thread.locator("article").last).to_contain_text("kanta@kanta.fi")


async def test_the_language_is_chosen_on_home_and_by_command(desk: BrowserContext, town: Stack) -> None:
    page = await at(desk, town, "Liam", "home")
    await expect(page.locator(".home")).to_contain_text(words("languages.choose", "en"))
    await choose(page, "language.choose", "sv")
    await expect(page.locator(".home")).to_contain_text(words("languages.choose", "sv"))
    await page.locator("[data-tab=messages]").click()
    await command(page, "language en")

    await expect(page.locator("article").last).to_contain_text(words("languages.chosen", "en"))


async def test_a_contact_person_is_added_corrected_and_removed(
    desk: BrowserContext, town: Stack, album: Album
) -> None:
    bjorn = await at(desk, town, "Björn")
    await command(bjorn, "kontakter")
    await action(bjorn, "contacts.add").click()
    await choose(bjorn, "duty", "technical")
    await action(bjorn, "name").fill("Lage Exempel")
    await action(bjorn, "email").fill("lage@esimerkkila.example")
    await action(bjorn, "phone").fill("soon")
    await bjorn.locator("[data-modal=submit]").click()
    await expect(bjorn.locator("[data-block-id=phone] .field-error")).to_be_visible()
    await expect(action(bjorn, "phone")).to_be_focused()
    await expect(action(bjorn, "name")).to_have_value("Lage Exempel")
    await action(bjorn, "phone").fill("+358 50 000 0000")
    await bjorn.locator("[data-modal=submit]").click()
    await modal_says(bjorn, words("contacts.added", "sv", name="Lage Exempel"))
    await album.take(bjorn, "contacts")
    await action(bjorn, "contacts.confirm").first.click()
    await modal_says(bjorn, words("contacts.confirmed", "sv", name="Lage Exempel"))
    await action(bjorn, "contacts.remove").first.click()
    await bjorn.locator("[role=alertdialog] [data-answer=confirm]").click()

    await modal_says(bjorn, words("contacts.removed", "sv", name="Lage Exempel"))


async def test_three_people_and_the_wire_are_seen_at_once(
    desk: BrowserContext, town: Stack, album: Album
) -> None:
    page = await desk.new_page()
    await page.set_viewport_size({"width": 1500, "height": 840})
    await page.goto(f"{town.url}/?with=U0KATRI,U0JOHAN,U0LIAM")
    frames = [page.frame_locator(f"iframe[data-user-id={user}]") for user in ("U0KATRI", "U0JOHAN", "U0LIAM")]
    for frame in frames:
        await frame.locator("[data-compose=channel]").wait_for()
    await page.locator("[aria-controls=wire]").click()
    await frames[0].locator("[data-tab=home]").click()
    await expect(frames[0].locator(".home-sheet")).to_be_visible()
    await expect(page.locator(".wire-entry[data-kind='views.publish']").first).to_be_visible()
    await album.take(page, "side-by-side")

    await expect(page.locator(".wire-entry[data-kind='app_home_opened'] .wire-ms").first).to_be_visible()


async def test_a_service_that_is_away_is_said_to_be_and_is_back_when_it_is_back(
    desk: BrowserContext, town: Stack
) -> None:
    aino = await at(desk, town, "Aino")
    contacts = town.child("services.contacts")
    contacts.suspend()
    try:
        await command(aino, "yhteyshenkilöt")
        await modal_says(aino, "Palvelu ei vastaa")
    finally:
        contacts.resume()
    await aino.keyboard.press("Escape")
    await command(aino, "yhteyshenkilöt")

    await expect(action(aino, "contacts.add")).to_be_visible()
