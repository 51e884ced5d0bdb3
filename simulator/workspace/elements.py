"""What people have typed and chosen in blocks: the `state` of a view or a message."""

import json
from collections.abc import Iterator, Mapping
from copy import deepcopy
from hashlib import sha256
from typing import Any

from simulator.wire import Json
from simulator.workspace.ids import random_id

# Element type -> (its key in state, the key of its initial value).
STATEFUL: Mapping[str, tuple[str, str]] = {
    "plain_text_input": ("value", "initial_value"),
    "email_text_input": ("value", "initial_value"),
    "url_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "rich_text_input": ("rich_text_value", "initial_value"),
    "file_input": ("files", "initial_files"),
    "static_select": ("selected_option", "initial_option"),
    "external_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "multi_static_select": ("selected_options", "initial_options"),
    "multi_external_select": ("selected_options", "initial_options"),
    "checkboxes": ("selected_options", "initial_options"),
    "users_select": ("selected_user", "initial_user"),
    "multi_users_select": ("selected_users", "initial_users"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "channels_select": ("selected_channel", "initial_channel"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
}
_LISTS = frozenset(
    {"selected_options", "selected_users", "selected_conversations", "selected_channels", "files"}
)


def with_ids(blocks: list[Json], *, steady: bool = False) -> list[Json]:
    """
    Copy *blocks*, naming what the app left unnamed and telling texts whole, as Slack does.

    *steady* names equal blocks equally each time: a Home tab is published again and again, and a button
    that is pressed while that happens must still be the one that was seen.
    """
    copied = [_told_whole(block) for block in deepcopy(blocks)]
    for place, block in enumerate(copied):
        if not block.get("block_id"):
            content = json.dumps([place, block], sort_keys=True).encode()
            block["block_id"] = f"b{sha256(content).hexdigest()[:10].upper()}" if steady else random_id("b")
    for _, element in elements(copied):
        if not element.get("action_id"):
            element["action_id"] = random_id("a")
    return copied


def _told_whole(value: Any) -> Any:
    """Write into every text object what goes without saying: emoji are drawn, and links are made."""
    if isinstance(value, list):
        return [_told_whole(each) for each in value]
    if not isinstance(value, dict):
        return value
    if value.get("type") == "rich_text":
        return value
    told = {name: _told_whole(inside) for name, inside in value.items()}
    match told.get("type"), told.get("text"):
        case "plain_text", str():
            told.setdefault("emoji", True)
        case "mrkdwn", str():
            told.setdefault("verbatim", False)
    return told


def elements(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    """Walk over the interactive elements, each with its block."""
    for block in blocks:
        inside = [block.get("accessory"), block.get("element")]
        if block.get("type") in ("actions", "context_actions"):
            inside += block.get("elements", [])
        inside += block.get("actions") or []
        for element in inside:
            if isinstance(element, dict) and element.get("type") != "image":
                yield block, element
        yield from elements(block.get("child_blocks") or [])
        if block.get("type") == "carousel":
            yield from elements(block.get("elements") or [])


def find(blocks: list[Json], block_id: object, action_id: object) -> tuple[Json, Json] | None:
    for block, element in elements(blocks):
        if block.get("block_id") == block_id and element.get("action_id") == action_id:
            return block, element
    return None


def options(element: Json) -> list[Json]:
    found: list[Json] = list(element.get("options") or [])
    for group in element.get("option_groups") or []:
        found += group.get("options") or []
    return found


def chosen(element: Json, given: Json) -> Json:
    """Complete what a person gave for *element* to what Slack sends; a bare option value is looked up."""
    key, _ = STATEFUL[element["type"]]
    value = given.get(key)
    if key == "selected_option" and value is not None:
        value = _whole_option(element, value)
    elif key == "selected_options":
        value = [_whole_option(element, each) for each in value or []]
    elif key == "value" and value == "":
        value = None
    return {"type": element["type"], key: value}


def _whole_option(element: Json, value: object) -> Json:
    bare = value.get("value") if isinstance(value, dict) else value
    for option in options(element):
        if option.get("value") == bare:
            return option
    if isinstance(value, dict):
        return value
    return {"text": {"type": "plain_text", "text": str(bare), "emoji": True}, "value": str(bare)}


def state(blocks: list[Json], known: Json) -> Json:
    """Write state.values for *blocks*: *known* where the same input still stands, else its initial value."""
    values: Json = {}
    for block, element in elements(blocks):
        kind = str(element.get("type"))
        if kind not in STATEFUL:
            continue
        block_id, action_id = block["block_id"], element["action_id"]
        before = known.get(block_id, {}).get(action_id)
        if isinstance(before, dict) and before.get("type", kind) == kind:
            value = chosen(element, before)
        else:
            key, initial = STATEFUL[kind]
            value = {"type": kind, key: element.get(initial, [] if key in _LISTS else None)}
        values.setdefault(block_id, {})[action_id] = value
    return values


def merged(known: Json, given: object) -> Json:
    """Lay what the page reports over what was known."""
    result: Json = {block_id: dict(inside) for block_id, inside in known.items()}
    if isinstance(given, dict):
        for block_id, inside in given.items():
            if isinstance(inside, dict):
                result.setdefault(block_id, {}).update(inside)
    return result


def is_empty(value: Json) -> bool:
    return all(not inside and inside != 0 for key, inside in value.items() if key != "type")
