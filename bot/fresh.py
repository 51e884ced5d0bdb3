"""What was true a moment ago, kept for as long as it may be believed."""

import time
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar, overload

K = TypeVar("K")
V = TypeVar("V")

MOST = 2000


class Fresh(Generic[K, V]):
    """
    Keeps answers for some *seconds*.

    An answer that was on its way while something was forgotten may be older than that which made us forget.
    So whoever asks somebody else does it by `recall`, or takes a `mark` before asking and keeps the answer
    `since` it.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._kept: dict[K, tuple[float, V]] = {}
        self._forgotten = 0

    @property
    def mark(self) -> int:
        """How often something was forgotten by now."""
        return self._forgotten

    def get(self, key: K) -> V | None:
        until, value = self._kept.get(key, (0.0, None))
        return value if until > time.monotonic() else None

    @overload
    async def recall(self, key: K, ask: Callable[[], Awaitable[V]]) -> V: ...

    @overload
    async def recall(self, key: K, ask: Callable[[], Awaitable[V | None]]) -> V | None: ...

    async def recall(self, key: K, ask: Callable[[], Awaitable[V | None]]) -> V | None:
        """Give what is kept for *key*; else *ask*, and keep the answer if there is one."""
        if (known := self.get(key)) is not None:
            return known
        mark = self.mark
        found = await ask()
        if found is not None:
            self.put(key, found, since=mark)
        return found

    def put(self, key: K, value: V, *, since: int | None = None) -> bool:
        """Keep *value*, unless something was forgotten *since*; tell whether it is kept."""
        if since is not None and since != self._forgotten:
            return False
        if len(self._kept) >= MOST:
            self._kept.clear()
        self._kept[key] = (time.monotonic() + self._seconds, value)
        return True

    def forget(self, key: K) -> None:
        self.doubt()
        self._kept.pop(key, None)

    def doubt(self) -> None:
        """Keep no answer that is on its way: what it is about may have changed."""
        self._forgotten += 1

    def items(self) -> list[tuple[K, V]]:
        return [(key, value) for key, (_, value) in self._kept.items()]
