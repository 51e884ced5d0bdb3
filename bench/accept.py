"""How many acceptances a second are on disk, beside what the disk itself can do."""

import os
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from functools import partial
from pathlib import Path
from time import perf_counter

from bench.access import until_answering
from bench.figures import Figure, Pace, interleaved, middle
from bench.figures import pace as pace_of
from bench.stand import stand
from bench.town import Town, settle
from bench.workers import Worker, working
from shared.messaging.accounts import Account
from shared.messaging.bus import Bus
from shared.messaging.connection import connected

LIMIT = 1000.0
AT_ONCE = 64
COUNTS = {1: 200, AT_ONCE: 3000}
PROBES = 300
BLOCK = b"\0" * 4096


async def measure(folder: Path, *, rounds: int, database_url: str | None = None) -> Sequence[Figure]:
    """
    Measure AcceptGrant with everything real but the mint: token, decision, event, evidence, commit, answer.

    Between the rounds the disk is probed: 4 KiB written and flushed, one after another.
    """
    url = database_url or f"sqlite:///{folder / 'roles.db'}"
    kind = "PostgreSQL" if database_url else "SQLite"
    grants = (rounds + 1) * sum(COUNTS.values())
    await settle(url, Town(grants, waiting=True))
    async with AsyncExitStack() as stack:
        bus = await stack.enter_async_context(stand(folder))
        await stack.enter_async_context(
            working("services.roles", environment=bus.environment(database_url=url))
        )
        async with connected(Account.OPERATOR, url=bus.url, key_folder=bus.key_folder) as operator:
            await until_answering(Bus(operator))
        acceptor = await stack.enter_async_context(
            working("bench.accepting", bus.url, bus.key_folder, str(grants))
        )
        for at_once, count in COUNTS.items():
            await _accept(acceptor, at_once, count)
        contenders: dict[str, Callable[[], Awaitable[Pace]]] = {
            "disk": partial(_probe, folder / "probe"),
            **{str(at_once): partial(_accept, acceptor, at_once, count) for at_once, count in COUNTS.items()},
        }
        paces = {name: middle(of) for name, of in (await interleaved(contenders, rounds=rounds)).items()}
    return [_figure(name, paces[name], kind) for name in contenders]


def _figure(name: str, pace: Pace, kind: str) -> Figure:
    note = f"p50 {pace.p50:.2f} ms, p99 {pace.p99:.1f} ms"
    if name == "disk":
        return Figure(name="fdatasync of 4 KiB, one by one", value=pace.rate, unit="/s", note=note)
    return Figure(
        name=f"accept, {name} at once, {kind}",
        value=pace.rate,
        unit="/s",
        limit=LIMIT if int(name) == AT_ONCE and kind == "SQLite" else None,
        note=note,
    )


async def _accept(acceptor: Worker, in_flight: int, count: int) -> Pace:
    return Pace(**await acceptor.order(in_flight=in_flight, count=count))


async def _probe(path: Path) -> Pace:
    waits = []
    begun = perf_counter()
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT)
    for _ in range(PROBES):
        sent = perf_counter()
        os.pwrite(descriptor, BLOCK, 0)
        os.fdatasync(descriptor)
        waits.append(perf_counter() - sent)
    os.close(descriptor)
    return pace_of(waits, perf_counter() - begun)
