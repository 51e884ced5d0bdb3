"""The commands about who people are, and how they proved it. Imports wait until a command runs."""

from typing import Annotated

import typer

from cli.naming import links, people, sessions
from cli.words import say

identity = typer.Typer(no_args_is_help=True, help=say("help_identity"))
identity.add_typer(people, name="people")
identity.add_typer(links, name="links")
identity.add_typer(sessions, name="sessions")

AsJson = Annotated[bool, typer.Option("--json", help=say("help_json"))]


@identity.command("mandates", help=say("help_identity_mandates"))
def identity_mandates(
    person: Annotated[str, typer.Option(help=say("help_person"))], as_json: AsJson = False
) -> None:
    from cli.mandates import list_mandates

    list_mandates(person, as_json=as_json)


@identity.command("rekey", help=say("help_identity_rekey"))
def identity_rekey() -> None:
    from cli.preparing import rekey_codes

    rekey_codes()


@identity.command("refused", help=say("help_identity_refused"))
def identity_refused(
    hours: Annotated[int, typer.Option(help=say("help_hours"), min=1, max=24 * 400)] = 24,
    as_json: AsJson = False,
) -> None:
    from cli.logins import list_refused

    list_refused(hours, as_json=as_json)


@identity.command("levels", help=say("help_identity_levels"))
def identity_levels(as_json: AsJson = False) -> None:
    from cli.levels import show_levels

    show_levels(as_json=as_json)
