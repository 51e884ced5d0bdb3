"""A command is answered the same each time, and acts once."""

import asyncio
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from shared.contracts.base import Refusal, RequestIdReused
from shared.storage.database import Database
from shared.storage.transaction import Transaction
from tests.shared.storage.ground import METADATA, KeepThing, answering, names, revisions


class NotToday(Refusal):
    """No."""

    code = "ground.not_today"


async def ask(database: Database, command: KeepThing, *, person: str = "aino", token_id: str = "") -> bytes:
    return await database.decide_once(command, person=person, token_id=token_id, decision=answering(command))


async def test_asking_twice_answers_twice_and_acts_once(database: Database) -> None:
    command = KeepThing(name="lamp")

    first = await ask(database, command, token_id=uuid4().hex)
    again = await ask(database, command, token_id=uuid4().hex)

    assert first == again == b'{"name":"lamp","revision":1}'
    assert await database.read(names) == ["lamp"]
    assert await database.read(revisions) == [1]


async def test_a_later_deadline_does_not_make_it_another_wish(database: Database) -> None:
    command = KeepThing(name="lamp")
    patient = command.model_copy(update={"deadline": command.deadline.replace(year=2099)})

    assert await ask(database, command) == await ask(database, patient)


async def test_two_wishes_act_twice(database: Database) -> None:
    await ask(database, KeepThing(name="lamp"))
    await ask(database, KeepThing(name="bell"))

    assert await database.read(names) == ["bell", "lamp"]


async def test_two_copies_that_are_asked_at_once_act_once_and_agree(
    database: Database, other_copy: Database
) -> None:
    commands = [KeepThing(name=f"thing {number}") for number in range(20)]

    answers = await asyncio.gather(
        *(ask(copy, command) for command in commands for copy in (database, other_copy, database, other_copy))
    )

    of_each = [set(answers[at : at + 4]) for at in range(0, len(answers), 4)]
    assert all(len(one) == 1 for one in of_each)
    assert len(await database.read(names)) == 20
    assert await database.read(revisions) == list(range(1, 21))


async def test_another_wish_under_the_same_id_is_refused(database: Database) -> None:
    request_id = uuid4()
    await ask(database, KeepThing(name="lamp", request_id=request_id))

    with pytest.raises(RequestIdReused):
        await ask(database, KeepThing(name="bell", request_id=request_id))

    assert await database.read(names) == ["lamp"]


async def test_another_person_under_the_same_id_is_refused(database: Database) -> None:
    command = KeepThing(name="lamp")
    await ask(database, command, person="aino")

    with pytest.raises(RequestIdReused):
        await ask(database, command, person="beata")


async def test_two_wishes_under_one_id_at_once_make_one_answer_and_one_refusal(
    database: Database, other_copy: Database
) -> None:
    request_id = UUID(int=7)

    outcomes = await asyncio.gather(
        ask(database, KeepThing(name="lamp", request_id=request_id)),
        ask(other_copy, KeepThing(name="bell", request_id=request_id)),
        return_exceptions=True,
    )

    assert sorted(type(one).__name__ for one in outcomes) == ["RequestIdReused", "bytes"]
    assert len(await database.read(names)) == 1


async def test_a_refusal_is_not_remembered(database: Database) -> None:
    command = KeepThing(name="lamp")

    def refuse(_: Transaction) -> KeepThing:
        raise NotToday

    with pytest.raises(NotToday):
        await database.decide_once(command, person="aino", token_id="", decision=refuse)

    assert await ask(database, command) == b'{"name":"lamp","revision":1}'


async def test_answers_keep_the_tokens_that_they_were_asked_with(database: Database) -> None:
    token = uuid4().hex
    await ask(database, KeepThing(name="lamp"), token_id=token)
    await ask(database, KeepThing(name="bell"))

    kept = METADATA.tables["answers"]
    tokens = await database.read(lambda tx: set(tx.connection.execute(select(kept.c.token_id)).scalars()))
    assert tokens == {token, None}
