"""The commands by which main users are named and removed. What a command needs is imported when it runs."""

from datetime import datetime
from typing import Annotated

import typer

from cli.naming import organisations as organisations
from cli.words import say

AsJson = Annotated[bool, typer.Option("--json", help=say("help_json"))]


@organisations.command("main-users", help=say("help_main_users"))
def organisations_main_users(
    organisation: Annotated[str | None, typer.Option(help=say("help_organisation"))] = None,
    without: Annotated[bool, typer.Option("--without", help=say("help_without"))] = False,
    as_json: AsJson = False,
) -> None:
    from cli.main_users import list_main_users

    list_main_users(organisation, without=without, as_json=as_json)


@organisations.command("name-main-user", help=say("help_name_main_user"))
def organisations_name_main_user(
    organisation: Annotated[str, typer.Option(help=say("help_organisation"))],
    person: Annotated[str, typer.Option(help=say("help_person"))],
    until: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help=say("help_until"))],
    reason: Annotated[str, typer.Option(help=say("help_reason"))],
    evidence: Annotated[str, typer.Option(help=say("help_evidence"))],
    as_json: AsJson = False,
) -> None:
    from cli.main_users import name

    name(organisation, person, until.date(), reason, evidence, as_json=as_json)


@organisations.command("remove-main-user", help=say("help_remove_main_user"))
def organisations_remove_main_user(
    organisation: Annotated[str, typer.Option(help=say("help_organisation"))],
    person: Annotated[str, typer.Option(help=say("help_person"))],
    reason: Annotated[str, typer.Option(help=say("help_reason"))],
    evidence: Annotated[str, typer.Option(help=say("help_evidence"))],
    force: Annotated[bool, typer.Option("--force", help=say("help_force"))] = False,
    as_json: AsJson = False,
) -> None:
    from cli.main_users import remove

    remove(organisation, person, reason, evidence, force=force, as_json=as_json)
