"""Tables and moments for the terminal."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_datetime
from rich.console import Console
from rich.table import Table

from cli.words import language

# English as Europe writes dates: 27/11/2026, and not 11/27/26.
LOCALES = {"fi": "fi_FI", "sv": "sv_FI", "en": "en_GB"}


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print *rows* under *headings*."""
    drawn = Table(*headings, box=None, header_style="bold", pad_edge=False)
    for row in rows:
        drawn.add_row(*row)
    Console().print(drawn)


def moment(when: datetime | None) -> str:
    """*when* in Finnish time, as the operator's language writes it."""
    if when is None:
        return ""
    return format_datetime(when, "short", tzinfo=ZoneInfo("Europe/Helsinki"), locale=LOCALES[language()])
