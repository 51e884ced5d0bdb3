"""`ekstranet register refresh`, `status` and `show`: how our copy of the register stands."""

import asyncio
from datetime import UTC, datetime

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import Progress
from rich.tree import Tree

from cli.asking import REFUSED, ask, complain
from cli.printing import moment, table
from cli.words import say
from shared.contracts.identity import (
    AdoptOrganisation,
    GetRegisterStatus,
    OrganisationView,
    RefreshRegister,
    RegisterBranch,
    RegisterRun,
    RegisterStatus,
    ShowRegisterEntry,
)
from shared.messaging.bus import Bus

COMPLETE = "complete"
LOOK_AGAIN = 0.3


def refresh(*, full: bool, allow_losses: bool, as_json: bool) -> None:
    """Have the register read now, and watch until that is done."""

    async def question(bus: Bus) -> RegisterRun:
        before = await bus.call(RefreshRegister(whole=full, allow_losses=allow_losses))
        last = before.latest.id if before.latest else 0
        with Progress(transient=True, disable=as_json) as progress:
            task = progress.add_task(say("reading_register"), total=None)
            while True:
                status = await bus.call(GetRegisterStatus())
                if status.latest is not None and status.latest.id > last:
                    return status.latest
                if status.going is not None:
                    total = status.entries if full and status.entries else None
                    progress.update(task, completed=status.going.read, total=total)
                await asyncio.sleep(LOOK_AGAIN)

    run = ask(question)
    if as_json:
        typer.echo(run.model_dump_json(indent=2))
    elif run.outcome == COMPLETE:
        typer.echo(say("register_read", read=run.read, added=run.added, changed=run.changed, gone=run.gone))
        if run.refused:
            typer.echo(say("register_refused", count=run.refused))
    if run.outcome != COMPLETE:
        complain(run.outcome, "register_stopped", details=run.detail)
        raise typer.Exit(REFUSED)


def show_status(*, as_json: bool) -> None:
    """Print how old our copy is, what goes on, and what is not believed."""

    async def question(bus: Bus) -> RegisterStatus:
        return await bus.call(GetRegisterStatus())

    status = ask(question)
    if as_json:
        typer.echo(status.model_dump_json(indent=2))
        return
    stale = status.stale_at is not None and status.stale_at < datetime.now(UTC)
    rows = [
        [say("register_address"), status.address or "-"],
        [say("register_read_at"), moment(status.read_at) or "-"],
        [say("register_whole_at"), moment(status.whole_at) or "-"],
        [say("register_stale_at"), (moment(status.stale_at) or "-") + (" !" if stale else "")],
        [say("register_next_at"), moment(status.next_at) or "-"],
        [say("register_entries"), f"{status.entries} ({status.customers})"],
        [say("register_findings"), str(status.findings)],
    ]
    if status.going is not None:
        rows.append([say("register_going"), f"{status.going.read} / {status.going.total or '?'}"])
    if status.failed is not None:
        why = f"{moment(status.failed.finished_at)} [{status.failed.outcome}] {status.failed.detail}"
        rows.append([say("register_failed"), escape(why)])
    table([say("subject"), say("state")], rows)
    if status.first_findings:
        headings = [say(key) for key in ("oid", "code", "since")]
        table(headings, [[one.oid, one.code, moment(one.found_at)] for one in status.first_findings])


def show_entry(text: str, *, as_json: bool) -> None:
    """Print the branch of the register that *text* names, as a tree."""

    async def question(bus: Bus) -> RegisterBranch:
        return await bus.call(ShowRegisterEntry(text=text))

    branch = ask(question)
    if as_json:
        typer.echo(branch.model_dump_json(indent=2))
        return
    root = Tree(escape(text))
    above: list[Tree] = [root]
    for entry in branch.entries:
        dates = f"{entry.valid_from or '…'}/{entry.valid_until or '…'}"
        trouble = f" [red]{escape(entry.trouble)}[/]" if entry.trouble else ""
        line = f"{escape(entry.name)} ({entry.oid}) {entry.state}, {dates}{trouble}"
        del above[entry.depth + 1 :]
        above.append(above[-1].add(line))
    Console().print(root)
    if branch.keeper is not None:
        typer.echo(say(f"mend_{branch.keeper}"))


def adopt(business_id: str, *, as_json: bool) -> None:
    """Take an organisation of the register for a customer."""

    async def question(bus: Bus) -> OrganisationView:
        return await bus.call(AdoptOrganisation(business_id=business_id))

    found = ask(question)
    typer.echo(
        found.model_dump_json(indent=2) if as_json else say("adopted", organisation=found.name, id=found.id)
    )
