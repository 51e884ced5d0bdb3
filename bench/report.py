"""The figures as a table in the terminal, and as docs/bench.md with a drawing."""

import os
import platform
from collections.abc import Sequence
from datetime import UTC, datetime
from html import escape
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench.figures import Figure

PAGE = Path(__file__).resolve().parents[1] / "docs" / "bench.md"
WIDTH, ROW, LABEL, FULL = 720, 26, 330, 300


def show(figures: Sequence[Figure]) -> None:
    """Print the table."""
    table = Table("what", "value", "limit", "ratio", "", "note")
    for one in figures:
        colour = "green" if one.passes else "red"
        verdict = f"[{colour}]{one.verdict}[/]" if one.verdict else ""
        table.add_row(one.name, _value(one), _limit(one), _ratio(one), verdict, one.note)
    Console(width=150).print(table)


def write(figures: Sequence[Figure], *, rounds: int) -> None:
    """Write docs/bench.md."""
    PAGE.write_text(page(figures, rounds=rounds), encoding="utf-8")


def page(figures: Sequence[Figure], *, rounds: int) -> str:
    """The whole of docs/bench.md."""
    rows = "\n".join(
        f"| {one.name} | {_value(one)} | {_limit(one)} | {_ratio(one)} | {one.verdict} | {one.note} |"
        for one in figures
    )
    day = datetime.now(UTC).date().isoformat()
    return f"""# What was measured

Made by `python -m bench --write`: do not edit. Medians of {rounds} rounds, each contender once a round, on
{day}, Python {platform.python_version()}, {os.cpu_count()} cores.
Absolute figures move with the machine; ratios are of one run. A ratio of 1 is just enough, more is better.

{drawing(figures)}

| what | value | limit | ratio | | note |
|---|---:|---:|---:|---|---|
{rows}

The echo is a bare nats-py subscription on a plain nats-server, which sends back the very bytes it got. A
check crosses from one account to another, brings back every rung of the ladder, and is held to its contract
on both sides. Acceptances are measured whole but for the minting of the token, which is identity's work.
"""


def drawing(figures: Sequence[Figure]) -> str:
    """A bar for each ratio, and a line where it is just enough."""
    held = [(one, one.ratio) for one in figures if one.ratio is not None]
    most = max([2.0, *(ratio for _, ratio in held)])
    bars = "\n".join(_bar(number, one, ratio / most) for number, (one, ratio) in enumerate(held))
    enough = LABEL + FULL / most
    height = ROW * len(held) + 8
    return f"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" \
aria-label="Each ratio against its limit" font-family="sans-serif" font-size="13">
{bars}
<line x1="{enough:.0f}" y1="0" x2="{enough:.0f}" y2="{height}" stroke="#444" stroke-dasharray="4 3"/>
</svg>"""


def _bar(number: int, one: Figure, share: float) -> str:
    y = ROW * number + 4
    colour = "#2a7d4f" if one.passes else "#b3261e"
    return (
        f'<text x="{LABEL - 8}" y="{y + 14}" text-anchor="end" fill="#555">{escape(one.name)}</text>'
        f'<rect x="{LABEL}" y="{y}" width="{FULL * share:.0f}" height="18" rx="3" fill="{colour}"/>'
        f'<text x="{LABEL + FULL * share + 6:.0f}" y="{y + 14}" fill="#555">{_ratio(one)}</text>'
    )


def _value(one: Figure) -> str:
    return f"{_number(one.value)} {one.unit}"


def _limit(one: Figure) -> str:
    return "" if one.limit is None else f"{one.side.value} {_number(one.limit)} {one.unit}"


def _ratio(one: Figure) -> str:
    return "" if one.ratio is None else f"{one.ratio:.2f}"


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.2f}"
