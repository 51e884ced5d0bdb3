"""The way to Suomi.fi e-Identification and back, as the login pages see it."""

import asyncio
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypedDict, TypeVar

import structlog
from aiohttp import ClientError, ClientSession, ClientTimeout, DummyCookieJar

from services.identity.domain.identification import Browser
from services.identity.domain.subject import Subject
from services.identity.saml import asking, leaving, shape
from services.identity.saml.asking import Answered
from services.identity.saml.keys import key_pair
from services.identity.saml.leaving import LogoutWish
from services.identity.saml.provider import IdentityProvider, read_metadata
from services.identity.saml.wire import Query, Us, Wire
from services.identity.settings import IdentitySettings
from shared.contracts.base import Language
from shared.contracts.identity import IdentificationFailed

log = structlog.get_logger()

PATIENCE = ClientTimeout(total=10)
KEPT_FOR = timedelta(hours=1)
# Whoever sends us what is not signed must not make us ask for keys as often as they like.
ASKED_AGAIN_AFTER = timedelta(minutes=1)

T = TypeVar("T")


@dataclass(slots=True)
class Door:
    """
    Speaks with the provider whose metadata are at *source*, a file or an address.

    Signatures and ciphers are worked on a thread, one message after the other: an answer takes a tenth of a
    second, and nobody else should wait for it.
    """

    us: Us
    source: str
    anchor: str | None
    session: ClientSession
    thread: ThreadPoolExecutor
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    _provider: IdentityProvider | None = field(default=None, repr=False)
    _read_at: datetime | None = None

    @property
    def issuer(self) -> str:
        """The provider's name, or where its metadata are until they have been read."""
        return self._provider.entity_id if self._provider else self.source

    async def address(self, browser: Browser, language: Language) -> str:
        """
        Where to send *browser* to log in.

        Raises:
            IdentificationFailed: the provider's metadata cannot be read.
        """
        wire = Wire(self.us, await self._metadata())
        return await self._work(lambda: asking.login_address(wire, browser.saml_request, language))

    async def answered(self, message: str) -> Answered:
        """
        Take in what a browser brought from there.

        Raises:
            IdentificationFailed: it is not believed, or nobody logged in. *why* is a stable word.
        """
        return await self._believing(lambda wire: asking.answered(wire, message, self.now()))

    async def logout_address(self, browser: Browser, subject: Subject, language: Language) -> str:
        """Where to send *browser* to be logged out there, too."""
        wire = Wire(self.us, await self._metadata())
        return await self._work(lambda: leaving.logout_address(wire, browser.saml_logout, subject, language))

    async def is_logged_out(self, query: Query, browser: Browser) -> bool:
        """
        Whether the provider says that *browser* is logged out everywhere, and not only here.

        Raises:
            IdentificationFailed: it is not the provider that says so.
        """
        return await self._believing(lambda wire: leaving.is_logged_out(wire, query, browser.saml_logout))

    async def logout_wish(self, query: Query) -> LogoutWish:
        """
        The provider's wish that somebody is logged out here.

        Raises:
            IdentificationFailed: it is not the provider's, or of long ago.
        """
        return await self._believing(lambda wire: leaving.logout_wish(wire, query, self.now()))

    async def logged_out_address(self, wish: LogoutWish, relay_state: str | None) -> str:
        """Where to send a browser with our word that somebody is logged out."""
        wire = Wire(self.us, await self._metadata())
        return await self._work(lambda: leaving.logged_out_address(wire, wish.id, relay_state))

    async def origins(self) -> tuple[str, ...]:
        """Whereto forms may lead that log somebody out there."""
        try:
            provider = await self._metadata()
        except IdentificationFailed:
            return ()
        return (shape.origin(provider.logout),)

    async def _believing(self, work: Callable[[Wire], T]) -> T:
        """Do *work*; if a signature was not believed, once more with keys that may just have changed."""
        provider = await self._metadata()
        try:
            return await self._work(lambda: work(Wire(self.us, provider)))
        except IdentificationFailed as refusal:
            if refusal.parameters.get("why") != "forged":
                raise
            again = await self._metadata(no_older_than=ASKED_AGAIN_AFTER)
            if again == provider:
                raise
        return await self._work(lambda: work(Wire(self.us, again)))

    async def _work(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self.thread, work)

    async def _metadata(self, *, no_older_than: timedelta = KEPT_FOR) -> IdentityProvider:
        now = self.now()
        if self._provider is not None and self._read_at is not None and now - self._read_at < no_older_than:
            return self._provider
        raw = await self._read()
        self._provider = await self._work(lambda: read_metadata(raw, anchor=self.anchor, now=now))
        self._read_at = now
        return self._provider

    async def _read(self) -> bytes:
        try:
            if not self.source.startswith(("https://", "http://")):
                return await asyncio.to_thread(Path(self.source).read_bytes)
            async with self.session.get(self.source, allow_redirects=False) as response:
                if response.status != 200:
                    raise IdentificationFailed(why="provider")
                return await response.content.read(shape.LARGEST)
        except (ClientError, TimeoutError, OSError) as error:
            log.warning("provider.unreachable", error=type(error).__name__)
            raise IdentificationFailed(why="provider") from error


class _Wanted(TypedDict):
    asked: tuple[str, ...]
    comparison: str


def _wanted(settings: IdentitySettings, methods: tuple[str, ...]) -> _Wanted:
    """Which logins each request asks for."""
    if settings.saml_comparison == "none":
        return {"asked": (), "comparison": "exact"}
    asked = tuple(settings.saml_asked_methods.split()) or methods
    return {"asked": asked, "comparison": settings.saml_comparison}


@asynccontextmanager
async def reaching(
    settings: IdentitySettings, methods: tuple[str, ...], now: Callable[[], datetime]
) -> AsyncIterator[Door]:
    """The provider that *settings* name, asked for logins by *methods*, until the block ends."""
    anchor = settings.saml_metadata_certificate
    us = Us(
        entity_id=settings.saml_entity,
        keys=key_pair(
            settings.saml_key, settings.saml_certificate, settings.key_folder, settings.saml_entity
        ),
        acs=f"{settings.login_url}/saml/acs",
        logout=f"{settings.login_url}/saml/logout",
        contexts=methods,
        looked_up=settings.saml_vtj,
        oldest=timedelta(minutes=settings.freshness_minutes),
        ciphers=tuple(settings.saml_ciphers.split()),
        **_wanted(settings, methods),
    )
    with ThreadPoolExecutor(1, "saml") as thread:
        async with ClientSession(timeout=PATIENCE, cookie_jar=DummyCookieJar()) as session:
            yield Door(
                us,
                settings.saml_provider_metadata,
                anchor.read_text() if anchor else None,
                session,
                thread,
                now,
            )
