"""Hand facts to the stream: oldest first, from the rows that were written with what caused them."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractContextManager, asynccontextmanager, contextmanager, nullcontext, suppress
from typing import Any

import structlog
from sqlalchemy import Connection, Row, select, text, update
from sqlalchemy.exc import SQLAlchemyError

from shared.storage.database import Database
from shared.storage.transaction import Transaction

log = structlog.get_logger()

BATCH = 500
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
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _forever(database: Database, announce: Announce) -> None:
    while True:
        try:
            with _alone(database) as still_alone:
                while True:
                    database.news.clear()
                    while await _batch(database, announce):
                        still_alone()
                    with suppress(TimeoutError):
                        await asyncio.wait_for(database.news.wait(), PATIENCE)
                    still_alone()
        except (NotTaken, SQLAlchemyError, _SomebodyElseRelays) as error:
            if not isinstance(error, _SomebodyElseRelays):
                log.warning("outbox.stalled", error=type(error).__name__)
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
    return len(rows) if len(rows) == BATCH else 0


class _SomebodyElseRelays(Exception):
    pass


def _alone(database: Database) -> AbstractContextManager[Callable[[], None]]:
    """
    Be the only relay of this database.

    Two relays would hand facts over out of order. A SQLite file has one process; on PostgreSQL a lock
    says who relays, and it goes when its connection does.
    """
    return nullcontext(lambda: None) if database.together else _holding_the_lock(database)


@contextmanager
def _holding_the_lock(database: Database) -> Any:
    with database.reader_engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if not connection.execute(text("SELECT pg_try_advisory_lock(:key)"), {"key": ONE_RELAY}).scalar_one():
            raise _SomebodyElseRelays

        def still_here(held: Connection = connection) -> None:
            held.execute(text("SELECT 1"))

        yield still_here
