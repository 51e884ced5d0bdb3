"""The browser's part: a person chooses for whom to act, and goes back with a code for the client."""

import base64
import binascii
import hmac
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from aiohttp import web

from simulator.suomifi import pages
from simulator.suomifi.answering import oauth_failed
from simulator.suomifi.census import Client
from simulator.suomifi.knobs import Knobs
from simulator.suomifi.visits import TOKEN_SECONDS, Visit, Visits


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a browser came with: for which visit, and where it goes back to."""

    visit: Visit
    redirect_uri: str
    state: str

    def back(self, **answer: str) -> web.HTTPFound:
        told = answer | ({"state": self.state} if self.state else {})
        join = "&" if urlsplit(self.redirect_uri).query else "?"
        return web.HTTPFound(f"{self.redirect_uri}{join}{urlencode(told)}")


class _Lost(Exception):
    """The browser cannot even be sent back; the argument is the key of the sentence."""


@dataclass(frozen=True, slots=True)
class OAuth:
    """Two addresses: the selection page, and the token's."""

    visits: Visits
    knobs: Knobs

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/oauth/authorize", self.show, name="authorize.shown"),
            web.post("/oauth/authorize", self.choose, name="authorize.answered"),
            web.post("/oauth/token", self.token, name="token.given"),
        ]

    async def show(self, request: web.Request) -> web.Response:
        """Let the person choose; ``autoselect`` (keys with commas between, or ``all``) chooses for a test."""
        try:
            asked = self._asked(request)
        except _Lost as lost:
            return pages.lost(request, str(lost))
        choices = self.visits.choices(asked.visit)
        if (wanted := request.query.get("autoselect")) is not None:
            keys = [key for key, _ in choices if wanted == "all" or key in wanted.split(",")]
            raise self._back(asked, keys)
        return pages.selection(request, choices, asked.visit, back_to=_origin(asked.redirect_uri))

    async def choose(self, request: web.Request) -> web.Response:
        """Take what the person chose."""
        try:
            asked = self._asked(request)
        except _Lost as lost:
            return pages.lost(request, str(lost))
        form = await request.post()
        if form.get("answer") != "continue":
            raise asked.back(error="access_denied")
        choices = self.visits.choices(asked.visit)
        told = {str(value) for value in form.getall("chosen", [])}
        keys = [key for number, (key, _) in enumerate(choices) if str(number) in told]
        if not keys or (len(keys) > 1 and not asked.visit.client.several):
            return pages.selection(
                request, choices, asked.visit, back_to=_origin(asked.redirect_uri), missing=True
            )
        raise self._back(asked, keys)

    async def token(self, request: web.Request) -> web.Response:
        """Give a token for a code. Parameters may be in the query or in the form: clients do either."""
        client = self._client(request.headers.get("Authorization", ""))
        if client is None:
            return oauth_failed("invalid_client", 401)
        form = await request.post()
        told = {key: str(value) for key, value in form.items()} | dict(request.query)
        if told.get("grant_type") != "authorization_code":
            return oauth_failed("unsupported_grant_type", 400)
        token = self.visits.exchange(told.get("code", ""), client, told.get("redirect_uri", ""))
        if token is None or self.knobs.invalid_grant:
            return oauth_failed("invalid_grant", 400)
        body = {
            "access_token": token,
            "token_type": "bearer",
            "refresh_token": self.visits.new_word(),
            "expires_in": TOKEN_SECONDS,
            "scope": "read write trust",
        }
        return web.json_response(body, headers={"Cache-Control": "no-store", "Pragma": "no-cache"})

    def _asked(self, request: web.Request) -> _Asked:
        query = request.query
        client = self.visits.census.clients.get(query.get("client_id", ""))
        redirect_uri = query.get("redirect_uri", "")
        if client is None or redirect_uri not in client.redirect_uris:
            # Sending a browser wherever an address says would make us a stranger's accomplice.
            raise _Lost("unknown_client")
        visit = self.visits.of_browser(query.get("user", ""))
        if visit is None or visit.client != client:
            raise _Lost("visit_over")
        asked = _Asked(visit, redirect_uri, query.get("state", ""))
        if query.get("response_type") != "code":
            raise asked.back(error="unsupported_response_type")
        return asked

    def _back(self, asked: _Asked, keys: list[str]) -> web.HTTPFound:
        return asked.back(code=self.visits.choose(asked.visit, keys, asked.redirect_uri))

    def _client(self, header: str) -> Client | None:
        kind, _, encoded = header.partition(" ")
        try:
            name, _, password = base64.b64decode(encoded, validate=True).decode().partition(":")
        except (binascii.Error, ValueError):
            return None
        client = self.visits.census.clients.get(name)
        if kind.lower() != "basic" or client is None:
            return None
        same = hmac.compare_digest(password.encode(), client.oauth_password.encode())
        return client if same else None


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"
