"""Hand facts to the stream: oldest first, from the rows that were written with what caused them."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import ExitStack, asynccontextmanager, suppress
from typing import Any

import structlog
from sqlalchemy import Row, select, update
from sqlalchemy.exc import SQLAlchemyError

from shared.ending import ended
from shared.storage.database import Database
from shared.storage.held import lock, to_the_end, use
from shared.storage.transaction import Transaction

log = structlog.get_logger()

BATCH = 500
BUSY = 16
GATHER = 0.02
PATIENCE = 1.0
ONE_RELAY = 0x6B616E7461

Announce = Callable[[Sequence[Row[Any]]], Awaitable[None]]


class NotTaken(Exception):
    """The stream did not take the facts just now."""


@asynccontextmanager
async def relay(database: Database, announce: Announce) -> AsyncIterator[None]:
    """
    Keep handing waiting facts to *announce* until the block ends.

    *announce* takes rows with ``event_id``, ``subject`` and ``payload``, returns when they are safe, and
    raises NotTaken when they may not be. A crash in between hands them over again, under the same ids.
    """
    task = asyncio.create_task(_forever(database, announce))
    try:
        yield
    finally:
        await ended(task)


async def _forever(database: Database, announce: Announce) -> None:
    while True:
        try:
            async with _alone(database) as still_alone:
                while True:
                    database.news.clear()
                    while await _batch(database, announce):
                        await still_alone()
                    # Not wait_for(): in Python 3.11 it forgets that it was cancelled if news come just then.
                    with suppress(TimeoutError):
                        async with asyncio.timeout(PATIENCE):
                            await database.news.wait()
                    await still_alone()
        except _SomebodyElseRelays:
            pass
        except (NotTaken, SQLAlchemyError) as error:
            log.warning("outbox.stalled", error=type(error).__name__)
        except Exception:
            # Nobody waits for this task: without this, one bug would keep all facts to ourselves, silently.
            log.exception("outbox.broke")
        await asyncio.sleep(PATIENCE)


async def _batch(database: Database, announce: Announce) -> int:
    events = database.metadata.tables["events"]

    def unsent(tx: Transaction) -> Sequence[Row[Any]]:
        query = select(events).where(~events.c.sent).order_by(events.c.revision).limit(BATCH)
        return tx.connection.execute(query).all()

    rows = await database.read(unsent)
    if not rows:
        return 0
    await announce(rows)

    def mark(tx: Transaction) -> None:
        done = events.c.revision.between(rows[0].revision, rows[-1].revision)
        tx.connection.execute(update(events).where(done, ~events.c.sent).values(sent=True))

    await database.decide(mark)
    if BUSY <= len(rows) < BATCH:
        # Many at once: let some more come together. Each round costs the writer a transaction of its own.
        await asyncio.sleep(GATHER)
    return len(rows) if len(rows) == BATCH else 0


class _SomebodyElseRelays(Exception):
    pass


@asynccontextmanager
async def _alone(database: Database) -> AsyncIterator[Callable[[], Awaitable[None]]]:
    """
    Be the only relay of this database; gives a function that makes sure one still is.

    Two relays would hand facts over out of order. A SQLite file has one process; on PostgreSQL a lock
    says who relays, and it goes when its connection does.
    """
    if database.together:
        yield _nothing
        return
    with ExitStack() as held:
        connection = await to_the_end(lambda: lock(database.reader_engine, held, ONE_RELAY))
        if connection is None:
            raise _SomebodyElseRelays
        yield lambda: to_the_end(lambda: use(connection))


async def _nothing() -> None:
    pass
