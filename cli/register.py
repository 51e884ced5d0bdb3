"""`ekstranet register import`: take in the national register's organisations."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import typer
from rich.progress import track

from cli.asking import ask, complain
from cli.words import say
from shared.contracts.identity import ImportRegisterPage, ImportReport
from shared.messaging.bus import Bus

ROOM = 48_000


def import_register(file: Path, fetched_at: datetime | None, *, as_json: bool) -> None:
    """Send *file*, the code server's JSON, to identity piece by piece; print what came of it."""
    try:
        concepts = [*_concepts(json.loads(file.read_text(encoding="utf-8")))]
    except (ValueError, KeyError, TypeError, UnicodeDecodeError):
        complain("register.file_unreadable", "file_unreadable")
        raise typer.Exit(1) from None
    when = (fetched_at or datetime.now(UTC)).astimezone(UTC)
    pieces = [*_pieces(concepts)]

    async def question(bus: Bus) -> ImportReport:
        total = ImportReport(added=0, changed=0, unchanged=0, refused=())
        for piece in track(pieces, say("importing"), transient=True, disable=as_json):
            report = await bus.call(ImportRegisterPage(concept_codes=tuple(piece), fetched_at=when))
            total = _sum(total, report)
        return total

    total = ask(question)
    if as_json:
        typer.echo(total.model_dump_json(indent=2))
        return
    typer.echo(say("imported", added=total.added, changed=total.changed, unchanged=total.unchanged))
    for entry, code in total.refused:
        complain(code, "entry_refused", entry=entry)


def _concepts(document: Any) -> Iterator[dict[str, Any]]:
    """One page, or a list of pages, as the code server's interface gives them."""
    pages = document if isinstance(document, list) else [document]
    for page in pages:
        for concept in page["conceptCodes"]:
            if not isinstance(concept, dict):
                raise TypeError
            yield concept


def _pieces(concepts: list[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """Pieces small enough for one message each."""
    piece: list[dict[str, Any]] = []
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
