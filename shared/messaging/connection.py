"""The connection to the bus; here, in straight.py and in pulling.py nats-py's traps are kept shut."""

import asyncio
import json
import os
import random
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

import nats
import structlog
from nats.aio.client import Server
from nats.aio.msg import Msg
from nats.aio.subscription import Subscription
from nats.errors import (
    ConnectionClosedError,
    Error,
    MaxPayloadError,
    OutboundBufferLimitError,
)
from nats.js.errors import Error as JetStreamError

from shared.messaging import keys
from shared.messaging.accounts import Account, Keeper, durable, inbox
from shared.messaging.pulling import Pull
from shared.messaging.straight import Answer, Hand, NobodyThere, StraightClient

log = structlog.get_logger()

EXIT_CLOSED = 70
BUDGET = 30.0
STUCK_AFTER = 2.0
DRAINED_WITHIN = 2.0

Receive = Callable[[Msg], Awaitable[None]]


class Unreachable(Exception):
    """The request could not be carried, or nobody answered it in time."""


class TooLarge(Exception):
    """The server takes no message of this size."""


@dataclass(frozen=True, slots=True)
class Fact:
    """An event on its way to the stream: *event_id* is what duplicates are known by."""

    event_id: str
    subject: str
    payload: bytes


@dataclass(slots=True)
class Connection:
    """
    One program's connection to the bus.

    Losing it for good ends the process: whoever supervises us starts it afresh, which is surer than any
    mending from within (nats-py 2.16 closes for ever when its key is rotated, for one).
    """

    account: str
    nats: StraightClient = field(default_factory=StraightClient)
    _leaving: bool = False

    async def request(
        self, subject: str, payload: bytes, *, headers: dict[str, str] | None, patience: float
    ) -> Answer:
        """
        Send a question, wait at most *patience* seconds for its answer.

        Raises:
            Unreachable: nobody is there, nobody answered in time, or we are cut off just now.
            TooLarge: the server would not take it.
        """
        try:
            return await self.nats.ask(subject, payload, headers=headers, patience=patience)
        except MaxPayloadError as error:
            raise TooLarge from error
        except (NobodyThere, TimeoutError, OutboundBufferLimitError, ConnectionClosedError) as error:
            raise Unreachable(subject) from error

    async def answer(self, subject: str, payload: bytes, headers: dict[str, str] | None = None) -> None:
        """Send an answer. Not Msg.respond(), which would send the question's headers back with it."""
        await self.nats.publish(subject, payload, headers=headers)

    async def serve(self, subject: str, receive: Receive) -> Subscription:
        """Take every message on *subject*, one at a time, shared with others who serve it."""
        return await self.nats.subscribe(subject, queue="all", cb=receive)

    async def serve_straight(self, subject: str, hand: Hand) -> Subscription:
        """
        Hand over every message on *subject* as it is read, shared with others who serve it.

        *hand* holds up everything else on this connection: it must be quick, and must never raise.
        """
        return await self.nats.subscribe_straight(subject, hand, queue="all")

    async def serve_no_more(self, served: Sequence[Subscription]) -> None:
        """Have the server send no more on what was *served*; return when what it sent was handed over."""
        if self.nats.is_connected:
            with suppress(Error, OSError, TimeoutError):
                async with asyncio.timeout(DRAINED_WITHIN):
                    await asyncio.gather(*(each.drain() for each in served))  # type: ignore[no-untyped-call]  # nats-py

    async def settled(self) -> None:
        """Return when the server knows of everything asked of it so far."""
        await self.nats.flush()

    async def announce(self, facts: Sequence[Fact]) -> None:
        """
        Hand *facts* to the stream, all or none, in their order; return when they are on its disk.

        A batch that holds a fact which the stream has already is refused whole: then they go one by one,
        and the stream drops what it knows.

        Raises:
            Unreachable: the stream did not take them; try again later.
        """
        try:
            if len(facts) == 1 or not await self._announce_together(facts):
                for fact in facts:
                    await self.nats.jetstream().publish(
                        fact.subject, fact.payload, headers={"Nats-Msg-Id": fact.event_id}
                    )
        except (Error, JetStreamError) as error:
            raise Unreachable(facts[0].subject) from error

    async def _announce_together(self, facts: Sequence[Fact]) -> bool:
        batch = uuid4().hex

        def headers(number: int, fact: Fact) -> dict[str, str]:
            return {
                "Nats-Msg-Id": fact.event_id,
                "Nats-Batch-Id": batch,
                "Nats-Batch-Sequence": str(number),
            }

        *earlier, last = facts
        for number, fact in enumerate(earlier, start=1):
            await self.nats.publish(fact.subject, fact.payload, headers=headers(number, fact))
        commit = headers(len(facts), last) | {"Nats-Batch-Commit": "1"}
        answer = await self.nats.request(last.subject, last.payload, timeout=5, headers=commit)
        return "error" not in json.loads(answer.data)

    @asynccontextmanager
    async def hearing(self) -> AsyncIterator[Callable[[], Awaitable[Msg]]]:
        """Give a function that waits for the next fact, as long as it takes."""
        pull = Pull(self.nats, durable(Account(self.account)))
        async with pull.open():
            yield pull.next

    async def leave(self) -> None:
        """Send what is under way, then hang up."""
        self._leaving = True
        with suppress(Error):
            if self.nats.is_connected:
                await self.nats.drain()
            else:
                await self.nats.close()


@asynccontextmanager
async def connected(
    account: Account | Keeper, *, url: str, key_folder: Path, budget: float = BUDGET
) -> AsyncIterator[Connection]:
    """
    Connect as *account* until the block ends; *url* may name several servers of one cluster, with commas.

    Raises:
        Unreachable: no server let us in within *budget* seconds; the message says why.
        FileNotFoundError: there is no key for *account*.
    """
    connection = Connection(account=account)
    seed = keys.seed(key_folder, account)
    await _first_contact(url, seed, budget)
    options = _options(connection, seed, url)
    await connection.nats.connect(_servers(url), **options)  # type: ignore[arg-type]  # a plain mapping of options
    watchdog = asyncio.create_task(_watch(connection.nats))
    try:
        yield connection
    finally:
        watchdog.cancel()
        await connection.leave()


def _servers(url: str) -> list[str]:
    return [server.strip() for server in url.split(",")]


async def _first_contact(url: str, seed: str, budget: float) -> None:
    """Find out whether we are let in at all; a reconnecting client would keep the reason to itself."""
    give_up = asyncio.get_running_loop().time() + budget

    async def keep_quiet(_: Exception) -> None:
        # Nobody there yet is what we wait for; nats-py would log each try with its traceback.
        return

    while True:
        try:
            probe = await nats.connect(
                _servers(url),
                nkeys_seed_str=seed,
                allow_reconnect=False,
                connect_timeout=2,
                max_reconnect_attempts=1,
                reconnect_time_wait=0,
                error_cb=keep_quiet,
            )
        except (OSError, Error, TimeoutError) as error:
            if asyncio.get_running_loop().time() > give_up or "Authorization" in str(error):
                raise Unreachable(str(error)) from error
            await asyncio.sleep(random.uniform(0.02, 0.1))  # noqa: S311  # jitter, not a secret
        else:
            await probe.close()
            return


def _options(connection: Connection, seed: str, url: str) -> Mapping[str, object]:
    async def on_error(error: Exception) -> None:
        # Runs inside nats-py's read loop: what is raised here would end it for good.
        log.warning("bus.error", error=type(error).__name__)

    async def on_disconnect() -> None:
        if not connection._leaving:
            log.warning("bus.disconnected")

    async def on_reconnect() -> None:
        log.info("bus.reconnected")

    async def on_close() -> None:
        if not connection._leaving:
            log.error("bus.closed_for_good")
            os._exit(EXIT_CLOSED)

    return {
        "nkeys_seed_str": seed,
        "name": connection.account,
        "inbox_prefix": inbox(connection.account),
        "pending_size": -1,
        "ping_interval": 5,
        "max_outstanding_pings": 2,
        "max_reconnect_attempts": -1,
        "drain_timeout": 5,
        # Subjects are our own constants, or come from the server.
        "skip_subject_validation": True,
        "reconnect_to_server_handler": next_server,
        "error_cb": on_error,
        "disconnected_cb": on_disconnect,
        "reconnected_cb": on_reconnect,
        "closed_cb": on_close,
        "tls_handshake_first": url.startswith("tls://"),
    }


def next_server(servers: Sequence[Server], _: object = None) -> tuple[Server, float]:
    """
    Which of *servers* to dial next, and in how many seconds.

    Asked like this, nats-py does not go round by itself: the first might be the one that is away, for ever.
    """
    fewest = min(server.reconnects for server in servers)
    eligible = [server for server in servers if server.reconnects == fewest]
    return random.choice(eligible), random.uniform(0.05, 0.5)  # noqa: S311  # jitter, not a secret


async def _watch(client: StraightClient) -> None:
    """
    Cut the line when reconnecting hangs.

    nats-py 2.16 waits for an unsent buffer to drain before it dials again, which a frozen server
    never lets happen.
    """
    while True:
        await asyncio.sleep(STUCK_AFTER)
        if client.is_reconnecting and (transport := getattr(client, "_transport", None)) is not None:
            writer = getattr(transport, "_io_writer", None)
            if writer is not None:
                writer.transport.abort()
