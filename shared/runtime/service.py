"""Put a service together: its database, its relay, its ears, and its desk on the bus."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Row

from shared.contracts.assurance import Level
from shared.contracts.base import Command, Event, Message
from shared.contracts.roles_refusals import BehindTheFacts
from shared.messaging.actors import Actor
from shared.messaging.bus import Bus
from shared.messaging.connection import Connection, Fact, Unreachable
from shared.messaging.handling import MarkedMethod, marked
from shared.messaging.hearing import NotYet, listen
from shared.messaging.server import Desk, FindVerifier, StillCounts, serve
from shared.messaging.verifying import KeysOverBus
from shared.storage.database import Database
from shared.storage.relay import NotTaken, relay
from shared.storage.transaction import Heard, Transaction

CATCH_UP = 1.0


@dataclass(frozen=True, slots=True)
class Service:
    """A service at work."""

    database: Database
    bus: Bus


class Ears:
    """Applies facts of other services, each once and in order; others may wait for one to be heard."""

    def __init__(self, database: Database, handlers: object) -> None:
        self._database = database
        self._hears: dict[type[Event], MarkedMethod] = dict(marked(handlers, "_hears"))
        self._known: dict[str, int] = {}
        self._moved = asyncio.Condition()

    @property
    def any(self) -> bool:
        return bool(self._hears)

    @property
    def follows_identity(self) -> bool:
        """Whether identity's facts are heard here, and others can wait until one is."""
        return any(heard.subject.split(".")[1] == "identity" for heard in self._hears)

    async def hear(self, event: Event) -> None:
        """
        Let *event* take effect, unless it has.

        Raises:
            NotYet: an earlier fact of the same service has not come.
        """
        source = event.subject.split(".")[1]

        def take_in(tx: Transaction) -> Heard:
            heard = tx.hear(source, event.revision)
            if heard is Heard.NEXT and (method := self._hears.get(type(event))):
                method(tx, event)
            return heard

        if await self._database.decide(take_in) is Heard.TOO_EARLY:
            raise NotYet
        async with self._moved:
            self._known[source] = max(self._known.get(source, 0), event.revision)
            self._moved.notify_all()

    async def caught_up(self, revision: int) -> None:
        """
        Wait until fact *revision* of identity has taken effect.

        Raises:
            BehindTheFacts: it has not come in time; who is asked should not decide on old facts.
        """
        if self._known.get("identity", 0) >= revision:
            return
        if (known := await self._database.read(lambda tx: tx.heard("identity"))) >= revision:
            # What was heard while we looked stays heard.
            self._known["identity"] = max(self._known.get("identity", 0), known)
            return
        try:
            async with asyncio.timeout(CATCH_UP), self._moved:
                await self._moved.wait_for(lambda: self._known.get("identity", 0) >= revision)
        except TimeoutError:
            raise BehindTheFacts(revision=revision) from None


@asynccontextmanager
async def at_work(
    connection: Connection,
    database: Database,
    handlers: object,
    *,
    verifier: FindVerifier | None = None,
    still_counts: StillCounts | None = None,
    freshness: timedelta = timedelta(minutes=15),
    least_level: Level = Level.SUBSTANTIAL,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> AsyncIterator[Service]:
    """
    Answer, hear and announce until the block ends.

    *database* must be working already: whoever makes the handlers may have had to read it first.
    """
    bus = Bus(connection)
    ears = Ears(database, handlers)
    foresees = dict(marked(handlers, "_foresees"))

    async def decide(command: Command[Any], actor: Actor, decision: Callable[[Any], Message]) -> bytes:
        return await database.decide_once(
            command,
            person=str(actor.person or actor.caller),
            token_id=actor.token_id,
            decision=decision,
            foresee=foresees.get(type(command)),
        )

    desk = Desk(
        handlers=handlers,
        decide=decide,
        read=database.read,
        verifier=verifier or KeysOverBus(bus, now),
        freshness=freshness,
        least_level=least_level,
        caught_up=ears.caught_up if ears.follows_identity else None,
        still_counts=still_counts,
        now=now,
    )

    async def announce(rows: Sequence[Row[Any]]) -> None:
        facts = [Fact(row.event_id, row.subject, row.payload.encode()) for row in rows]
        try:
            await connection.announce(facts)
        except Unreachable as error:
            raise NotTaken from error

    async with AsyncExitStack() as stack:
        await stack.enter_async_context(relay(database, announce))
        if ears.any:
            await stack.enter_async_context(listen(connection, ears.hear))
        await stack.enter_async_context(serve(connection, desk))
        yield Service(database, bus)
