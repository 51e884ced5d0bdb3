"""`ekstranet identity levels`: how sure is each way to log in?"""

import typer
from rich.markup import escape

from cli.asking import ask
from cli.printing import table
from cli.words import say
from shared.contracts.identity import Assurance, AssuranceMethod, GetAssurance
from shared.messaging.bus import Bus


def show_levels(*, as_json: bool) -> None:
    """Print the table in force, and who says so."""

    async def question(bus: Bus) -> Assurance:
        return await bus.call(GetAssurance())

    found = ask(question)
    if as_json:
        typer.echo(found.model_dump_json(indent=2))
        return
    source = found.file or say("levels_own")
    typer.echo(say("levels_from", label=found.label, source=source))
    headings = ("levels_method", "levels_level", "levels_means", "levels_source", "levels_sure")
    table([say(key) for key in headings], map(_row, found.methods))
    typer.echo(say("levels_least", level=found.least))
    typer.echo(say(f"levels_unlisted_{found.unlisted}"))


def _row(one: AssuranceMethod) -> list[str]:
    source = f"{one.source} ({one.date})"
    return [escape(one.name), one.level, escape(one.means), escape(source), say(f"levels_sure_{one.sure}")]
