"""One method of the Web API: what it does, and what it takes to call it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from simulator.api.arguments import Arguments
from simulator.stage import Stage
from simulator.wire import Json, SlackError

Run = Callable[[Stage, Arguments], Json]


@dataclass(frozen=True, slots=True)
class Method:
    """*by* is the kind of token it takes, *scopes* are those of which one is enough."""

    run: Run
    scopes: tuple[str, ...] = ()
    by: Literal["bot", "app", "either"] = "bot"


Methods = Mapping[str, Method]


def page(items: list[Json], args: Arguments, otherwise: int = 200) -> tuple[list[Json], Json]:
    """Cut one page out of *items*, with the cursor to the next."""
    cursor = args.text("cursor") or "0"
    if not cursor.isdecimal():
        raise SlackError("invalid_cursor")
    start, size = int(cursor), max(1, args.whole("limit", otherwise) or otherwise)
    rest = start + size < len(items)
    return items[start : start + size], {"next_cursor": str(start + size) if rest else ""}
