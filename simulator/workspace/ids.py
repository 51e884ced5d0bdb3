"""Identifiers that look like Slack's."""

import hashlib
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass
class Timestamps:
    """Message timestamps: unique and growing, because (channel, ts) is a message's name."""

    now: Callable[[], float] = time.time
    _last: int = 0

    def next(self) -> str:
        self._last = max(int(self.now() * 1_000_000), self._last + 1)
        return f"{self._last // 1_000_000}.{self._last % 1_000_000:06d}"

    def seen(self, ts: str) -> None:
        """Never give out *ts* again, nor anything older."""
        seconds, _, micros = ts.partition(".")
        self._last = max(self._last, int(seconds) * 1_000_000 + int(micros or 0))


def random_id(prefix: str) -> str:
    return prefix + secrets.token_hex(5).upper()


def shared_id(prefix: str, *people: str) -> str:
    """Name the conversation of *people*: the same people give the same name after a restart too."""
    return prefix + hashlib.sha256("|".join(sorted(people)).encode()).hexdigest()[:10].upper()


def view_hash() -> str:
    return f"{int(time.time())}.{secrets.token_hex(4)}"
