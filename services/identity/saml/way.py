"""Logging in with Suomi.fi itself, put together: a way that the login pages can be given."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from aiohttp import web

from services.identity.assurance import assurance_table
from services.identity.domain.assurance import AssuranceTable
from services.identity.domain.identification import Browser
from services.identity.drawing import Leave
from services.identity.saml.described import metadata
from services.identity.saml.door import Door, reaching
from services.identity.saml.out import LogoutPages
from services.identity.saml.pages import SamlPages
from services.identity.settings import IdentitySettings
from services.identity.storage import saml
from services.identity.ways import FindBrowser, Welcome
from shared.contracts.base import Language
from shared.storage.database import Database


@dataclass(frozen=True, slots=True)
class SamlWay:
    """The way through *door*; *metadata* are what Suomi.fi knows us by."""

    door: Door
    database: Database
    table: AssuranceTable
    metadata: str
    now: Callable[[], datetime] = lambda: datetime.now(UTC)

    @property
    def issuer(self) -> str:
        """At whose word people are who they are."""
        return self.door.issuer

    async def address(self, browser: Browser, language: Language) -> str:
        """Where to send *browser* to log in."""
        return await self.door.address(browser, language)

    def routes(self, find: FindBrowser, welcome: Welcome) -> list[web.RouteDef]:
        """The addresses that belong to it."""
        logout = LogoutPages(door=self.door, database=self.database, browser=find, now=self.now)
        login = SamlPages(
            door=self.door,
            database=self.database,
            table=self.table,
            metadata=self.metadata,
            browser=find,
            welcome=welcome,
            now=self.now,
        )
        return [*login.routes(), *logout.routes()]

    async def leave(self, browser: Browser) -> Leave | None:
        """How somebody may log out, while they are logged in there, let in here or not."""
        session = await self.database.read(lambda rows: saml.session(rows, browser.attempt))
        if session is None or session.ended_by or session.expires_at <= self.now():
            return None
        if not session.is_of(browser):
            return None
        return Leave(browser.attempt.hex, browser.form_token, await self.door.origins())


@asynccontextmanager
async def leading(
    settings: IdentitySettings, database: Database, now: Callable[[], datetime] = lambda: datetime.now(UTC)
) -> AsyncIterator[SamlWay]:
    """The way that *settings* name, until the block ends."""
    methods = tuple(settings.saml_methods.split())
    async with reaching(settings, methods, now) as door:
        described = metadata(door.us, organisation=settings.saml_organisation, contact=settings.saml_contact)
        yield SamlWay(door, database, assurance_table(settings.assurance), described, now)
