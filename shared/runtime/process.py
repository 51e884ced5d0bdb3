"""The way in and the way out of a process."""

import asyncio
import gc
import signal
from contextlib import AbstractAsyncContextManager

import structlog

log = structlog.get_logger()


async def until_told_to_stop(program: AbstractAsyncContextManager[object]) -> None:
    """Run *program* until SIGTERM or SIGINT, then leave it in good order."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    async with program:
        collect_seldom()
        log.info("program.ready")
        await stop.wait()
        log.info("program.leaving")


def collect_seldom() -> None:
    """
    Look for garbage less often, and never among what the start has made.

    That stays to the end: 20,000 grants, looked through again and again, cost a quarter of the time of the
    busiest request.
    """
    gc.freeze()
    gc.enable()
    gc.set_threshold(10_000, 20, 50)
