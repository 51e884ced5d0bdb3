"""How long reading a register of 80,000 entries takes, in how much memory, and what it changes again."""

import json
from collections.abc import Sequence
from pathlib import Path

from bench.figures import Figure, Side
from bench.workers import working
from shared.storage.migrations import upgrade

ENTRIES = 80_000
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


async def _line(stream: object) -> bytes:
    read = getattr(stream, "readline", None)
    if read is None or not (line := await read()):
        raise RuntimeError("the code server did not start")
    return bytes(line)
