"""The app puts reactions under messages, takes them away, and hears of both."""

from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from tests.simulator.api.ear import Ear
from tests.simulator.conftest import refusal


async def test_reactions_come_and_go(client: AsyncWebClient, ear: Ear) -> None:
    posted = await client.chat_postMessage(channel="C0GENERAL", text="Ship ahoy")
    place: Any = {"channel": "C0GENERAL", "timestamp": posted["ts"]}
    await client.reactions_add(name="ship", **place)
    twice = await refusal(client, "reactions.add", name="ship", **place)
    seen = await client.reactions_get(**place)
    await client.reactions_remove(name="ship", **place)
    none = await refusal(client, "reactions.remove", name="ship", **place)

    assert twice["error"] == "already_reacted"
    assert seen["message"]["reactions"] == [{"name": "ship", "users": ["U0SIMULATOR"], "count": 1}]
    assert none["error"] == "no_reaction"
    assert [each["reaction"] for each in await ear.events("reaction_added")] == ["ship"]
    assert [each["item"]["ts"] for each in await ear.events("reaction_removed")] == [posted["ts"]]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ({"channel": "C0GENERAL", "timestamp": "1.0"}, "invalid_name"),
        ({"channel": "C0GENERAL", "timestamp": "1.0", "name": "NO!"}, "invalid_name"),
        ({"channel": "C0GENERAL", "name": "ship"}, "no_item_specified"),
        ({"channel": "C0GENERAL", "timestamp": "soon", "name": "ship"}, "bad_timestamp"),
        ({"channel": "C0GENERAL", "timestamp": "1.0", "name": "ship"}, "message_not_found"),
        ({"channel": "C0NOWHERE", "timestamp": "1.0", "name": "ship"}, "channel_not_found"),
    ],
)
async def test_it_refuses(client: AsyncWebClient, arguments: dict[str, Any], code: str) -> None:
    assert (await refusal(client, "reactions.add", **arguments))["error"] == code
