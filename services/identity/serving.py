"""Serves the login pages: each with its headers, and a kind page and a row for whoever is refused."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from uuid import uuid4

import structlog
from aiohttp import web
from aiohttp.typedefs import Middleware
from sqlalchemy.exc import DBAPIError

from services.identity import drawing
from services.identity.auditing import note_refusal
from services.identity.browsers import Browsers
from services.identity.drawing import HEADERS, Leave, language_of
from services.identity.provider import Provider
from services.identity.ways import OwnWay
from shared.contracts.base import Refusal
from shared.storage.database import Database

log = structlog.get_logger()

LARGEST_FORM = 16 * 1024
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def served(
    routes: list[web.RouteDef],
    database: Database,
    provider: Provider | OwnWay,
    browsers: Browsers,
    now: Callable[[], datetime],
) -> web.Application:
    """An application of *routes*, where people log in by *provider*."""
    app = web.Application(
        middlewares=[_kindly(database, provider, browsers, now)], client_max_size=LARGEST_FORM
    )
    app.on_response_prepare.append(_guard)
    app.add_routes([*routes, web.get("/style.css", _style)])
    return app


@asynccontextmanager
async def listening(app: web.Application, *, host: str, port: int) -> AsyncIterator[None]:
    """Listen for *app* until the block ends."""
    # No access log: addresses hold secrets.
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
        yield
    finally:
        await runner.cleanup()


def _kindly(
    database: Database, provider: Provider | OwnWay, browsers: Browsers, now: Callable[[], datetime]
) -> Middleware:
    async def note(request: web.Request, code: str, why: str) -> None:
        await note_refusal(database, request, provider=provider.issuer, code=code, why=why, now=now())

    async def leave(request: web.Request) -> Leave | None:
        """How whoever is refused here may log out there, where they are logged in by now."""
        browser = browsers.known(request)
        if browser is None or isinstance(provider, Provider):
            return None
        try:
            return await provider.leave(browser)
        except DBAPIError as error:
            log.error("leave.not_offered", error=type(error).__name__)
            return None

    @web.middleware
    async def kindly(request: web.Request, handler: Handler) -> web.StreamResponse:
        """Let nobody see a bare error, and nobody be refused without a row."""
        try:
            return await handler(request)
        except Refusal as refusal:
            why = str(refusal.parameters.get("why", ""))
            await note(request, refusal.code, why)
            status = drawing.status_of(refusal, why)
            return drawing.trouble(
                language_of(request), refusal.code, why, status=status, leave=await leave(request)
            )
        except web.HTTPException as error:
            return drawing.trouble(language_of(request), "page.not_found", status=error.status)
        except Exception:
            # The outermost boundary: the person gets a reference, the log gets the cause.
            reference = uuid4().hex[:8]
            log.exception("page.crashed", reference=reference)
            await note(request, "page.crashed", "")
            return drawing.trouble(language_of(request), "page.crashed", status=500, reference=reference)

    return kindly


async def _guard(_: web.Request, response: web.StreamResponse) -> None:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)


async def _style(_: web.Request) -> web.Response:
    return web.Response(text=drawing.STYLE, content_type="text/css")
