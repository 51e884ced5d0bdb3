"""News of the workspace: streamed to the pages that look on, and awaited by tests."""

import asyncio
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TypeVar

from simulator.wire import Json

T = TypeVar("T")
# A page that does not read for this many news is gone; it reloads its state when it comes back.
_QUEUE = 2000
# So much of what passed between the app and Slack is told to a page that opens later.
_WIRE = 300


@dataclass(eq=False)
class Feed:
    """Hands each piece of news to those whom it concerns."""

    _queues: dict["asyncio.Queue[Json | None]", str] = field(default_factory=dict)
    wire: deque[Json] = field(default_factory=lambda: deque(maxlen=_WIRE))
    _passed: int = 0
    _change: asyncio.Event = field(default_factory=asyncio.Event)

    @contextmanager
    def subscribed(self, user: str) -> Iterator["asyncio.Queue[Json | None]"]:
        """Listen as *user*; None on the queue means that the feed has closed."""
        queue: asyncio.Queue[Json | None] = asyncio.Queue(_QUEUE)
        self._queues[queue] = user
        try:
            yield queue
        finally:
            self._queues.pop(queue, None)

    def publish(self, news: Json, to: Iterable[str] | None = None) -> None:
        """Tell *to* (everybody, when None) and wake whoever awaits a change."""
        if news["type"] == "wire":
            self._passed += 1
            news = {"at": round(time.time(), 3), "n": self._passed, **news}
            self.wire.append(news)
        wanted = None if to is None else set(to)
        for queue, user in list(self._queues.items()):
            if wanted is None or user in wanted:
                if queue.full():
                    self._queues.pop(queue)
                else:
                    queue.put_nowait(news)
        self._change.set()
        self._change = asyncio.Event()

    def is_heard_by(self, user: str) -> bool:
        """Tell whether a page of *user* is open."""
        return user in self._queues.values()

    async def until(self, look: Callable[[], T | None], seconds: float) -> T:
        """Wait until *look* finds something, and return it."""
        async with asyncio.timeout(seconds):
            while True:
                change = self._change
                found = look()
                if found is not None:
                    return found
                await change.wait()

    def close(self) -> None:
        for queue in list(self._queues):
            while not queue.empty():
                queue.get_nowait()
            queue.put_nowait(None)
        self._queues.clear()
