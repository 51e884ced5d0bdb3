"""Facts: in order, none lost, none passed over, duplicates dropped."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from uuid import uuid4

import pytest

from shared.contracts.base import Event, OrganisationId, PersonId
from shared.contracts.identity import MemberAdded
from shared.messaging import hearing
from shared.messaging.accounts import Account, durable
from shared.messaging.connection import Connection, Fact, Unreachable
from shared.messaging.hearing import NotYet, listen
from shared.messaging.pulling import BATCH, Pull
from tests.support.bus import BusServer
from tests.support.patience import PATIENCE

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
        async with asyncio.timeout(PATIENCE):
            return [await self.heard.get() for _ in range(count)]


class Unread:
    """Counts the complaints about facts that could not be read."""

    def __init__(self) -> None:
        self._told: asyncio.Queue[str] = asyncio.Queue()

    def __call__(self, event: str, **_: object) -> None:
        self._told.put_nowait(event)

    async def happened(self, times: int) -> None:
        async with asyncio.timeout(10):
            for _ in range(times):
                assert await self._told.get() == "event.unknown"


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


async def test_a_fact_of_a_kind_that_is_not_known_yet_comes_again(
    pair: tuple[Connection, Connection], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A program that is renewed after the one that announces must not lose what it could not read."""
    identity, roles = pair
    monkeypatch.setattr(hearing, "LATER", 0.1)
    older, newer = Listener(), Listener()
    with monkeypatch.context() as before:
        before.delitem(Event.known, MemberAdded.subject)
        before.setattr(hearing.log, "error", unread := Unread())
        async with listen(roles, older.hear):
            await identity.announce(facts(2))
            await unread.happened(2)

    async with listen(roles, newer.hear):
        assert sorted(await newer.take(2)) == [1, 2]
    assert older.heard.empty()


async def test_a_fact_is_heard_at_once_when_an_order_has_just_run_out(
    pair: tuple[Connection, Connection], monkeypatch: pytest.MonkeyPatch
) -> None:
    identity, roles = pair
    pull = Pull(roles.nats, durable(Account.ROLES), stands=3)
    publish, ordered = roles.nats.publish, asyncio.Event()

    async def order(subject: str, payload: bytes = b"", reply: str = "") -> None:
        await publish(subject, payload, reply)
        ordered.set()

    monkeypatch.setattr(roles.nats, "publish", order)
    async with pull.open():
        waiting = asyncio.create_task(pull.next())
        await ordered.wait()
        for fact in facts(3):
            ordered.clear()
            async with asyncio.timeout(PATIENCE):
                await ordered.wait()
            await identity.announce([fact])
            # Less than an order stands: not its end brings the fact, but the fact itself.
            async with asyncio.timeout(2.5):
                msg = await waiting
            assert msg.data == fact.payload
            waiting = asyncio.create_task(pull.next())
            await msg.ack()
        waiting.cancel()


async def test_many_facts_need_many_orders_and_none_is_left_behind(
    pair: tuple[Connection, Connection],
) -> None:
    identity, roles = pair
    several = facts(3 * BATCH + 1)
    pull = Pull(roles.nats, durable(Account.ROLES))

    async with pull.open():
        await identity.announce(several)
        async with asyncio.timeout(PATIENCE):
            taken = [await take(pull) for _ in several]

    assert taken == [fact.payload for fact in several]


async def test_an_order_that_nobody_took_is_given_again(
    pair: tuple[Connection, Connection], monkeypatch: pytest.MonkeyPatch
) -> None:
    identity, roles = pair
    pull = Pull(roles.nats, durable(Account.ROLES))
    publish = roles.nats.publish
    lost: list[str] = []

    async def lose_the_first(subject: str, payload: bytes = b"", reply: str = "") -> None:
        if not lost:
            lost.append(reply)
            return
        await publish(subject, payload, reply)

    monkeypatch.setattr(roles.nats, "publish", lose_the_first)
    async with pull.open():
        await identity.announce(facts(1))
        async with asyncio.timeout(PATIENCE):
            msg = await pull.next()

    assert lost
    assert msg.subject == MemberAdded.subject


async def test_ears_close_even_when_they_forget_that_they_were_told_to(
    pair: tuple[Connection, Connection], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, roles = pair
    cancelled: list[bool] = []
    waiting = asyncio.Event()

    async def forgetful() -> None:
        """Waits as nats-py does on Python 3.11: the first cancellation is lost."""
        waiting.set()
        while len(cancelled) < 2:
            try:
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                cancelled.append(True)
        raise asyncio.CancelledError

    @asynccontextmanager
    async def forgetting(_: Connection) -> AsyncIterator[Callable[[], Awaitable[None]]]:
        yield forgetful

    monkeypatch.setattr(Connection, "hearing", forgetting)
    async with asyncio.timeout(PATIENCE):
        async with listen(roles, Listener().hear):
            await waiting.wait()

    assert len(cancelled) == 2


async def take(pull: Pull) -> bytes:
    msg = await pull.next()
    await msg.ack()
    return msg.data
