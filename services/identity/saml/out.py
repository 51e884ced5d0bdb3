"""The addresses of the login pages that lead out of Suomi.fi, whoever wishes for it."""

import hmac
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import parse_qsl
from uuid import UUID

import structlog
from aiohttp import web

from services.identity import drawing, login
from services.identity.drawing import LANGUAGE, language_of
from services.identity.saml import ending, shape
from services.identity.saml.door import Door
from services.identity.saml.forms import attempt_in, fields
from services.identity.saml.wire import Query
from services.identity.ways import FindBrowser
from shared.contracts.identity import IdentificationFailed
from shared.storage.database import Database

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class LogoutPages:
    """What the addresses do; *browser* knows who sits there."""

    door: Door
    database: Database
    browser: FindBrowser
    now: Callable[[], datetime]

    def routes(self) -> list[web.RouteDef]:
        return [
            web.post("/saml/leave/{attempt:[0-9a-f]{32}}", self.leave),
            web.get("/saml/logout", self.log_out),
        ]

    async def leave(self, request: web.Request) -> web.StreamResponse:
        """End somebody's login: here first, and then at the provider."""
        browser = self.browser(request, UUID(hex=request.match_info["attempt"]))
        token = (await fields(request)).get("form_token", "")
        if not hmac.compare_digest(token.encode(), browser.form_token.encode()):
            raise IdentificationFailed(why="other_browser")
        attempt = await self.database.read(lambda rows: login.find(rows, browser.attempt))
        request[LANGUAGE] = attempt.language
        session = await self.database.decide(lambda tx: ending.by_person(tx, browser, self.now()))
        if session is None:
            return drawing.left(attempt.language)
        log.info("saml_session.ended", attempt=str(browser.attempt), by="person")
        return drawing.on_to(await self.door.logout_address(browser, session.subject, attempt.language))

    async def log_out(self, request: web.Request) -> web.StreamResponse:
        """Take the provider's wish for a logout, or its word that one is done."""
        # As it was sent: whoever writes a query anew writes it a little differently, and nobody signed that.
        raw = request.raw_path.partition("?")[2]
        query = Query(parse_qsl(raw, keep_blank_values=True), raw)
        if "SAMLRequest" in query and "SAMLResponse" not in query:
            return await self._end_for(query)
        if "SAMLResponse" not in query:
            # Somebody who keeps the address, or typed it: no login failed, and nobody is logged out by it.
            return drawing.nothing_to_leave(language_of(request))
        attempt = attempt_in(shape.answered_request(query["SAMLResponse"]))
        browser = self.browser(request, attempt)
        language = (await self.database.read(lambda rows: login.find(rows, attempt))).language
        request[LANGUAGE] = language
        everywhere = await self.door.is_logged_out(query, browser)
        return drawing.left(language, everywhere=everywhere)

    async def _end_for(self, query: Query) -> web.StreamResponse:
        """
        End the sessions that the provider names: its page asks in a frame, where there are no cookies.

        Whom we do not know any more is logged out just as well.
        """
        wish = await self.door.logout_wish(query)
        ended = await self.database.decide(lambda tx: ending.by_provider(tx, wish, self.now()))
        log.info("saml_session.ended", by="provider", sessions=ended)
        return drawing.on_to(await self.door.logged_out_address(wish, query.get("RelayState")))
