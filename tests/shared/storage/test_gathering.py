"""What the decisions of one commit put aside: seen by each other, written once, and forgotten when undone."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlalchemy import bindparam, update

from shared.contracts.base import RequestIdReused
from shared.storage.database import Database
from shared.storage.transaction import Transaction
from tests.shared.storage.ground import THINGS, keep, names
from tests.shared.storage.test_deciding import at_once

RENAME = update(THINGS).where(THINGS.c.name == bindparam("before")).values(name=bindparam("after"))


def rename(before: str, after: str) -> Callable[[Transaction], None]:
    def decision(tx: Transaction) -> None:
        tx.later(RENAME, {"before": before, "after": after}, key=before, value=after)

    return decision


def recall(key: str) -> Callable[[Transaction], object]:
    return lambda tx: tx.at_hand(key)


def failing(decision: Callable[[Transaction], object]) -> Callable[[Transaction], object]:
    def fails(tx: Transaction) -> object:
        decision(tx)
        raise LookupError

    return fails


@pytest.fixture
async def settled(database: Database) -> Database:
    await database.decide(keep("stone"))
    return database


async def test_what_is_left_for_later_is_at_hand_and_then_on_disk(settled: Database) -> None:
    def decision(tx: Transaction) -> object:
        rename("stone", "rock")(tx)
        return tx.at_hand("stone"), names(tx)

    seen = await settled.decide(decision)

    assert seen == ("rock", ["stone"])
    assert await settled.read(names) == ["rock"]
    assert await settled.decide(recall("stone")) is None


async def test_a_query_after_settling_sees_what_was_left_for_later(settled: Database) -> None:
    def decision(tx: Transaction) -> object:
        rename("stone", "rock")(tx)
        tx.settle()
        return tx.at_hand("stone"), names(tx)

    assert await settled.decide(decision) == (None, ["rock"])


async def test_neighbours_do_not_see_what_a_failed_decision_left(settled: Database) -> None:
    first, failed, seen = await at_once(
        settled, rename("moss", "fern"), failing(rename("stone", "rock")), recall("stone")
    )

    assert (first, seen) == (None, None)
    assert isinstance(failed, LookupError)
    assert await settled.read(names) == ["stone"]


async def test_what_was_kept_gives_way_to_what_is_decided(settled: Database) -> None:
    def decision(tx: Transaction) -> object:
        tx.keep("stone", "stone")
        kept = tx.at_hand("stone")
        rename("stone", "rock")(tx)
        put_aside = tx.at_hand("stone")
        tx.settle()
        return kept, put_aside, tx.at_hand("stone")

    assert await settled.decide(decision) == ("stone", "rock", None)


async def test_what_was_kept_is_there_again_when_a_decision_on_it_is_undone(settled: Database) -> None:
    def decision(tx: Transaction) -> object:
        tx.keep("stone", "stone")
        mark = tx.gathering.mark()
        rename("stone", "rock")(tx)
        tx.gathering.back_to(mark)
        return tx.at_hand("stone")

    assert await settled.decide(decision) == "stone"


async def test_an_answer_is_found_though_it_was_looked_up_in_vain_before(settled: Database) -> None:
    def decision(tx: Transaction) -> object:
        tx.gathering.look_up(["a", "b"])
        before = tx.answered("a", "same")
        row = {"request_id": "a", "fingerprint": "same", "token_id": None, "reply": "{}"}
        tx.gathering.put_answer(row | {"answered_at": datetime.now(UTC)})
        put_aside = tx.answered("a", "same")
        tx.settle()
        with pytest.raises(RequestIdReused):
            tx.answered("a", "other")
        return before, put_aside, tx.answered("a", "same"), tx.answered("b", "same")

    assert await settled.decide(decision) == (None, "{}", "{}", None)
