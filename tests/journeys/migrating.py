"""A main user invites the next wave, at the page of the simulator."""

from typing import Any

from simulator.town.morning import elements
from tests.support.stack import Person


async def press_home(person: Person, home: dict[str, Any], action: str) -> None:
    """Press the first button *action* of the Home tab."""
    button = next(one for one in elements(home["blocks"]) if one.get("action_id") == action)
    await person.chatter.act(
        "press", container={"type": "home"}, block_id=button["block_id"], action_id=action, state={}
    )


async def invite_next_wave(person: Person) -> dict[str, Any]:
    """Open the preview on Home, say that all were inducted, and send it; give the form that was sent."""
    await press_home(person, await person.home("migration.invite"), "migration.invite")
    form = await person.modal("migration.invite", "datepicker")
    day = next(one["element"]["initial_date"] for one in form["blocks"] if one.get("block_id") == "until")
    yes = {"value": "yes", "text": {"type": "plain_text", "text": "x"}}
    state = {
        "until": {"until": {"type": "datepicker", "selected_date": day}},
        "inducted": {"inducted": {"type": "checkboxes", "selected_options": [yes]}},
    }
    answer = await person.chatter.act("submit", view_id=form["id"], state=state)
    assert answer["ok"], answer
    return form
