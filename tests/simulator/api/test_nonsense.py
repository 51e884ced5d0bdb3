"""Whatever an app sends, it is answered in words that Slack documents, and never with a crash."""

from typing import Any

import aiohttp
import pytest

from simulator.api.documented import reference
from simulator.api.endpoint import METHODS
from simulator.running import Simulator

NAMES = (
    "attachments",
    "blocks",
    "bot",
    "channel",
    "channel_id",
    "channels",
    "chunks",
    "count",
    "cursor",
    "email",
    "file",
    "filename",
    "files",
    "hash",
    "initial_comment",
    "is_private",
    "latest",
    "length",
    "limit",
    "markdown_text",
    "message",
    "message_ts",
    "metadata",
    "name",
    "oldest",
    "page",
    "post_at",
    "prompts",
    "scheduled_message_id",
    "session_status",
    "status",
    "text",
    "thread_ts",
    "timestamp",
    "title",
    "trigger_id",
    "ts",
    "types",
    "user",
    "user_id",
    "usergroup",
    "users",
    "view",
    "view_id",
)
JUNK: tuple[Any, ...] = (
    None,
    "",
    "junk",
    "²",
    -1,
    3.5,
    True,
    [],
    [None],
    [[1]],
    {},
    {"type": "modal"},
    {"type": "modal", "title": None, "blocks": [3]},
    [{"id": 3}],
    [{"type": "section", "text": []}],
    [{"type": "blocks", "blocks": [{"type": []}]}],
    {"event_type": 1, "event_payload": []},
    "x" * 13_000,
)
# With a place that is there, calls come further.
HERE = {"channel": "C0GENERAL", "channel_id": "C0GENERAL", "user": "U0AINO", "user_id": "U0AINO"}


@pytest.mark.parametrize("name", [name for name in METHODS if name != "auth.revoke"])
async def test_nonsense_is_refused_in_words(simulator: Simulator, name: str) -> None:
    headers = {"Authorization": f"Bearer {simulator.bot_token}"}
    url = f"{simulator.url}/api/{name}"
    async with aiohttp.ClientSession(headers=headers) as session:
        for junk in JUNK:
            for given in (dict.fromkeys(NAMES, junk), dict.fromkeys(NAMES, junk) | HERE):
                async with session.post(url, json=given) as response:
                    answer = await response.json() if response.status == 200 else {"error": "crash"}
                told = str(answer.get("error"))

                assert answer.get("ok") is True or reference().knows(name, told), (junk, told)
