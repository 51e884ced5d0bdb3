"""Over websockets and over signed requests people see the very same, from the first word to the last."""

from pathlib import Path

import pytest

from bot.app import in_conversation
from bot.edge import PATH
from bot.settings import BotSettings
from simulator.running import running
from tests.bot.conftest import MANIFEST, WORKSPACE, Scene
from tests.bot.conversation import Transcript, converse
from tests.bot.town import Town
from tests.support.bus import free_port
from tests.support.migrated import migrated

SECRET = "s3cret"


async def transcript(folder: Path, *, requests: bool) -> Transcript:
    database, port = f"sqlite:///{folder / ('requests.db' if requests else 'sockets.db')}", free_port()
    migrated("bot", database)
    url, secret = (f"http://127.0.0.1:{port}{PATH}", SECRET) if requests else (None, None)
    async with running(WORKSPACE, MANIFEST, request_url=url, signing_secret=secret) as slack:
        way = {"SLACK_SIGNING_SECRET": SECRET} if requests else {"SLACK_APP_TOKEN": slack.app_token}
        settings = BotSettings.model_validate(
            {
                "SLACK_BOT_TOKEN": slack.bot_token,
                "slack_api_url": slack.url,
                "bot_database_url": database,
                "bot_port": port,
                "bot_quiet_hours": "none",
            }
            | way
        )
        town = Town()
        async with in_conversation(town, settings, pace=0.0) as bot:
            if not requests:
                await slack.wait_for_connections()
            written = await converse(Scene(slack, town, bot))
        ways = {each.connection.partition("-")[0].partition(":")[0] for each in slack.deliveries}
        assert ways == ({"http"} if requests else {"websocket"})
        assert {each.outcome for each in slack.deliveries} == {"taken"}
    return written


@pytest.mark.timeout(240)
async def test_the_transcript_is_the_same_over_websockets_and_requests(tmp_path: Path) -> None:
    sockets = await transcript(tmp_path, requests=False)
    requests = await transcript(tmp_path, requests=True)

    assert len(sockets.seen) > 100
    for one, other in zip(sockets.seen, requests.seen, strict=True):
        assert one == other
    # It was a conversation: what each step leads to is in it.
    whole = str(sockets.seen)
    for sight in (
        "payload is full",
        "Godkänd",
        "avböjdes",
        "contacts.list",
        "*Ja*",
    ):
        assert sight in whole, sight
