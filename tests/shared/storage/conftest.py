"""Databases with the house's tables, and one more."""

from collections.abc import AsyncIterator

import pytest

from shared.storage.database import Database
from shared.storage.engines import writing_engine
from tests.shared.storage.ground import METADATA


@pytest.fixture
def prepared_url(database_url: str) -> str:
    """A database with tables and no rows, but for the counter that every service's history puts there."""
    make_tables(database_url)
    return database_url


@pytest.fixture
async def database(prepared_url: str) -> AsyncIterator[Database]:
    """One copy of a service, at work."""
    database = Database(prepared_url, METADATA)
    async with database.working():
        yield database


@pytest.fixture
async def other_copy(prepared_url: str, database: Database) -> AsyncIterator[Database]:
    """Another copy of the same service, at work on the same database."""
    other = Database(prepared_url, METADATA)
    async with other.working():
        yield other


def make_tables(url: str) -> None:
    engine = writing_engine(url, threads=1)
    METADATA.create_all(engine)
    with engine.begin() as connection:
        connection.execute(METADATA.tables["counters"].insert(), {"name": "events", "value": 0})
    engine.dispose()
