"""One delivery at a time: the deadline, the redeliveries, and a word of each for whoever looks on."""

import asyncio
import time
from collections.abc import Coroutine
from dataclasses import dataclass, field, replace

from simulator.delivery.envelope import Answer, Envelope, Transport
from simulator.feed import Feed
from simulator.timing import Timing
from simulator.wire import Json


@dataclass
class Delivery:
    """Carries acts once and events until the app takes them, as Slack does."""

    transport: Transport
    timing: Timing
    feed: Feed
    _running: set["asyncio.Task[None]"] = field(default_factory=set)

    async def ask(self, envelope: Envelope) -> Answer:
        """Deliver once and wait for the answer."""
        sent: Json = {"type": envelope.kind, "payload": envelope.payload}
        if envelope.retry_attempt:
            sent |= {"retry_attempt": envelope.retry_attempt, "retry_reason": envelope.retry_reason}
        self.feed.publish({"type": "wire", "direction": "to_app", "kind": envelope.label, "body": sent})
        began = time.perf_counter()
        answer = await self.transport.send(envelope, self.timing.ack_seconds)
        spent = round((time.perf_counter() - began) * 1000, 1)
        body: Json = answer.body if answer.arrived else {"error": answer.reason}
        kind = f"ack {envelope.label}" if answer.arrived else f"no ack {envelope.label}"
        self.feed.publish({"type": "wire", "direction": "from_app", "kind": kind, "ms": spent, "body": body})
        return answer

    def announce(self, envelope: Envelope) -> None:
        """Deliver an event in the background, again when it is not taken."""
        self._start(self._persist(envelope))

    def _start(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def _persist(self, envelope: Envelope) -> None:
        answer = await self.ask(envelope)
        for attempt, wait in enumerate(self.timing.retry_after, start=1):
            if answer.arrived or answer.final:
                return
            await asyncio.sleep(wait * self.timing.clock_factor)
            again = replace(envelope, retry_attempt=attempt, retry_reason=answer.reason)
            answer = await self.ask(again)

    async def settled(self) -> None:
        """Wait until nothing is on its way."""
        while self._running:
            await asyncio.gather(*self._running, return_exceptions=True)

    async def close(self) -> None:
        for task in self._running:
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)
