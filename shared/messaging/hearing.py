"""Hear facts from the stream, in order, at least once each."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import structlog
from nats.aio.msg import Msg
from nats.errors import Error
from pydantic import ValidationError

from shared.contracts.base import Event
from shared.ending import ended
from shared.messaging.connection import Connection
from shared.messaging.trace import tracing

log = structlog.get_logger()

PAUSE = 1.0
# Seconds until a fact that we cannot read comes again: perhaps to a newer program than this one.
LATER = 5.0

Hear = Callable[[Event], Awaitable[None]]


class NotYet(Exception):
    """An earlier fact is missing; give this one again later."""


@asynccontextmanager
async def listen(connection: Connection, hear: Hear) -> AsyncIterator[None]:
    """
    Feed every fact that this account hears to *hear*, one after another, until the block ends.

    What *hear* raises keeps the fact and all behind it waiting, and is tried again: a fact is never
    passed over. One that cannot be read is set aside and comes again; those behind it are heard. *hear*
    knows what it has heard before.
    """
    task = asyncio.create_task(_listen(connection, hear))
    try:
        yield
    finally:
        await ended(task)


async def _listen(connection: Connection, hear: Hear) -> None:
    while True:
        try:
            async with connection.hearing() as following:
                while True:
                    await _take(await following(), hear)
        except (Error, OSError) as error:
            log.warning("events.interrupted", error=type(error).__name__)
            await asyncio.sleep(PAUSE)


async def _take(msg: Msg, hear: Hear) -> None:
    event = _read(msg)
    if event is None:
        # Ended for good, it would be a gap for ever to whoever counts facts. While programs are renewed one
        # after the other, this one may hear of a kind of fact that only the next one knows.
        await msg.nak(delay=LATER)
        return
    while True:
        try:
            with tracing():
                await hear(event)
        except NotYet:
            await msg.nak(delay=0.2)
            return
        except Exception:
            # A fact that cannot be taken in yet (a service away, a bug) holds the line; it is not lost.
            log.exception("event.waits", subject=msg.subject)
            await msg.in_progress()
            await asyncio.sleep(PAUSE)
        else:
            await msg.ack()
            return


def _read(msg: Msg) -> Event | None:
    event_type = Event.known.get(msg.subject)
    if event_type is None:
        log.error("event.unknown", subject=msg.subject)
        return None
    try:
        return event_type.model_validate_json(msg.data)
    except ValidationError:
        log.error("event.unreadable", subject=msg.subject)
        return None
