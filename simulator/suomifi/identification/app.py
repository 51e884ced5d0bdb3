"""Puts the stand-in together: logins, logouts both ways, metadata, and its knobs."""

import asyncio
import secrets
from base64 import b64encode
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from aiohttp import ClientError, ClientSession, web
from lxml import etree

from simulator.guard import guarded
from simulator.suomifi.identification import messages, names, pages
from simulator.suomifi.identification.clients import (
    Client,
    NotTheirs,
    believed,
    issuer_of,
    read_client,
    signed_query,
)
from simulator.suomifi.identification.keys import Keys
from simulator.suomifi.identification.knobs import Knobs, KnobUnknown
from simulator.suomifi.identification.tricks import REPLAY, Work, made

COOKIE = "identification"


@dataclass(frozen=True, slots=True)
class Citizen:
    """Somebody who can log in. Whoever has no *code* has a *satu*, or is of another country: *eidas*."""

    name: str
    code: str = field(default="", repr=False)
    satu: str = field(default="", repr=False)
    eidas: str = field(default="", repr=False)

    def attributes(self) -> dict[str, tuple[str, ...]]:
        given, _, family = self.name.rpartition(" ")
        ways = {names.PERSONAL_CODE: self.code, names.SATU: self.satu, names.EIDAS_PERSON: self.eidas}
        known: dict[str, tuple[str, ...]] = {name: (told,) for name, told in ways.items() if told}
        return known | {
            names.COMMON_NAME: (f"{family} {given}",),
            names.DISPLAY_NAME: (self.name,),
            names.GIVEN_NAME: (given,),
            names.SURNAME: (family,),
            names.FIRST_NAME: (given.partition(" ")[0],),
            names.LOOKED_UP: ("true",),
        }


@dataclass(frozen=True, slots=True)
class Session:
    """A login at one service: how it is called there, and in which browser it is."""

    client: Client
    name_id: str
    index: str
    browser: str


@dataclass(slots=True)
class StandIn:
    """
    A stand-in at work at *url*, for *people*.

    *services* are the addresses of the metadata of those whom it answers; they are read when somebody comes
    from there. Knobs may be turned at any time, by HTTP with *session*.
    """

    people: Sequence[Citizen]
    services: Sequence[str]
    keys: Keys = field(default_factory=Keys.fresh)
    knobs: Knobs = field(default_factory=Knobs)
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    session: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    url: str = ""
    sessions: list[Session] = field(default_factory=list, repr=False)
    sent: bytes = field(default=b"", repr=False)

    @property
    def entity_id(self) -> str:
        return f"{self.url}/idp1"

    def now(self) -> datetime:
        """The moment as this machine's clock has it, which may be wrong."""
        return self.clock() + self.knobs.clock

    def application(self) -> web.Application:
        """The stand-in as an application."""
        app = web.Application(middlewares=[guarded(lambda: self.url, self.session), _kindly])
        app.on_response_prepare.append(_sign_off)
        app.add_routes(
            [
                web.get("/metadata", self.show_metadata),
                web.get("/sso", self.ask),
                web.post("/sso", self.answer),
                web.get("/slo", self.log_out),
                web.get("/logout", self.show_logout),
                web.post("/logout", self.log_out_everywhere),
                web.put("/sim/knobs", self.turn),
                web.get("/style.css", _style),
                web.get("/send.js", _script),
            ]
        )
        return app

    async def show_metadata(self, request: web.Request) -> web.Response:
        body = etree.tostring(messages.metadata(self.entity_id, self.url, self.keys), xml_declaration=True)
        return web.Response(body=body, content_type="application/samlmetadata+xml")

    async def ask(self, request: web.Request) -> web.Response:
        """Let somebody choose who they are."""
        client, _ = await self._asked(request)
        return pages.choice(request, client.name, [one.name for one in self.people], _origin(client.acs))

    async def answer(self, request: web.Request) -> web.Response:
        """Take whoever was chosen back to the service."""
        client, wish = await self._asked(request)
        form = await request.post()
        number = str(form.get("person", ""))
        chosen = self.people[int(number)] if number.isdigit() and int(number) < len(self.people) else None
        browser = request.cookies.get(COOKIE) or secrets.token_urlsafe(16)
        answer = messages.Answer(
            issuer=self.entity_id,
            audience=client.entity_id,
            destination=client.acs,
            recipient=client.acs,
            in_response_to=wish.get("ID"),
            issued_at=self.now(),
            authenticated_at=self.now(),
            level=self.knobs.level,
            name_id=b64encode(secrets.token_bytes(48)).decode(),
            session_index=messages.new_id(),
            attributes=chosen.attributes() if chosen else {},
        )
        work = Work(answer=answer, keys=self.keys, reader=client.key, cipher=self.knobs.cipher)
        trick = self.knobs.trick if chosen else "cancel"
        if trick != REPLAY or not self.sent:
            self.sent = await asyncio.to_thread(made, work, trick)
        if chosen is not None:
            self.sessions.append(Session(client, answer.name_id, answer.session_index, browser))
        response = pages.sending(
            request,
            client.acs,
            b64encode(self.sent).decode(),
            request.query.get("RelayState", ""),
            _origin(client.acs),
        )
        response.set_cookie(COOKIE, browser, httponly=True, samesite="Lax")
        return response

    async def log_out(self, request: web.Request) -> web.StreamResponse:
        """Take a service's wish for a logout, or its word for one that we wished for."""
        query = dict(request.query)
        if "SAMLResponse" in query:
            client = await self._client(issuer_of(query, "SAMLResponse"))
            said = believed(query, "SAMLResponse", client)
            code = said.find("saml2p:Status/saml2p:StatusCode", names.SPACES)
            good = code is not None and code.get("Value") == names.SUCCESS
            return pages.told(request, "logged_out" if good else "partly")
        client = await self._client(issuer_of(query, "SAMLRequest"))
        wish = believed(query, "SAMLRequest", client)
        name_id = (wish.findtext("saml2:NameID", "", names.SPACES)).strip()
        indexes = {(one.text or "").strip() for one in wish.findall("saml2p:SessionIndex", names.SPACES)}
        self.sessions = [
            one
            for one in self.sessions
            if one.client.entity_id != client.entity_id
            or one.name_id != name_id
            or (indexes and one.index not in indexes)
        ]
        word = messages.logout_response(
            self.entity_id, client.logout, wish.get("ID", ""), self.now(), partial=self.knobs.partial
        )
        return self._go(client.logout, "SAMLResponse", word, query.get("RelayState"))

    async def show_logout(self, request: web.Request) -> web.Response:
        """Show where this browser's person is logged in."""
        return pages.logout(request, [_named(request, one.client) for one in self._here(request)])

    async def log_out_everywhere(self, request: web.Request) -> web.Response:
        """Ask every service, in a frame each, as the real one does."""
        frames = [(self.logout_address(one), _named(request, one.client)) for one in self._here(request)]
        framed = " ".join(sorted({_origin(address) for address, _ in frames}))
        self.sessions = [one for one in self.sessions if one not in self._here(request)]
        return pages.logout(request, [], frames, framed)

    def logout_address(self, session: Session) -> str:
        """Where a browser goes for a service to end *session*."""
        wish = messages.logout_request(
            self.entity_id,
            session.client.logout,
            session.name_id,
            session.client.entity_id,
            session.index,
            self.now(),
        )
        return f"{session.client.logout}?{signed_query(self.keys, 'SAMLRequest', wish)}"

    async def turn(self, request: web.Request) -> web.Response:
        try:
            self.knobs.turn(await request.json())
        except (KnobUnknown, ValueError, AttributeError) as error:
            return web.json_response({"ok": False, "error": str(error)}, status=400)
        return web.json_response({"ok": True})

    def _here(self, request: web.Request) -> list[Session]:
        browser = request.cookies.get(COOKIE)
        return [one for one in self.sessions if one.browser == browser]

    def _go(self, address: str, kind: str, message: Any, relay_state: str | None) -> web.Response:
        query = signed_query(self.keys, kind, message, relay_state)
        return web.Response(status=302, headers={"Location": f"{address}?{query}"})

    async def _asked(self, request: web.Request) -> tuple[Client, Any]:
        query = dict(request.query)
        client = await self._client(issuer_of(query, "SAMLRequest"))
        wish = believed(query, "SAMLRequest", client)
        asked = {(one.text or "").strip() for one in wish.iter(f"{{{names.ASSERTION}}}AuthnContextClassRef")}
        if (
            wish.tag != f"{{{names.PROTOCOL}}}AuthnRequest"
            or wish.get("AssertionConsumerServiceURL") not in (None, client.acs)
            or wish.get("Destination") != f"{self.url}/sso"
            or not asked <= client.methods
            # The language goes last, outside of what is signed.
            or list(request.query)[-1] != "locale"
        ):
            raise NotTheirs("request")
        return client, wish

    async def _client(self, entity_id: str) -> Client:
        """The service of this name. Its metadata are read anew each time: it may have started again."""
        async with ClientSession() as session:
            for address in self.services:
                try:
                    async with session.get(address) as response:
                        client = read_client(await response.read())
                except (ClientError, TimeoutError):
                    continue
                if client.entity_id == entity_id:
                    return client
        raise NotTheirs("unknown")


@asynccontextmanager
async def running(stand_in: StandIn, port: int = 0, *, host: str = "127.0.0.1") -> AsyncIterator[StandIn]:
    """
    Serve *stand_in* on a port of the loopback address until the block ends.

    As *localhost* it is another site than the service at 127.0.0.1, which matters to a browser's cookies.
    """
    # No access log: addresses hold messages.
    runner = web.AppRunner(stand_in.application(), access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", port).start()
        stand_in.url = f"http://{host}:{runner.addresses[0][1]}"
        yield stand_in
    finally:
        await runner.cleanup()


@web.middleware
async def _kindly(request: web.Request, handler: Callable[..., Any]) -> web.StreamResponse:
    try:
        response: web.StreamResponse = await handler(request)
    except NotTheirs as problem:
        return pages.told(request, "lost", str(problem), status=400)
    return response


async def _sign_off(_: web.Request, response: web.StreamResponse) -> None:
    response.headers.setdefault("Cache-Control", "no-store")
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Referrer-Policy", "same-origin")


async def _style(request: web.Request) -> web.Response:
    return pages.style(request)


async def _script(request: web.Request) -> web.Response:
    return pages.script(request)


def _named(request: web.Request, client: Client) -> str:
    return client.name.get(pages.language_of(request)) or client.entity_id


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"
