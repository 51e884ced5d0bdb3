"""Our own edge for Slack's signed requests: Bolt's own answers 500 to what should be 400 or 401."""

import hashlib
import hmac
import json
import re
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from urllib.parse import parse_qs

from aiohttp import web
from slack_bolt.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest

from bot.installations.pages import Pages
from bot.line import LineHealth
from bot.payloads import Json
from bot.places import nowhere
from bot.settings import BotSettings

LARGEST = 1_000_000
OLDEST = 300
MOST_FIELDS = 100
TIMESTAMP = re.compile(r"[0-9]{9,11}")
SIGNATURE = re.compile(r"v0=[0-9a-f]{64}")
JSON = "application/json"
FORM = "application/x-www-form-urlencoded"
PATH = "/slack/events"
ALIVE = "/slack/alive"


class Edge:
    """
    Lets in what Slack signed, and nothing else.

    It answers to what it refuses with a status and not a word, and logs nothing of it: whoever finds the
    port can send as much as they like.
    """

    def __init__(self, app: AsyncApp, secrets: Sequence[str]) -> None:
        self._app = app
        self._secrets = [secret.encode() for secret in secrets if secret]
        self._last_heard: datetime | None = None
        self._since = datetime.now(UTC)

    def health(self) -> LineHealth:
        return LineHealth(
            connected=True, transport="requests", since=self._since, last_heard=self._last_heard
        )

    async def alive(self, request: web.Request) -> web.Response:
        """Say that we are there; nothing is told to whoever asks."""
        return web.Response(status=204)

    async def receive(self, request: web.Request) -> web.Response:
        body = await _body(request)
        if body is None:
            return web.Response(status=413)
        if not self.is_signed(
            body,
            request.headers.get("X-Slack-Request-Timestamp", ""),
            request.headers.get("X-Slack-Signature", ""),
        ):
            return web.Response(status=401)
        self._last_heard = datetime.now(UTC)
        if request.content_type not in (JSON, FORM) or not _is_utf8(request):
            return web.Response(status=415)
        payload = parsed(body, request.content_type)
        if payload is None:
            return web.Response(status=400)
        if payload.get("type") == "url_verification":
            return web.json_response({"challenge": str(payload.get("challenge", ""))})
        if "ssl_check" in payload:
            return web.Response()
        if nowhere(payload):
            return web.Response()
        # As a dict and "from a socket": in its HTTP mode Bolt parses the body again, and loses slash
        # commands that hold the word "payload".
        answer = await self._app.async_dispatch(
            AsyncBoltRequest(mode="socket_mode", body=payload, headers=retry_headers(request))
        )
        if answer.status != 200:
            return web.Response(status=answer.status)
        content = answer.headers.get("content-type", ["text/plain"])[0].partition(";")[0]
        return web.Response(text=answer.body or "", content_type=content)

    def is_signed(self, body: bytes, timestamp: str, signature: str) -> bool:
        """Tell whether Slack signed *body* within the last five minutes, with a secret that we know."""
        if not TIMESTAMP.fullmatch(timestamp) or not SIGNATURE.fullmatch(signature):
            return False
        if abs(time.time() - int(timestamp)) > OLDEST:
            return False
        base = b"v0:" + timestamp.encode() + b":" + body
        return any(
            hmac.compare_digest("v0=" + hmac.new(secret, base, hashlib.sha256).hexdigest(), signature)
            for secret in self._secrets
        )


async def _body(request: web.Request) -> bytes | None:
    """The body as it came, or nothing if there is too much of it."""
    if (request.content_length or 0) > LARGEST:
        return None
    body = bytearray()
    while len(body) <= LARGEST and not request.content.at_eof():
        body += await request.content.read(LARGEST + 1 - len(body))
    return bytes(body) if len(body) <= LARGEST else None


def _is_utf8(request: web.Request) -> bool:
    return (request.charset or "utf-8").casefold().replace("_", "-") in ("utf-8", "utf8")


def parsed(body: bytes, content_type: str) -> Json | None:
    """Read the payload of a request, or nothing if it is none."""
    try:
        if content_type == JSON:
            found = json.loads(body.decode(), parse_constant=_refuse)
        else:
            pairs = parse_qs(
                body.decode(), keep_blank_values=True, max_num_fields=MOST_FIELDS, errors="strict"
            )
            fields = {name: values[-1] for name, values in pairs.items()}
            found = json.loads(fields["payload"], parse_constant=_refuse) if "payload" in fields else fields
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) and found else None


def _refuse(constant: str) -> None:
    """NaN and Infinity are Python's words, not JSON's."""
    raise ValueError(constant)


def retry_headers(request: web.Request) -> dict[str, str | Sequence[str]]:
    return {
        name.lower(): value
        for name, value in request.headers.items()
        if name.lower().startswith("x-slack-retry")
    }


@asynccontextmanager
async def listening(app: AsyncApp, settings: BotSettings, pages: Pages | None = None) -> AsyncIterator[Edge]:
    """
    Serve Slack's requests on this machine until the block ends, and the install *pages* beside them.

    Raises:
        ValueError: there is no signing secret to know Slack by.
    """
    secret = settings.slack_signing_secret.get_secret_value()
    if not secret:
        raise ValueError("SLACK_APP_TOKEN or SLACK_SIGNING_SECRET must be set")
    edge = Edge(app, (secret, settings.slack_previous_signing_secret.get_secret_value()))
    async with serving(settings, pages, edge):
        yield edge


@asynccontextmanager
async def serving(
    settings: BotSettings, pages: Pages | None, edge: Edge | None = None
) -> AsyncIterator[None]:
    """Serve what there is on the bot's port until the block ends."""
    site = web.Application(client_max_size=LARGEST)
    if edge is not None:
        site.router.add_post(PATH, edge.receive)
        site.router.add_get(ALIVE, edge.alive)
    if pages is not None:
        pages.mount(site)
    runner = web.AppRunner(site, access_log=None, shutdown_timeout=3)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", settings.bot_port).start()
        yield
    finally:
        await runner.cleanup()
