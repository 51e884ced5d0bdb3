"""How soon each service answers, and how much memory the whole stack holds when nobody asks anything."""

import asyncio
import os
import signal
import sys
from collections.abc import Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from bench.figures import Figure, Side, interleaved
from bench.stand import Stand, stand
from bench.workers import working
from shared.contracts.base import Request
from shared.contracts.health import GetContactsHealth, GetIdentityHealth, GetRolesHealth
from shared.messaging.accounts import Account
from shared.messaging.bus import Bus
from shared.messaging.connection import Unreachable, connected
from shared.storage.migrations import upgrade

START_LIMIT = 0.8
MEMORY_LIMIT = 450.0
STARTS = 5
UP = 60.0
CALM = 2.0

ASKING: dict[str, type[Request[Any]]] = {
    "identity": GetIdentityHealth,
    "roles": GetRolesHealth,
    "contacts": GetContactsHealth,
}


async def starts(folder: Path, *, times: int = STARTS) -> Sequence[Figure]:
    """Measure each service from its start to its first answer over the bus, turn by turn."""
    for name in ASKING:
        upgrade(f"services.{name}", f"sqlite:///{folder}/{name}.db")
    async with (
        stand(folder) as bus,
        connected(Account.OPERATOR, url=bus.url, key_folder=bus.key_folder) as operator,
    ):
        contenders: dict[str, Callable[[], Awaitable[float]]] = {
            name: partial(_start, bus, Bus(operator), name) for name in ASKING
        }
        seconds = await interleaved(contenders, rounds=times)
    return [
        Figure(
            name=f"{name}, start to first answer",
            value=median(of),
            unit="s",
            limit=START_LIMIT,
            side=Side.AT_MOST,
            note=f"median of {times}, slowest {max(of):.2f} s",
        )
        for name, of in seconds.items()
    ]


async def _start(bus: Stand, operator: Bus, name: str) -> float:
    begun = perf_counter()
    log = bus.folder / f"{name}.log"
    async with working(f"services.{name}", environment=bus.environment(), log=log), asyncio.timeout(UP):
        while True:
            try:
                await operator.connection.request(ASKING[name].subject, b"{}", headers=None, patience=1.0)
            except Unreachable:
                await asyncio.sleep(0.005)
            else:
                return perf_counter() - begun


async def memory(folder: Path) -> Sequence[Figure]:
    """Measure the idle stack that ``ekstranet start`` runs, every process of it, simulator included."""
    async with _stack(folder) as pids:
        await asyncio.sleep(CALM)
        sizes = {pid: _pss(pid) for pid in pids()}
    return [
        Figure(
            name="memory of the idle stack (PSS)",
            value=sum(sizes.values()),
            unit="MB",
            limit=MEMORY_LIMIT,
            side=Side.AT_MOST,
            note=f"{len(sizes)} processes: bus, services, bot, simulator, launcher",
        )
    ]


@asynccontextmanager
async def _stack(folder: Path) -> Any:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "cli.main",
        "start",
        env=os.environ | {"KANTA_VAR": str(folder), "KANTA_FIRST_PORT": "8900"},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        if process.stdout is None or not await asyncio.wait_for(process.stdout.readline(), UP):
            raise RuntimeError("the stack did not start; see its logs")
        yield lambda: _family(process.pid)
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGTERM)
        await asyncio.wait_for(process.wait(), UP)


def _family(pid: int) -> list[int]:
    """A process and all that descend from it."""
    found = [pid]
    for task in Path(f"/proc/{pid}/task").iterdir():
        found += [one for child in (task / "children").read_text().split() for one in _family(int(child))]
    return found


def _pss(pid: int) -> float:
    """A process's share of memory in MB: what it shares is divided among those who share it."""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    raise RuntimeError("the kernel does not tell")
