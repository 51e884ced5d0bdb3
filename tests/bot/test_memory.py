"""What the bot remembers, on both databases, in tables made by its migrations."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import uuid4

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine

from bot.__main__ import main
from bot.installations.tables import METADATA
from bot.storage import Card, Memory, Rating
from shared.storage.database import Database
from tests.support.migrated import migrated


@pytest.fixture
async def memory(database_url: str) -> AsyncIterator[Memory]:
    """A memory with nothing in it."""
    migrated("bot", database_url)
    database = Database(database_url, METADATA)
    async with database.working():
        yield Memory(database)


def test_the_migrations_make_the_tables_that_the_code_expects(database_url: str) -> None:
    migrated("bot", database_url)
    engine = create_engine(database_url)
    with engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), METADATA)
    engine.dispose()

    assert differences == []


async def test_a_press_counts_once_however_many_tell_of_it(memory: Memory) -> None:
    told = await asyncio.gather(*(memory.first_time("T1:U1:1.1:grant.accept") for _ in range(8)))

    assert sorted(told) == [False] * 7 + [True]
    assert await memory.first_time("T1:U1:1.2:grant.accept")


async def test_a_card_takes_the_place_of_the_one_before(memory: Memory) -> None:
    subject = uuid4()
    await memory.keep(Card(subject, "offer", "p", "D1", "1.1", 1))
    await memory.keep(Card(subject, "offer", "p", "D1", "2.2", 2))
    found = await memory.cards(subject, "offer", "p")
    await memory.drop(found[0])

    assert [(card.ts, card.version) for card in found] == [("2.2", 2)]
    assert await memory.cards(subject) == []


async def test_what_was_heard_is_known(memory: Memory) -> None:
    event = uuid4()
    await memory.hear(event)
    await memory.hear(event)

    assert await memory.has_heard(event)
    assert not await memory.has_heard(uuid4())


async def test_a_change_of_mind_about_an_answer_is_no_second_voice(memory: Memory) -> None:
    mine, yours = uuid4(), uuid4()
    for rating in (
        Rating(mine, "rol-01", True, "fi"),
        Rating(mine, "rol-01", False, "fi"),
        Rating(yours, "rol-01", True, "fi"),
        Rating(uuid4(), "rol-01", True, "sv"),
    ):
        await memory.rate(rating)

    assert await memory.ratings() == {("rol-01", "fi"): (1, 1), ("rol-01", "sv"): (1, 0)}


def test_the_door_tells_which_answers_helped_the_least_helpful_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    url = f"sqlite:///{tmp_path / 'bot.db'}"
    migrated("bot", url)

    async def rate() -> None:
        database = Database(url, METADATA)
        async with database.working():
            await Memory(database).rate(Rating(uuid4(), "good", True, "fi"))
            await Memory(database).rate(Rating(uuid4(), "bad", False, "sv"))

    asyncio.run(rate())
    monkeypatch.setenv("KANTA_VAR", str(tmp_path))
    monkeypatch.setattr("sys.argv", ["bot", "ratings"])
    main()

    assert capsys.readouterr().out == "bad\tsv\t+0\t-1\ngood\tfi\t+1\t-0\n"
