"""Whole messages and views: each block against the table, then the rules that bind neighbours."""

import json
from collections.abc import Iterator, Mapping, Sequence
from enum import Enum

from shared.blockkit.blocks import (
    BLOCKS,
    HOME,
    IN_HOME,
    IN_MESSAGES,
    IN_MODALS,
    MARKDOWN_MOST,
    MODAL,
    VIEW_BYTES,
)
from shared.blockkit.errors import BlockError, failed
from shared.blockkit.shapes import Among, Many, Walk


class Surface(Enum):
    """Where blocks are shown."""

    MESSAGE = "message"
    MODAL = "modal"
    HOME = "home"


_RULES: Mapping[Surface, Many] = {
    Surface.MESSAGE: Many(Among("block", BLOCKS, IN_MESSAGES), 50, 0),
    Surface.MODAL: Many(Among("block", BLOCKS, IN_MODALS), 100),
    Surface.HOME: Many(Among("block", BLOCKS, IN_HOME), 100),
}


def validate_blocks(surface: Surface, blocks: object) -> list[BlockError]:
    """List what Slack would refuse in *blocks* on *surface*; pointers start at the list itself."""
    errors = list(Walk("", blocks).follow(_RULES[surface]))
    if isinstance(blocks, Sequence):
        standing = [(f"/{index}", block) for index, block in enumerate(blocks) if isinstance(block, Mapping)]
        errors += _twin_ids("block_id", standing)
        for pointer, block in standing:
            errors += _twin_ids("action_id", list(_elements(pointer, block)))
        errors += _together(standing)
    return errors


def validate_view(view: object) -> list[BlockError]:
    """List what Slack would refuse in a modal or a Home tab; pointers start at the view."""
    if not isinstance(view, Mapping):
        return [failed("", "must be an object", "type", expected="object")]
    kind = view.get("type")
    if kind not in ("modal", "home"):
        return [failed("/type", "must be one of: modal, home", "enum", values=["modal", "home"])]
    modal = kind == "modal"
    errors = list(Walk("", dict(view)).follow(MODAL if modal else HOME))
    blocks = view.get("blocks")
    inside = validate_blocks(Surface.MODAL if modal else Surface.HOME, blocks) if blocks is not None else []
    errors += [
        BlockError("/blocks" + error.pointer, error.code, error.message, error.constraint) for error in inside
    ]
    if modal and not view.get("submit") and _has_input(blocks):
        errors.append(
            failed("", "submit is required when blocks contain an input", "required", field="submit")
        )
    if len(json.dumps(view, ensure_ascii=False).encode()) > VIEW_BYTES:
        errors.append(
            BlockError("", "view_too_large", "view is too large", {"type": "max_bytes", "max": VIEW_BYTES})
        )
    return errors


def _has_input(blocks: object) -> bool:
    return isinstance(blocks, list) and any(
        isinstance(block, dict) and block.get("type") == "input" for block in blocks
    )


def _twin_ids(name: str, standing: Sequence[tuple[str, Mapping[str, object]]]) -> Iterator[BlockError]:
    seen: set[object] = set()
    for pointer, item in standing:
        value = item.get(name)
        if not isinstance(value, str) or not value:
            continue
        if value in seen:
            yield failed(f"{pointer}/{name}", f"{name} already exists: {value}", "unique", field=name)
        seen.add(value)


def _elements(pointer: str, block: Mapping[str, object]) -> Iterator[tuple[str, Mapping[str, object]]]:
    for name in ("accessory", "element"):
        inside = block.get(name)
        if isinstance(inside, Mapping):
            yield f"{pointer}/{name}", inside
    for name in ("elements", "actions"):
        several = block.get(name)
        if isinstance(several, list):
            for index, inside in enumerate(several):
                if isinstance(inside, Mapping):
                    yield f"{pointer}/{name}/{index}", inside


def _together(standing: Sequence[tuple[str, Mapping[str, object]]]) -> Iterator[BlockError]:
    """What binds the fields of one block, and limits that count over the whole message."""
    written = 0
    tables = 0
    for pointer, block in standing:
        match block.get("type"), block.get("text"):
            case "markdown", str(text):
                written += len(text)
                if written > MARKDOWN_MOST >= len(text):
                    yield failed(
                        f"{pointer}/text",
                        f"markdown blocks of one message may hold {MARKDOWN_MOST} characters together",
                        "max_length",
                        max=MARKDOWN_MOST,
                    )
            case (("table" | "data_table"), _):
                tables += 1
                if tables > 1:
                    yield failed(pointer, "no more than 1 table allowed", "max_items", max=1)
            case ("container", _) if block.get("is_collapsible") and block.get("has_header_divider"):
                yield failed(
                    f"{pointer}/has_header_divider",
                    "a header divider is not allowed in a container that is collapsible",
                    "additional_property",
                    field="has_header_divider",
                )
            case _:
                pass
