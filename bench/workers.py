"""Processes of their own for whatever is measured: orders and answers are a line of JSON each."""

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from time import perf_counter
from typing import Any

from bench.figures import Pace, pace
from shared.runtime.process import collect_seldom

WARM_UP = 0.3
LEAVING = 10.0


async def drive(ask: Callable[[], Awaitable[object]], *, in_flight: int, seconds: float) -> Pace:
    """Keep *in_flight* callers asking, each again as soon as it has its answer, for *seconds*."""
    waits: list[float] = []
    begin = perf_counter() + WARM_UP
    end = begin + seconds

    async def caller() -> None:
        while (sent := perf_counter()) < end:
            await ask()
            if sent >= begin:
                waits.append(perf_counter() - sent)

    await asyncio.gather(*(caller() for _ in range(in_flight)))
    return pace(waits, perf_counter() - begin)


class Worker:
    """A process that takes orders."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process

    @property
    def pid(self) -> int:
        return self.process.pid

    async def ready(self) -> None:
        """Return when it has said so, by any line."""
        if self.process.stdout is None or not await self.process.stdout.readline():
            raise RuntimeError("the worker has gone; its complaint is above")

    async def order(self, **order: Any) -> Any:
        """Send an order; return what came of it."""
        if self.process.stdin is None or self.process.stdout is None:
            raise TypeError("this process takes no orders")
        self.process.stdin.write(json.dumps(order).encode() + b"\n")
        line = await self.process.stdout.readline()
        if not line:
            raise RuntimeError("the worker has gone; its complaint is above")
        return json.loads(line)


@asynccontextmanager
async def working(
    *arguments: str | Path, environment: dict[str, str] | None = None, log: Path | None = None
) -> AsyncIterator[Worker]:
    """Run ``python -m …`` until the block ends. What it says on stderr goes to *log*, or is shown."""
    errors = log.open("ab") if log else None
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        *map(str, arguments),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=errors,
        env=os.environ | (environment or {}),
        limit=2**24,
    )
    try:
        yield Worker(process)
    finally:
        if process.returncode is None:
            process.terminate()
        await asyncio.wait_for(process.wait(), LEAVING)
        if errors:
            errors.close()


async def take_orders(carry_out: Callable[[dict[str, Any]], Awaitable[Any]]) -> None:
    """The other end: carry out orders from stdin until there are no more."""
    # As every program of ours does once it has started: whoever asks, of the echo or of us, is one.
    collect_seldom()
    loop = asyncio.get_running_loop()
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        sys.stdout.write(json.dumps(await carry_out(json.loads(line))) + "\n")
        sys.stdout.flush()
