"""Renews tokens that rotate, well before they expire."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime

import structlog

from bot.installations.door import Door
from bot.installations.installations import Installations
from shared.ending import ended

log = structlog.get_logger()

LOOK_EVERY = 600.0


async def renew_all(installations: Installations, door: Door, now: datetime) -> None:
    """Renew what expires soon."""
    for one in await installations.all():
        if one.wants_renewal(now):
            await door.renew(one)


@asynccontextmanager
async def renewing(
    installations: Installations,
    door: Door | None,
    now: Callable[[], datetime],
    every: float = LOOK_EVERY,
) -> AsyncIterator[None]:
    """Renew what is due, every ten minutes until the block ends."""
    if door is None:
        yield
        return

    async def go_on() -> None:
        while True:
            try:
                await renew_all(installations, door, now())
            except Exception:
                # The outermost boundary of what nobody waits for: the next look must come.
                log.exception("tokens.not_looked_at")
            await asyncio.sleep(every)

    task = asyncio.create_task(go_on())
    try:
        yield
    finally:
        await ended(task)
