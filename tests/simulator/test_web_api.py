"""The Web API refuses what Slack refuses, in Slack's words, and takes what the SDK sends."""

import re
from dataclasses import replace
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from simulator.running import Simulator
from simulator.wire import BOT_USER_ID
from simulator.words import SENTENCES, say
from tests.simulator.conftest import bot_client, refusal
from tests.simulator.doorkeeper import card, home, modal, plain

Json = dict[str, Any]


async def test_the_sdk_reads_people_and_rooms(client: AsyncWebClient) -> None:
    test = await client.auth_test()
    plainly = await client.users_info(user="U0AINO")
    fully = await client.users_info(user="U0AINO", include_locale=True)
    found = await client.users_lookupByEmail(email="BERTIL@harbour.example")
    everybody = await client.users_list(limit=3)
    rest = await client.users_list(limit=10, cursor=everybody["response_metadata"]["next_cursor"])
    rooms = await client.conversations_list(types="public_channel")
    members = await client.conversations_members(channel="C0GENERAL")
    team = await client.team_info()
    bot = await client.bots_info(bot=test["bot_id"])

    assert test["user_id"] == "U0SIMULATOR"
    assert "locale" not in plainly["user"]
    assert fully["user"]["locale"] == "fi-FI"
    assert fully["user"]["profile"]["email"] == "aino@harbour.example"
    assert found["user"]["id"] == "U0BERTIL"
    assert len(everybody["members"]) == 3
    assert len(rest["members"]) == 4
    assert {room["id"] for room in rooms["channels"]} == {"C0GENERAL", "C0QUAY"}
    assert "U0SIMULATOR" in members["members"]
    assert team["team"]["domain"] == "harbour"
    assert bot["bot"]["user_id"] == "U0SIMULATOR"


async def test_a_message_is_posted_read_changed_and_deleted(client: AsyncWebClient) -> None:
    dm = await client.conversations_open(users=["U0AINO"])
    channel = dm["channel"]["id"]
    posted = await client.chat_postMessage(channel=channel, text="A door", blocks=card())
    reply = await client.chat_postMessage(channel=channel, text="In the thread", thread_ts=posted["ts"])
    kept = await client.chat_update(channel=channel, ts=posted["ts"], text="Still a door")
    history = await client.conversations_history(channel=channel)
    replies = await client.conversations_replies(channel=channel, ts=posted["ts"])
    link = await client.chat_getPermalink(channel=channel, message_ts=posted["ts"])
    await client.reactions_add(channel=channel, timestamp=posted["ts"], name="door")
    await client.chat_delete(channel=channel, ts=posted["ts"])
    after = await client.conversations_history(channel=channel)

    assert kept["message"]["blocks"] == posted["message"]["blocks"]
    assert [each["ts"] for each in history["messages"]] == [posted["ts"]]
    assert [each["ts"] for each in replies["messages"]] == [posted["ts"], reply["ts"]]
    assert link["permalink"].endswith(posted["ts"].replace(".", ""))
    assert after["messages"] == []


@pytest.mark.parametrize(
    ("method", "arguments", "code"),
    [
        ("chat.nonsense", {}, "unknown_method"),
        ("users.info", {"user": "U0NOBODY"}, "user_not_found"),
        ("users.info", {}, "invalid_arguments"),
        ("users.lookupByEmail", {"email": "nobody@harbour.example"}, "users_not_found"),
        ("users.lookupByEmail", {"email": "gone@harbour.example"}, "users_not_found"),
        ("conversations.open", {"users": "U0GONE"}, "user_disabled"),
        ("conversations.open", {}, "users_list_not_supplied"),
        ("conversations.info", {"channel": "C0BRIDGE"}, "channel_not_found"),
        ("conversations.history", {"channel": "C0QUAY"}, "not_in_channel"),
        ("chat.postMessage", {"channel": "C0NOWHERE", "text": "hello"}, "channel_not_found"),
        ("chat.postMessage", {"channel": "C0QUAY", "text": "hello"}, "not_in_channel"),
        ("chat.postMessage", {"channel": "C0BRIDGE", "text": "hello"}, "channel_not_found"),
        ("chat.postMessage", {"channel": "C0GENERAL"}, "no_text"),
        (
            "chat.postEphemeral",
            {"channel": "C0GENERAL", "user": "U0AINO", "text": "x" * 40_001},
            "msg_too_long",
        ),
        ("chat.postMessage", {"channel": "C0GENERAL", "blocks": "no list"}, "invalid_blocks_format"),
        (
            "chat.postMessage",
            {"channel": "C0GENERAL", "text": "x", "thread_ts": "1.0"},
            "cannot_reply_to_message",
        ),
        ("chat.update", {"channel": "C0GENERAL", "ts": "1.0", "text": "x"}, "message_not_found"),
        ("chat.update", {"channel": "U0AINO", "ts": "1.0", "text": "x"}, "channel_not_found"),
        (
            "chat.postEphemeral",
            {"channel": "C0GENERAL", "user": "U0GUEST", "text": "x"},
            "user_not_in_channel",
        ),
        ("views.open", {"trigger_id": "1.2.abc", "view": modal([])}, "invalid_trigger_id"),
        ("views.update", {"view_id": "V0NOWHERE", "view": modal([])}, "not_found"),
        ("views.publish", {"user_id": "U0NOBODY", "view": home("x")}, "invalid_arguments"),
        ("views.publish", {"user_id": "U0AINO", "view": modal([])}, "invalid_arguments"),
        ("assistant.threads.setTitle", {"channel_id": "C0NOWHERE", "title": "x"}, "channel_not_found"),
        ("apps.connections.open", {}, "not_allowed_token_type"),
    ],
)
async def test_it_refuses(client: AsyncWebClient, method: str, arguments: Json, code: str) -> None:
    answer = await refusal(client, method, **arguments)

    assert answer["ok"] is False
    assert answer["error"] == code


async def test_blocks_that_slack_would_refuse_are_refused_with_every_reason(client: AsyncWebClient) -> None:
    blocks = [{"type": "header", "text": plain("x" * 151)}]

    answer = await refusal(client, "chat.postMessage", channel="C0GENERAL", text="x", blocks=blocks)
    checked = await refusal(client, "blocks.validate", blocks=blocks)

    line = "must be less than 151 characters [json-pointer:/blocks/0/text/text]"
    assert answer["error"] == "invalid_blocks"
    assert answer["errors"] == [line]
    assert answer["response_metadata"] == {"messages": ["[ERROR] " + line]}
    assert checked["errors"][0]["pointer"] == "/0/text/text"
    assert (await client.blocks_validate(blocks=card()))["ok"] is True


async def test_only_the_apps_own_messages_change_and_not_beyond_their_length(
    simulator: Simulator, client: AsyncWebClient
) -> None:
    said = await simulator.act("U0AINO", "say", channel="C0GENERAL", text="Mine")
    posted = await client.chat_postMessage(channel="C0GENERAL", text="Ours")
    shown = await client.chat_postEphemeral(channel="C0GENERAL", user="U0AINO", text="Yours alone")

    foreign = await refusal(client, "chat.update", channel="C0GENERAL", ts=said["ts"], text="x")
    long = await refusal(client, "chat.update", channel="C0GENERAL", ts=posted["ts"], text="x" * 4001)
    unseen = await refusal(client, "chat.update", channel="C0GENERAL", ts=shown["message_ts"], text="x")

    assert foreign["error"] == "cant_update_message"
    assert long["error"] == "msg_too_long"
    assert unseen["error"] == "message_not_found"


@pytest.mark.parametrize(("token", "code"), [("", "not_authed"), ("xoxb-wrong", "invalid_auth")])
async def test_a_wrong_token_is_refused(simulator: Simulator, token: str, code: str) -> None:
    async with (
        aiohttp.ClientSession() as session,
        session.post(
            f"{simulator.url}/api/auth.test", headers={"Authorization": f"Bearer {token}"}
        ) as response,
    ):
        answer = await response.json()

    assert response.status == 200
    assert answer == {"ok": False, "error": code}


async def test_the_app_token_opens_sockets_and_nothing_else(simulator: Simulator) -> None:
    client = bot_client(simulator, simulator.app_token)

    opened = await client.apps_connections_open(app_token=simulator.app_token)
    answer = await refusal(client, "users.list")

    assert opened["url"].startswith(simulator.url.replace("http", "ws") + "/link/?ticket=")
    assert answer["error"] == "not_allowed_token_type"


async def test_a_scope_that_the_manifest_does_not_ask_for_is_missing(
    simulator: Simulator, client: AsyncWebClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    bare = simulator.stage.manifest.model_copy(
        update={"oauth_config": type(simulator.stage.manifest.oauth_config)()}
    )
    monkeypatch.setattr(simulator.stage, "manifest", bare)

    answer = await refusal(client, "chat.postMessage", channel="C0GENERAL", text="x")

    assert answer["error"] == "missing_scope"
    assert answer["needed"] == "chat:write"


async def test_arguments_are_read_from_query_form_and_json_alike(simulator: Simulator) -> None:
    url, auth = f"{simulator.url}/api/chat.postMessage", {"Authorization": f"Bearer {simulator.bot_token}"}
    said: Json = {"channel": "C0GENERAL", "text": "hello"}
    blocks = '[{"type": "divider"}]'
    async with aiohttp.ClientSession(headers=auth) as session:
        answers = [
            await (await session.get(url, params=said)).json(),
            await (await session.post(url, params=said)).json(),
            await (await session.post(url, data=said | {"blocks": blocks})).json(),
            await (await session.post(url, json=said)).json(),
            await (await session.post(url, params={"channel": "C0GENERAL"}, json={"text": "hello"})).json(),
        ]

    assert [answer["ok"] for answer in answers] == [True] * 5
    assert answers[2]["message"]["blocks"][0]["type"] == "divider"


async def test_a_very_long_text_is_posted_as_far_as_it_may_and_said_to_be_cut(client: AsyncWebClient) -> None:
    posted = await client.chat_postMessage(channel="C0GENERAL", text="x" * 40_001)

    assert len(posted["message"]["text"]) == 40_000
    assert posted["warning"] == "message_truncated"
    assert posted["response_metadata"]["warnings"] == ["message_truncated"]


@pytest.mark.parametrize(
    ("content_type", "body", "code", "warning"),
    [
        ("application/json; charset=utf-8", '{"channel": "C0GENERAL", "text": "x"}', None, None),
        ("application/json", '{"channel": "C0GENERAL", "text": "x"}', None, "missing_charset"),
        (
            "application/x-www-form-urlencoded; charset=utf-8",
            "channel=C0GENERAL&text=x",
            None,
            "superfluous_charset",
        ),
        ("application/x-www-form-urlencoded", "channel=C0GENERAL&text=x", None, None),
        ("application/json", '{"channel": ', "invalid_json", None),
        ("application/json", '["C0GENERAL"]', "json_not_object", None),
        ("application/json; charset=klingon", "{}", "invalid_charset", None),
        ("application/xml", "<channel/>", "invalid_post_type", None),
    ],
)
async def test_a_body_is_read_as_its_type_says_and_its_charset_is_remarked_on(
    simulator: Simulator, content_type: str, body: str, code: str | None, warning: str | None
) -> None:
    headers = {"Authorization": f"Bearer {simulator.bot_token}", "Content-Type": content_type}
    url = f"{simulator.url}/api/chat.postMessage"
    async with aiohttp.ClientSession() as session, session.post(url, data=body, headers=headers) as response:
        answer = await response.json()

    assert answer.get("error") == code
    assert answer.get("warning") == warning


async def test_a_room_needs_the_scope_of_its_kind(simulator: Simulator, client: AsyncWebClient) -> None:
    bridge = simulator.stage.rooms.rooms["C0BRIDGE"]
    simulator.stage.rooms.rooms["C0BRIDGE"] = replace(bridge, members=bridge.members | {BOT_USER_ID})

    answer = await refusal(client, "conversations.info", channel="C0BRIDGE")

    assert answer["error"] == "missing_scope"
    assert answer["needed"] == "groups:read"
    assert "channels:read" in answer["provided"]


async def test_a_fault_on_demand_says_when_to_come_again(
    simulator: Simulator, client: AsyncWebClient
) -> None:
    simulator.fail_next("chat.postMessage")

    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(channel="C0GENERAL", text="x")
    again = await client.chat_postMessage(channel="C0GENERAL", text="x")

    assert caught.value.response.status_code == 429
    assert caught.value.response.headers["Retry-After"] == "1"
    assert again["ok"] is True


@pytest.mark.parametrize("code", SENTENCES)
def test_what_the_simulator_says_itself_is_said_in_three_languages(code: str) -> None:
    values = dict.fromkeys(re.findall(r"{(\w+)}", SENTENCES[code]["en"]), "x")
    said = {locale: say(code, locale, **values) for locale in ("fi-FI", "sv-SE", "en-GB")}

    assert len(set(said.values())) == 3
    assert say(code, "de-DE", **values) == said["en-GB"]
