"""Facts of other services take effect once, in order."""

import asyncio
from collections.abc import Callable

import pytest
from sqlalchemy import select, update

from shared.storage.database import Database
from shared.storage.transaction import Heard, Transaction
from tests.shared.storage.ground import THINGS, keep


def taking_in(revision: int, source: str = "identity") -> Callable[[Transaction], Heard]:
    """Hear fact *revision*, and count it if it is the next."""

    def decision(tx: Transaction) -> Heard:
        heard = tx.hear(source, revision)
        if heard is Heard.NEXT:
            tx.connection.execute(update(THINGS).values(number=THINGS.c.number + 1))
        return heard

    return decision


def counted(tx: Transaction) -> int:
    number: int = tx.connection.execute(select(THINGS.c.number)).scalar_one()
    return number


@pytest.fixture(autouse=True)
async def counter(database: Database) -> None:
    await database.decide(keep("counter", 0))


async def test_the_next_fact_takes_effect(database: Database) -> None:
    assert [await database.decide(taking_in(revision)) for revision in (1, 2, 3)] == [Heard.NEXT] * 3
    assert await database.read(counted) == 3


async def test_a_fact_heard_before_takes_no_effect(database: Database) -> None:
    await database.decide(taking_in(1))
    await database.decide(taking_in(2))

    assert [await database.decide(taking_in(revision)) for revision in (1, 2)] == [Heard.BEFORE] * 2
    assert await database.read(counted) == 2


@pytest.mark.parametrize("revision", [2, 9])
async def test_a_fact_that_comes_too_early_waits_for_those_before_it(
    database: Database, revision: int
) -> None:
    assert await database.decide(taking_in(revision)) is Heard.TOO_EARLY
    assert await database.read(counted) == 0
    assert await database.decide(taking_in(1)) is Heard.NEXT


async def test_each_source_counts_for_itself(database: Database) -> None:
    await database.decide(taking_in(1, "identity"))

    assert await database.decide(taking_in(1, "roles")) is Heard.NEXT
    assert await database.decide(taking_in(2, "identity")) is Heard.NEXT


async def test_a_fact_whose_effect_fails_is_not_heard(database: Database) -> None:
    def failing(tx: Transaction) -> None:
        tx.hear("identity", 1)
        raise ValueError("a bug")

    with pytest.raises(ValueError, match="a bug"):
        await database.decide(failing)

    assert await database.decide(taking_in(1)) is Heard.NEXT


async def test_two_copies_that_hear_the_same_facts_at_once_let_each_take_effect_once(
    database: Database, other_copy: Database
) -> None:
    for revision in (1, 2, 3):
        heard = await asyncio.gather(
            *(copy.decide(taking_in(revision)) for copy in (database, other_copy) for _ in range(4))
        )
        assert sorted(one.name for one in heard) == ["BEFORE"] * 7 + ["NEXT"]

    assert await database.read(counted) == 3


async def test_readers_learn_what_was_heard(database: Database) -> None:
    assert await database.read(lambda tx: tx.heard("identity")) == 0
    await database.decide(taking_in(1))

    assert await database.read(lambda tx: tx.heard("identity")) == 1
