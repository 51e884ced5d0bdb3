"""`ekstranet migration import`: take in the pages of a Katso listing."""

import json
from collections.abc import Sequence
from pathlib import Path

import typer

from cli.asking import ask, complain, the_organisation
from cli.migration.columns import Columns, ColumnsInvalid, columns
from cli.migration.listing import Listing, ListingRefused, read_listing
from cli.words import say
from shared.contracts.base import OrganisationId, PersonId
from shared.contracts.identity import FindPeople
from shared.contracts.legacy import MOST_ROWS, ImportLegacyGrants, LegacyImported, LegacyRow
from shared.messaging.bus import Bus


def import_listings(
    files: Sequence[Path], organisation: str, map_file: Path | None, *, as_json: bool
) -> None:
    """Send what *files* hold to roles; print what came of it, and what of each file could not be taken."""
    try:
        known = columns(map_file)
    except ColumnsInvalid:
        complain("migration.columns_invalid", "columns_invalid")
        raise typer.Exit(1) from None
    contents = {file: file.read_bytes() for file in files}

    async def question(bus: Bus) -> tuple[LegacyImported, list[tuple[Path, Listing]]]:
        where = await the_organisation(bus, organisation)
        # All are read before anything is sent: a page that cannot be taken stops the others, too.
        listings = [
            (file, _read(file, content, known, where.business_id)) for file, content in contents.items()
        ]
        people: dict[str, PersonId | None] = {}
        total = LegacyImported(added=0, changed=0, unchanged=0)
        for _, listing in listings:
            rows = [await _matched(bus, row, people) for row in listing.rows]
            total = _sum(total, await _send(bus, where.id, rows))
        return total, listings

    total, listings = ask(question)
    wrong = [(file, line, code) for file, listing in listings for line, code in listing.wrong]
    wrong += [(listings[0][0], line, code) for line, code in total.refused]
    if as_json:
        told = total.model_dump(mode="json", exclude={"refused"})
        told["refused"] = [{"file": file.name, "line": line, "code": code} for file, line, code in wrong]
        typer.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        typer.echo(
            say("legacy_imported", added=total.added, changed=total.changed, unchanged=total.unchanged)
        )
        for file, line, code in wrong:
            complain(code, "line_left_out", file=file.name, line=line, why=say(code.replace(".", "_")))


def _read(file: Path, content: bytes, known: Columns, business_id: str) -> Listing:
    try:
        return read_listing(content, known, business_id)
    except ListingRefused as no:
        why = say(no.code.replace(".", "_"))
        complain(no.code, "listing_refused", file=file.name, line=no.line, why=why)
        raise typer.Exit(1) from None


async def _matched(bus: Bus, row: LegacyRow, people: dict[str, PersonId | None]) -> LegacyRow:
    """*row* with its holder, if identity knows one such person: by Katso ID, or else by name."""
    if row.receiver is not None:
        return row
    for text in (row.katso_id, row.holder):
        if text is None:
            continue
        if text not in people:
            found = (await bus.call(FindPeople(text=text))).people
            people[text] = found[0].id if len(found) == 1 else None
        if (person := people[text]) is not None:
            return row.model_copy(update={"person": person})
    return row


async def _send(bus: Bus, organisation: OrganisationId, rows: Sequence[LegacyRow]) -> LegacyImported:
    total = LegacyImported(added=0, changed=0, unchanged=0)
    for start in range(0, len(rows), MOST_ROWS):
        some = tuple(rows[start : start + MOST_ROWS])
        total = _sum(total, await bus.call(ImportLegacyGrants(organisation=organisation, rows=some)))
    return total


def _sum(one: LegacyImported, other: LegacyImported) -> LegacyImported:
    return LegacyImported(
        added=one.added + other.added,
        changed=one.changed + other.changed,
        unchanged=one.unchanged + other.unchanged,
        refused=(*one.refused, *other.refused),
    )
