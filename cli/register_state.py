"""`ekstranet register refresh`, `status` and `show`: how our copies of the registers stand."""

import asyncio
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

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
    RegisterCopy,
    RegisterName,
    RegisterRun,
    RegisterStatus,
    ShowRegisterEntry,
)
from shared.messaging.bus import Bus

COMPLETE = "complete"
LOOK_AGAIN = 0.3


def refresh(which: str | None, *, full: bool, allow_losses: bool, as_json: bool) -> None:
    """Have a register read now, or all of them, and watch until that is done."""
    register = RegisterName(which) if which else None

    async def question(bus: Bus) -> tuple[RegisterRun, ...]:
        wish = RefreshRegister(whole=full, allow_losses=allow_losses, register_name=register)
        before = await bus.call(wish)
        last = _latest(before)
        wanted = {one.register_name for one in before.registers if one.classification}
        wanted &= {register} if register else wanted
        with Progress(transient=True, disable=as_json) as progress:
            task = progress.add_task(say("reading_register"), total=None)
            while True:
                status = await bus.call(GetRegisterStatus())
                done = {name: run for name, run in _latest(status).items() if run != last.get(name)}
                if wanted <= done.keys():
                    return tuple(done[name] for name in sorted(wanted))
                if status.going is not None:
                    progress.update(task, **_progress(status, status.going, full=full))
                await asyncio.sleep(LOOK_AGAIN)

    runs = ask(question)
    if as_json:
        typer.echo(f"[{', '.join(run.model_dump_json(indent=2) for run in runs)}]")
    for run in () if as_json else runs:
        if run.outcome == COMPLETE:
            told = {"read": run.read, "added": run.added, "changed": run.changed, "gone": run.gone}
            typer.echo(f"{name_of(run.register_name)}: {say('register_read', **told)}")
        if run.refused:
            typer.echo(say("register_refused", count=run.refused))
    stopped = [run for run in runs if run.outcome != COMPLETE]
    for run in stopped:
        complain(run.outcome, "register_stopped", details=f"{name_of(run.register_name)}: {run.detail}")
    if stopped:
        raise typer.Exit(REFUSED)


def name_of(register: RegisterName) -> str:
    """What *register* is called."""
    return say(f"register_{register}")


def _latest(status: RegisterStatus) -> dict[RegisterName, RegisterRun]:
    return {one.register_name: one.latest for one in status.registers if one.latest is not None}


def _progress(status: RegisterStatus, going: RegisterRun, *, full: bool) -> dict[str, Any]:
    held = next((one.entries for one in status.registers if one.register_name is going.register_name), 0)
    return {
        "description": f"{say('reading_register')}: {name_of(going.register_name)}",
        "completed": going.read,
        "total": held if full and held else None,
    }


def show_status(*, as_json: bool) -> None:
    """Print how old our copies are, what goes on, and what is not believed."""

    async def question(bus: Bus) -> RegisterStatus:
        return await bus.call(GetRegisterStatus())

    status = ask(question)
    if as_json:
        typer.echo(status.model_dump_json(indent=2))
        return
    headings = ["", *(name_of(one.register_name) for one in status.registers)]
    table(headings, [[say(key), *cells] for key, cells in _rows(status.registers)])
    typer.echo(f"{say('register_address')}: {status.address or '-'}")
    typer.echo(say("register_customers", count=status.customers))
    if status.going is not None:
        going = f"{status.going.read} / {status.going.total or '?'}"
        typer.echo(f"{say('register_going')}: {name_of(status.going.register_name)} {going}")
    if any(_leads_nowhere(one) for one in status.registers):
        typer.echo(say("register_leads_nowhere"))
    if status.first_findings:
        columns = [say(key) for key in ("register", "oid", "code", "since")]
        table(
            columns,
            [
                [name_of(one.register_name), one.oid, one.code, moment(one.found_at)]
                for one in status.first_findings
            ],
        )


def _rows(copies: Sequence[RegisterCopy]) -> Iterator[tuple[str, list[str]]]:
    now = datetime.now(UTC)
    yield "register_classification", [one.classification or "-" for one in copies]
    yield "register_read_at", [moment(one.read_at) or "-" for one in copies]
    yield "register_whole_at", [moment(one.whole_at) or "-" for one in copies]
    yield "register_stale_at", [_stale(one, now) for one in copies]
    yield "register_next_at", [moment(one.next_at) or "-" for one in copies]
    yield "register_entries", [str(one.entries) for one in copies]
    yield "register_nameless", [str(one.without_business_id) for one in copies]
    yield "register_findings", [str(one.findings) for one in copies]
    if any(one.failed for one in copies):
        yield "register_failed", [_failed(one) for one in copies]


def _stale(copy: RegisterCopy, now: datetime) -> str:
    late = copy.stale_at is not None and copy.stale_at < now
    return (moment(copy.stale_at) or "-") + (" !" if late else "")


def _failed(copy: RegisterCopy) -> str:
    if copy.failed is None:
        return "-"
    return escape(f"{moment(copy.failed.finished_at)} [{copy.failed.outcome}] {copy.failed.detail}")


def _leads_nowhere(copy: RegisterCopy) -> bool:
    """Whether so few entries name a business ID that it must be called otherwise there."""
    return copy.entries > 0 and copy.without_business_id > copy.entries / 2


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
        own = entry.register_name is RegisterName.ORGANISATIONS
        where = "" if own else f" [dim]{escape(name_of(entry.register_name))}[/]"
        line = f"{escape(entry.name)} ({entry.oid}) {entry.state}, {dates}{where}{trouble}"
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
