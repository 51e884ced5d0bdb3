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


async def suggested(
    person: Person, view: dict[str, Any], action: str, query: str = ""
) -> list[dict[str, Any]]:
    """The options that a menu of *view* offers for what is typed into it."""
    block = next(one for one in view["blocks"] if one.get("element", {}).get("action_id") == action)
    found = await person.chatter.act(
        "suggest",
        container={"type": "view", "view_id": view["id"]},
        block_id=block["block_id"],
        action_id=action,
        query=query,
    )
    return [option for group in found["option_groups"] for option in group["options"]]


async def offer(
    giver: Person,
    holder: str,
    *,
    role: str = ROLE,
    until: date | None = None,
    inducted: bool = True,
) -> dict[str, Any]:
    """Fill in the form of an offer and send it; give what the page was answered."""
    # A form that was refused stays open, and is not the one to fill in.
    before = await giver.modals()
    await giver.command("grant")
    view = await giver.modal("grant.person", other_than=before)
    person = (await suggested(giver, view, "grant.person", holder))[0]
    roles = await suggested(giver, view, "grant.role")
    chosen = next(one for one in roles if one["value"] == role)
    boxes = next(one for one in view["blocks"] if one.get("element", {}).get("action_id") == "inducted")
    day = until or date.today() + timedelta(days=365)
    state: dict[str, Any] = {}
    state |= picked("grant.person", view, {"selected_option": person})
    state |= picked("grant.role", view, {"selected_option": chosen})
    state |= picked("until", view, {"selected_date": day.isoformat()})
    state |= picked("inducted", view, {"selected_options": boxes["element"]["options"] if inducted else []})
    return await giver.chatter.act("submit", view_id=view["id"], state=state)
