"""One standing order for facts, renewed when it is used up, has run out, or has gone silent."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from itertools import count

import structlog
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.errors import Error

from shared.messaging.accounts import STREAM

log = structlog.get_logger()

BATCH = 64
# Seconds: how long an order stands, how often the server says that it still does, and after what silence
# we take it for lost (the server was away, or never got it).
STANDS = 30.0
HEARTBEAT = 0.5
SILENCE = 1.25

STILL_STANDS = "100"
RAN_OUT = ("404", "408")


class Pull:
    """
    Facts for one durable consumer, each handed over the moment it comes.

    Not nats-py's ``fetch``: when one of its requests runs out just as it gives up waiting, it opens two
    new ones, reads from the first alone, and holds the next fact back until the second has run out, too.
    Here each order has a number in its reply subject, by which its end is known from an older one's.
    """

    def __init__(self, client: Client, durable: str, *, stands: float = STANDS) -> None:
        self._client = client
        self._subject = f"$JS.API.CONSUMER.MSG.NEXT.{STREAM}.{durable}"
        self._box = client.new_inbox()
        self._wanted = json.dumps(
            {"batch": BATCH, "expires": int(stands * 1e9), "idle_heartbeat": int(HEARTBEAT * 1e9)}
        ).encode()
        self._numbers = count(1)
        self.order = ""
        """The reply subject of the order that stands."""
        self._left = 0
        self._arrived: asyncio.Queue[Msg] = asyncio.Queue()

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        """Receive until the block ends; what was not handed over by then comes again, to whoever asks."""
        subscription = await self._client.subscribe(f"{self._box}.*", cb=self._arrived.put)
        try:
            yield
        finally:
            with suppress(Error):
                await subscription.unsubscribe()

    async def next(self) -> Msg:
        """
        Wait for the next fact, as long as it takes.

        Raises:
            nats.errors.Error: the connection is closed.
        """
        while True:
            if self._left <= 0:
                await self._ask()
            try:
                async with asyncio.timeout(SILENCE):
                    msg = await self._arrived.get()
            except TimeoutError:
                self._left = 0
                continue
            status = (msg.headers or {}).get("Status") if not msg.reply else None
            if status is None:
                self._left -= 1
                return msg
            if msg.subject == self.order and status in RAN_OUT:
                self._left = 0
            elif status not in (STILL_STANDS, *RAN_OUT):
                # Nothing stands any more, or nobody is there to take an order: the silence renews it.
                log.warning("events.order_refused", status=status)

    async def _ask(self) -> None:
        self.order = f"{self._box}.{next(self._numbers)}"
        self._left = BATCH
        await self._client.publish(self._subject, self._wanted, reply=self.order)
