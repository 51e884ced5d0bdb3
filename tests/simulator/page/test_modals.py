"""Modals: their stack, their form, their errors, and where the keyboard is."""

import asyncio

import pytest
from playwright.async_api import Page, Route, expect

from tests.simulator.page.conftest import Open
from tests.simulator.page.gallery import ALL_OPTIONS, grant_modal, plain
from tests.simulator.page.scripted import Scripted

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def opened(simulator: Scripted, open_as: Open, user: str = "U3") -> Page:
    page = await open_as(user)
    await page.locator("[data-compose=channel]").focus()
    await simulator.tell(user, type="view_opened", view=grant_modal())
    await page.get_by_role("dialog", name="Grant a role").wait_for()
    return page


async def fill(page: Page) -> None:
    await page.get_by_role("combobox", name="Person").click()
    await page.get_by_role("option", name="Elsa Strand").click()
    await page.get_by_role("combobox", name="Role").click()
    await page.get_by_role("option", name="Reader").click()
    await page.get_by_label("Reason").fill("Covers for me")


async def test_a_modal_names_its_view_and_takes_the_keyboard(simulator: Scripted, open_as: Open) -> None:
    page = await opened(simulator, open_as)
    modal = page.get_by_role("dialog")

    await expect(modal).to_have_attribute("data-view-id", "V1")
    await expect(modal).to_have_attribute("data-callback-id", "grant")
    await expect(modal).to_have_attribute("aria-modal", "true")
    await expect(page.get_by_role("combobox", name="Person")).to_be_focused()


async def test_sending_tells_everything_that_was_filled_in(simulator: Scripted, open_as: Open) -> None:
    page = await opened(simulator, open_as)
    await fill(page)
    await page.get_by_role("button", name="Send the offer").click()
    submit = await simulator.done("submit")
    await simulator.tell("U3", type="view_closed", view_id="V1")

    assert submit["view_id"] == "V1"
    assert submit["state"] == {
        "person": {"user": {"type": "users_select", "selected_user": "U2"}},
        "role": {"role": {"type": "static_select", "selected_option": ALL_OPTIONS[0]}},
        "until": {"date": {"type": "datepicker", "selected_date": None}},
        "reason": {"text": {"type": "plain_text_input", "value": "Covers for me"}},
        "email": {"email": {"type": "email_text_input", "value": None}},
        "count": {"n": {"type": "number_input", "value": None}},
    }
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await expect(page.locator("[data-compose=channel]")).to_be_focused()


async def test_errors_of_the_app_stand_at_their_fields_and_are_spoken(
    simulator: Scripted, open_as: Open
) -> None:
    errors = {"reason": "Say a little more.", "role": "You do not hold this role."}
    simulator.answers["submit"] = lambda _body: {"ok": False, "error": "form_errors", "errors": errors}
    page = await opened(simulator, open_as)
    await fill(page)
    await page.get_by_role("button", name="Send the offer").click()
    role = page.get_by_role("combobox", name="Role")

    await expect(page.locator('[data-block-id="role"]').get_by_role("alert")).to_have_text(
        "You do not hold this role."
    )
    await expect(page.locator('[data-block-id="reason"]').get_by_role("alert")).to_have_text(
        "Say a little more."
    )
    await expect(page.locator("#live")).to_have_text("Please check 2 fields.")
    await expect(role).to_be_focused()
    await expect(role).to_have_attribute("aria-invalid", "true")
    await expect(role).to_have_accessible_description("You do not hold this role.")


async def test_what_is_missing_is_said_before_anything_is_sent(simulator: Scripted, open_as: Open) -> None:
    page = await opened(simulator, open_as, "U1")
    await page.get_by_label("Reason").fill("ab")
    await page.get_by_label("E-mail").fill("nobody")
    await page.get_by_role("button", name="Send the offer").click()

    await expect(page.get_by_role("alert")).to_have_text(
        [
            "Täytä tämä kohta.",
            "Täytä tämä kohta.",
            "Kirjoita vähintään 3 merkkiä.",
            "Kirjoita sähköpostiosoite, esim. nimi@esimerkki.fi.",
        ]
    )
    await expect(page.get_by_role("combobox", name="Person")).to_be_focused()
    assert simulator.of("submit") == []


async def test_an_update_keeps_what_was_typed_where_the_ids_stay(simulator: Scripted, open_as: Open) -> None:
    page = await opened(simulator, open_as)
    await fill(page)
    view = grant_modal(title=plain("Grant a role, step 2"))
    blocks = view["blocks"]
    assert isinstance(blocks, list)
    blocks[1] = blocks[1] | {"block_id": "role-2"}
    await simulator.tell("U3", type="view_updated", view=view)

    await expect(page.get_by_role("dialog", name="Grant a role, step 2")).to_be_visible()
    await expect(page.get_by_role("combobox", name="Person")).to_have_value("Elsa Strand")
    await expect(page.get_by_role("combobox", name="Role")).to_have_value("")
    await expect(page.get_by_label("Reason")).to_have_value("Covers for me")
    await expect(page.get_by_label("Reason")).to_be_focused()


async def test_a_second_modal_lies_on_the_first_and_gives_it_back_as_it_was(
    simulator: Scripted, open_as: Open
) -> None:
    page = await opened(simulator, open_as)
    await fill(page)
    await simulator.tell(
        "U3",
        type="view_opened",
        view=grant_modal("V2", title=plain("Are you sure?"), blocks=[], callback_id="sure"),
    )
    await expect(page.get_by_role("dialog", name="Are you sure?")).to_have_attribute(
        "data-callback-id", "sure"
    )
    await simulator.tell("U3", type="view_closed", view_id="V2")

    await expect(page.get_by_role("dialog", name="Grant a role")).to_have_count(1)
    await expect(page.get_by_label("Reason")).to_have_value("Covers for me")


async def test_the_keyboard_stays_in_the_modal_until_escape_closes_it(
    simulator: Scripted, open_as: Open
) -> None:
    page = await opened(simulator, open_as)
    inside = []
    for _ in range(14):
        await page.keyboard.press("Tab")
        inside.append(await page.evaluate("document.activeElement.closest('[role=dialog]') !== null"))
    await page.keyboard.press("Shift+Tab")
    await page.keyboard.press("Escape")
    close = await simulator.done("close")

    assert inside == [True] * 14
    assert close["view_id"] == "V1"


async def test_escape_in_an_open_list_closes_the_list_alone(simulator: Scripted, open_as: Open) -> None:
    page = await opened(simulator, open_as)
    await page.get_by_role("combobox", name="Role").click()
    await page.keyboard.press("Escape")

    await expect(page.get_by_role("listbox")).to_have_count(0)
    await expect(page.get_by_role("dialog")).to_be_visible()
    assert simulator.of("close") == []


async def test_a_modal_that_was_open_is_there_after_reloading(simulator: Scripted, open_as: Open) -> None:
    simulator.views = [grant_modal()]
    page = await open_as()

    await expect(page.get_by_role("dialog", name="Grant a role")).to_be_visible()


async def test_three_modals_lie_on_each_other_and_are_cleared_at_once(
    simulator: Scripted, open_as: Open
) -> None:
    page = await opened(simulator, open_as)
    for number in (2, 3):
        view = grant_modal(f"V{number}", title=plain(f"Step {number}"))
        await simulator.tell("U3", type="view_opened", view=view)
        await expect(page.get_by_role("dialog", name=f"Step {number}")).to_be_visible()
    await expect(page.get_by_role("dialog")).to_have_count(1)
    for number in (3, 2, 1):
        await simulator.tell("U3", type="view_closed", view_id=f"V{number}")

    await expect(page.get_by_role("dialog")).to_have_count(0)
    await expect(page.locator("[data-compose=channel]")).to_be_focused()


async def test_sending_is_shown_and_said_while_it_lasts_and_happens_once(
    simulator: Scripted, open_as: Open
) -> None:
    page = await opened(simulator, open_as)
    await fill(page)
    answering = asyncio.Event()

    async def slowly(route: Route) -> None:
        if '"submit"' in (route.request.post_data or ""):
            await answering.wait()
        await route.continue_()

    await page.route("**/sim/act", slowly)
    send = page.get_by_role("button", name="Send the offer")
    await send.click()
    await expect(page.locator(".modal form")).to_have_attribute("aria-busy", "true")
    await expect(page.locator("#live")).to_have_text("Sending…")
    await send.click()
    answering.set()
    await simulator.done("submit")

    await expect(page.locator(".modal form")).not_to_have_attribute("aria-busy", "true")
    assert len(simulator.of("submit")) == 1


async def test_a_select_of_conversations_begins_here_and_leaves_out_what_it_must(
    simulator: Scripted, open_as: Open
) -> None:
    page = await open_as(place="C1")
    element = {
        "type": "conversations_select",
        "action_id": "where",
        "default_to_current_conversation": True,
        "filter": {"include": ["public", "im"], "exclude_bot_users": True},
    }
    block = {"type": "input", "block_id": "where", "label": plain("Where"), "element": element}
    await simulator.tell("U3", type="view_opened", view=grant_modal(blocks=[block]))
    field = page.get_by_role("combobox", name="Where")
    await expect(field).to_have_value("#general")
    await field.click()
    await expect(page.get_by_role("option")).to_have_text(["#general", "Elsa Strand"])
    await page.get_by_role("option", name="Elsa Strand").click()
    await page.get_by_role("button", name="Send the offer").click()
    submit = await simulator.done("submit")

    assert submit["state"] == {
        "where": {"where": {"type": "conversations_select", "selected_conversation": "D2"}}
    }
