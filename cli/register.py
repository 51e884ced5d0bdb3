"""`ekstranet register import`: take in a national register from files."""

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import typer
from rich.progress import track

from cli.asking import REFUSED, ask, complain
from cli.register_files import Concept, FilesUnreadable, files_at
from cli.words import say
from shared.contracts.identity import (
    BeginRegisterImport,
    FinishRegisterImport,
    ImportRegisterPage,
    ImportReport,
    RegisterName,
    RegisterRun,
)
from shared.messaging.bus import Bus

ROOM = 48_000
COMPLETE = "complete"


def import_register(
    place: Path, fetched_at: datetime | None, which: str, *, allow_losses: bool, as_json: bool
) -> None:
    """
    Send what is at *place*, a file or a folder, to identity piece by piece; print what came of it.

    *which* is the register that it is of.

    Only files that are the whole register let identity conclude that what is not in them is gone.
    """
    register = RegisterName(which)
    when = (fetched_at or datetime.now(UTC)).astimezone(UTC)
    try:
        files = files_at(place)
        source = files.source
    except (FilesUnreadable, OSError):
        complain("register.file_unreadable", "file_unreadable")
        raise typer.Exit(1) from None

    async def question(bus: Bus) -> tuple[ImportReport, RegisterRun | None]:
        begin = BeginRegisterImport(source=source, fetched_at=when, register_name=register)
        run = await bus.call(begin) if files.whole else None
        total, read = ImportReport(added=0, changed=0, unchanged=0, refused=()), 0
        pieces = track(pieces_of(files.concepts()), say("importing"), transient=True, disable=as_json)
        for number, piece in enumerate(pieces, start=1):
            read += len(piece)
            if run is not None and number <= run.page:
                continue
            page = ImportRegisterPage(
                concept_codes=tuple(piece),
                fetched_at=when,
                run=run.id if run else None,
                number=number,
                register_name=register,
            )
            total = _sum(total, await bus.call(page))
        if run is not None:
            run = await bus.call(FinishRegisterImport(run=run.id, total=read, allow_losses=allow_losses))
        return total, run

    try:
        total, run = ask(question)
    except FilesUnreadable:
        complain("register.file_unreadable", "file_unreadable")
        raise typer.Exit(1) from None
    if as_json:
        typer.echo(total.model_dump_json(indent=2))
    else:
        typer.echo(say("imported", added=total.added, changed=total.changed, unchanged=total.unchanged))
        typer.echo(say("imported_whole", gone=run.gone) if run else say("imported_part"))
        for entry, code in total.refused:
            complain(code, "entry_refused", entry=entry)
    if run is not None and run.outcome != COMPLETE:
        complain(run.outcome, "register_stopped", details=run.detail)
        raise typer.Exit(REFUSED)


def pieces_of(concepts: Iterable[Concept]) -> Iterator[list[Concept]]:
    """Pieces small enough for one message each; the same pieces for the same files."""
    piece: list[Concept] = []
    size = 0
    for concept in concepts:
        weight = len(json.dumps(concept).encode())
        if piece and size + weight > ROOM:
            yield piece
            piece, size = [], 0
        piece.append(concept)
        size += weight
    if piece:
        yield piece


def _sum(one: ImportReport, other: ImportReport) -> ImportReport:
    return ImportReport(
        added=one.added + other.added,
        changed=one.changed + other.changed,
        unchanged=one.unchanged + other.unchanged,
        refused=(*one.refused, *other.refused),
    )
