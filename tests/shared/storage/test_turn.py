"""One process at a time is at work where answers come from memory; another stands by."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

import psycopg
import pytest

from shared.storage import turn
from shared.storage.turn import one_at_work
from tests.shared.storage.ground import TIMEOUT

HOLDS = """
import asyncio
from shared.storage.turn import one_at_work

async def main() -> None:
    async with one_at_work({url!r}):
        print("at work", flush=True)
        await asyncio.Event().wait()

asyncio.run(main())
"""


@asynccontextmanager
async def standing_by(url: str) -> AsyncIterator[asyncio.Event]:
    """Somebody who wants to be at work on *url*, too; gives what is set when they are."""
    at_work, may_leave = asyncio.Event(), asyncio.Event()

    async def work() -> None:
        async with one_at_work(url):
            at_work.set()
            await may_leave.wait()

    working = asyncio.create_task(work())
    yield at_work
    may_leave.set()
    await working


@pytest.fixture
def has_to_wait(monkeypatch: pytest.MonkeyPatch) -> asyncio.Event:
    """Set once somebody found out that it is not their turn."""
    waits = asyncio.Event()
    monkeypatch.setattr(turn.log, "info", lambda event: waits.set() if event == "turn.waiting" else None)
    return waits


async def test_a_second_process_stands_by_until_the_first_leaves(
    database_url: str, has_to_wait: asyncio.Event
) -> None:
    async with AsyncExitStack() as second:
        async with one_at_work(database_url):
            at_work = await second.enter_async_context(standing_by(database_url))
            async with asyncio.timeout(TIMEOUT):
                await has_to_wait.wait()
            before = at_work.is_set()
        async with asyncio.timeout(TIMEOUT):
            await at_work.wait()

    assert not before


async def test_whose_process_dies_loses_the_turn(database_url: str, has_to_wait: asyncio.Event) -> None:
    other = await asyncio.create_subprocess_exec(
        sys.executable, "-c", HOLDS.format(url=database_url), stdout=asyncio.subprocess.PIPE
    )
    assert other.stdout is not None
    async with asyncio.timeout(TIMEOUT):
        assert await other.stdout.readline() == b"at work\n"
        async with standing_by(database_url) as at_work:
            await has_to_wait.wait()
            before = at_work.is_set()
            os.kill(other.pid, signal.SIGKILL)
            await at_work.wait()
            await other.wait()

    assert not before


async def test_who_cannot_be_sure_of_the_turn_any_more_gives_up(postgres_url: str) -> None:
    gave_up = asyncio.Event()
    async with one_at_work(postgres_url, gave_up.set):
        with psycopg.connect(postgres_url.replace("+psycopg", ""), autocommit=True) as administrator:
            administrator.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted"
                " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
            )
        async with asyncio.timeout(TIMEOUT):
            await gave_up.wait()


async def test_one_who_stands_by_can_be_told_to_leave(database_url: str, has_to_wait: asyncio.Event) -> None:
    async with one_at_work(database_url):

        async def never() -> None:
            async with one_at_work(database_url):
                raise AssertionError("two at work")

        waiting = asyncio.create_task(never())
        async with asyncio.timeout(TIMEOUT):
            await has_to_wait.wait()
            waiting.cancel()
            await asyncio.wait([waiting])

    assert waiting.cancelled()
