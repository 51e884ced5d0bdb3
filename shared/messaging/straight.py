"""A NATS client that hands some messages over as it parses them, and keeps its own book of questions."""

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from itertools import count

from nats.aio.client import Client
from nats.aio.subscription import Subscription

Headers = Mapping[str, str] | None
Hand = Callable[[str, str, bytes, Headers], Awaitable[None] | None]

STATUS = "Status"
NOBODY = "503"
# How often, in seconds, unanswered questions are looked through.
GRAIN = 0.05
# One of these stands in every header that we look at: our own, the trace's, and the server's "nobody there".
WORDS = (b"Kanta-", b"traceparent", b"NATS/1.0 503")


class NobodyThere(Exception):
    """The server says that nobody answers on this subject."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    data: bytes
    headers: Headers


class StraightClient(Client):
    """
    nats-py's client without the detour through a queue and a task, where none is needed.

    nats-py puts each message into its subscription's queue, wakes the subscription's task and, for an
    answer, a third one that waits in ``wait_for``: half of what a request costs its two ends. Messages
    on a straight subscription are handed over in the read loop instead, so *hand* must be quick, must not
    wait for other messages, and must not raise. What it leans on (``_process_msg``, ``_process_headers``
    and ``_id`` of nats-py 2.16) is held down by tests/shared/messaging.
    """

    def __init__(self) -> None:
        super().__init__()
        self._hands: dict[int, Hand] = {}
        # Each with the moment, by the loop's clock, at which it is given up.
        self._questions: dict[str, tuple[asyncio.Future[Answer], float]] = {}
        self._sweeper: asyncio.TimerHandle | None = None
        self._inbox = ""
        self._numbers = count()

    async def subscribe_straight(self, subject: str, hand: Hand, *, queue: str = "") -> Subscription:
        """Hand every message on *subject* to *hand*, as (subject, reply, data, headers)."""
        subscription = await self.subscribe(subject, queue=queue)
        self._hands[subscription._id] = hand
        return subscription

    async def ask(
        self, subject: str, payload: bytes, *, headers: dict[str, str] | None, patience: float
    ) -> Answer:
        """
        Send a question, wait *patience* seconds for its answer, and GRAIN at most beyond.

        Raises:
            NobodyThere: nobody answers on this subject.
            TimeoutError: nobody answered in time.
            nats.errors.Error: it could not be sent.
        """
        if not self._inbox:
            # Set before anything is awaited: of many first questions one opens the inbox.
            self._inbox = f"{self._inbox_prefix.decode()}.{secrets.token_hex(8)}."
            await self.subscribe_straight(f"{self._inbox}*", self._match)
        inbox = f"{self._inbox}{next(self._numbers)}"
        loop = asyncio.get_running_loop()
        question: asyncio.Future[Answer] = loop.create_future()
        self._questions[inbox] = question, loop.time() + patience
        if self._sweeper is None:
            self._sweeper = loop.call_later(GRAIN, self._sweep, loop)
        try:
            await self.publish(subject, payload, reply=inbox, headers=headers)
            answer = await question
        finally:
            del self._questions[inbox]
        if answer.headers and answer.headers.get(STATUS) == NOBODY:
            raise NobodyThere
        return answer

    def _match(self, subject: str, _: str, data: bytes, headers: Headers) -> None:
        asked = self._questions.get(subject)
        if asked is not None and not asked[0].done():
            asked[0].set_result(Answer(data, headers))

    def _sweep(self, loop: asyncio.AbstractEventLoop) -> None:
        """Give up what waited too long; a timer for each would be a tenth of what a question costs."""
        now = loop.time()
        for question, until in self._questions.values():
            if now >= until and not question.done():
                question.set_exception(TimeoutError())
        self._sweeper = loop.call_later(GRAIN, self._sweep, loop) if self._questions else None

    async def _process_msg(self, sid: int, subject: bytes, reply: bytes, data: bytes, headers: bytes) -> None:
        hand = self._hands.get(sid)
        if hand is None:
            await super()._process_msg(sid, subject, reply, data, headers)
            return
        # The server puts a header of its own on whatever crosses accounts; parsing it would cost more than
        # parsing the message.
        ours = headers and any(word in headers for word in WORDS)
        parsed = await self._process_headers(headers) if ours else None
        handed = hand(subject.decode(), reply.decode(), data, parsed)
        if handed is not None:
            await handed
