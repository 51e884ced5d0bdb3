"""Puts the stand-in together, and serves it on this machine."""

import asyncio
import json
import secrets
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

from aiohttp import web

from simulator.codeserver.entries import Entry, Register, Town
from simulator.codeserver.knobs import Knobs, KnobUnknown
from simulator.codeserver.wire import concept, export
from simulator.guard import guarded

ORGANISATIONS = ("1.2.246.537.6.202", "1.2.246.537.6.202.2008")
PRACTITIONERS = ("1.2.246.537.6.203.2014",)
STATUSES = ("ACTIVE", "PROPOSAL", "DELETED")
LARGEST_PAGE = 500
NOWHERE = "1.2.246.10.99999999.10.0"


@dataclass(slots=True)
class CodeServer:
    """
    A stand-in at work at *url*, with a *register* of organisations and one of self-employed practitioners.

    Its knobs may be turned at any time, by HTTP with *session*.
    """

    register: Register
    practitioners: Register = field(default_factory=Town)
    knobs: Knobs = field(default_factory=Knobs)
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    session: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    url: str = ""
    asked: list[str] = field(default_factory=list)
    _listings: dict[tuple[str, str], Sequence[int]] = field(default_factory=dict)

    @property
    def registers(self) -> Mapping[str, Register]:
        """The registers, by classification."""
        return dict.fromkeys(ORGANISATIONS, self.register) | dict.fromkeys(PRACTITIONERS, self.practitioners)

    def application(self) -> web.Application:
        """The stand-in as an application."""
        app = web.Application(
            middlewares=[guarded(lambda: self.url, self.session)], client_max_size=64 * 1024
        )
        app.add_routes(
            [
                web.get(r"/codeserver/csapi/{version:v3|v6}/classifications/{oid}/conceptcodes", self._page),
                web.get(r"/codeserver/export/{oid}.xml", self._export),
                web.get("/sim/asked", self._show_asked),
                web.put("/sim/knobs", self._turn),
            ]
        )
        return app

    async def _page(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(request.path_qs)
        await asyncio.sleep(self.knobs.latency)
        if self.knobs.away:
            if request.transport is not None:
                request.transport.abort()
            return web.Response()
        if self.knobs.fails:
            return web.Response(status=self.knobs.fails, text="As the knob says.")
        oid = request.match_info["oid"]
        if oid not in self.registers or oid in self.knobs.unknown:
            return web.json_response({"error": "no such classification"}, status=404)
        try:
            status = _one_of(request.query.get("status", ""), STATUSES)
            since = date.fromisoformat(request.query.get("modifiedAfter", "1900-01-01"))
            size = min(_counted(request, "pageSize", 100), LARGEST_PAGE)
            number = _counted(request, "page", 1)
            _one_of(request.query.get("sortBy", ""), ("CONCEPTCODEID",))
        except ValueError as error:
            return web.json_response({"error": str(error)}, status=400)
        return self._answer(oid, request.match_info["version"], status, since, size, number)

    def _answer(
        self, oid: str, version: str, status: str, since: date, size: int, number: int
    ) -> web.Response:
        register, found = self.registers[oid], self._listing(oid, status, since)
        total = len(found) + (len(self.asked) if self.knobs.grows else 0)
        numbers = found[(number - 1) * size : number * size]
        entries = [self._as_told(register[one]) for one in numbers]
        pages = -(-len(found) // size)
        again = [*self._second_versions(register, found)]
        if number == pages:
            entries += again
        total += len(again)
        body = json.dumps(
            {
                "conceptCodes": [concept(entry, version) for entry in entries],
                "page": number,
                "totalItems": total,
                "totalPages": pages,
            },
            ensure_ascii=False,
        ).encode()
        if number in self.knobs.cut_short:
            body = body[: len(body) // 2]
        return web.Response(body=body, content_type="application/json")

    def _listing(self, oid: str, status: str, since: date) -> Sequence[int]:
        register = self.registers[oid]
        every = range(len(register))
        if since.year > 1900:
            touched = (one for one in every if self._as_told(register[one]).modified >= since)
            return [one for one in touched if status in ("", register[one].status)]
        if not status:
            return every
        # A town's entries may change their status; a crowd's do not, and there are many.
        kept = (oid, status)
        found = self._listings.get(kept) if len(every) > LARGEST_PAGE else None
        if found is None:
            found = self._listings[kept] = [one for one in every if register[one].status == status]
        return found

    def _as_told(self, entry: Entry) -> Entry:
        knobs = self.knobs
        if entry.oid in knobs.cyclic:
            after = (knobs.cyclic.index(entry.oid) + 1) % len(knobs.cyclic)
            entry = replace(entry, parent=knobs.cyclic[after], modified=self.clock().date())
        if entry.oid in knobs.stray:
            entry = replace(entry, parent=NOWHERE, modified=self.clock().date())
        if entry.oid in knobs.renamed:
            entry = replace(entry, name=f"{entry.name} (uusi nimi)", modified=self.clock().date())
        return entry

    def _second_versions(self, register: Register, found: Sequence[int]) -> Iterator[Entry]:
        if not self.knobs.twice:
            return
        for one in found:
            if (entry := register[one]).oid in self.knobs.twice:
                yield replace(entry, name=f"{entry.name} (toinen)")

    async def _export(self, request: web.Request) -> web.StreamResponse:
        register = self.registers.get(request.match_info["oid"])
        if register is None:
            return web.json_response({"error": "no such classification"}, status=404)
        response = web.StreamResponse(headers={"Content-Type": "application/xml; charset=utf-8"})
        await response.prepare(request)
        entries = (self._as_told(register[one]) for one in range(len(register)))
        for piece in export(entries, request.match_info["oid"], self.clock().date()):
            await response.write(piece.encode())
        await response.write_eof()
        return response

    async def _show_asked(self, request: web.Request) -> web.Response:
        return web.json_response(self.asked)

    async def _turn(self, request: web.Request) -> web.Response:
        try:
            self.knobs.turn(await request.json())
        except (KnobUnknown, ValueError, TypeError) as error:
            return web.json_response({"ok": False, "error": str(error)}, status=400)
        return web.json_response({"ok": True})


@asynccontextmanager
async def running(server: CodeServer, port: int = 0) -> AsyncIterator[CodeServer]:
    """Serve *server* on a port of the loopback address until the block ends."""
    runner = web.AppRunner(server.application(), access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", port)
        await site.start()
        server.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        yield server
    finally:
        await runner.cleanup()


def _one_of(word: str, known: Sequence[str]) -> str:
    if word and word not in known:
        raise ValueError(f"{word} is not one of {', '.join(known)}")
    return word


def _counted(request: web.Request, name: str, default: int) -> int:
    number = int(request.query.get(name, default))
    if number < 1:
        raise ValueError(f"{name} counts from 1")
    return number
