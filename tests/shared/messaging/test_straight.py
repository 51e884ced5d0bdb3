"""The client that hands answers over as it reads them: each question gets its own answer, or is given up."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import suppress

import pytest

from shared.contracts.roles import CheckAccess
from shared.messaging.accounts import Account
from shared.messaging.connection import Connection
from shared.messaging.straight import Answer, NobodyThere
from tests.support.bus import BusServer
from tests.support.patience import PATIENCE

SUBJECT = CheckAccess.subject


@pytest.fixture
async def roles(bus_server: BusServer) -> AsyncIterator[Connection]:
    async with bus_server.connect(Account.ROLES) as connection:
        yield connection


@pytest.fixture
async def asker(bus_server: BusServer) -> AsyncIterator[Connection]:
    async with bus_server.connect(Account.CONTACTS) as connection:
        yield connection


async def ask(asker: Connection, data: bytes, headers: dict[str, str] | None = None) -> Answer:
    """
    Ask until somebody is there.

    For some moments the server may still choose the answerer of the test before, who has just left.
    """
    async with asyncio.timeout(PATIENCE):
        while True:
            with suppress(NobodyThere):
                return await asker.nats.ask(SUBJECT, data, headers=headers, patience=PATIENCE)


async def test_of_many_questions_each_gets_its_own_answer(roles: Connection, asker: Connection) -> None:
    waiting: list[tuple[str, bytes]] = []

    async def answer_the_last_first(_: str, reply: str, data: bytes, __: Mapping[str, str] | None) -> None:
        waiting.append((reply, data))
        if len(waiting) == 64:
            for to, asked in reversed(waiting):
                await roles.answer(to, b"answer to " + asked)

    await roles.serve_straight(f"{SUBJECT}.*", answer_the_last_first)
    await roles.settled()
    answers = await asyncio.gather(*(ask(asker, b"%d" % number) for number in range(64)))

    assert [answer.data for answer in answers] == [b"answer to %d" % number for number in range(64)]


async def test_a_question_that_nobody_answers_is_given_up_and_its_late_answer_is_nobodys(
    roles: Connection, asker: Connection
) -> None:
    asked: list[str] = []

    async def keep(_: str, reply: str, data: bytes, __: Mapping[str, str] | None) -> None:
        if data == b"slow":
            asked.append(reply)
        else:
            for late in asked:
                await roles.answer(late, b"late")
            await roles.answer(reply, b"in time")

    await roles.serve_straight(f"{SUBJECT}.*", keep)
    await roles.settled()
    await ask(asker, b"quick")
    with pytest.raises(TimeoutError):
        await asker.nats.ask(SUBJECT, b"slow", headers=None, patience=0.1)
    answer = await ask(asker, b"quick")

    assert answer.data == b"in time"


async def test_who_asks_where_nobody_answers_is_told_at_once(asker: Connection) -> None:
    async with asyncio.timeout(PATIENCE / 2):
        with pytest.raises(NobodyThere):
            await asker.nats.ask(SUBJECT, b"?", headers=None, patience=PATIENCE)


async def test_headers_of_ours_arrive_on_both_ends(roles: Connection, asker: Connection) -> None:
    seen: list[Mapping[str, str] | None] = []

    async def answer(_: str, reply: str, __: bytes, headers: Mapping[str, str] | None) -> None:
        seen.append(headers)
        await roles.answer(reply, b"{}", {"Kanta-Refusal": "base.malformed"})

    await roles.serve_straight(f"{SUBJECT}.*", answer)
    await roles.settled()
    got = await ask(asker, b"{}", {"Kanta-Actor": "a token"})

    assert seen == [{"Kanta-Actor": "a token"}]
    assert got.headers is not None
    assert got.headers["Kanta-Refusal"] == "base.malformed"
