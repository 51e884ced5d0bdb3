"""
Traps of Bolt for Python 1.30: each shown in Bolt by itself, so that its mending is noticed, and absent here.

When the first half of a test fails after an upgrade, Bolt has mended the trap: look whether our way round it
is still needed. When the second half fails, we have fallen into it.
"""

import hashlib
import hmac
import json
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import aiohttp
import pytest
from aiohttp import web
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from bot.app import in_conversation
from bot.edge import PATH
from bot.settings import BotSettings
from simulator.running import running
from tests.bot.conftest import MANIFEST, WORKSPACE
from tests.bot.makers import TEAM
from tests.bot.town import Town
from tests.support.bus import free_port
from tests.support.migrated import migrated

SECRET = "s3cret"
FORM, JSON = "application/x-www-form-urlencoded", "application/json"
Listener = Callable[..., Awaitable[None]]


@dataclass(frozen=True)
class Answered:
    """What came back, and how long that took."""

    status: int
    seconds: float


async def send(url: str, body: bytes, kind: str, headers: dict[str, str] | None = None) -> Answered:
    """Send a signed request; *headers* take the place of right ones."""
    timestamp = str(int(time.time()))
    signed = hmac.new(SECRET.encode(), f"v0:{timestamp}:".encode() + body, hashlib.sha256).hexdigest()
    right = {
        "Content-Type": kind,
        "X-Slack-Request-Timestamp": timestamp,
        "X-Slack-Signature": f"v0={signed}",
    }
    began = time.monotonic()
    async with (
        aiohttp.ClientSession() as session,
        session.post(url, data=body, headers=right | (headers or {})) as answer,
    ):
        await answer.read()
        return Answered(answer.status, time.monotonic() - began)


def command(text: str) -> bytes:
    fields = {"command": "/kanta", "text": text, "user_id": "U0MAIJA", "team_id": TEAM, "trigger_id": text}
    return urlencode(fields | {"channel_id": "D1", "response_url": "http://127.0.0.1:9/x"}).encode()


def press(action: str = "no.such.action") -> bytes:
    payload = {
        "type": "block_actions",
        "team": {"id": TEAM},
        "user": {"id": "U0MAIJA", "team_id": TEAM},
        "actions": [{"action_id": action, "action_ts": "1.1", "type": "button"}],
    }
    return urlencode({"payload": json.dumps(payload)}).encode()


def event(kind: str) -> bytes:
    body = {"type": "event_callback", "team_id": TEAM, "event_id": "Ev1", "event": {"type": kind}}
    return json.dumps(body).encode()


@asynccontextmanager
async def plain_bolt(prepare: Callable[[AsyncApp], None]) -> AsyncIterator[str]:
    """Bolt as it comes, serving its own web application."""

    async def authorize(**_: Any) -> AuthorizeResult:
        return AuthorizeResult(
            enterprise_id=None, team_id=TEAM, bot_user_id="U0B", bot_id="B0", bot_token="t"
        )

    logger = logging.getLogger("tests.bot.traps")
    logger.setLevel(logging.CRITICAL)
    app = AsyncApp(
        signing_secret=SECRET, authorize=authorize, client=AsyncWebClient(token="t"), logger=logger
    )
    prepare(app)
    runner = web.AppRunner(app.web_app(path=PATH), access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}{PATH}"
    finally:
        await runner.cleanup()


@pytest.fixture
async def ours(tmp_path: Path) -> AsyncIterator[str]:
    """Our bot, serving its own edge."""
    port, url = free_port(), f"sqlite:///{tmp_path / 'bot.db'}"
    migrated("bot", url)
    async with running(WORKSPACE, MANIFEST) as slack:
        settings = BotSettings.model_validate(
            {
                "SLACK_BOT_TOKEN": slack.bot_token,
                "SLACK_SIGNING_SECRET": SECRET,
                "slack_api_url": slack.url,
                "bot_database_url": url,
                "bot_port": port,
            }
        )
        async with in_conversation(Town(), settings, pace=0.0):
            yield f"http://127.0.0.1:{port}{PATH}"


async def test_a_command_whose_text_holds_the_word_payload(ours: str) -> None:
    async def listener(ack: Any) -> None:
        await ack()

    async with plain_bolt(lambda app: app.command("/kanta")(listener) and None) as url:
        harmless = await send(url, command("help"), FORM)
        bolt = await send(url, command("my payload please"), FORM)

    assert (harmless.status, bolt.status) == (200, 404)
    assert (await send(ours, command("my payload please"), FORM)).status == 200


async def test_a_listener_that_fails_right_after_its_acknowledgement(
    ours: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def listener(ack: Any) -> None:
        await ack()
        raise RuntimeError("at once")

    def broken(*_: object) -> None:
        raise RuntimeError("at once")

    async with plain_bolt(lambda app: app.action("a")(listener) and None) as url:
        bolt = await send(url, press("a"), FORM)
    monkeypatch.setattr("bot.turns._named", broken)
    mine = await send(ours, press(), FORM)

    assert bolt.status == 404
    assert bolt.seconds >= 3
    assert mine.status == 200
    assert mine.seconds < 3


async def test_a_listener_that_takes_its_time_to_acknowledge(
    ours: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def listener(ack: Any) -> None:
        """Forget to acknowledge."""

    async with plain_bolt(lambda app: app.action("a")(listener) and None) as url:
        bolt = await send(url, press("a"), FORM)
    mine = await send(ours, press(), FORM)

    assert bolt.status == 404
    assert bolt.seconds >= 3
    assert (mine.status, mine.seconds < 3) == (200, True)


@pytest.mark.parametrize(
    ("body", "headers", "right"),
    [
        (event("x"), {"X-Slack-Request-Timestamp": "abc"}, 401),
        (event("x"), {"X-Slack-Signature": "v0=å".encode().decode("latin-1")}, 401),
        (b"{not json", {}, 400),
    ],
)
async def test_a_request_that_is_malformed(
    ours: str, body: bytes, headers: dict[str, str], right: int
) -> None:
    async with plain_bolt(lambda app: None) as url:
        bolt = await send(url, body, JSON, headers)

    assert bolt.status == 500
    assert (await send(ours, body, JSON, headers)).status == right


async def test_an_acknowledgement_waits_for_no_poll(ours: str) -> None:
    async def listener(ack: Any) -> None:
        await ack()

    async with plain_bolt(lambda app: app.action("a")(listener) and None) as url:
        both = [(await send(url, press("a"), FORM), await send(ours, press(), FORM)) for _ in range(20)]

    # The poll is ten milliseconds apart; what the machine adds, it adds to both.
    assert min(bolt.seconds for bolt, _ in both) >= 0.01
    assert min(mine.seconds for _, mine in both) < min(bolt.seconds for bolt, _ in both)


@pytest.mark.parametrize("kind", ["something_new", "reaction_added"])
async def test_an_event_of_which_nobody_has_heard(ours: str, kind: str) -> None:
    async with plain_bolt(lambda app: None) as url:
        bolt = await send(url, event(kind), JSON)

    assert bolt.status == 404
    assert (await send(ours, event(kind), JSON)).status == 200
