"""The commands under `ekstranet migration`. What a command needs is imported when it runs."""

from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal

import typer

from cli.words import say

migration = typer.Typer(no_args_is_help=True, help=say("help_migration"))
wave = typer.Typer(no_args_is_help=True, help=say("help_wave"))
migration.add_typer(wave, name="wave")

AsJson = Annotated[bool, typer.Option("--json", help=say("help_json"))]
Organisation = Annotated[str, typer.Option(help=say("help_organisation"))]
Lang = Annotated[Literal["fi", "sv", "en"] | None, typer.Option(help=say("help_lang"))]
Number = Annotated[int, typer.Option("--wave", min=1, help=say("help_wave_number"))]


@migration.command("import", help=say("help_migration_import"))
def import_(
    files: Annotated[list[Path], typer.Argument(exists=True, dir_okay=False, help=say("help_listing"))],
    organisation: Organisation,
    columns: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help=say("help_columns"))
    ] = None,
    as_json: AsJson = False,
) -> None:
    from cli.migration.importing import import_listings

    import_listings(files, organisation, columns, as_json=as_json)


@migration.command("status", help=say("help_migration_status"))
def status(organisation: Organisation, as_json: AsJson = False) -> None:
    from cli.migration.telling import tell_status

    tell_status(organisation, as_json=as_json)


@migration.command("list", help=say("help_migration_list"))
def list_(organisation: Organisation, as_json: AsJson = False) -> None:
    from cli.migration.telling import tell_all

    tell_all(organisation, as_json=as_json)


@migration.command("stragglers", help=say("help_stragglers"))
def stragglers(organisation: Organisation, as_json: AsJson = False) -> None:
    from cli.migration.telling import tell_stragglers

    tell_stragglers(organisation, as_json=as_json)


@migration.command("match", help=say("help_match"))
def match(
    legacy: Annotated[str, typer.Argument(help=say("help_legacy"))],
    person: Annotated[str, typer.Option(help=say("help_person"))],
    as_json: AsJson = False,
) -> None:
    from cli.migration.waves import match_holder

    match_holder(legacy, person, as_json=as_json)


@migration.command("invite", help=say("help_invite"))
def invite(organisation: Organisation, number: Number, as_json: AsJson = False) -> None:
    from cli.migration.waves import ask_main_users

    ask_main_users(organisation, number, as_json=as_json)


@migration.command("chart", help=say("help_chart"))
def chart(
    out: Annotated[Path, typer.Argument(dir_okay=False, help=say("help_chart_out"))],
    organisation: Organisation,
    lang: Lang = None,
) -> None:
    from cli.migration.drawing import draw

    draw(out, organisation, lang)


@migration.command("sheet", help=say("help_sheet"))
def sheet(
    organisation: Organisation,
    lang: Lang = None,
    html: Annotated[bool, typer.Option("--html", help=say("help_html"))] = False,
) -> None:
    from cli.migration.instructing import print_sheet

    print_sheet(organisation, lang, html=html)


@wave.command("plan", help=say("help_wave_plan"))
def wave_plan(
    organisation: Organisation,
    first_day: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help=say("help_first_day"))],
    size: Annotated[int, typer.Option(min=1, max=25, help=say("help_wave_size"))] = 10,
    every_days: Annotated[int, typer.Option(min=0, max=90, help=say("help_every_days"))] = 7,
    as_json: AsJson = False,
) -> None:
    from cli.migration.waves import plan

    plan(organisation, size, first_day.date(), every_days, as_json=as_json)
