"""Facts are handed on: all of them, oldest first, by one relay at a time."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import psycopg
import pytest
from sqlalchemy import Row, update

from shared.storage import relay as relaying
from shared.storage.database import Database
from shared.storage.migrations import republish
from shared.storage.relay import NotTaken, relay
from tests.shared.storage.conftest import make_tables
from tests.shared.storage.ground import METADATA, TIMEOUT, keep, keep_many, unsent

EVENTS = METADATA.tables["events"]


@dataclass(slots=True)
class Stream:
    """Takes facts and drops what it knows by its id, like the real one; refuses when it is told to."""

    refusals: list[Exception] = field(default_factory=list)
    taken: list[int] = field(default_factory=list)
    handed: list[list[int]] = field(default_factory=list)
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    _known: set[str] = field(default_factory=set)
    _moved: asyncio.Condition = field(default_factory=asyncio.Condition)

    def __post_init__(self) -> None:
        self.gate.set()

    async def announce(self, rows: Sequence[Row[Any]]) -> None:
        async with self._moved:
            self.handed.append([row.revision for row in rows])
            self._moved.notify_all()
        await self.gate.wait()
        if self.refusals:
            raise self.refusals.pop(0)
        async with self._moved:
            self.taken += [row.revision for row in rows if row.event_id not in self._known]
            self._known |= {row.event_id for row in rows}
            self._moved.notify_all()

    async def has(self, condition: Callable[[], bool]) -> None:
        async with asyncio.timeout(TIMEOUT), self._moved:
            await self._moved.wait_for(condition)

    async def has_taken(self, count: int) -> None:
        await self.has(lambda: len(self.taken) >= count)


async def all_marked(database: Database) -> None:
    """Return when no fact waits."""
    async with asyncio.timeout(TIMEOUT):
        while await database.read(unsent):
            continue


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(relaying, "PATIENCE", 0.05)


async def test_all_facts_are_handed_on_oldest_first(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(relaying, "BATCH", 7)
    stream = Stream()
    await keep_many(database, 30)

    async with relay(database, stream.announce):
        await stream.has_taken(30)
        await all_marked(database)

    assert stream.taken == list(range(1, 31))
    assert [len(batch) for batch in stream.handed] == [7, 7, 7, 7, 2]


async def test_a_new_fact_is_handed_on_without_waiting_for_the_next_look(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(relaying, "PATIENCE", 10 * TIMEOUT)
    stream = Stream()

    async with relay(database, stream.announce):
        await database.decide(keep("first"))
        await stream.has_taken(1)
        await database.decide(keep("second"))
        await stream.has_taken(2)

    assert stream.taken == [1, 2]


@pytest.mark.parametrize("refusal", [NotTaken(), ValueError("a bug")])
async def test_what_the_stream_did_not_take_is_handed_over_again_in_order(
    database: Database, refusal: Exception
) -> None:
    stream = Stream(refusals=[refusal, refusal])
    await keep_many(database, 3)

    async with relay(database, stream.announce):
        await stream.has_taken(3)
        await all_marked(database)

    assert stream.handed == [[1, 2, 3]] * 3
    assert stream.taken == [1, 2, 3]


async def test_nothing_is_marked_before_the_stream_has_it(database: Database) -> None:
    stream = Stream()
    stream.gate.clear()
    await keep_many(database, 3)

    async with relay(database, stream.announce):
        await stream.has(lambda: bool(stream.handed))
        await database.decide(keep("while it is under way"))
        waiting = await database.read(unsent)
        stream.gate.set()
        await stream.has_taken(4)

    assert waiting == 4
    assert stream.taken == [1, 2, 3, 4]


async def test_a_relay_that_is_stopped_while_it_hands_over_marks_nothing(database: Database) -> None:
    stream = Stream()
    stream.gate.clear()
    await keep_many(database, 3)

    async with relay(database, stream.announce):
        await stream.has(lambda: bool(stream.handed))

    assert await database.read(unsent) == 3


async def test_facts_that_were_sent_are_not_sent_again(database: Database) -> None:
    stream = Stream()
    await keep_many(database, 3)
    await database.decide(
        lambda tx: tx.connection.execute(update(EVENTS).where(EVENTS.c.revision == 2).values(sent=True))
    )

    async with relay(database, stream.announce):
        await all_marked(database)

    assert stream.taken == [1, 3]


async def test_a_stream_that_was_lost_is_filled_again(database: Database) -> None:
    first, second = Stream(), Stream()
    await keep_many(database, 3)
    async with relay(database, first.announce):
        await all_marked(database)

    count = await asyncio.to_thread(republish, database.url)
    async with relay(database, second.announce):
        await second.has_taken(3)

    assert count == 3
    assert second.taken == [1, 2, 3]


async def test_two_relays_take_turns(postgres_url: str) -> None:
    make_tables(postgres_url)
    first, second = Stream(), Stream()
    one, other = Database(postgres_url, METADATA), Database(postgres_url, METADATA)
    async with one.working(), other.working(), relay(other, second.announce):
        async with relay(one, first.announce):
            leader, standby = await _who_leads(one, first, second)
            for number in range(20):
                await other.decide(keep(f"fact {number}"))
            await all_marked(one)
        await other.decide(keep("after one has left"))
        await second.has(lambda: 22 in second.taken)

    assert leader.taken[:21] == list(range(1, 22))
    assert standby.taken in ([], [22])


async def _who_leads(database: Database, first: Stream, second: Stream) -> tuple[Stream, Stream]:
    await database.decide(keep("who leads"))
    await all_marked(database)
    return (first, second) if first.taken else (second, first)


async def test_after_a_refusal_the_same_relay_or_another_goes_on(postgres_url: str) -> None:
    make_tables(postgres_url)
    stream = Stream(refusals=[NotTaken() for _ in range(5)])
    database = Database(postgres_url, METADATA)
    async with database.working(), relay(database, stream.announce):
        await database.decide(keep("refused five times"))
        await stream.has_taken(1)
        await all_marked(database)

    assert stream.handed == [[1]] * 6


async def test_a_relay_whose_connection_is_cut_takes_its_place_again(postgres_url: str) -> None:
    make_tables(postgres_url)
    stream = Stream()
    database = Database(postgres_url, METADATA)
    async with database.working(), relay(database, stream.announce):
        await database.decide(keep("before"))
        await stream.has_taken(1)
        await all_marked(database)
        cut = await asyncio.to_thread(_cut_whoever_holds_the_lock, postgres_url)
        await database.decide(keep("after"))
        await stream.has_taken(2)
        await all_marked(database)

    assert cut == 1
    assert stream.taken == [1, 2]


def _cut_whoever_holds_the_lock(url: str) -> int:
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as administrator:
        cut = administrator.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted"
            " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
        )
        return len(cut.fetchall())


async def test_a_relay_leaves_even_when_the_stream_forgets_that_it_was_told_to(database: Database) -> None:
    """nats-py asks inside wait_for(), which on Python 3.11 loses a cancellation that news coincide with."""
    forgotten: list[bool] = []
    asked = asyncio.Event()

    async def forgetful(_: Sequence[Row[Any]]) -> None:
        asked.set()
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            if forgotten:
                raise
            forgotten.append(True)

    await keep_many(database, 1)
    async with asyncio.timeout(TIMEOUT):
        async with relay(database, forgetful):
            await asked.wait()

    assert forgotten
