"""Where a service gets identity's public keys from: the bus, when it first needs them."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime

from shared.contracts.identity import GetSigningKeys
from shared.messaging.actors import Verifier
from shared.messaging.bus import Caller

OLD = 300.0


class KeysOverBus:
    """Asks identity for its keys, and again now and then: a new key is known before the old one goes."""

    def __init__(self, bus: Caller, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._bus = bus
        self._now = now
        self._verifier: Verifier | None = None
        self._asked = 0.0
        self._asking = asyncio.Lock()

    async def __call__(self) -> Verifier:
        """
        A verifier with identity's keys.

        Raises:
            Unavailable: identity does not answer, and we never had its keys.
        """
        now = asyncio.get_running_loop().time()
        if self._verifier is None or now - self._asked > OLD:
            async with self._asking:
                if self._verifier is None or now - self._asked > OLD:
                    keys = await self._bus.call(GetSigningKeys())
                    self._verifier = Verifier({"keys": keys.keys}, self._now)
                    self._asked = now
        return self._verifier
