"""One process at a time: for programs that keep in memory what they do, or what their own commits change."""

import asyncio
import fcntl
import os
from collections.abc import AsyncIterator, Callable
from contextlib import ExitStack, asynccontextmanager
from typing import TypeVar

import structlog
from sqlalchemy import Connection
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from shared.ending import ended
from shared.storage.engines import is_sqlite, reading_engine
from shared.storage.held import lock, to_the_end, use

T = TypeVar("T")

log = structlog.get_logger()

EXIT_TURN_LOST = 71
ONE_AT_WORK = 0x6B616E7462
# Seconds: how often one who waits looks whether it is their turn, and one at work whether it still is.
LOOK = 0.5
WATCH = 1.0


def leave_at_once() -> None:
    """End the process, as losing the bus for good does: whoever supervises it starts it afresh."""
    os._exit(EXIT_TURN_LOST)


@asynccontextmanager
async def one_at_work(url: str, lost: Callable[[], None] = leave_at_once) -> AsyncIterator[None]:
    """
    Wait until no other process is at work on the database at *url*, then be the one until the block ends.

    A second process stands by, and takes over when the first leaves or dies. On PostgreSQL a lock says whose
    turn it is; if its connection breaks, somebody else may be at work already, and *lost* is called.
    """
    with ExitStack() as held:
        if is_sqlite(url):
            await _until(lambda: _lock_file(url, held))
            yield
            return
        engine = reading_engine(url, threads=1)
        held.callback(engine.dispose)
        connection = await _until(lambda: lock(engine, held, ONE_AT_WORK))
        watching = asyncio.create_task(_watch(connection, lost))
        try:
            yield
        finally:
            await ended(watching)


async def _until(take: Callable[[], T | None]) -> T:
    waited = False
    while (taken := await to_the_end(take)) is None:
        if not waited:
            log.info("turn.waiting")
            waited = True
        await asyncio.sleep(LOOK)
    return taken


async def _watch(connection: Connection, lost: Callable[[], None]) -> None:
    while True:
        await asyncio.sleep(WATCH)
        try:
            await to_the_end(lambda: use(connection))
        except SQLAlchemyError as error:
            log.error("turn.lost", error=type(error).__name__)
            lost()
            return


def _lock_file(url: str, held: ExitStack) -> int | None:
    path = make_url(url).database
    with ExitStack() as ours:
        descriptor = os.open(f"{path}.turn", os.O_RDWR | os.O_CREAT, 0o600)
        ours.callback(os.close, descriptor)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return None
        held.push(ours.pop_all())
        return descriptor
