"""Where a service gets identity's public keys from: the bus, when it first needs them."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from time import monotonic

import structlog

from shared.contracts.base import Unavailable
from shared.contracts.identity import GetSigningKeys
from shared.messaging.actors import Verifier
from shared.messaging.bus import Caller

log = structlog.get_logger()

# Seconds: after which keys are asked for again, how often while identity does not answer, and after which
# they count no more, since one of them may have been given up.
OLD = 300.0
AGAIN = 10.0
TOO_OLD = 3600.0


class KeysOverBus:
    """Asks identity for its keys, and again now and then: a new key is known before the old one goes."""

    def __init__(
        self,
        bus: Caller,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._bus = bus
        self._now = now
        self._clock = clock
        self._verifier: Verifier | None = None
        self._told = 0.0
        self._ask_at = 0.0
        self._asking = asyncio.Lock()

    async def __call__(self) -> Verifier:
        """
        A verifier with identity's keys.

        Raises:
            Unavailable: identity does not answer, and we have no keys of it that still count.
        """
        if self._verifier is None or self._clock() > self._ask_at:
            async with self._asking:
                if self._verifier is None or self._clock() > self._ask_at:
                    self._verifier = await self._asked()
        return self._verifier

    async def _asked(self) -> Verifier:
        try:
            keys = await self._bus.call(GetSigningKeys())
        except Unavailable:
            if self._verifier is None or self._clock() - self._told > TOO_OLD:
                raise
            # One asks on behalf of all who wait: each by itself would hold up those behind it.
            log.warning("keys.not_renewed")
            self._ask_at = self._clock() + AGAIN
            return self._verifier
        self._told = self._clock()
        self._ask_at = self._told + OLD
        return Verifier({"keys": keys.keys}, self._now)
