"""Request URL: the same deliveries as HTTP requests, signed as Slack signs them."""

import hashlib
import hmac
import json
import time
from dataclasses import dataclass
from urllib.parse import urlencode

import aiohttp

from simulator.delivery.envelope import Answer, Envelope
from simulator.wire import Json


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """Sign *body* with Slack's v0 scheme."""
    signed = b"v0:" + timestamp.encode() + b":" + body
    return "v0=" + hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()


@dataclass
class SignedRequests:
    """One app behind one URL."""

    url: str
    secret: str
    session: aiohttp.ClientSession

    async def send(self, envelope: Envelope, seconds: float) -> Answer:
        body, content_type = _encoded(envelope)
        timestamp = str(int(time.time()))
        headers = {
            "Content-Type": content_type,
            "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
            "X-Slack-Request-Timestamp": timestamp,
            "X-Slack-Signature": signature(self.secret, timestamp, body),
        }
        if envelope.retry_attempt:
            headers["X-Slack-Retry-Num"] = str(envelope.retry_attempt)
            headers["X-Slack-Retry-Reason"] = envelope.retry_reason
        try:
            async with self.session.post(
                self.url,
                data=body,
                headers=headers,
                allow_redirects=False,
                timeout=aiohttp.ClientTimeout(total=seconds),
            ) as response:
                text = await response.text()
                if not 200 <= response.status < 300:
                    final = response.headers.get("X-Slack-No-Retry") == "1"
                    return Answer(False, reason="http_error", final=final)
                return Answer(True, _read(text))
        except TimeoutError:
            return Answer(False, reason="http_timeout")
        except aiohttp.ClientConnectionError:
            return Answer(False, reason="connection_failed")
        except aiohttp.ClientError:
            return Answer(False, reason="unknown_error")


def _encoded(envelope: Envelope) -> tuple[bytes, str]:
    form = "application/x-www-form-urlencoded"
    match envelope.kind:
        case "events_api":
            return json.dumps(envelope.payload).encode(), "application/json"
        case "interactive":
            return urlencode({"payload": json.dumps(envelope.payload)}).encode(), form
        case "slash_commands":
            return urlencode({name: _flat(value) for name, value in envelope.payload.items()}).encode(), form


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
