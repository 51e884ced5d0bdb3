"""The edge lets in what Slack signed, and nothing else."""

import hashlib
import hmac
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest
from pydantic import ValidationError

from bot.app import in_conversation
from bot.edge import ALIVE, FORM, JSON, PATH
from bot.settings import BotSettings
from simulator.running import running
from tests.bot.conftest import MANIFEST, WORKSPACE
from tests.bot.makers import TEAM
from tests.bot.town import Town
from tests.support.bus import free_port
from tests.support.migrated import migrated

SECRET = "s3cret"


def signature(body: bytes, timestamp: str, secret: str = SECRET) -> str:
    return "v0=" + hmac.new(secret.encode(), f"v0:{timestamp}:".encode() + body, hashlib.sha256).hexdigest()


@asynccontextmanager
async def listening_bot(folder: Path, *, previous: str = "") -> AsyncIterator[str]:
    """A bot that Slack dials; where it listens."""
    port, url = free_port(), f"sqlite:///{folder / 'bot.db'}"
    migrated("bot", url)
    async with running(WORKSPACE, MANIFEST) as slack:
        settings = BotSettings.model_validate(
            {
                "SLACK_BOT_TOKEN": slack.bot_token,
                "SLACK_SIGNING_SECRET": SECRET,
                "SLACK_PREVIOUS_SIGNING_SECRET": previous,
                "slack_api_url": slack.url,
                "bot_database_url": url,
                "bot_port": port,
            }
        )
        async with in_conversation(Town(), settings, pace=0.0):
            yield f"http://127.0.0.1:{port}{PATH}"


@pytest.fixture
async def address(tmp_path: Path) -> AsyncIterator[str]:
    """Where the bot listens for Slack."""
    async with listening_bot(tmp_path) as address:
        yield address


async def send(
    address: str,
    body: bytes,
    *,
    kind: str = JSON,
    age: int = 0,
    secret: str = SECRET,
    headers: dict[str, str] | None = None,
) -> tuple[int, str]:
    """Send a request as Slack does, but for *headers*."""
    timestamp = str(int(time.time()) - age)
    right = {
        "Content-Type": kind,
        "X-Slack-Request-Timestamp": timestamp,
        "X-Slack-Signature": signature(body, timestamp, secret),
    }
    async with (
        aiohttp.ClientSession() as session,
        session.post(address, data=body, headers=right | (headers or {})) as answer,
    ):
        return answer.status, await answer.text()


async def test_slack_may_check_the_address(address: str) -> None:
    body = json.dumps({"type": "url_verification", "challenge": "abc"}).encode()

    assert await send(address, body) == (200, '{"challenge": "abc"}')
    assert (await send(address, b"ssl_check=1&token=x", kind=FORM))[0] == 200


async def test_anybody_may_ask_whether_we_are_alive_and_learns_nothing_else(address: str) -> None:
    async with aiohttp.ClientSession() as session:
        alive = await session.get(address.replace(PATH, ALIVE))
        got, elsewhere = await session.get(address), await session.get(address + "/..")

        assert (alive.status, await alive.text()) == (204, "")
        assert (got.status, elsewhere.status) == (405, 404)


async def test_the_secret_before_a_rotation_is_taken_as_well(tmp_path: Path) -> None:
    body = json.dumps({"type": "url_verification", "challenge": "abc"}).encode()
    async with listening_bot(tmp_path, previous="0ld") as address:
        statuses = [(await send(address, body, secret=secret))[0] for secret in (SECRET, "0ld", "", "0lder")]

    assert statuses == [200, 200, 401, 401]


DEEP = b"[" * 100_000
EVENT = b'{"type": "event_callback", "team_id": "T0TOWN", "event": {"type": "x"}}'
HOSTILE = {
    "an object cut short": (b"{", JSON, 400),
    "a list": (b"[]", JSON, 400),
    "a string": (b'"x"', JSON, 400),
    "nothing at all": (b"", JSON, 400),
    "an empty object": (b"{}", JSON, 400),
    "bytes that are no text": (b"\xff", JSON, 400),
    "half a character": (b'{"a": "\xc3"}', JSON, 400),
    "UTF-16": ('{"type": "x"}'.encode("utf-16"), JSON, 400),
    "a number that is none": (b'{"type": NaN}', JSON, 400),
    "two objects": (b'{"type": "x"}{}', JSON, 400),
    "a hundred thousand brackets": (DEEP, JSON, 400),
    "a form whose payload is no JSON": (b"payload={", FORM, 400),
    "a form whose payload is a list": (b"payload=[]", FORM, 400),
    "a form whose payload is empty": (b"payload=", FORM, 400),
    "a form of brackets": (b"payload=" + DEEP, FORM, 400),
    "a form with a thousand fields": (b"&".join(b"a%d=1" % each for each in range(1000)), FORM, 400),
    "a form of bytes that are no text": (b"text=%ff", FORM, 400),
    "a form that holds nothing": (b"&&&", FORM, 400),
    "an event as plain text": (EVENT, "text/plain", 415),
    "an event as a file": (EVENT, "multipart/form-data; boundary=x", 415),
    "an event of no type": (EVENT, "", 415),
    "an event in another alphabet": (EVENT, f"{JSON}; charset=utf-7", 415),
    "too much": (b"x" * 1_000_001, JSON, 413),
}


@pytest.mark.parametrize("name", HOSTILE)
async def test_what_is_no_payload_is_refused_without_a_word(
    address: str, name: str, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    body, kind, status = HOSTILE[name]
    capsys.readouterr()
    caplog.clear()

    assert await send(address, body, kind=kind) == (status, "")
    assert capsys.readouterr() == ("", "")
    assert caplog.text == ""


@pytest.mark.parametrize("body", [b'{"type": "block_actions", "actions": [{}]}', b"command=%2Fkanta"])
async def test_a_payload_that_lacks_what_it_needs_is_acknowledged_and_let_be(
    address: str, body: bytes
) -> None:
    assert await send(address, body, kind=JSON if body.startswith(b"{") else FORM) == (200, "")


@pytest.mark.parametrize("age", [-302, 302])
async def test_an_old_or_early_request_is_refused_without_a_word(address: str, age: int) -> None:
    assert await send(address, b"{}", age=age) == (401, "")


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Slack-Signature": ""},
        {"X-Slack-Signature": "v0=å".encode().decode("latin-1")},
        {"X-Slack-Signature": "v0=" + "0" * 64},
        {"X-Slack-Signature": "v0=" + "A" * 64},
        {"X-Slack-Signature": "v1=" + "0" * 64},
        {"X-Slack-Signature": "v0=" + "0" * 100_0},
        {"X-Slack-Request-Timestamp": ""},
        {"X-Slack-Request-Timestamp": "abc"},
        {"X-Slack-Request-Timestamp": "-1"},
        {"X-Slack-Request-Timestamp": "1e9"},
        {"X-Slack-Request-Timestamp": "٣٣٣٣٣٣٣٣٣٣".encode().decode("latin-1")},
        {"X-Slack-Request-Timestamp": "9" * 400},
    ],
)
async def test_a_wrong_signature_is_refused_without_a_word(
    address: str, headers: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()

    assert await send(address, EVENT, headers=headers) == (401, "")
    assert capsys.readouterr() == ("", "")


async def test_a_signature_is_for_the_bytes_as_they_came(address: str) -> None:
    timestamp = str(int(time.time()))
    headers = {"X-Slack-Request-Timestamp": timestamp, "X-Slack-Signature": signature(EVENT, timestamp)}

    assert (await send(address, EVENT, headers=headers))[0] == 200
    assert (await send(address, EVENT + b" ", headers=headers))[0] == 401


async def test_too_much_is_refused_even_if_nobody_says_how_much(address: str) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(40):
            yield b"x" * 50_000

    async with aiohttp.ClientSession() as session, session.post(address, data=endless()) as answer:
        assert answer.status == 413


async def test_a_command_that_holds_the_word_payload_is_taken(address: str) -> None:
    fields = f"command=%2Fkanta&text=my+payload+please&user_id=U0MAIJA&team_id={TEAM}&trigger_id=1.2.a"

    assert (await send(address, fields.encode(), kind=FORM))[0] == 200


def test_a_real_token_goes_nowhere_but_to_slack() -> None:
    with pytest.raises(ValidationError, match="real Slack token"):
        BotSettings.model_validate(
            {"SLACK_BOT_TOKEN": "xoxb-123-456-abc", "slack_api_url": "http://127.0.0.1:9"}
        )


@pytest.mark.parametrize("url", ["https://slack.com.evil.example", "http://slack.com", "http://10.0.0.1"])
def test_slack_is_at_no_other_address(url: str) -> None:
    with pytest.raises(ValidationError):
        BotSettings.model_validate({"SLACK_BOT_TOKEN": "t", "slack_api_url": url})


def test_answers_go_only_where_slack_takes_them() -> None:
    real = BotSettings.model_validate({"slack_api_url": "https://slack.com"})
    local = BotSettings.model_validate({"slack_api_url": "http://127.0.0.1:9"})

    assert real.answers_go_to("https://hooks.slack.com/actions/x")
    assert not real.answers_go_to("https://hooks.slack.com.evil.example/x")
    assert not real.answers_go_to("https://hooks.slack.com@evil.example/x")
    assert not real.answers_go_to("http://127.0.0.1:9/x")
    assert local.answers_go_to("http://127.0.0.1:9/actions/x")
    assert not local.answers_go_to("http://127.0.0.1:10/actions/x")
