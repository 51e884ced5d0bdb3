"""Fixtures for the contacts service."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from services.contacts.storage import METADATA
from shared.storage.database import Database
from tests.support.migrated import migrated


@dataclass(slots=True)
class Clock:
    """Stands still until told otherwise."""

    time: datetime = field(default=datetime(2026, 11, 24, 9, 0, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.time

    def forward(self, span: timedelta) -> datetime:
        self.time += span
        return self.time


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """The service's database, on SQLite and on PostgreSQL."""
    migrated("services.contacts", database_url)
    database = Database(database_url, METADATA)
    async with database.working():
        yield database
