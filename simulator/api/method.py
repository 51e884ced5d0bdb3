"""One method of the Web API: what it does; what it takes to call it stands in the reference."""

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from simulator.api.arguments import Arguments
from simulator.stage import Stage
from simulator.wire import Json, SlackError

T = TypeVar("T")
Run = Callable[[Stage, Arguments], Json]
Methods = Mapping[str, Run]


def page(items: list[T], args: Arguments, otherwise: int = 200) -> tuple[list[T], Json]:
    """Cut one page out of *items*, with the cursor to the next."""
    cursor = args.text("cursor") or "0"
    if not cursor.isdecimal():
        raise SlackError("invalid_cursor")
    start, size = int(cursor), max(1, args.whole("limit", otherwise) or otherwise)
    rest = start + size < len(items)
    return items[start : start + size], {"next_cursor": str(start + size) if rest else ""}


def missing_scope(needed: Iterable[str], held: Iterable[str]) -> SlackError:
    return SlackError("missing_scope", needed=",".join(needed), provided=",".join(sorted(held)))
