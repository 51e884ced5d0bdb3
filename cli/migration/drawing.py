"""`ekstranet migration chart`: the burn-down picture, alone or on a page with its table."""

from collections.abc import Sequence
from pathlib import Path

import typer
from babel.dates import format_date
from jinja2 import Environment, PackageLoader

from cli.asking import ask, complain
from cli.migration.chart import BANDS, Words, labelled, svg
from cli.migration.telling import look
from cli.words import catalogue, language
from shared.contracts.base import Language
from shared.contracts.legacy import Tally

ENDINGS = {".svg", ".html"}


def draw(out: Path, organisation: str, lang: Language | None) -> None:
    """Write the picture of an organisation's way to *out*."""
    if out.suffix not in ENDINGS:
        complain("migration.chart_ending", "chart_ending")
        raise typer.Exit(1)
    where, view = ask(lambda bus: look(bus, organisation, history=True))
    if not view.history:
        complain("migration.nothing_imported", "no_legacy")
        raise typer.Exit(1)
    spoken = lang or language()
    words = words_of(where.name, view.history, spoken)
    picture = svg(view.history, words)
    out.write_text(
        picture if out.suffix == ".svg" else page(picture, view.history, words, spoken), encoding="utf-8"
    )


def words_of(name: str, history: Sequence[Tally], spoken: Language) -> Words:
    """What the picture of *history*, which is not empty, says in *spoken*."""
    text = catalogue(spoken)
    days = [tally.day for tally in history]
    short = {day: format_date(day, "d.M." if spoken != "en" else "d MMM", locale=spoken) for day in days}
    first, now = (history[0], history[-1])
    return Words(
        title=text["chart_title"].format(organisation=name),
        description=text["chart_description"].format(
            first=first.left, left=now.left, done=now.reaccepted, dropped=now.not_needed
        ),
        bands={band: text[f"band_{band}"] for band, _, _ in BANDS},
        days=labelled(days, short),
    )


def page(picture: str, history: Sequence[Tally], words: Words, spoken: Language) -> str:
    """A page with the picture and, for whoever does not see it, the same as a table."""
    environment = Environment(loader=PackageLoader("cli.migration", "sheets"), autoescape=True)
    text = catalogue(spoken)
    rows = [
        (
            format_date(one.day, "medium", locale=spoken),
            one.not_started,
            one.left_on_the_way,
            one.reaccepted,
            one.not_needed,
        )
        for one in history
    ]
    return environment.get_template("chart.html").render(
        language=spoken, words=words, picture=picture, day=text["day"], rows=rows
    )
