"""The answering side of the wire."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol
from uuid import uuid4

import structlog
from nats.aio.msg import Msg
from nats.aio.subscription import Subscription

from shared.contracts.assurance import Level
from shared.contracts.base import (
    ActorNotProved,
    Command,
    DeadlinePassed,
    IdentificationTooOld,
    IdentificationTooWeak,
    Message,
    Proof,
    Refusal,
    Request,
)
from shared.messaging.accounts import Account
from shared.messaging.actors import HEADER, Actor, Verifier
from shared.messaging.connection import Connection
from shared.messaging.handling import MarkedMethod, marked
from shared.messaging.trace import HEADER as TRACE
from shared.messaging.trace import tracing
from shared.messaging.wire import crashed, read_request, refused, write_message

log = structlog.get_logger()

MAX_IN_FLIGHT = 256

# Who is calling, by the last word of the subject: the server's own testimony.
PROGRAMS = {account.value: Actor(caller=account) for account in Account}

Incoming = type[Request[Any]]


class Decide(Protocol):
    """Runs a decision in a transaction, once for each request id; returns the reply when it is on disk."""

    async def __call__(
        self, command: Command[Any], actor: Actor, decision: Callable[[Any], Message]
    ) -> bytes: ...


Read = Callable[[Callable[[Any], Message]], Awaitable[Message]]
FindVerifier = Callable[[], Awaitable[Verifier]]
StillCounts = Callable[[Actor], Awaitable[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """
    What a service needs to answer: where decisions and readings run, and how actors are believed.

    *freshness* is the age up to which a strong identification is good for acts that want a fresh one, and
    *least_level* how sure it has to be.
    *caught_up* waits until the service knows all that identity knew when it vouched for an actor.
    *still_counts* refuses an actor whose chat account was unlinked since.
    """

    handlers: object
    decide: Decide
    read: Read
    verifier: FindVerifier
    freshness: timedelta = timedelta(minutes=15)
    least_level: Level = Level.SUBSTANTIAL
    caught_up: Callable[[int], Awaitable[None]] | None = None
    still_counts: StillCounts | None = None
    now: Callable[[], datetime] = field(default=lambda: datetime.now(UTC))


@asynccontextmanager
async def serve(connection: Connection, desk: Desk) -> AsyncIterator[None]:
    """
    Answer every request that the desk's handlers mark, until the block ends.

    What can be answered from memory to a program is answered in the read loop itself. The rest runs in a task
    for each request, since a subscription awaits one callback at a time. Leaving takes no more of them, and
    waits for all that came: whoever asks later is told that nobody is there, and asks again.
    """
    room = asyncio.Semaphore(MAX_IN_FLIGHT)
    in_flight: set[asyncio.Task[None]] = set()
    prepares = dict(marked(desk.handlers, "_prepares"))

    def leave(task: asyncio.Task[None]) -> None:
        in_flight.discard(task)
        room.release()

    def in_a_task(serving: _Serving) -> Callable[[Msg], Awaitable[None]]:
        async def receive(msg: Msg) -> None:
            await room.acquire()
            task = asyncio.create_task(serving.handle(msg))
            in_flight.add(task)
            task.add_done_callback(leave)

        return receive

    served: list[Subscription] = []
    for mark in ("_decides", "_reads", "_answers"):
        for request_type, method in marked(desk.handlers, mark):
            serving = _Serving(connection, desk, request_type, mark, method, prepares.get(request_type))
            subject = f"{request_type.subject}.*"
            if mark == "_answers" and request_type.proof is Proof.PROGRAM:
                served.append(await connection.serve_straight(subject, serving.answer_at_once))
            else:
                served.append(await connection.serve(subject, in_a_task(serving)))
    await connection.settled()
    try:
        yield
    finally:
        await connection.serve_no_more(served)
        await asyncio.gather(*in_flight)


@dataclass(frozen=True, slots=True)
class _Serving:
    connection: Connection
    desk: Desk
    request_type: Incoming
    mark: str
    method: MarkedMethod
    prepare: MarkedMethod | None

    async def handle(self, msg: Msg) -> None:
        """Answer *msg*, refuse it, or admit a crash; never raise, for nobody above could answer."""
        with tracing(msg.headers) if _is_traced(msg.headers) else nullcontext():
            try:
                body, headers = await self._answer(msg)
            except Exception as error:
                # The outermost boundary: the caller gets a reference, the log gets the cause.
                body, headers = self._no(error)
        if msg.reply:
            await self.connection.answer(msg.reply, body, headers)

    async def answer_at_once(
        self, subject: str, reply_to: str, data: bytes, headers: Mapping[str, str] | None
    ) -> None:
        """The same for what a program asks and memory answers: nothing here waits for another message."""
        says: dict[str, str] | None = None
        with tracing(headers) if _is_traced(headers) else nullcontext():
            try:
                actor = PROGRAMS[subject.rpartition(".")[2]]
                body = _body(self.method(read_request(self.request_type, data), actor))
            except Exception as error:
                # As above.
                body, says = self._no(error)
        if reply_to:
            await self.connection.answer(reply_to, body, says)

    def _no(self, error: Exception) -> tuple[bytes, dict[str, str]]:
        if isinstance(error, Refusal):
            log.info("request.refused", subject=self.request_type.subject, code=error.code)
            return refused(error)
        reference = uuid4().hex[:8]
        log.error("request.crashed", subject=self.request_type.subject, reference=reference, exc_info=error)
        return crashed(reference)

    async def _answer(self, msg: Msg) -> tuple[bytes, dict[str, str] | None]:
        actor = PROGRAMS[msg.subject.rpartition(".")[2]]
        request = read_request(self.request_type, msg.data)
        if self.request_type.proof is not Proof.PROGRAM:
            actor = await self._prove(actor.caller, msg)
        if self.mark == "_answers":
            return _body(self.method(request, actor)), None
        return await self._run(request, actor), None

    async def _run(self, request: Request[Any], actor: Actor) -> bytes:
        if isinstance(request, Command):
            self._in_time(request, actor)
        if self.desk.caught_up is not None and actor.known:
            await self.desk.caught_up(actor.known)
        if self.desk.still_counts is not None and actor.person is not None:
            await self.desk.still_counts(actor)
        prepared = await self.prepare(request, actor) if self.prepare is not None else None
        given = () if prepared is None else (prepared,)
        if isinstance(request, Command):
            body = await self.desk.decide(request, actor, lambda tx: self.method(tx, request, actor, *given))
            log.info("request.answered", subject=request.subject, request_id=str(request.request_id))
            return body
        reply = await self.desk.read(lambda rows: self.method(rows, request, actor, *given))
        return write_message(reply)

    def _in_time(self, command: Command[Any], actor: Actor) -> None:
        now = self.desk.now()
        if now > command.deadline:
            raise DeadlinePassed
        if not command.fresh_identification:
            return
        if actor.identified_at is None or now - actor.identified_at > self.desk.freshness:
            raise IdentificationTooOld(minutes=int(self.desk.freshness.total_seconds() // 60))
        if actor.level is None or not actor.level.reaches(self.desk.least_level):
            raise IdentificationTooWeak(least=self.desk.least_level.value)

    async def _prove(self, caller: Account, msg: Msg) -> Actor:
        token = (msg.headers or {}).get(HEADER)
        if not token:
            raise ActorNotProved(why="missing")
        verifier = await self.desk.verifier()
        command = (self.request_type.subject, msg.data) if self.request_type.proof is Proof.ACT else None
        return verifier.actor(token, caller=caller, command=command)


def _is_traced(headers: Mapping[str, str] | None) -> bool:
    return headers is not None and TRACE in headers


def _body(reply: Message | bytes) -> bytes:
    return reply if isinstance(reply, bytes) else write_message(reply)
