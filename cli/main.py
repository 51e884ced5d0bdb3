"""The operator's commands. What a command needs is imported when it runs, so that each starts at once."""

from datetime import datetime
from typing import Annotated, Literal

import typer

from cli.appointing import organisations
from cli.identifying import identity
from cli.migration.commands import migration
from cli.registry import register
from cli.words import say

app = typer.Typer(
    no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help=say("help")
)
access = typer.Typer(no_args_is_help=True, help=say("help_access"))
grants = typer.Typer(no_args_is_help=True, help=say("help_grants"))
workspaces = typer.Typer(no_args_is_help=True, help=say("help_workspaces"))
guidance = typer.Typer(no_args_is_help=True, help=say("help_guidance"))
app.add_typer(access, name="access")
app.add_typer(grants, name="grants")
app.add_typer(register, name="register")
app.add_typer(identity, name="identity")
app.add_typer(organisations, name="organisations")
app.add_typer(workspaces, name="workspaces")
app.add_typer(guidance, name="guidance")
app.add_typer(migration, name="migration")

AsJson = Annotated[bool, typer.Option("--json", help=say("help_json"))]
Team = Annotated[str, typer.Argument(help=say("help_team"))]
Kind = Literal["company", "self_employed", "pharmacy", "public", "foundation", "association", "vendor"]
Organisation = Annotated[str, typer.Argument(help=say("help_organisation"))]


@app.command(help=say("help_start"))
def start() -> None:
    from cli.running.face import start_everything

    start_everything()


@app.command(help=say("help_migrate"))
def migrate() -> None:
    from cli.preparing import migrate_everything

    migrate_everything()


@app.command(help=say("help_keys"))
def keys(listen: Annotated[str, typer.Option(help=say("help_listen"))] = "0.0.0.0:4222") -> None:
    from cli.preparing import make_keys

    make_keys(listen)


@app.command(help=say("help_provision"))
def provision(again: Annotated[bool, typer.Option("--again", help=say("help_again"))] = False) -> None:
    from cli.preparing import provision_bus

    provision_bus(again=again)


@app.command(help=say("help_doctor"))
def doctor(
    only: Annotated[str | None, typer.Option(help=say("help_only"))] = None, as_json: AsJson = False
) -> None:
    from cli.doctor import examine

    examine(only=only, as_json=as_json)


@app.command(help=say("help_manifest"))
def manifest(
    public_url: Annotated[str | None, typer.Option(help=say("help_public_url"))] = None,
    socket: Annotated[bool, typer.Option("--socket/--http", help=say("help_socket"))] = True,
    rotation: Annotated[bool, typer.Option("--rotation", help=say("help_rotation"))] = False,
) -> None:
    from cli.manifest import show

    address = ["--public-url", public_url] if public_url else []
    show([*address, "--socket" if socket else "--http", *(["--rotation"] if rotation else [])])


@access.command("check", help=say("help_access_check"))
def access_check(
    person: Annotated[str, typer.Option(help=say("help_person"))],
    organisation: Annotated[str, typer.Option(help=say("help_organisation"))],
    action: Annotated[str, typer.Option(help=say("help_action"))],
    exit_code: Annotated[bool, typer.Option("--exit-code", help=say("help_exit_code"))] = False,
    as_json: AsJson = False,
) -> None:
    from cli.access import check

    check(person, organisation, action, as_json=as_json, exit_code=exit_code)


@access.command("policy", help=say("help_access_policy"))
def access_policy(
    kind: Annotated[Kind, typer.Option(help=say("help_kind"))],
    on: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help=say("help_on"))] = None,
    as_json: AsJson = False,
) -> None:
    from cli.access import policy

    policy(kind, on, as_json=as_json)


@grants.command("list", help=say("help_grants_list"))
def grants_list(
    organisation: Annotated[str | None, typer.Option(help=say("help_organisation"))] = None,
    as_json: AsJson = False,
) -> None:
    from cli.grants import list_grants

    list_grants(organisation, as_json=as_json)


@workspaces.command("list", help=say("help_workspaces_list"))
def workspaces_list(as_json: AsJson = False) -> None:
    from cli.workspaces import list_workspaces

    list_workspaces(as_json=as_json)


@workspaces.command("bind", help=say("help_workspaces_bind"))
def workspaces_bind(team: Team, organisation: Organisation, as_json: AsJson = False) -> None:
    from cli.workspaces import bind

    bind(team, organisation, as_json=as_json)


@workspaces.command("unbind", help=say("help_workspaces_unbind"))
def workspaces_unbind(team: Team, organisation: Organisation, as_json: AsJson = False) -> None:
    from cli.workspaces import unbind

    unbind(team, organisation, as_json=as_json)


@workspaces.command("key", help=say("help_workspaces_key"))
def workspaces_key() -> None:
    from cli.workspaces import make_key

    make_key()


@guidance.command("ask", help=say("help_guidance_ask"))
def guidance_ask(
    text: Annotated[str, typer.Argument(help=say("help_text"))],
    lang: Annotated[Literal["fi", "sv", "en"] | None, typer.Option(help=say("help_lang"))] = None,
    as_json: AsJson = False,
) -> None:
    from cli.guidance import ask

    ask(text, lang, as_json=as_json)


def main() -> None:
    """Run the command that was typed."""
    app()


if __name__ == "__main__":
    main()
