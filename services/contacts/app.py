"""Build the contacts service out of its parts."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

from services.contacts.handlers import ContactsHandlers
from services.contacts.settings import ContactsSettings
from services.contacts.storage import METADATA
from shared.messaging.bus import Bus
from shared.messaging.connection import Connection
from shared.messaging.server import FindVerifier
from shared.runtime.service import Service, at_work
from shared.storage.database import Database


@asynccontextmanager
async def run(
    connection: Connection,
    settings: ContactsSettings,
    *,
    verifier: FindVerifier | None = None,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> AsyncIterator[Service]:
    """Answer for contacts until the block ends. Its database must have been migrated."""
    database = Database(settings.database("contacts"), METADATA)
    handlers = ContactsHandlers(database, Bus(connection), now)
    freshness = timedelta(minutes=settings.freshness_minutes)
    async with (
        database.working(),
        at_work(
            connection,
            database,
            handlers,
            verifier=verifier,
            freshness=freshness,
            least_level=settings.least_level,
            now=now,
        ) as service,
    ):
        yield service
