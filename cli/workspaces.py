"""`ekstranet workspaces`: which chat workspace is used for which organisation."""

import json

import typer
from cryptography.fernet import Fernet

from cli.asking import ask, the_organisation
from cli.printing import table
from cli.words import say
from shared.contracts.identity import BindWorkspace, ListWorkspaces, UnbindWorkspace, WorkspaceView
from shared.messaging.bus import Bus


def list_workspaces(*, as_json: bool) -> None:
    """Print every workspace and its organisations."""

    async def question(bus: Bus) -> tuple[WorkspaceView, ...]:
        return (await bus.call(ListWorkspaces())).workspaces

    _print(ask(question), as_json=as_json)


def bind(team: str, organisation: str, *, as_json: bool) -> None:
    """Let *team* be used for *organisation*."""

    async def question(bus: Bus) -> WorkspaceView:
        found = await the_organisation(bus, organisation)
        return await bus.call(BindWorkspace(team=team, organisation=found.id))

    _print((ask(question),), as_json=as_json)


def unbind(team: str, organisation: str, *, as_json: bool) -> None:
    """Let *team* be used for *organisation* no more."""

    async def question(bus: Bus) -> WorkspaceView:
        found = await the_organisation(bus, organisation)
        return await bus.call(UnbindWorkspace(team=team, organisation=found.id))

    _print((ask(question),), as_json=as_json)


def make_key() -> None:
    """Print a new key for KANTA_BOT_TOKEN_KEYS."""
    typer.echo(Fernet.generate_key().decode())


def _print(workspaces: tuple[WorkspaceView, ...], *, as_json: bool) -> None:
    if as_json:
        found = [workspace.model_dump(mode="json") for workspace in workspaces]
        typer.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    rows = [
        [workspace.team, organisation.name, organisation.business_id, str(workspace.linked)]
        for workspace in workspaces
        for organisation in workspace.organisations
    ]
    if not rows:
        typer.echo(say("no_workspaces"))
        return
    table([say(key) for key in ("workspace", "organisation", "business_id", "linked_accounts")], rows)
