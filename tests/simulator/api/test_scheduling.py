"""What is scheduled is said at its time, unless it is taken back."""

from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from simulator.running import Simulator
from tests.simulator.conftest import refusal

HOUR = 3600


def later(simulator: Simulator, seconds: int = HOUR) -> int:
    return int(simulator.stage.app.clock.now()) + seconds


async def test_a_message_comes_when_its_time_has_come(simulator: Simulator, client: AsyncWebClient) -> None:
    post_at = later(simulator)
    set_ = await client.chat_scheduleMessage(channel="C0GENERAL", text="The ferry leaves", post_at=post_at)
    waiting = await client.chat_scheduledMessages_list(channel="C0GENERAL")
    before = simulator.messages("C0GENERAL")
    await simulator.stage.app.clock.advance(HOUR + 1)
    after = simulator.messages("C0GENERAL")
    none = await client.chat_scheduledMessages_list()

    assert set_["message"]["type"] == "delayed_message"
    assert [each["id"] for each in waiting["scheduled_messages"]] == [set_["scheduled_message_id"]]
    assert waiting["scheduled_messages"][0]["post_at"] == post_at
    assert before == []
    assert [each.text for each in after] == ["The ferry leaves"]
    assert none["scheduled_messages"] == []


async def test_what_is_taken_back_is_never_said(simulator: Simulator, client: AsyncWebClient) -> None:
    post_at = later(simulator)
    set_ = await client.chat_scheduleMessage(channel="C0GENERAL", text="The ferry leaves", post_at=post_at)
    name = set_["scheduled_message_id"]
    elsewhere = await refusal(
        client, "chat.deleteScheduledMessage", channel="C0DOCK", scheduled_message_id=name
    )
    await client.chat_deleteScheduledMessage(channel="C0GENERAL", scheduled_message_id=name)
    await simulator.stage.app.clock.advance(HOUR + 1)

    assert elsewhere["error"] == "invalid_scheduled_message_id"
    assert simulator.messages("C0GENERAL") == []


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ({"channel": "C0GENERAL", "text": "x", "post_at": "soon"}, "invalid_time"),
        ({"channel": "C0GENERAL", "text": "x", "post_at": 1}, "time_in_past"),
        ({"channel": "C0GENERAL", "text": "x", "post_at": 9_999_999_999}, "time_too_far"),
        ({"channel": "C0GENERAL", "post_at": 9_999_999_999}, "no_text"),
        ({"channel": "C0QUAY", "text": "x", "post_at": 9_999_999_999}, "not_in_channel"),
    ],
)
async def test_it_refuses(client: AsyncWebClient, arguments: dict[str, Any], code: str) -> None:
    assert (await refusal(client, "chat.scheduleMessage", **arguments))["error"] == code


async def test_no_more_than_thirty_are_set_for_the_same_five_minutes(
    simulator: Simulator, client: AsyncWebClient
) -> None:
    post_at = later(simulator)
    for _ in range(30):
        await client.chat_scheduleMessage(channel="C0GENERAL", text="x", post_at=post_at)
    answer = await refusal(client, "chat.scheduleMessage", channel="C0GENERAL", text="x", post_at=post_at)
    elsewhere = await client.chat_scheduleMessage(channel="C0DOCK", text="x", post_at=post_at)

    assert answer["error"] == "restricted_too_many"
    assert elsewhere["ok"] is True
