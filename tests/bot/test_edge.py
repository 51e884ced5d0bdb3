"""The edge lets in what Slack signed, and nothing else."""

import hashlib
import hmac
import json
import time
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
from pydantic import ValidationError

from bot.app import in_conversation
from bot.edge import PATH
from bot.settings import BotSettings
from shared.storage.migrations import upgrade
from simulator.running import running
from tests.bot.conftest import MANIFEST, WORKSPACE
from tests.bot.makers import TEAM
from tests.bot.town import Town
from tests.support.bus import free_port

SECRET = "s3cret"


def signature(body: bytes, timestamp: str) -> str:
    return "v0=" + hmac.new(SECRET.encode(), f"v0:{timestamp}:".encode() + body, hashlib.sha256).hexdigest()


@pytest.fixture
async def address(tmp_path: Path) -> AsyncIterator[str]:
    """Where the bot listens for Slack."""
    port, url = free_port(), f"sqlite:///{tmp_path / 'bot.db'}"
    upgrade("bot", url)
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


async def send(
    address: str, body: bytes, *, kind: str = "application/json", age: int = 0, signed: str | None = None
) -> tuple[int, str]:
    timestamp = str(int(time.time()) - age)
    headers = {
        "Content-Type": kind,
        "X-Slack-Request-Timestamp": timestamp,
        "X-Slack-Signature": signature(body, timestamp) if signed is None else signed,
    }
    async with (
        aiohttp.ClientSession() as session,
        session.post(address, data=body, headers=headers) as answer,
    ):
        return answer.status, await answer.text()


async def test_slack_may_check_the_address(address: str) -> None:
    body = json.dumps({"type": "url_verification", "challenge": "abc"}).encode()

    assert await send(address, body) == (200, '{"challenge": "abc"}')


@pytest.mark.parametrize("age", [-302, 302])
async def test_an_old_or_early_request_is_refused_without_a_word(address: str, age: int) -> None:
    assert await send(address, b"{}", age=age) == (401, "")


@pytest.mark.parametrize("signed", ["", "v0=å", "v0=" + "0" * 64])
async def test_a_wrong_signature_is_refused_without_a_word(address: str, signed: str) -> None:
    if not signed.isascii():
        signed = signed.encode().decode("latin-1")

    assert await send(address, b"{}", signed=signed) == (401, "")


@pytest.mark.parametrize("body", [b"{", b"[]", b"\xff", b'"x"'])
async def test_what_is_no_payload_is_refused(address: str, body: bytes) -> None:
    assert (await send(address, body))[0] == 400


async def test_a_huge_request_is_refused(address: str) -> None:
    assert (await send(address, b"x" * 1_000_001))[0] == 413


async def test_a_command_that_holds_the_word_payload_is_taken(address: str) -> None:
    fields = f"command=%2Fkanta&text=my+payload+please&user_id=U0MAIJA&team_id={TEAM}&trigger_id=1.2.a"

    assert (await send(address, fields.encode(), kind="application/x-www-form-urlencoded"))[0] == 200


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
