"""What a press tells the simulator, element by element."""

import pytest
from playwright.async_api import Page, expect

from tests.simulator.page.conftest import Open
from tests.simulator.page.gallery import ACTING, ALL_OPTIONS, plain
from tests.simulator.page.scripted import Scripted, type_json

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def acting(simulator: Scripted, open_as: Open) -> tuple[Page, type_json]:
    message = simulator.say("D1", "Acting", blocks=ACTING)
    return await open_as(), {"type": "message", "channel": "D1", "ts": message["ts"]}


async def choose(page: Page, action_id: str, option: str) -> None:
    await page.locator(f'input[data-action-id="{action_id}"]').click()
    await page.get_by_role("option", name=option).click()


async def test_a_button_names_itself_and_its_message(simulator: Scripted, open_as: Open) -> None:
    page, container = await acting(simulator, open_as)
    await page.get_by_role("button", name="Accept").click()
    press = await simulator.done("press")

    assert (press["user"], press["container"]) == ("U3", container)
    assert (press["block_id"], press["action_id"]) == ("b-buttons", "accept")
    assert "value" not in press


async def test_a_confirmation_comes_first_and_may_stop_it(simulator: Scripted, open_as: Open) -> None:
    page, _ = await acting(simulator, open_as)
    decline = page.get_by_role("button", name="Decline")
    await decline.click()
    question = page.get_by_role("alertdialog", name="Decline the role?")
    await expect(question.get_by_role("button", name="Keep")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(question).to_have_count(0)
    await expect(decline).to_be_focused()
    stopped = simulator.of("press")
    await decline.click()
    await question.get_by_role("button", name="Decline").click()
    press = await simulator.done("press")

    assert stopped == []
    assert press["action_id"] == "decline"


@pytest.mark.parametrize(
    ("action_id", "option", "value"),
    [
        ("role", "Main user", {"selected_option": ALL_OPTIONS[1]}),
        ("who", "Elsa Strand", {"selected_user": "U2"}),
        ("where", "#roles", {"selected_conversation": "C2"}),
        ("channel", "#general", {"selected_channel": "C1"}),
    ],
)
async def test_a_select_tells_what_was_chosen(
    action_id: str, option: str, value: type_json, simulator: Scripted, open_as: Open
) -> None:
    page, _ = await acting(simulator, open_as)
    await choose(page, action_id, option)
    press = await simulator.done("press")

    assert (press["action_id"], press["value"]) == (action_id, value)
    state = press["state"]
    assert isinstance(state, dict)
    assert state["b-selects"][action_id].items() >= value.items()


async def test_an_external_select_asks_the_app_while_one_types(simulator: Scripted, open_as: Open) -> None:
    found = {"text": plain("Health centre"), "value": "hc"}
    simulator.answers["suggest"] = lambda body: {
        "ok": True,
        "options": [found] if body["query"] == "hea" else [],
    }
    page, _ = await acting(simulator, open_as)
    field = page.locator('input[data-action-id="unit"]')
    await field.click()
    await field.press_sequentially("hea")
    await page.get_by_role("option", name="Health centre").click()
    press = await simulator.done("press")

    assert press["value"] == {"selected_option": found}
    assert simulator.of("suggest")[-1]["query"] == "hea"


async def test_several_choices_are_told_once_when_the_list_closes(simulator: Scripted, open_as: Open) -> None:
    page, _ = await acting(simulator, open_as)
    await choose(page, "roles", "Reader")
    await page.get_by_role("option", name="Officer").click()
    before = simulator.of("press")
    await page.keyboard.press("Escape")
    press = await simulator.done("press")

    assert before == []
    assert press["value"] == {"selected_options": [ALL_OPTIONS[0], ALL_OPTIONS[2]]}
    assert len(simulator.of("press")) == 1


async def test_boxes_radios_menus_dates_and_thumbs_tell_their_value(
    simulator: Scripted, open_as: Open
) -> None:
    page, _ = await acting(simulator, open_as)
    await page.get_by_role("checkbox", name="Officer").check()
    boxes = await simulator.done("press", 1)
    await page.get_by_role("radio", name="Main user").check()
    radio = await simulator.done("press", 2)
    await page.get_by_role("button", name="More actions").click()
    await page.get_by_role("menuitem", name="Reader").click()
    menu = await simulator.done("press", 3)
    await page.locator('[data-action-id="day"]').fill("2027-01-31")
    day = await simulator.done("press", 4)
    await page.get_by_role("button", name="Good answer").click()
    thumb = await simulator.done("press", 5)

    assert boxes["value"] == {"selected_options": [ALL_OPTIONS[2]]}
    assert radio["value"] == {"selected_option": ALL_OPTIONS[1]}
    assert (menu["action_id"], menu["value"]) == ("more", {"selected_option": ALL_OPTIONS[0]})
    assert day["value"] == {"selected_date": "2027-01-31"}
    assert thumb["value"] == {"value": "good"}


async def test_a_press_that_fails_is_told_in_the_persons_language(simulator: Scripted, open_as: Open) -> None:
    simulator.answers["press"] = lambda _body: {"ok": False, "error": "message_not_found"}
    simulator.say("D1", "Acting", blocks=ACTING)
    page = await open_as("U1")
    await page.get_by_role("button", name="Accept").click()

    await expect(page.get_by_role("alert")).to_contain_text(
        "Toiminto ei onnistunut (message_not_found). Yritä uudelleen."
    )


async def test_a_press_on_home_names_home(simulator: Scripted, open_as: Open) -> None:
    simulator.home = {"id": "VH", "type": "home", "callback_id": "home", "blocks": [ACTING[0]]}
    page = await open_as(place="home")
    await expect(page.locator(".home")).to_have_attribute("data-view-id", "VH")
    await page.get_by_role("button", name="Accept").click()
    press = await simulator.done("press")

    assert press["container"] == {"type": "home"}
    assert len(simulator.of("home")) == 1


async def test_a_chosen_day_is_written_in_words_too(simulator: Scripted, open_as: Open) -> None:
    simulator.say("D1", "Acting", blocks=ACTING)
    page = await open_as("U2")
    words = page.locator(".date-words")
    await expect(words).to_have_text("tisdag 1 december 2026")
    await page.locator('[data-action-id="day"]').fill("2027-01-31")

    await expect(words).to_have_text("söndag 31 januari 2027")
