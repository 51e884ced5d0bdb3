"""The time of the workspace: as the wall has it, faster, or standing still until somebody moves it."""

import asyncio
import heapq
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count

# Whoever is woken by a step of the clock gets this many rounds of the loop before the next step.
_ROUNDS = 20


@dataclass(order=True)
class Timer:
    """Something that is to happen at *due*, on the clock's own monotonic time."""

    due: float
    number: int
    run: Callable[[], None] = field(compare=False)
    cancelled: bool = field(default=False, compare=False)

    def cancel(self) -> None:
        self.cancelled = True


class Clock:
    """
    What time it is, and what happens when.

    *pace* is how many seconds pass here in one second outside: 1 is real time, 60 a minute in a second,
    0 stands still. Whatever the pace, *advance* moves the clock by hand.
    """

    def __init__(self, pace: float = 1.0) -> None:
        self._pace = _checked(pace)
        self._epoch = time.time()
        self._origin = time.monotonic()
        self._passed = 0.0
        self._timers: list[Timer] = []
        self._numbers = count()
        self._alarm: asyncio.TimerHandle | None = None

    @property
    def pace(self) -> float:
        return self._pace

    def set_pace(self, pace: float) -> None:
        """Let time pass faster, slower, or not at all, from now on."""
        checked = _checked(pace)
        self._passed, self._origin = self.monotonic(), time.monotonic()
        self._pace = checked
        self._arm()

    def monotonic(self) -> float:
        """How many seconds have passed here since the start."""
        return self._passed + (time.monotonic() - self._origin) * self._pace

    def now(self) -> float:
        """The time of day here, in seconds since 1970."""
        return self._epoch + self.monotonic()

    def patience(self, seconds: float) -> float:
        """
        Give an app *seconds* of its own time, as seconds of this clock.

        An app does not run faster because the clock does: three seconds to acknowledge stay three seconds.
        """
        return seconds * max(1.0, self._pace)

    def call_later(self, seconds: float, run: Callable[[], None]) -> Timer:
        """Run *run* when *seconds* have passed."""
        timer = Timer(self.monotonic() + seconds, next(self._numbers), run)
        heapq.heappush(self._timers, timer)
        self._arm()
        return timer

    async def sleep(self, seconds: float) -> None:
        """Wait until *seconds* have passed; nothing or less lets others go first, and no more."""
        await self.sleep_until(self.monotonic() + seconds)

    async def sleep_until(self, due: float) -> None:
        """Wait until *due*, on this clock's monotonic time."""
        if due <= self.monotonic():
            await asyncio.sleep(0)
            return
        woken = asyncio.Event()
        timer = self.call_later(due - self.monotonic(), woken.set)
        try:
            await woken.wait()
        finally:
            timer.cancel()

    @asynccontextmanager
    async def within(self, seconds: float) -> AsyncIterator[None]:
        """Raise TimeoutError if the block takes longer than *seconds* of this clock."""
        loop = asyncio.get_running_loop()
        async with asyncio.timeout(None) as scope:
            timer = self.call_later(seconds, lambda: scope.reschedule(loop.time()))
            try:
                yield
            finally:
                timer.cancel()

    async def advance(self, seconds: float) -> None:
        """Let *seconds* pass at once; what falls due on the way happens in its order."""
        if seconds < 0:
            raise ValueError("time does not run backwards")
        until = self.monotonic() + seconds
        while (due := self._next_due()) is not None and due <= until:
            self._passed += max(0.0, due - self.monotonic())
            self._ring()
            for _ in range(_ROUNDS):
                await asyncio.sleep(0)
        self._passed += max(0.0, until - self.monotonic())
        self._arm()

    def close(self) -> None:
        """Nothing happens any more."""
        self._timers.clear()
        self._arm()

    def _next_due(self) -> float | None:
        while self._timers and self._timers[0].cancelled:
            heapq.heappop(self._timers)
        return self._timers[0].due if self._timers else None

    def _ring(self) -> None:
        """Run all that is due."""
        while (due := self._next_due()) is not None and due <= self.monotonic():
            heapq.heappop(self._timers).run()
        self._arm()

    def _arm(self) -> None:
        """Be woken when the next timer is due, if time passes by itself."""
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None
        due = self._next_due()
        if due is not None and self._pace > 0:
            wait = max(0.0, due - self.monotonic()) / self._pace
            self._alarm = asyncio.get_running_loop().call_later(wait, self._ring)


def _checked(pace: float) -> float:
    if not 0 <= pace <= 1_000_000:
        raise ValueError("a clock runs at a pace of 0 to 1,000,000")
    return pace
