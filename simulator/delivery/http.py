"""Request URL: the same deliveries as HTTP requests, signed as Slack signs them."""

import asyncio
import hashlib
import hmac
import json
import secrets
import time
from dataclasses import dataclass, field
from urllib.parse import urlencode

import aiohttp

from simulator.clock import Clock
from simulator.delivery.envelope import Answer, Envelope
from simulator.faults import Rule
from simulator.wire import VERIFICATION_TOKEN, Json

_FORM = "application/x-www-form-urlencoded"
_JSON = "application/json"


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """Sign *body* with Slack's v0 scheme."""
    signed = b"v0:" + timestamp.encode() + b":" + body
    return "v0=" + hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()


@dataclass
class SignedRequests:
    """
    One app behind one URL.

    Before its first payload the URL is verified: a challenge has to come back, and a check of the
    certificate has to be answered. To change *secret* is what a rotation is.
    """

    url: str
    secret: str
    session: aiohttp.ClientSession
    clock: Clock = field(default_factory=Clock)
    verified: bool = False
    _verifying: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def send(self, envelope: Envelope, seconds: float, fault: Rule | None = None) -> Answer:
        if fault is not None and fault.kind in ("silent", "reset", "disconnect"):
            # What breaks a websocket keeps a request from arriving.
            return Answer(False, reason="connection_failed", connection=self.url)
        async with self._verifying:
            if not self.verified and not (refusal := await self.verify(seconds)).arrived:
                return refusal
        body, content_type = _encoded(envelope)
        headers = {}
        if envelope.retry_attempt:
            headers["X-Slack-Retry-Num"] = str(envelope.retry_attempt)
            headers["X-Slack-Retry-Reason"] = envelope.retry_reason
        return await self._post(body, content_type, seconds, headers)

    async def verify(self, seconds: float = 3.0) -> Answer:
        """Make sure that the app's own URL answers, as Slack does before it sends anything there."""
        challenge = secrets.token_urlsafe(32)
        asked = {"token": VERIFICATION_TOKEN, "challenge": challenge, "type": "url_verification"}
        answer = await self._post(json.dumps(asked).encode(), _JSON, seconds)
        if answer.arrived and challenge not in (answer.body.get("challenge"), answer.body.get("text")):
            return Answer(False, reason="challenge_failed", connection=self.url)
        if answer.arrived:
            check = urlencode({"ssl_check": "1", "token": VERIFICATION_TOKEN}).encode()
            answer = await self._post(check, _FORM, seconds)
        self.verified = answer.arrived
        return answer

    async def _post(
        self, body: bytes, content_type: str, seconds: float, more: dict[str, str] | None = None
    ) -> Answer:
        # The wall's time, whatever the workspace's: the app compares it with its own.
        timestamp = str(int(time.time()))
        headers = {
            "Content-Type": content_type,
            "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
            "X-Slack-Request-Timestamp": timestamp,
            "X-Slack-Signature": signature(self.secret, timestamp, body),
        }
        try:
            async with (
                self.clock.within(seconds),
                self.session.post(
                    self.url, data=body, headers=headers | (more or {}), allow_redirects=False
                ) as response,
            ):
                text = await response.text()
                if not 200 <= response.status < 300:
                    final = response.headers.get("X-Slack-No-Retry") == "1"
                    # Slack follows a redirect or two; an app that needs one is misconfigured here.
                    reason = "too_many_redirects" if 300 <= response.status < 400 else "http_error"
                    return Answer(False, reason=reason, final=final, connection=self.url)
                return Answer(True, _read(text), connection=self.url)
        except TimeoutError:
            return Answer(False, reason="http_timeout", connection=self.url)
        except aiohttp.ClientSSLError:
            return Answer(False, reason="ssl_error", connection=self.url)
        except (aiohttp.ClientConnectionError, ConnectionError):
            return Answer(False, reason="connection_failed", connection=self.url)
        except (aiohttp.ClientError, UnicodeDecodeError):
            return Answer(False, reason="unknown_error", connection=self.url)


def _encoded(envelope: Envelope) -> tuple[bytes, str]:
    match envelope.kind:
        case "events_api":
            return json.dumps(envelope.payload).encode(), _JSON
        case "interactive":
            return urlencode({"payload": json.dumps(envelope.payload)}).encode(), _FORM
        case "slash_commands":
            return urlencode({name: _flat(value) for name, value in envelope.payload.items()}).encode(), _FORM


def _flat(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _read(text: str) -> Json:
    """Read an answer: JSON, or bare text as the words to show."""
    if not text.strip():
        return {}
    try:
        read = json.loads(text)
    except ValueError:
        return {"text": text}
    return read if isinstance(read, dict) else {"text": text}
