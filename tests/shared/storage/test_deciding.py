"""Decisions land whole or not at all, each on its own, many at once."""

import asyncio
import sqlite3
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import TypeVar

import pytest
from sqlalchemy import Connection, event, insert, select, text, update
from sqlalchemy.exc import DatabaseError, OperationalError

from shared.contracts.base import Refusal
from shared.storage.database import Database
from shared.storage.transaction import Transaction
from tests.shared.storage.conftest import make_tables
from tests.shared.storage.ground import METADATA, THINGS, TIMEOUT, keep, names, revisions

T = TypeVar("T")


class NoSuchThing(Refusal):
    """A thing is not there."""

    code = "ground.no_such_thing"


def raising(error: Exception, name: str = "half done") -> Callable[[Transaction], None]:
    """Write a row and a fact, then fail."""

    def decision(tx: Transaction) -> None:
        keep(name)(tx)
        raise error

    return decision


@asynccontextmanager
async def together(database: Database) -> AsyncIterator[None]:
    """Hold the writers up until the block ends, so that what is decided in it waits side by side."""
    held, release = threading.Barrier(database.threads + 1), threading.Event()

    def hold(_: Transaction) -> None:
        held.wait(TIMEOUT)
        release.wait(TIMEOUT)

    holding = [asyncio.create_task(database.decide(hold)) for _ in range(database.threads)]
    await asyncio.to_thread(held.wait, TIMEOUT)
    try:
        yield
    finally:
        release.set()
        await asyncio.gather(*holding)


async def at_once(database: Database, *decisions: Callable[[Transaction], T]) -> "list[T | BaseException]":
    """Run *decisions* side by side, on SQLite in one commit; return what each came to."""
    async with together(database):
        tasks = [asyncio.create_task(database.decide(decision)) for decision in decisions]
        await asyncio.sleep(0)
    return await asyncio.wait_for(asyncio.gather(*tasks, return_exceptions=True), TIMEOUT)


async def test_many_decisions_at_once_all_land_and_each_gets_its_own_answer(database: Database) -> None:
    def mine(number: int) -> Callable[[Transaction], int]:
        def decision(tx: Transaction) -> int:
            keep(f"thing {number:03}")(tx)
            return number

        return decision

    answers = await asyncio.gather(*(database.decide(mine(number)) for number in range(300)))

    assert answers == list(range(300))
    assert await database.read(names) == [f"thing {number:03}" for number in range(300)]


async def test_facts_are_numbered_without_gaps_in_the_order_of_commits(
    database: Database, other_copy: Database
) -> None:
    copies = (database, other_copy)

    outcomes = await asyncio.gather(
        *(copies[number % 2].decide(keep(f"thing {number}")) for number in range(60)),
        *(copies[number % 2].decide(raising(NoSuchThing(), f"no {number}")) for number in range(20)),
        return_exceptions=True,
    )

    landed = [one for one in outcomes if isinstance(one, int)]
    assert sorted(landed) == list(range(1, 61))
    assert await database.read(revisions) == list(range(1, 61))


async def test_who_sees_a_fact_sees_every_earlier_one(database: Database) -> None:
    writing = asyncio.gather(*(database.decide(keep(f"thing {number}")) for number in range(120)))
    seen: list[list[int]] = []
    while not writing.done():
        seen.append(await database.read(revisions))
    await writing

    assert seen
    assert all(facts == list(range(1, len(facts) + 1)) for facts in seen)


async def test_a_decision_that_raises_leaves_nothing(database: Database) -> None:
    with pytest.raises(NoSuchThing):
        await database.decide(raising(NoSuchThing()))

    assert await database.read(names) == []
    assert await database.read(revisions) == []
    assert await database.decide(keep("next")) == 1


@pytest.mark.parametrize(
    "decision",
    [
        raising(NoSuchThing()),
        raising(ValueError("a bug")),
        lambda tx: tx.connection.execute(text("SELECT nothing FROM nowhere")),
        lambda tx: tx.connection.execute(insert(THINGS), {"name": "left", "number": None}),
    ],
    ids=["a refusal", "a bug", "no such table", "a broken rule"],
)
async def test_a_decision_that_raises_does_no_harm_to_its_neighbours(
    database: Database, decision: Callable[[Transaction], object]
) -> None:
    left, bad, right = await at_once(database, keep("left"), decision, keep("right"))

    assert isinstance(bad, Exception)
    assert {left, right} == {1, 2}
    assert await database.read(names) == ["left", "right"]
    assert await database.read(revisions) == [1, 2]


async def test_a_caller_who_has_gone_leaves_the_others_their_answers(database: Database) -> None:
    async with together(database):
        impatient = asyncio.create_task(database.decide(keep("impatient")))
        patient = asyncio.create_task(database.decide(keep("patient")))
        await asyncio.sleep(0)
        impatient.cancel()

    assert await asyncio.wait_for(patient, TIMEOUT) in (1, 2)
    async with asyncio.timeout(TIMEOUT):
        while await database.read(names) != ["impatient", "patient"]:
            pass  # What nobody waits for is done all the same; on PostgreSQL perhaps a moment later.


async def test_the_same_rows_are_changed_by_one_at_a_time(database: Database, other_copy: Database) -> None:
    await database.decide(keep("counted", 0))

    def count(tx: Transaction) -> None:
        row = THINGS.c.name == "counted"
        found = tx.connection.execute(select(THINGS.c.number).where(row).with_for_update()).scalar_one()
        tx.connection.execute(update(THINGS).where(row).values(number=found + 1))

    await asyncio.gather(*((database, other_copy)[number % 2].decide(count) for number in range(40)))

    number = await database.read(lambda tx: tx.connection.execute(select(THINGS.c.number)).scalar_one())
    assert number == 40


async def test_a_rule_that_looked_too_early_looks_again(database: Database, other_copy: Database) -> None:
    def keep_if_missing(tx: Transaction) -> str:
        if "shared" in names(tx):
            raise NoSuchThing
        keep("shared")(tx)
        return "kept"

    outcomes = await asyncio.gather(
        *((database, other_copy)[number % 2].decide(keep_if_missing) for number in range(8)),
        return_exceptions=True,
    )

    assert outcomes.count("kept") == 1
    assert sum(isinstance(one, NoSuchThing) for one in outcomes) == 7


async def test_those_who_wait_for_a_commit_are_told_after_it_and_before_the_answer(
    database: Database,
) -> None:
    told: list[str] = []

    def decision(tx: Transaction) -> None:
        keep("told of")(tx)
        tx.on_commit(lambda: told.append("hook"))

    await database.decide(decision)
    told.append("answer")

    assert told == ["hook", "answer"]


async def test_nobody_is_told_of_what_was_undone(database: Database) -> None:
    told: list[str] = []

    def decision(tx: Transaction) -> None:
        tx.on_commit(lambda: told.append("hook"))
        raise NoSuchThing

    with pytest.raises(NoSuchThing):
        await database.decide(decision)

    assert told == []


async def test_a_hook_that_fails_keeps_no_neighbour_waiting(database: Database) -> None:
    def fail() -> None:
        raise ValueError("a bug")

    def decision(tx: Transaction) -> None:
        keep("hooked")(tx)
        tx.on_commit(fail)

    bad, good = await at_once(database, decision, keep("neighbour"))

    assert isinstance(bad, ValueError)
    assert good in (1, 2)
    assert await database.read(names) == ["hooked", "neighbour"]


async def test_what_waits_is_finished_before_leaving(prepared_url: str) -> None:
    database = Database(prepared_url, METADATA)
    async with database.working():
        tasks = [asyncio.create_task(database.decide(keep(f"thing {number}"))) for number in range(50)]
        await asyncio.sleep(0)

    assert sorted([await task for task in tasks]) == list(range(1, 51))


async def test_sqlite_waits_for_another_process_that_holds_the_file(sqlite_url: str) -> None:
    make_tables(sqlite_url)
    database = Database(sqlite_url, METADATA)
    async with database.working():
        await database.decide(keep("before"))
        other = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), check_same_thread=False)
        other.isolation_level = None
        other.execute("BEGIN IMMEDIATE")
        letting_go = threading.Timer(2.0, other.execute, ["ROLLBACK"])
        letting_go.start()

        decided = asyncio.gather(*(database.decide(keep(f"thing {number}")) for number in range(5)))
        meanwhile = await database.read(names)
        revisions_of_them = await asyncio.wait_for(decided, TIMEOUT)

        await asyncio.to_thread(letting_go.join)
        other.close()

    assert meanwhile == ["before"]
    assert list(revisions_of_them) == [2, 3, 4, 5, 6]


async def test_on_a_full_disk_decisions_fail_whole_and_work_again_when_there_is_room(sqlite_url: str) -> None:
    make_tables(sqlite_url)
    database = Database(sqlite_url, METADATA)
    pages = [0]

    @event.listens_for(database.writer_engine, "begin")
    def limit(connection: Connection) -> None:
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages[0] or 1_000_000}")

    async with database.working():
        await database.decide(keep("before"))
        pages[0] = 1
        big = [database.decide(keep(f"{number}" * 4000)) for number in range(1, 4)]
        outcomes = await asyncio.wait_for(asyncio.gather(*big, return_exceptions=True), TIMEOUT)
        pages[0] = 0
        after = await database.decide(keep("after"))
        facts = await database.read(revisions)

    assert all(isinstance(one, OperationalError) for one in outcomes)
    assert after == 2
    assert facts == [1, 2]


async def test_readers_see_one_state_however_long_they_look(database: Database) -> None:
    await database.decide(keep("first"))
    looked, changed = threading.Event(), threading.Event()

    def look_twice(tx: Transaction) -> tuple[list[str], list[str]]:
        before = names(tx)
        looked.set()
        changed.wait(TIMEOUT)
        return before, names(tx)

    looking = asyncio.create_task(database.read(look_twice))
    await asyncio.to_thread(looked.wait, TIMEOUT)
    await database.decide(keep("second"))
    changed.set()

    assert await looking == (["first"], ["first"])
    assert await database.read(names) == ["first", "second"]


async def test_readers_cannot_write(database: Database) -> None:
    with pytest.raises(DatabaseError):
        await database.read(keep("smuggled"))

    assert await database.read(names) == []
