"""Facts: in order, none lost, none passed over, duplicates dropped."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from uuid import uuid4

import pytest

from shared.contracts.base import Event, OrganisationId, PersonId
from shared.contracts.identity import MemberAdded
from shared.messaging.connection import Connection, Fact, Unreachable
from shared.messaging.hearing import NotYet, listen
from shared.messaging.topology import Account
from tests.support.bus import BusServer

ORGANISATION, PERSON = OrganisationId(uuid4()), PersonId(uuid4())


def facts(count: int) -> list[Fact]:
    events = [
        MemberAdded(organisation=ORGANISATION, person=PERSON, main_user=False, revision=number)
        for number in range(1, count + 1)
    ]
    return [Fact(str(event.event_id), event.subject, event.model_dump_json().encode()) for event in events]


class Listener:
    """Writes down what it hears."""

    def __init__(self) -> None:
        self.heard: asyncio.Queue[int] = asyncio.Queue()
        self.refusals = 0
        self.missing: set[int] = set()

    async def hear(self, event: Event) -> None:
        if self.refusals:
            self.refusals -= 1
            raise NotYet
        await self.heard.put(event.revision)

    async def take(self, count: int) -> list[int]:
        async with asyncio.timeout(10):
            return [await self.heard.get() for _ in range(count)]


@pytest.fixture
async def pair(bus_server: BusServer) -> AsyncIterator[tuple[Connection, Connection]]:
    async with AsyncExitStack() as stack:
        identity = await stack.enter_async_context(bus_server.connect(Account.IDENTITY))
        roles = await stack.enter_async_context(bus_server.connect(Account.ROLES))
        yield identity, roles


async def test_a_batch_is_heard_whole_and_in_order(pair: tuple[Connection, Connection]) -> None:
    identity, roles = pair
    listener = Listener()

    async with listen(roles, listener.hear):
        await identity.announce(facts(300))

        assert await listener.take(300) == [*range(1, 301)]


async def test_what_was_announced_while_nobody_listened_is_heard_later(
    pair: tuple[Connection, Connection],
) -> None:
    identity, roles = pair
    await identity.announce(facts(3))
    listener = Listener()

    async with listen(roles, listener.hear):
        assert await listener.take(3) == [1, 2, 3]


async def test_announcing_again_what_the_stream_has_doubles_nothing(
    pair: tuple[Connection, Connection],
) -> None:
    identity, roles = pair
    several = facts(5)
    listener = Listener()

    async with listen(roles, listener.hear):
        await identity.announce(several[:3])
        await identity.announce(several)

        assert await listener.take(5) == [1, 2, 3, 4, 5]
        assert listener.heard.empty()


async def test_a_fact_that_cannot_be_taken_yet_comes_again(pair: tuple[Connection, Connection]) -> None:
    identity, roles = pair
    listener = Listener()
    listener.refusals = 2

    async with listen(roles, listener.hear):
        await identity.announce(facts(1))

        assert await listener.take(1) == [1]


async def test_nobody_announces_for_another(pair: tuple[Connection, Connection]) -> None:
    _, roles = pair

    with pytest.raises(Unreachable):
        await roles.announce(facts(1))


async def test_rubbish_in_the_stream_does_not_stop_the_ears(pair: tuple[Connection, Connection]) -> None:
    identity, roles = pair
    listener = Listener()
    rubbish = Fact(uuid4().hex, MemberAdded.subject, b"{not json")

    async with listen(roles, listener.hear):
        await identity.announce([rubbish])
        await identity.announce(facts(1))

        assert await listener.take(1) == [1]


async def test_ears_close_even_when_news_come_at_that_very_moment(
    pair: tuple[Connection, Connection], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, roles = pair
    cancelled, fetching = [], asyncio.Event()

    class Forgetful:
        """Fetches as nats-py does on Python 3.11: the first cancellation is lost."""

        async def fetch(self) -> list[object]:
            fetching.set()
            try:
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                cancelled.append(True)
                if len(cancelled) > 1:
                    raise
            return []

    @asynccontextmanager
    async def hearing(_: Connection) -> AsyncIterator[Callable[[], Awaitable[list[object]]]]:
        yield Forgetful().fetch

    monkeypatch.setattr(Connection, "hearing", hearing)
    async with asyncio.timeout(5):
        async with listen(roles, Listener().hear):
            await fetching.wait()

    assert len(cancelled) == 2
