"""Blocks come back as Slack tells them: named, and with what goes without saying."""

from slack_sdk.web.async_client import AsyncWebClient

from simulator.wire import Json
from tests.simulator.conftest import refusal
from tests.simulator.doorkeeper import plain


async def test_text_objects_are_told_whole(client: AsyncWebClient) -> None:
    rich: Json = {
        "type": "rich_text",
        "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "x"}]}],
    }
    button = {"type": "button", "action_id": "go", "text": {**plain("Go"), "emoji": False}}
    blocks: list[Json] = [
        {
            "type": "section",
            "text": {"type": "mrkdwn", "text": "x"},
            "fields": [plain("y")],
            "accessory": button,
        },
        rich,
    ]
    posted = await client.chat_postMessage(channel="C0GENERAL", text="x", blocks=blocks)
    section, told_rich = posted["message"]["blocks"]

    assert section["text"] == {"type": "mrkdwn", "text": "x", "verbatim": False}
    assert section["fields"] == [{"type": "plain_text", "text": "y", "emoji": True}]
    assert section["accessory"]["text"]["emoji"] is False
    assert told_rich["elements"] == rich["elements"]


async def test_a_conversation_that_is_new_is_not_said_to_be_open_already(client: AsyncWebClient) -> None:
    first = await client.conversations_open(users=["U0AINO", "U0BERTIL"])
    again = await client.conversations_open(users=["U0AINO", "U0BERTIL"])

    assert "already_open" not in first.data
    assert again["already_open"] is True
    assert again["channel"] == first["channel"]


async def test_an_answer_says_which_scopes_would_do(client: AsyncWebClient) -> None:
    answer = await client.users_info(user="U0AINO")
    unknown = await refusal(client, "users.nonsense")

    assert answer.headers["x-accepted-oauth-scopes"] == "users:read"
    assert "users:read" in answer.headers["x-oauth-scopes"].split(",")
    assert (unknown["error"], unknown["req_method"]) == ("unknown_method", "users.nonsense")
