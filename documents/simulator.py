"""docs/simulator-wire.md: every method, event and interaction that the simulator speaks, as its code says."""

from collections.abc import Iterator

from simulator.api.documented import Documented, reference
from simulator.people.acts import ACTS
from simulator.spoken import EVENTS, INTERACTIONS


def page() -> str:
    """The whole of docs/simulator-wire.md."""
    return "\n".join(_lines()).rstrip() + "\n"


def _lines() -> Iterator[str]:
    yield from ["# What the simulator speaks", ""]
    yield "Made by `make docs` from `simulator/`: do not edit. How it is used: [simulator.md](simulator.md)."
    rows = list(reference().methods.values())
    yield from ["", f"## Methods of the Web API ({len(rows)})", ""]
    yield (
        "Tier, tokens, scopes and refusals are those of Slack's reference; no call is refused otherwise. "
        "Of the scopes one is enough. Any other method is an `unknown_method`."
    )
    yield from ["", "| method | tier | token | scopes |", "|---|---|---|---|"]
    yield from map(_method, sorted(rows, key=lambda row: row.name))
    yield from ["", f"## Events ({len(EVENTS)})", "", "Sent when the manifest subscribes to them.", ""]
    yield from ["| event | comes when |", "|---|---|"]
    yield from (f"| `{name}` | {when} |" for name, when in EVENTS.items())
    yield from ["", f"## Interactions ({len(INTERACTIONS)})", "", "| kind | comes when |", "|---|---|"]
    yield from (f"| `{name}` | {when} |" for name, when in INTERACTIONS.items())
    yield from ["", f"## What people do ({len(ACTS)})", ""]
    yield (
        "The verbs of `Person.act` and of the page: " + ", ".join(f"`{name}`" for name in sorted(ACTS)) + "."
    )


def _method(row: Documented) -> str:
    tokens = ", ".join(sorted(row.tokens)) or "none"
    scopes = ", ".join(f"`{scope}`" for scope in row.scopes)
    return f"| `{row.name}` | {row.tier} | {tokens} | {scopes} |"
