"""Who may ask whom, tried on a real server: what the table says, and nothing more."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest
from nats.errors import Error, NoRespondersError

from documents.messages import events, requests
from shared.contracts.base import Event, Request
from shared.messaging.accounts import STREAM, Account, durable, inbox
from shared.messaging.connection import Connection
from shared.messaging.keys import ensure_keys
from shared.messaging.server_config import server_config
from shared.messaging.topology import CALLS, HEARS, answerer, arriving, callers
from tests.support.bus import BusServer
from tests.support.patience import PATIENCE

Everybody = dict[Account, Connection]


@pytest.fixture
async def everybody(bus_server: BusServer) -> AsyncIterator[Everybody]:
    """Every account, connected; each answers all that it could be asked with its name and the subject."""
    async with AsyncExitStack() as stack:
        connections = {
            account: await stack.enter_async_context(bus_server.connect(account)) for account in Account
        }
        for account, connection in connections.items():
            await connection.serve(f"rpc.{account.lower()}.>", answering(connection, account))
            await connection.settled()
        yield connections


def answering(connection: Connection, account: Account) -> Any:
    async def answer(msg: Any) -> None:
        await connection.answer(msg.reply, f"{account} {msg.subject}".encode())

    return answer


def test_the_configuration_holds_the_table_and_nothing_else(tmp_path: Path) -> None:
    config = server_config(ensure_keys(tmp_path), listen="127.0.0.1:1", store=tmp_path)
    exported = [line for line in config.splitlines() if '{ stream: "rpc.' in line]
    imported = [line.partition('to: "')[2].partition('"')[0] for line in config.splitlines()]

    assert sorted(exported_pair(line) for line in exported) == sorted(
        (request.subject, answerer(request).value) for calls in CALLS.values() for request in calls
    )
    assert sorted(filter(None, imported)) == sorted(
        arriving(request, caller) for caller, calls in CALLS.items() for request in calls
    )


def exported_pair(line: str) -> tuple[str, str]:
    subject = line.split('"')[1]
    accounts = line.partition("accounts: [")[2].partition("]")[0]
    return subject, accounts


async def test_what_the_table_allows_arrives_and_says_who_asked(everybody: Everybody) -> None:
    for caller, calls in CALLS.items():
        for request in calls:
            answer = await everybody[caller].nats.request(request.subject, b"{}", timeout=PATIENCE)

            assert answer.data.decode() == f"{answerer(request)} {arriving(request, caller)}"


async def test_what_the_table_does_not_allow_reaches_nobody(everybody: Everybody) -> None:
    forbidden = [
        (caller, subject)
        for caller in everybody
        for request in requests()
        if caller not in callers(request) and caller is not answerer(request)
        for subject in attempts(request, caller)
    ]
    arrived = [
        (caller, subject) for caller, subject in forbidden if await reaches(everybody[caller], subject)
    ]

    assert arrived == []


def attempts(request: type[Request[Any]], caller: Account) -> list[str]:
    """The subject itself, and as it would arrive from each account that may send it."""
    return [request.subject, arriving(request, caller), *(arriving(request, one) for one in callers(request))]


async def reaches(connection: Connection, subject: str) -> bool:
    try:
        await connection.nats.request(subject, b"{}", timeout=PATIENCE)
    except NoRespondersError:
        return False
    return True


async def test_nobody_announces_facts_of_another(everybody: Everybody) -> None:
    of_others = [
        (account, event)
        for account in everybody
        for event in events()
        if event.subject.split(".")[1] != account.lower()
    ]
    taken = [(account, event) for account, event in of_others if await stored(everybody[account], event)]

    assert taken == []


async def stored(connection: Connection, event: type[Event]) -> bool:
    try:
        await connection.nats.jetstream().publish(event.subject, b"{}", timeout=2)
    except Error:
        return False
    return True


async def test_nobody_reads_in_the_place_of_another(everybody: Everybody) -> None:
    read = []
    for account, connection in everybody.items():
        for hearer in HEARS:
            if hearer is not account:
                subject = f"$JS.API.CONSUMER.MSG.NEXT.{STREAM}.{durable(hearer)}"
                if await reaches(connection, subject):
                    read.append((account, hearer))

    assert read == []


@pytest.mark.parametrize("call", ["STREAM.INFO", "STREAM.DELETE", "STREAM.PURGE", "STREAM.UPDATE"])
async def test_no_program_touches_the_stream_itself(everybody: Everybody, call: str) -> None:
    refusals = []
    for connection in everybody.values():
        answer = await connection.nats.request(f"$JS.API.{call}.{STREAM}", b"", timeout=PATIENCE)
        refusals.append(json.loads(answer.data)["error"]["description"])

    assert set(refusals) == {"JetStream not enabled for account"}


async def test_nobody_overhears_what_is_asked_of_another(everybody: Everybody) -> None:
    heard: list[str] = []

    async def overhear(msg: Any) -> None:
        heard.append(msg.subject)

    for account in (Account.CONTACTS, Account.OPERATOR):
        await everybody[account].nats.subscribe("rpc.roles.>", cb=overhear)
        await everybody[account].nats.subscribe("event.>", cb=overhear)
        await everybody[account].settled()
    subject = "rpc.roles.v1.grants.mine"
    answer = await everybody[Account.BOT].nats.request(subject, b"{}", timeout=PATIENCE)
    await asyncio.gather(*(everybody[account].settled() for account in (Account.CONTACTS, Account.OPERATOR)))

    assert answer.data
    assert heard == []


async def test_only_who_is_asked_can_write_into_an_inbox(everybody: Everybody) -> None:
    arrived: list[tuple[str, str]] = []

    async def open_inbox(account: Account) -> None:
        def take(_: str, __: str, data: bytes, ___: object) -> None:
            arrived.append((data.decode(), account.value))

        # Straight: by the time that the server's answer to a flush is read, all before it have been taken.
        await everybody[account].nats.subscribe_straight(f"{inbox(account)}.guessed", take)
        await everybody[account].settled()

    for account in Account:
        await open_inbox(account)
    for writer in Account:
        for account in Account:
            if writer is not account:
                await everybody[writer].nats.publish(f"{inbox(account)}.guessed", writer.value.encode())
    await asyncio.gather(*(connection.settled() for connection in everybody.values()))
    await asyncio.gather(*(connection.settled() for connection in everybody.values()))

    assert sorted(arrived) == sorted(
        {(answerer(request).value, caller.value) for caller, calls in CALLS.items() for request in calls}
    )
