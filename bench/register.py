"""How long reading a register of 80,000 entries takes, in how much memory, and what it changes again."""

import asyncio
import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from bench.figures import Figure, Side
from bench.workers import working
from shared.storage.migrations import upgrade
from simulator.codeserver.entries import Crowd
from simulator.codeserver.wire import concept, export

ENTRIES = 80_000
PAGE = 500
SECONDS, MEGABYTES = 60.0, 300.0


async def measure(folder: Path, *, entries: int = ENTRIES) -> Sequence[Figure]:
    """
    Read a whole register from a code server in another process into an empty identity, then again.

    The second time nothing is new; what is written then is counted in rows that changed and facts told.
    """
    url = f"sqlite:///{folder / 'identity.db'}"
    upgrade("services.identity", url)
    async with working("simulator.codeserver", "--entries", str(entries), "--port", "0") as server:
        address = json.loads(await _line(server.process.stdout))["url"]
        async with working("bench.registering", address, url) as reader:
            first = await reader.order(whole=True)
            second = await reader.order(whole=True)
    return [
        *await _from_files(folder, entries),
        Figure(
            name=f"register, {entries:,} entries read whole",
            value=first["seconds"],
            unit="s",
            limit=SECONDS,
            side=Side.AT_MOST,
            note=f"{first['added']:,} added, {first['busy']:.0f} s of CPU in identity, SQLite",
        ),
        Figure(
            name="register, peak memory of who reads it",
            value=max(first["peak"], second["peak"]),
            unit="MB",
            limit=MEGABYTES,
            side=Side.AT_MOST,
            note="resident, after both readings",
        ),
        Figure(
            name="register, read again unchanged",
            value=second["seconds"],
            unit="s",
            limit=SECONDS,
            side=Side.AT_MOST,
            note=f"{second['unchanged']:,} unchanged, {second['busy']:.0f} s of CPU in identity",
        ),
        Figure(
            name="register, rows and facts that reading it again changed",
            value=second["changed"] + second["facts"] - first["facts"],
            unit="",
            limit=1,
            side=Side.AT_MOST,
            note="one fact: when it was read",
        ),
    ]


async def _from_files(folder: Path, entries: int) -> Sequence[Figure]:
    """Take the same register in from files, into an empty identity each: pages, one file, an XML export."""
    figures: list[Figure] = []
    ways = (
        ("JSON pages", _write_pages),
        ("one JSON file", _write_one),
        ("an XML export", _write_export),
    )
    for kind, write in ways:
        place = folder / kind.replace(" ", "-")
        place.mkdir()
        file = await asyncio.to_thread(write, place, Crowd(entries))
        url = f"sqlite:///{place / 'identity.db'}"
        upgrade("services.identity", url)
        async with working("bench.importing", url) as reader:
            done = await reader.order(file=str(file))
        figures += [
            Figure(
                name=f"register, {done['read']:,} entries imported from {kind}",
                value=done["seconds"],
                unit="s",
                limit=SECONDS,
                side=Side.AT_MOST,
                note=f"{done['added']:,} added, {done['busy']:.0f} s of CPU, without the bus",
            ),
            Figure(
                name=f"register, peak memory of the import from {kind}",
                value=done["peak"],
                unit="MB",
                limit=MEGABYTES,
                side=Side.AT_MOST,
                note="resident; reading the files and writing the rows in one process",
            ),
        ]
    return figures


def _write_pages(folder: Path, crowd: Crowd) -> Path:
    pages = folder / "pages"
    pages.mkdir()
    for first in range(0, len(crowd), PAGE):
        codes = [concept(crowd[one], "v3") for one in range(first, min(first + PAGE, len(crowd)))]
        page = {"conceptCodes": codes, "page": first // PAGE + 1, "totalItems": len(crowd)}
        (pages / f"{first:06}.json").write_text(json.dumps(page), encoding="utf-8")
    return pages


def _write_one(folder: Path, crowd: Crowd) -> Path:
    path = folder / "register.json"
    with path.open("w", encoding="utf-8") as file:
        file.write(f'{{"page": 1, "totalItems": {len(crowd)}, "conceptCodes": [')
        for one in range(len(crowd)):
            file.write((", " if one else "") + json.dumps(concept(crowd[one], "v3")))
        file.write("]}")
    return path


def _write_export(folder: Path, crowd: Crowd) -> Path:
    path = folder / "register.xml"
    with path.open("w", encoding="utf-8") as file:
        entries = (crowd[one] for one in range(len(crowd)))
        file.writelines(export(entries, "1.2.246.537.6.202.2008", date(2026, 11, 27)))
    return path


async def _line(stream: object) -> bytes:
    read = getattr(stream, "readline", None)
    if read is None or not (line := await read()):
        raise RuntimeError("the code server did not start")
    return bytes(line)
