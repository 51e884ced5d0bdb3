"""The operator's commands. What a command needs is imported when it runs, so that each starts at once."""

from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal

import typer

from cli.migration.commands import migration
from cli.naming import links, organisations, people, sessions
from cli.words import say

app = typer.Typer(
    no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help=say("help")
)
access = typer.Typer(no_args_is_help=True, help=say("help_access"))
grants = typer.Typer(no_args_is_help=True, help=say("help_grants"))
register = typer.Typer(no_args_is_help=True, help=say("help_register"))
identity = typer.Typer(no_args_is_help=True, help=say("help_identity"))
workspaces = typer.Typer(no_args_is_help=True, help=say("help_workspaces"))
guidance = typer.Typer(no_args_is_help=True, help=say("help_guidance"))
app.add_typer(access, name="access")
app.add_typer(grants, name="grants")
app.add_typer(register, name="register")
app.add_typer(identity, name="identity")
identity.add_typer(people, name="people")
identity.add_typer(links, name="links")
identity.add_typer(sessions, name="sessions")
app.add_typer(organisations, name="organisations")
app.add_typer(workspaces, name="workspaces")
app.add_typer(guidance, name="guidance")
app.add_typer(migration, name="migration")

AsJson = Annotated[bool, typer.Option("--json", help=say("help_json"))]
AllowLosses = Annotated[bool, typer.Option("--allow-losses", help=say("help_allow_losses"))]
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


@register.command("import", help=say("help_register_import"))
def register_import(
    place: Annotated[Path, typer.Argument(exists=True, help=say("help_file"))],
    fetched_at: Annotated[datetime | None, typer.Option(help=say("help_fetched_at"))] = None,
    allow_losses: AllowLosses = False,
    as_json: AsJson = False,
) -> None:
    from cli.register import import_register

    import_register(place, fetched_at, allow_losses=allow_losses, as_json=as_json)


@register.command("refresh", help=say("help_register_refresh"))
def register_refresh(
    full: Annotated[bool, typer.Option("--full", help=say("help_full"))] = False,
    allow_losses: AllowLosses = False,
    as_json: AsJson = False,
) -> None:
    from cli.register_state import refresh

    refresh(full=full, allow_losses=allow_losses, as_json=as_json)


@register.command("status", help=say("help_register_status"))
def register_status(as_json: AsJson = False) -> None:
    from cli.register_state import show_status

    show_status(as_json=as_json)


@register.command("show", help=say("help_register_show"))
def register_show(
    text: Annotated[str, typer.Argument(help=say("help_register_text"))], as_json: AsJson = False
) -> None:
    from cli.register_state import show_entry

    show_entry(text, as_json=as_json)


@register.command("adopt", help=say("help_register_adopt"))
def register_adopt(
    business_id: Annotated[str, typer.Argument(help=say("business_id"))], as_json: AsJson = False
) -> None:
    from cli.register_state import adopt

    adopt(business_id, as_json=as_json)


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
