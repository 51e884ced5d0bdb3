"""Payload shapes, key by key, compared with those of slackapi/bolt-python a2f21ae in November 2026."""

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from simulator.running import Simulator
from simulator.testing import Person
from simulator.wire import Json
from simulator.workspace.typed import typed
from tests.simulator.conftest import over_sockets, refusal
from tests.simulator.doorkeeper import plain


async def test_what_a_person_typed_is_told_alike_wherever_it_is_told(
    simulator: Simulator, client: AsyncWebClient
) -> None:
    async with over_sockets(simulator) as app:
        await Person(simulator, "U0AINO").say("@doorkeeper is 1 < 2 in <#C0QUAY>?", "C0GENERAL")
        await simulator.settled()
    history = await client.conversations_history(channel="C0GENERAL")
    told = [*app.heard, *history["messages"]]

    assert sorted(each["type"] for each in told) == ["app_mention", "message", "message"]
    assert len({each["client_msg_id"] for each in told}) == 1
    assert [each["blocks"] for each in told] == [told[0]["blocks"]] * 3
    assert told[0]["blocks"][0]["elements"][0]["elements"] == [
        {"type": "user", "user_id": "U0SIMULATOR"},
        {"type": "text", "text": " is 1 < 2 in "},
        {"type": "channel", "channel_id": "C0QUAY"},
        {"type": "text", "text": "?"},
    ]


async def test_what_an_app_says_has_no_client(simulator: Simulator, client: AsyncWebClient) -> None:
    posted = await client.chat_postMessage(channel="C0GENERAL", text="Hello")

    assert "client_msg_id" not in posted["message"]
    assert "blocks" not in posted["message"]


def test_a_call_to_everybody_is_no_text() -> None:
    elements = typed("C0GENERAL", "1.0", "<!here> and <!date^1^x|y>")["blocks"][0]["elements"][0]["elements"]

    assert elements == [
        {"type": "broadcast", "range": "here"},
        {"type": "text", "text": " and <!date^1^x|y>"},
    ]


async def test_the_history_tells_of_threads(simulator: Simulator, client: AsyncWebClient) -> None:
    aino, bertil = Person(simulator, "U0AINO"), Person(simulator, "U0BERTIL")
    root = await aino.say("Who has the key?", "C0GENERAL")
    await bertil.say("I", "C0GENERAL", root["ts"])
    last = await bertil.say("or Celia", "C0GENERAL", root["ts"])
    await aino.say("Something else", "C0GENERAL")

    other, first = (await client.conversations_history(channel="C0GENERAL"))["messages"]
    thread = (await client.conversations_replies(channel="C0GENERAL", ts=root["ts"]))["messages"]

    assert "thread_ts" not in other
    assert (first["thread_ts"], first["reply_count"], first["reply_users"]) == (root["ts"], 2, ["U0BERTIL"])
    assert (first["reply_users_count"], first["latest_reply"]) == (1, last["ts"])
    assert [each.get("parent_user_id") for each in thread] == [None, "U0AINO", "U0AINO"]


async def test_a_conversation_chosen_in_a_modal_can_be_answered_in(simulator: Simulator) -> None:
    where: Json = {
        "type": "input",
        "block_id": "where",
        "label": plain("Where"),
        "element": {
            "type": "conversations_select",
            "action_id": "where",
            "response_url_enabled": True,
        },
    }
    async with over_sockets(simulator) as app:
        aino = Person(simulator, "U0AINO")
        await aino.command("/door")
        view = await aino.view()
        stage = simulator.stage
        before = stage.views.find(view["id"])
        stage.views.update(before, {**before.body, "blocks": [*before.body["blocks"], where]})
        await aino.submit(await aino.view("Where"), name="harbour", where="C0GENERAL")
        (address,) = app.submitted[0]["response_urls"]
        async with aiohttp.ClientSession() as session:
            answered = await session.post(address["response_url"], json={"text": "Here"})
        message = await aino.message("Here", "C0GENERAL")

    assert {name: address[name] for name in ("block_id", "action_id", "channel_id")} == {
        "block_id": "where",
        "action_id": "where",
        "channel_id": "C0GENERAL",
    }
    assert answered.status == 200
    assert message.only_for == "U0AINO"


async def test_work_objects_are_metadata_without_an_event(client: AsyncWebClient) -> None:
    entity = {
        "entity_type": "slack#/entities/task",
        "url": "https://door.example/1",
        "external_ref": {"id": "1"},
    }

    posted = await client.chat_postMessage(channel="C0GENERAL", text="x", metadata={"entities": [entity]})

    assert posted["message"]["metadata"]["entities"] == [entity]


async def test_the_retired_way_to_upload_says_that_it_is_retired(client: AsyncWebClient) -> None:
    answer = await refusal(client, "files.upload", content="x")

    assert answer["error"] == "method_deprecated"


async def test_metadata_stays_when_a_message_changes_until_it_is_taken_away(client: AsyncWebClient) -> None:
    first = {"event_type": "door", "event_payload": {"id": "1"}}
    second = {"event_type": "door", "event_payload": {"id": "2"}}
    posted = await client.chat_postMessage(channel="C0GENERAL", text="x", metadata=first)

    shown = []
    for given in (None, second, {}):
        changed = await client.chat_update(channel="C0GENERAL", ts=posted["ts"], text="y", metadata=given)
        shown.append(changed["message"].get("metadata"))

    assert shown == [first, second, None]
