"""How a service answers: side by side, to the end, and without telling what it is made of."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest

from shared.contracts.base import Command, Message, Unavailable
from shared.contracts.health import GetRolesHealth, Health
from shared.contracts.roles import Catalogue, GetCatalogue
from shared.messaging.accounts import Account
from shared.messaging.actors import Actor, Verifier
from shared.messaging.bus import Bus
from shared.messaging.connection import Connection, Unreachable
from shared.messaging.handling import answers, reads
from shared.messaging.server import Desk, serve
from shared.messaging.straight import NobodyThere
from tests.support.bus import BusServer
from tests.support.patience import PATIENCE

SECRET = "postgres://user:secret@db/roles"


@dataclass
class Slow:
    """Answers when it is let to."""

    begun: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(0))
    go_on: asyncio.Event = field(default_factory=asyncio.Event)

    @reads(GetRolesHealth)
    def health(self, rows: object, request: GetRolesHealth, actor: Actor) -> Health:
        return Health(service=actor.caller, version="1", revision=0, waiting=0)

    @answers(GetCatalogue)
    def catalogue(self, request: GetCatalogue, actor: Actor) -> Catalogue:
        raise RuntimeError(SECRET)

    async def read(self, reading: Callable[[Any], Message]) -> Message:
        self.begun.release()
        await self.go_on.wait()
        return reading(None)


@asynccontextmanager
async def answering(connection: Connection, handlers: Slow) -> AsyncIterator[None]:
    async def never(command: Command[Any], actor: Actor, decision: Callable[[Any], Message]) -> bytes:
        raise AssertionError("nothing is decided here")

    async def nobody() -> Verifier:
        raise AssertionError("nobody is asked about here")

    async with serve(connection, Desk(handlers=handlers, decide=never, read=handlers.read, verifier=nobody)):
        yield


@pytest.fixture
async def roles(bus_server: BusServer) -> AsyncIterator[Connection]:
    async with bus_server.connect(Account.ROLES) as connection:
        yield connection


@pytest.fixture
async def operator(bus_server: BusServer) -> AsyncIterator[Bus]:
    async with bus_server.connect(Account.OPERATOR) as connection:
        yield Bus(connection)


async def test_a_slow_question_does_not_hold_up_its_neighbours(
    roles: Connection, operator: Bus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shared.messaging.bus.ONE_TRY", PATIENCE)
    slow = Slow()
    async with answering(roles, slow):
        asking = [asyncio.create_task(operator.call(GetRolesHealth())) for _ in range(20)]
        async with asyncio.timeout(PATIENCE):
            for _ in asking:
                await slow.begun.acquire()
        slow.go_on.set()
        healths = await asyncio.gather(*asking)

    assert [health.service for health in healths] == ["OPERATOR"] * 20


async def test_who_leaves_answers_first_what_was_asked(roles: Connection, operator: Bus) -> None:
    slow = Slow()
    async with answering(roles, slow):
        asking = asyncio.create_task(operator.call(GetRolesHealth()))
        await slow.begun.acquire()
        asyncio.get_running_loop().call_later(0.05, slow.go_on.set)

    assert (await asking).service == "OPERATOR"


async def test_who_has_left_takes_no_more_questions(roles: Connection, operator: Bus) -> None:
    """Whoever asks is told that nobody is there, and asks again: the next one may be up by then."""
    slow = Slow()
    slow.go_on.set()
    async with answering(roles, slow):
        await operator.call(GetRolesHealth())
    for subject in (GetRolesHealth.subject, GetCatalogue.subject):
        with pytest.raises(Unreachable) as nobody:
            await operator.connection.request(subject, b"{}", headers=None, patience=PATIENCE)

        assert isinstance(nobody.value.__cause__, NobodyThere)


async def test_a_crash_gives_a_reference_and_no_secret(roles: Connection, operator: Bus) -> None:
    async with answering(roles, Slow()):
        with pytest.raises(Unavailable) as crashed:
            await operator.call(GetCatalogue())
        raw = await operator.connection.request(GetCatalogue.subject, b"{}", headers=None, patience=2)

    assert crashed.value.reference
    assert SECRET not in str(raw.headers) + raw.data.decode()


async def test_nobody_there_is_said_to_be_unavailable(operator: Bus) -> None:
    with pytest.raises(Unavailable):
        await operator.call(GetRolesHealth())
