"""The burn-down picture: how many Katso roles stood where, day by day; as SVG that says so in words, too."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from shared.contracts.legacy import Tally

WIDTH, HEIGHT = 900, 420
LEFT, RIGHT, TOP, BOTTOM = 56, 250, 24, 56
# From the bottom up. Each band has a pattern besides its colour (Okabe and Ito's, told apart by all eyes).
BANDS: Sequence[tuple[str, str, str]] = (
    ("not_started", "#d55e00", ""),
    ("on_the_way", "#e69f00", "M0 8L8 0"),
    ("reaccepted", "#009e73", "M4 0V8"),
    ("not_needed", "#bbbbbb", "M0 4H8"),
)


@dataclass(frozen=True, slots=True)
class Words:
    """What the picture says: its title, one sentence of what it shows, and the name of each band."""

    title: str
    description: str
    bands: Mapping[str, str]
    days: Sequence[str]


def svg(history: Sequence[Tally], words: Words) -> str:
    """The picture of *history*, the oldest day first."""
    total = max((tally.total for tally in history), default=0) or 1
    across = [_across(place, len(history)) for place in range(len(history))]
    parts = [*_patterns(), *_axis(total)]
    floor = [0] * len(history)
    middles = []
    for name, colour, _ in BANDS:
        roof = [low + _count(tally, name) for low, tally in zip(floor, history, strict=True)]
        if history and any(_count(tally, name) for tally in history):
            parts.append(_band(name, across, floor, roof, total))
        middles.append((name, colour, (floor[-1] + roof[-1]) / 2 if history else 0, _last(history, name)))
        floor = roof
    parts += _names(middles, total, words)
    parts += _days(across, words.days)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-labelledby="title desc" font-family="system-ui, sans-serif" font-size="14">'
        f'<title id="title">{escape(words.title)}</title><desc id="desc">{escape(words.description)}</desc>'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>{"".join(parts)}</svg>\n'
    )


def labelled(days: Sequence[date], text: Mapping[date, str]) -> list[str]:
    """The words under the picture: of many days only as many as can be read."""
    step = max(1, -(-len(days) // 8))
    last = len(days) - 1
    return [text[day] if (last - place) % step == 0 else "" for place, day in enumerate(days)]


def _count(tally: Tally, band: str) -> int:
    return tally.left_on_the_way if band == "on_the_way" else int(getattr(tally, band))


def _last(history: Sequence[Tally], band: str) -> int:
    return _count(history[-1], band) if history else 0


def _across(place: int, count: int) -> float:
    room = WIDTH - LEFT - RIGHT
    return round(LEFT + (room * place / (count - 1) if count > 1 else room), 1)


def _up(value: float, total: int) -> float:
    return round(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * value / total, 1)


def _band(name: str, across: Sequence[float], floor: Sequence[int], roof: Sequence[int], total: int) -> str:
    if len(across) == 1:
        # One day is no line yet: a bar across the room.
        across, floor, roof = [float(LEFT), across[0]], [floor[0]] * 2, [roof[0]] * 2
    there = [f"{x} {_up(y, total)}" for x, y in zip(across, roof, strict=True)]
    back = [f"{x} {_up(y, total)}" for x, y in zip(reversed(across), reversed(floor), strict=True)]
    return f'<path d="M{"L".join([*there, *back])}Z" fill="url(#{name})" stroke="#333333" stroke-width="1"/>'


def _patterns() -> list[str]:
    drawn = [
        f'<pattern id="{name}" width="8" height="8" patternUnits="userSpaceOnUse">'
        f'<rect width="8" height="8" fill="{colour}"/>'
        + (f'<path d="{line}" stroke="#333333" stroke-width="1"/>' if line else "")
        + "</pattern>"
        for name, colour, line in BANDS
    ]
    return [f"<defs>{''.join(drawn)}</defs>"]


def _axis(total: int) -> list[str]:
    step = max(1, -(-total // 5))
    parts = []
    for value in range(0, total + 1, step):
        y = _up(value, total)
        parts.append(f'<path d="M{LEFT} {y}H{WIDTH - RIGHT}" stroke="#cccccc" stroke-width="1"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{y + 5}" text-anchor="end" fill="#222222">{value}</text>')
    return parts


def _names(middles: Sequence[tuple[str, str, float, int]], total: int, words: Words) -> list[str]:
    """The bands' names beside them, with how many there are now; none lies over another."""
    x, parts, lowest = WIDTH - RIGHT + 12, [], float(HEIGHT)
    for name, _, middle, count in middles:
        y = min(_up(middle, total) + 5, lowest - 22)
        lowest = y
        parts.append(
            f'<rect x="{x}" y="{y - 12}" width="14" height="14" fill="url(#{name})" stroke="#333333"/>'
        )
        text = f"{words.bands[name]}: {count}"
        parts.append(f'<text x="{x + 20}" y="{y}" fill="#222222">{escape(text)}</text>')
    return parts


def _days(across: Sequence[float], days: Sequence[str]) -> list[str]:
    y = HEIGHT - BOTTOM + 22
    return [
        f'<text x="{x}" y="{y}" text-anchor="middle" fill="#222222">{escape(day)}</text>'
        for x, day in zip(across, days, strict=True)
        if day
    ]
