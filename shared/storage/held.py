"""Locks that a process holds for as long as it, or its connection to the database server, lives."""

import asyncio
from collections.abc import Callable
from contextlib import ExitStack, suppress
from typing import TypeVar

from sqlalchemy import Connection, Engine, text

T = TypeVar("T")


async def to_the_end(work: Callable[[], T]) -> T:
    """Run *work* on a thread; told to leave, wait for it: nobody else may use its connection meanwhile."""
    running = asyncio.ensure_future(asyncio.to_thread(work))
    try:
        return await asyncio.shield(running)
    except asyncio.CancelledError:
        while not running.done():
            with suppress(asyncio.CancelledError):
                await asyncio.wait([running])
        raise


def lock(engine: Engine, held: ExitStack, key: int) -> Connection | None:
    """Take the advisory lock *key* by a connection that *held* closes; None if somebody else has it."""
    with ExitStack() as ours:
        connection = ours.enter_context(engine.connect()).execution_options(isolation_level="AUTOCOMMIT")
        if not connection.execute(text("SELECT pg_try_advisory_lock(:key)"), {"key": key}).scalar_one():
            return None
        # Back in the pool, the connection would keep the lock from everybody, ourselves included.
        connection.detach()
        held.push(ours.pop_all())
        return connection


def use(connection: Connection) -> None:
    """Make sure that *connection*, and so its lock, is still there."""
    connection.execute(text("SELECT 1"))
