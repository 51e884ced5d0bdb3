"""Build the identity service out of its parts."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime, timedelta
from importlib import import_module
from typing import TYPE_CHECKING

from services.identity import assurance, keys
from services.identity.domain.katso import Era
from services.identity.domain.refreshing import Timetable, night_of
from services.identity.domain.rights import RightsTable
from services.identity.handlers import Handlers
from services.identity.linking import check_counts
from services.identity.mandates.table import rights_table
from services.identity.register.refresher import Refresher
from services.identity.settings import IdentitySettings
from services.identity.storage import METADATA
from shared.messaging.actors import Actor, Verifier
from shared.messaging.connection import Connection
from shared.runtime.service import Service, at_work
from shared.storage.database import Database
from shared.storage.turn import one_at_work

if TYPE_CHECKING:
    from services.identity.mandates.step import Step
    from services.identity.provider import Provider
    from services.identity.ways import OwnWay


@asynccontextmanager
async def run(
    connection: Connection,
    settings: IdentitySettings,
    *,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> AsyncIterator[Service]:
    """Answer for identity, and serve the login pages, until the block ends. The database must be migrated."""
    signing = keys.Signing(settings.key_folder, now)

    async def our_own() -> Verifier:
        return signing.verifier

    database = Database(settings.database("identity"), METADATA)
    rights = rights_table(settings.mandate_rights)
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(one_at_work(database.url))
        await stack.enter_async_context(database.working())
        refresher = await stack.enter_async_context(_refresher(settings, database, now))
        handlers = Handlers(
            signing=signing,
            public_url=settings.login_url,
            link_lifetime=timedelta(minutes=settings.link_minutes),
            rights=rights,
            assurance=assurance.shown(
                assurance.assurance_table(settings.assurance), settings.assurance, settings.least_level
            ),
            refresher=refresher,
            forms=settings.register_forms,
            oldest=timedelta(hours=settings.register_oldest_hours),
            now=now,
        )
        freshness = timedelta(minutes=settings.freshness_minutes)

        async def still_counts(actor: Actor) -> None:
            await database.read(lambda rows: check_counts(rows, actor))

        working = at_work(
            connection,
            database,
            handlers,
            verifier=our_own,
            still_counts=still_counts,
            freshness=freshness,
            least_level=settings.least_level,
            now=now,
        )
        service = await stack.enter_async_context(working)
        # A key that cannot be read ends the start, not the first question that needs it.
        await asyncio.to_thread(lambda: signing.verifier)
        await stack.enter_async_context(_login_pages(settings, database, rights, now))
        if refresher is not None:
            await stack.enter_async_context(refresher.at_work())
        yield service


@asynccontextmanager
async def _refresher(
    settings: IdentitySettings, database: Database, now: Callable[[], datetime]
) -> AsyncIterator[Refresher | None]:
    """What reads the register from the code server, if anybody said where that is."""
    if not settings.register_address:
        yield None
        return
    from services.identity.register.client import reaching as reaching_code_server

    jitter = timedelta(seconds=secrets.randbelow(60 * settings.register_jitter_minutes + 1))
    timetable = Timetable(
        night=night_of(settings.register_night),
        every=timedelta(hours=settings.register_every_hours),
        retry=timedelta(minutes=settings.register_retry_minutes),
        jitter=jitter,
    )
    async with reaching_code_server(settings.register_address, settings.register_version) as server:
        yield Refresher(
            database=database,
            server=server,
            registers=settings.registers,
            forms=settings.register_forms,
            statuses=tuple(settings.register_statuses.split()),
            timetable=timetable,
            now=now,
        )


@asynccontextmanager
async def _login_pages(
    settings: IdentitySettings, database: Database, rights: RightsTable, now: Callable[[], datetime]
) -> AsyncIterator[None]:
    """Serve the pages once the bus is answered: other services need not wait for a web server's imports."""
    # A quarter of a second; on a thread, so that questions are answered meanwhile.
    await asyncio.to_thread(import_module, "services.identity.pages")
    from services.identity.pages import Pages, serving

    async with (
        _way(settings, database, now) as provider,
        _mandates(settings, database, rights, now) as step,
    ):
        pages = Pages(
            database=database,
            provider=provider,
            codes=keys.codes(settings.key_folder),
            vault=keys.vault(settings),
            https=settings.login_url.startswith("https:"),
            step=step,
            least_level=settings.least_level,
            katso_era=Era(login_until=settings.katso_login_until, roles_until=settings.katso_roles_until),
            now=now,
        )
        async with serving(pages, host=settings.identity_host, port=settings.identity_port):
            yield


@asynccontextmanager
async def _way(
    settings: IdentitySettings, database: Database, now: Callable[[], datetime]
) -> AsyncIterator["Provider | OwnWay"]:
    """The way in which people log in here."""
    if settings.login == "saml":
        # XML and its security are loaded by those alone who speak it.
        await asyncio.to_thread(import_module, "services.identity.saml.way")
        from services.identity.saml.way import leading

        async with leading(settings, database, now) as way:
            yield way
        return
    from services.identity.provider import reaching

    async with reaching(settings, now) as provider:
        yield provider


@asynccontextmanager
async def _mandates(
    settings: IdentitySettings, database: Database, rights: RightsTable, now: Callable[[], datetime]
) -> AsyncIterator["Step | None"]:
    """The step in which people ask Suomi.fi for whom they act, if it is offered."""
    if not settings.mandates:
        yield None
        return
    from services.identity.mandates.signed import seal_of
    from services.identity.mandates.step import Step
    from services.identity.mandates.visits import visiting
    from services.identity.mandates.wire import Credentials

    us = Credentials(
        address=settings.mandates_address,
        client_id=settings.mandates_client_id,
        api_key=settings.mandates_api_key.get_secret_value(),
        oauth_password=settings.mandates_oauth_password.get_secret_value(),
        callback=f"{settings.login_url}/mandates/callback",
    )
    seal = seal_of(settings.mandates_answers, settings.mandates_signing_key, settings.mandates_service)
    async with visiting(us, now, seal=seal) as visits:
        lifetime = timedelta(hours=settings.mandates_hours)
        step = Step(database=database, visits=visits, table=rights, lifetime=lifetime, now=now)
        async with step.tidying():
            yield step
