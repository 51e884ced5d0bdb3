"""What is refused of blocks and views, said as each method says it."""

from collections.abc import Sequence

from shared.blockkit import BlockError, Surface, validate_blocks, validate_view
from simulator.api.arguments import Arguments, invalid
from simulator.api.method import Methods
from simulator.stage import Stage
from simulator.wire import Json, SlackError


def checked_blocks(blocks: object) -> list[Json] | None:
    """Return *blocks* if Slack would show them in a message.

    Raises: invalid_blocks_format, or invalid_blocks with every reason.
    """
    if blocks in (None, ""):
        return None
    if isinstance(blocks, str):
        raise SlackError("invalid_blocks_format")
    errors = validate_blocks(Surface.MESSAGE, blocks)
    if errors or not isinstance(blocks, list):
        lines = _lines(errors, "/blocks")
        messages = [f"[ERROR] {line}" for line in lines]
        raise SlackError("invalid_blocks", errors=lines, response_metadata={"messages": messages})
    return blocks


def checked_rich(blocks: object) -> list[Json]:
    """Return the *blocks* that go with files.

    Raises: invalid_blocks.
    """
    if not isinstance(blocks, list) or validate_blocks(Surface.MESSAGE, blocks):
        raise SlackError("invalid_blocks")
    return blocks


def checked_view(view: object, kind: str) -> Json:
    """Return *view* if Slack would show it as a *kind*.

    Raises: view_too_large, or invalid_arguments with every reason.
    """
    if not isinstance(view, dict):
        raise invalid("must provide an object", "/view")
    if view.get("type") != kind:
        raise invalid(f"must be one of: {kind}", "/view/type")
    errors = validate_view(view)
    if any(error.code == "view_too_large" for error in errors):
        raise SlackError("view_too_large")
    if errors:
        messages = [f"[ERROR] {line}" for line in _lines(errors, "/view")]
        raise SlackError("invalid_arguments", response_metadata={"messages": messages})
    return view


def _lines(errors: Sequence[BlockError], root: str) -> list[str]:
    return [f"{error.message} [json-pointer:{root}{error.pointer}]" for error in errors]


def blocks_validate(stage: Stage, args: Arguments) -> Json:
    given = [name for name in ("blocks", "message", "view") if args.get(name) is not None]
    if len(given) != 1:
        line = "must provide exactly one of `blocks`, `view`, or `message`"
        raise SlackError("invalid_arguments", response_metadata={"messages": [line]})
    value = args.get(given[0])
    match given[0]:
        case "view":
            if errors := validate_view(value):
                raise SlackError("invalid_view", errors=[error.as_json() for error in errors])
        case "message":
            blocks = value.get("blocks") if isinstance(value, dict) else value
            if errors := validate_blocks(Surface.MESSAGE, blocks):
                raise SlackError("invalid_message", errors=[error.as_json() for error in errors])
        case _:
            if errors := validate_blocks(Surface.MESSAGE, value):
                raise SlackError("invalid_blocks", errors=[error.as_json() for error in errors])
    return {}


METHODS: Methods = {"blocks.validate": blocks_validate}
