"""Puts the stand-in together, and serves it on this machine."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from aiohttp import web
from aiohttp.typedefs import Handler

from simulator.guard import guarded
from simulator.suomifi import pages
from simulator.suomifi.answering import OTHER, Failure, failed, oauth_failed
from simulator.suomifi.census import Census
from simulator.suomifi.checksum import HEADER
from simulator.suomifi.journal import Journal
from simulator.suomifi.knobs import Knobs, KnobUnknown
from simulator.suomifi.oauth import OAuth
from simulator.suomifi.service import Service
from simulator.suomifi.signing import Signer
from simulator.suomifi.visits import Visits


@dataclass(slots=True)
class StandIn:
    """A stand-in at work at *url*. Its knobs may be turned at any time, by HTTP with *session*."""

    census: Census
    knobs: Knobs = field(default_factory=Knobs)
    journal: Journal = field(default_factory=Journal)
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    signer: Signer = field(default_factory=Signer)
    session: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    url: str = ""
    visits: Visits = field(init=False)

    def __post_init__(self) -> None:
        self.visits = Visits(self.census, self.now)

    def now(self) -> datetime:
        """The moment as this machine's clock has it, which may be wrong."""
        return self.clock() + self.knobs.clock

    def application(self) -> web.Application:
        """The stand-in as an application."""
        app = web.Application(
            middlewares=[guarded(lambda: self.url, self.session), self._watch], client_max_size=64 * 1024
        )
        app.on_response_prepare.append(self._sign_off)
        app.add_routes(Service(self.census, self.visits, self.knobs, self.signer).routes())
        app.add_routes(OAuth(self.visits, self.knobs).routes())
        app.add_routes(
            [
                web.get("/style.css", _style),
                web.get("/sim/journal", self._show_journal),
                web.put("/sim/knobs", self._turn),
            ]
        )
        return app

    @web.middleware
    async def _watch(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Note every call, and have a bad day where the knobs say so."""
        step = (request.match_info.route.name or "").partition(".")[0]
        if not step:
            return await handler(request)
        status = 500
        try:
            response = await self._answer(step, request, handler)
            status = response.status
        except web.HTTPException as answer:
            status = answer.status
            raise
        finally:
            self.journal.note(
                at=self.now(),
                step=step,
                request_id=request.query.get("requestId", ""),
                client=request.headers.get(HEADER, "").partition(" ")[0],
                target=request.path if step in ("authorize", "token") else request.raw_path,
                status=status,
            )
        return response

    async def _answer(self, step: str, request: web.Request, handler: Handler) -> web.StreamResponse:
        if latency := self.knobs.latency.get(step):
            await asyncio.sleep(latency)
        request_id = request.query.get("requestId", "")
        if status := self.knobs.fails.get(step):
            if step == "token":
                return oauth_failed("server_error" if status >= 500 else "invalid_request", status)
            return failed(Failure(status, OTHER, "As the knob says."), request_id)
        try:
            return await handler(request)
        except Failure as failure:
            return failed(failure, request_id)

    async def _sign_off(self, request: web.Request, response: web.StreamResponse) -> None:
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        # With "no-referrer" a browser would not say either that a form was sent from our own page.
        response.headers.setdefault("Referrer-Policy", "same-origin")
        response.headers["Date"] = self.now().astimezone(UTC).strftime("%a, %d %b %Y %H:%M:%S GMT")

    async def _show_journal(self, request: web.Request) -> web.Response:
        return web.json_response([entry.shown() for entry in self.journal.entries])

    async def _turn(self, request: web.Request) -> web.Response:
        try:
            told: dict[str, Any] = await request.json()
            self.knobs.turn(told)
        except (KnobUnknown, ValueError, AttributeError) as error:
            return web.json_response({"ok": False, "error": str(error)}, status=400)
        return web.json_response({"ok": True})


@asynccontextmanager
async def running(stand_in: StandIn, port: int = 0) -> AsyncIterator[StandIn]:
    """Serve *stand_in* on a port of the loopback address until the block ends."""
    # No access log: addresses hold personal codes. And nobody waits for a step that was told to be slow.
    runner = web.AppRunner(stand_in.application(), access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", port)
        await site.start()
        found = runner.addresses[0][1]
        stand_in.url = f"http://127.0.0.1:{found}"
        yield stand_in
    finally:
        await runner.cleanup()


async def _style(request: web.Request) -> web.Response:
    return pages.style(request)
