"""`ekstranet migration sheet`: what an organisation of this kind does at Suomi.fi, and what it does here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

import typer
import yaml
from babel.dates import format_date
from jinja2 import Environment, PackageLoader, select_autoescape

from cli.asking import ask, the_organisation
from cli.words import catalogue, language
from shared.contracts.base import Language
from shared.contracts.identity import OrganisationKind, OrganisationView


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do, and who says so."""

    text: str
    source: str = ""
    date: str = ""


def print_sheet(organisation: str, lang: Language | None, *, html: bool) -> None:
    """Print the sheet of an organisation."""
    where = ask(lambda bus: the_organisation(bus, organisation))
    today = datetime.now(UTC).astimezone(ZoneInfo("Europe/Helsinki")).date()
    typer.echo(sheet(where, lang or language(), today, html=html))


def sheet(where: OrganisationView, spoken: Language, today: date, *, html: bool) -> str:
    """The sheet of the organisation *where*, in *spoken*."""
    words = catalogue(spoken)
    environment = Environment(
        loader=PackageLoader("cli.migration", "sheets"),
        autoescape=select_autoescape(("html",)),
        keep_trailing_newline=True,
    )
    return environment.get_template("sheet.html" if html else "sheet.md").render(
        language=spoken,
        title=words["sheet_title"],
        organisation=where,
        kind=words[f"kind_{where.kind}"],
        today=format_date(today, "long", locale=spoken),
        words=words,
        there=there(where.kind, spoken),
        here=here(spoken),
    )


def there(kind: OrganisationKind, spoken: Language) -> Sequence[Step]:
    """What an organisation of this *kind* does at Suomi.fi."""
    return [
        Step(step[spoken], step["source"], str(step["date"]))
        for step in _document()["there"]
        if kind.value in step["kinds"]
    ]


def here(spoken: Language) -> Sequence[Step]:
    """What every organisation does here."""
    return [Step(step[spoken]) for step in _document()["here"]]


@cache
def _document() -> dict[str, Any]:
    text = files("cli.migration").joinpath("sheets", "steps.yaml").read_text(encoding="utf-8")
    document: dict[str, Any] = yaml.safe_load(text)
    return document
