"""Goes round while the bot runs: tells what has become due, and looks what time has brought about."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import datetime, timedelta

import structlog

from bot.kit import Kit
from bot.notifications.herald import Herald
from bot.notifications.reminders import Reminders
from bot.sender import SlackAway
from shared.contracts.base import Refusal, Unavailable
from shared.ending import ended

log = structlog.get_logger()

EVERY = 30.0
SWEEP_EVERY = timedelta(minutes=10)


class Rounds:
    """One round does what is due, and can be made at any time: everything it needs is in rows."""

    def __init__(self, kit: Kit, herald: Herald, reminders: Reminders) -> None:
        self._kit = kit
        self._herald = herald
        self._reminders = reminders
        self._swept_at: datetime | None = None

    async def go(self) -> None:
        """Make one round; who cannot be told now is told in a later one."""
        now = self._kit.now()
        if self._swept_at is None or now - self._swept_at >= SWEEP_EVERY:
            with later("sweep"):
                await self._reminders.sweep()
                await self._kit.diary.tidy(now)
                self._swept_at = now
        for person in await self._kit.diary.who_is_due(now):
            with later("telling"):
                await self._herald.tell(person)

    @asynccontextmanager
    async def going(self, every: float = EVERY) -> AsyncIterator[None]:
        """Go round until the block ends."""
        task = asyncio.create_task(self._keep_going(every))
        try:
            yield
        finally:
            await ended(task)

    async def _keep_going(self, every: float) -> None:
        while True:
            try:
                await self.go()
            except Exception:
                # The outermost boundary of what nobody waits for: the next round must come.
                log.exception("round.failed")
            await asyncio.sleep(every)


@contextmanager
def later(what: str) -> Iterator[None]:
    """What cannot be done now is done in a later round."""
    try:
        yield
    except (Unavailable, SlackAway, Refusal) as error:
        log.info("round.put_off", what=what, error=type(error).__name__)
