"""One delivery at a time: the deadline, the redeliveries, and a word of each for whoever looks on."""

import asyncio
import time
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from simulator.clock import Clock
from simulator.delivery.envelope import Answer, Envelope, Transport
from simulator.delivery.record import Delivered, Deliveries
from simulator.faults import Faults, Rule
from simulator.feed import Feed
from simulator.timing import Timing
from simulator.wire import Json

# How long a payload that is to be overtaken waits for the next, if nobody says otherwise.
OVERTAKEN_WITHIN = 1.0
DELAY = 1.0
T = TypeVar("T")


@dataclass
class Delivery:
    """Carries acts once and events until the app takes them, as Slack does."""

    transport: Transport
    timing: Timing
    feed: Feed
    clock: Clock = field(default_factory=Clock)
    faults: Faults = field(default_factory=Faults)
    record: Deliveries = field(default_factory=Deliveries)
    expire: Callable[[object], None] = lambda trigger: None
    _running: set["asyncio.Task[Any]"] = field(default_factory=set)
    _overtaking: asyncio.Event = field(default_factory=asyncio.Event)

    async def ask(self, envelope: Envelope) -> Answer:
        """Deliver once and wait for the answer."""
        fault = self.faults.pick("delivery", envelope.label)
        if fault is None:
            return await self._hand_over(envelope, None)
        match fault.kind:
            case "delay":
                await self.clock.sleep(DELAY if fault.seconds is None else fault.seconds)
            case "reorder":
                await self._be_overtaken(OVERTAKEN_WITHIN if fault.seconds is None else fault.seconds)
            case "expired_trigger":
                self.expire(envelope.payload.get("trigger_id"))
            case "duplicate":
                twins = [self._start(self._hand_over(envelope, fault)) for _ in range(2)]
                # The second's answer is nobody's business: Slack believes the first.
                return await asyncio.shield(twins[0])
        answer = await self._hand_over(envelope, fault)
        if fault.kind == "drop_ack" and answer.arrived:
            return replace(answer, arrived=False, body={}, reason="timeout")
        return answer

    async def _be_overtaken(self, seconds: float) -> None:
        with suppress(TimeoutError):
            async with self.clock.within(seconds):
                await self._overtaking.wait()

    async def _hand_over(self, envelope: Envelope, fault: Rule | None) -> Answer:
        sent: Json = {"type": envelope.kind, "payload": envelope.payload}
        if envelope.retry_attempt:
            sent |= {"retry_attempt": envelope.retry_attempt, "retry_reason": envelope.retry_reason}
        passing: Json = {"type": "wire", "id": envelope.name, "attempt": envelope.retry_attempt}
        passing |= {"reason": envelope.retry_reason, "fault": fault.kind if fault else ""}
        self.feed.publish({**passing, "direction": "to_app", "kind": envelope.label, "body": sent})
        noted = self.record.begin(
            Delivered(
                name=envelope.name,
                kind=envelope.kind,
                label=envelope.label,
                attempt=envelope.retry_attempt,
                reason=envelope.retry_reason,
                sent_at=self.clock.now(),
                fault=fault.kind if fault else "",
            )
        )
        began = time.perf_counter()
        handing = asyncio.ensure_future(
            self.transport.send(envelope, self.clock.patience(self.timing.ack_seconds), fault)
        )
        self._overtaking.set()
        self._overtaking = asyncio.Event()
        answer = await handing
        noted.ms = round((time.perf_counter() - began) * 1000, 1)
        noted.outcome = "taken" if answer.arrived else answer.reason
        noted.answer, noted.connection = answer.body or None, answer.connection
        self.record.end(noted)
        body: Json = answer.body if answer.arrived else {"error": answer.reason}
        kind = f"ack {envelope.label}" if answer.arrived else f"no ack {envelope.label}"
        self.feed.publish({**passing, "direction": "from_app", "kind": kind, "ms": noted.ms, "body": body})
        return answer

    def announce(self, envelope: Envelope) -> None:
        """Deliver an event in the background, again when it is not taken."""
        _ = self._start(self._persist(envelope))

    def _start(self, work: Coroutine[Any, Any, T]) -> "asyncio.Task[T]":
        task = asyncio.create_task(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return task

    async def _persist(self, envelope: Envelope) -> None:
        answer = await self.ask(envelope)
        for attempt, wait in enumerate(self.timing.retry_after, start=1):
            if answer.arrived or answer.final:
                return
            await self.clock.sleep(wait * self.timing.clock_factor)
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
        self.record.close()
