"""The steps that several journeys take."""

from datetime import date, timedelta
from typing import Any

from tests.support.stack import Person

ROLE = "technical_contact"


def picked(action: str, view: dict[str, Any], value: dict[str, Any]) -> dict[str, Any]:
    """The state of one input, as Slack sends it."""
    block = next(one for one in view["blocks"] if one.get("element", {}).get("action_id") == action)
    element = block["element"]
    return {block["block_id"]: {action: {"type": element["type"]} | value}}


async def offer(
    giver: Person,
    holder: str,
    *,
    role: str = ROLE,
    until: date | None = None,
    inducted: bool = True,
) -> dict[str, Any]:
    """Fill in the form of an offer and send it; give what the page was answered."""
    await giver.command("grant")
    view = await giver.modal("grant.person")
    person = next(one for one in view["blocks"] if one.get("element", {}).get("action_id") == "grant.person")
    found = await giver.chatter.act(
        "suggest",
        container={"type": "view", "view_id": view["id"]},
        block_id=person["block_id"],
        action_id="grant.person",
        query=holder,
    )
    roles = next(one for one in view["blocks"] if one.get("element", {}).get("action_id") == "role")
    chosen = next(one for one in roles["element"]["options"] if one["value"] == role)
    boxes = next(one for one in view["blocks"] if one.get("element", {}).get("action_id") == "inducted")
    day = until or date.today() + timedelta(days=365)
    state: dict[str, Any] = {}
    state |= picked("grant.person", view, {"selected_option": found["options"][0]})
    state |= picked("role", view, {"selected_option": chosen})
    state |= picked("until", view, {"selected_date": day.isoformat()})
    state |= picked("inducted", view, {"selected_options": boxes["element"]["options"] if inducted else []})
    return await giver.chatter.act("submit", view_id=view["id"], state=state)
