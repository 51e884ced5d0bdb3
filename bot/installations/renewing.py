"""Renews tokens that rotate, well before they expire."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime

from bot.installations.door import Door
from bot.installations.installations import Installations

LOOK_EVERY = 600.0


async def renew_all(installations: Installations, door: Door, now: datetime) -> None:
    """Renew what expires soon."""
    for one in await installations.all():
        if one.wants_renewal(now):
            await door.renew(one)


@asynccontextmanager
async def renewing(
    installations: Installations, door: Door | None, now: Callable[[], datetime]
) -> AsyncIterator[None]:
    """Renew what is due, every ten minutes until the block ends."""
    if door is None:
        yield
        return

    async def go_on() -> None:
        while True:
            await renew_all(installations, door, now())
            await asyncio.sleep(LOOK_EVERY)

    task = asyncio.create_task(go_on())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
