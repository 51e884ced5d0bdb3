"""Our own edge for Slack's signed requests: Bolt's own answers 500 to what should be 400 or 401."""

import hashlib
import hmac
import json
import re
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from urllib.parse import parse_qs

from aiohttp import web
from slack_bolt.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest

from bot.payloads import Json
from bot.settings import BotSettings

LARGEST = 1_000_000
OLDEST = 300
TIMESTAMP = re.compile(r"[0-9]{9,11}")
SIGNATURE = re.compile(r"v0=[0-9a-f]{64}")
PATH = "/slack/events"


class Edge:
    """Lets in what Slack signed, and nothing else."""

    def __init__(self, app: AsyncApp, secret: str) -> None:
        self._app = app
        self._secret = secret.encode()

    async def receive(self, request: web.Request) -> web.Response:
        body = await request.content.read(LARGEST + 1)
        while len(body) <= LARGEST and not request.content.at_eof():
            body += await request.content.read(LARGEST + 1 - len(body))
        if len(body) > LARGEST:
            return web.Response(status=413)
        if not self.is_signed(
            body,
            request.headers.get("X-Slack-Request-Timestamp", ""),
            request.headers.get("X-Slack-Signature", ""),
        ):
            return web.Response(status=401)
        payload = parsed(body, request.content_type)
        if payload is None:
            return web.Response(status=400)
        if payload.get("type") == "url_verification":
            return web.json_response({"challenge": str(payload.get("challenge", ""))})
        if "ssl_check" in payload:
            return web.Response()
        # As a dict and "from a socket": in its HTTP mode Bolt parses the body again, and loses slash
        # commands that hold the word "payload".
        answer = await self._app.async_dispatch(
            AsyncBoltRequest(mode="socket_mode", body=payload, headers=retry_headers(request))
        )
        content = answer.headers.get("content-type", ["text/plain"])[0].partition(";")[0]
        return web.Response(status=answer.status, text=answer.body or "", content_type=content)

    def is_signed(self, body: bytes, timestamp: str, signature: str) -> bool:
        """Tell whether Slack signed *body* within the last five minutes."""
        if not TIMESTAMP.fullmatch(timestamp) or not SIGNATURE.fullmatch(signature):
            return False
        if abs(time.time() - int(timestamp)) > OLDEST:
            return False
        base = b"v0:" + timestamp.encode() + b":" + body
        expected = "v0=" + hmac.new(self._secret, base, hashlib.sha256).hexdigest()
        return hmac.compare_digest(expected, signature)


def parsed(body: bytes, content_type: str) -> Json | None:
    """Read the payload of a request, or nothing if it is none."""
    try:
        if content_type == "application/json":
            found = json.loads(body)
        else:
            fields = {
                name: values[-1] for name, values in parse_qs(body.decode(), keep_blank_values=True).items()
            }
            found = json.loads(fields["payload"]) if "payload" in fields else fields
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) and found else None


def retry_headers(request: web.Request) -> dict[str, str | Sequence[str]]:
    return {
        name.lower(): value
        for name, value in request.headers.items()
        if name.lower().startswith("x-slack-retry")
    }


@asynccontextmanager
async def listening(app: AsyncApp, settings: BotSettings) -> AsyncIterator[int]:
    """
    Serve Slack's requests on this machine until the block ends; give the port.

    Raises:
        ValueError: there is no signing secret to know Slack by.
    """
    secret = settings.slack_signing_secret.get_secret_value()
    if not secret:
        raise ValueError("SLACK_APP_TOKEN or SLACK_SIGNING_SECRET must be set")
    site = web.Application(client_max_size=LARGEST)
    site.router.add_post(PATH, Edge(app, secret).receive)
    runner = web.AppRunner(site, access_log=None, shutdown_timeout=3)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", settings.bot_port).start()
        yield int(runner.addresses[0][1])
    finally:
        await runner.cleanup()
