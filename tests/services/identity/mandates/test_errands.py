"""Errands as rows, on both databases: begun, visited, answered, over."""

import base64
from datetime import timedelta
from uuid import uuid4

import pytest

from services.identity.mandates.sealing import seal, unseal
from services.identity.storage import errands
from shared.storage.transaction import Transaction
from tests.services.identity.conftest import Town

KEY, OTHER = b"k" * 32, b"o" * 32


async def test_an_errand_is_begun_visited_and_answered(town: Town) -> None:
    person, attempt, now = (await town.person("Katri Koodila")).id, uuid4(), town.clock()
    until = now + timedelta(minutes=15)
    await town.database.decide(lambda tx: errands.put(tx, attempt, person, "sealed", until))
    await town.database.decide(lambda tx: errands.visit(tx, attempt, "a visit"))
    visited = await town.database.decide(lambda tx: errands.lock(tx, attempt, now))

    await town.database.decide(lambda tx: errands.answer(tx, attempt, now))

    assert visited is not None
    assert (visited.person, visited.sealed, visited.session) == (person, "sealed", "a visit")
    assert "sealed'" not in repr(visited)
    answered = await town.database.read(lambda rows: errands.find(rows, attempt, now))
    assert answered is not None
    assert (answered.sealed, answered.session, answered.answered_at) == (None, None, now)


async def test_what_is_over_is_not_found_and_leaves_its_open_visits_to_be_closed(town: Town) -> None:
    person, now = (await town.person("Katri Koodila")).id, town.clock()
    old, fresh, idle = uuid4(), uuid4(), uuid4()

    def begin(tx: Transaction) -> None:
        for attempt, minutes in ((old, 0), (fresh, 5), (idle, -5)):
            errands.put(tx, attempt, person, "sealed", now + timedelta(minutes=minutes))
        for attempt in (old, fresh):
            errands.visit(tx, attempt, f"visit of {attempt}")

    await town.database.decide(begin)
    assert await town.database.read(lambda rows: errands.find(rows, old, now)) is None

    left = await town.database.decide(lambda tx: errands.forget(tx, now))

    assert left == [f"visit of {old}"]
    assert await town.database.read(lambda rows: errands.find(rows, fresh, now)) is not None
    assert await town.database.decide(lambda tx: errands.forget(tx, now)) == []


async def test_a_dropped_errand_is_gone(town: Town) -> None:
    person, attempt, now = (await town.person("Katri Koodila")).id, uuid4(), town.clock()
    until = now + timedelta(minutes=15)
    await town.database.decide(lambda tx: errands.put(tx, attempt, person, "sealed", until))

    await town.database.decide(lambda tx: errands.drop(tx, attempt))

    assert await town.database.read(lambda rows: errands.find(rows, attempt, now)) is None


def test_what_is_sealed_opens_with_its_key_and_for_its_login_alone() -> None:
    attempt = uuid4()
    sealed = seal("030516D9037", KEY, attempt)

    assert unseal(sealed, KEY, attempt) == "030516D9037"
    assert unseal(sealed, OTHER, attempt) is None
    assert unseal(sealed, KEY, uuid4()) is None
    assert seal("030516D9037", KEY, attempt) != sealed


@pytest.mark.parametrize("at", [0, 12, 20])
def test_what_was_tampered_with_does_not_open(at: int) -> None:
    attempt = uuid4()
    whole = bytearray(base64.b64decode(seal("030516D9037", KEY, attempt)))
    whole[at] ^= 1

    assert unseal(base64.b64encode(bytes(whole)).decode(), KEY, attempt) is None
