"""Build the identity service out of its parts."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime, timedelta
from importlib import import_module

from services.identity import keys
from services.identity.handlers import Handlers
from services.identity.mandates.table import rights_table
from services.identity.settings import IdentitySettings
from services.identity.storage import METADATA
from shared.messaging.actors import Mint, Verifier
from shared.messaging.connection import Connection
from shared.runtime.service import Service, at_work
from shared.storage.database import Database


@asynccontextmanager
async def run(
    connection: Connection,
    settings: IdentitySettings,
    *,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> AsyncIterator[Service]:
    """Answer for identity, and serve the login pages, until the block ends. The database must be migrated."""
    key = keys.actor_key(settings.key_folder)
    verifier = keys.verifier(key)

    async def our_own() -> Verifier:
        return verifier

    database = Database(settings.database("identity"), METADATA)
    handlers = Handlers(
        mint=Mint(key),
        public_url=settings.login_url,
        link_lifetime=timedelta(minutes=settings.link_minutes),
        rights=rights_table(settings.mandate_rights),
        now=now,
    )
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(database.working())
        freshness = timedelta(minutes=settings.freshness_minutes)
        working = at_work(connection, database, handlers, verifier=our_own, freshness=freshness, now=now)
        service = await stack.enter_async_context(working)
        await stack.enter_async_context(_login_pages(settings, database, now))
        yield service


@asynccontextmanager
async def _login_pages(
    settings: IdentitySettings, database: Database, now: Callable[[], datetime]
) -> AsyncIterator[None]:
    """Serve the pages once the bus is answered: other services need not wait for a web server's imports."""
    # A quarter of a second; on a thread, so that questions are answered meanwhile.
    await asyncio.to_thread(import_module, "services.identity.pages")
    from services.identity.pages import Pages, serving
    from services.identity.provider import reaching

    async with reaching(settings, now) as provider:
        pages = Pages(
            database=database,
            provider=provider,
            codes=keys.codes(settings.key_folder),
            https=settings.login_url.startswith("https:"),
            now=now,
        )
        async with serving(pages, host=settings.identity_host, port=settings.identity_port):
            yield
