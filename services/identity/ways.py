"""What the login pages want of a way to log in that has addresses of its own."""

from collections.abc import Awaitable, Callable
from typing import Protocol
from uuid import UUID

from aiohttp import web

from services.identity.domain.identification import Browser
from services.identity.domain.vouching import VouchedFor
from services.identity.drawing import Leave
from shared.contracts.base import Language, PersonId
from shared.storage.transaction import Transaction

FindBrowser = Callable[[web.Request, UUID], Browser]
Note = Callable[[Transaction, Browser, PersonId], None]
Welcome = Callable[[Browser, VouchedFor, Note], Awaitable[web.StreamResponse]]


class OwnWay(Protocol):
    """A way to log in; *issuer* says at whose word."""

    @property
    def issuer(self) -> str: ...

    async def address(self, browser: Browser, language: Language) -> str:
        """Where to send *browser* to log in."""
        ...

    def routes(self, find: FindBrowser, welcome: Welcome) -> list[web.RouteDef]:
        """Its addresses; *find* knows who sits there, *welcome* goes on with whom it vouches for."""
        ...

    async def leave(self, browser: Browser) -> Leave | None:
        """How whoever logged in by it in *browser* may log out, if they can."""
        ...
