"""Deliveries: deadlines, redeliveries, several websockets, and addresses that wear out."""

from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError

from simulator.running import Simulator, running
from simulator.timing import Timing
from tests.simulator.conftest import (
    MANIFEST,
    SEED,
    bot_client,
    next_news,
    open_socket,
    over_requests,
    over_sockets,
)
from tests.simulator.doorkeeper import modal
from tests.support.patience import PATIENCE

Json = dict[str, Any]


async def test_a_ticket_lets_one_websocket_in(simulator: Simulator) -> None:
    opened = await bot_client(simulator).apps_connections_open(app_token=simulator.app_token)
    async with aiohttp.ClientSession() as session:
        await session.ws_connect(opened["url"])

        with pytest.raises(aiohttp.WSServerHandshakeError) as caught:
            await session.ws_connect(opened["url"])

    assert caught.value.status == 403


async def test_each_payload_goes_to_one_of_several_websockets(simulator: Simulator) -> None:
    async with aiohttp.ClientSession() as session:
        both = [await open_socket(simulator, session), await open_socket(simulator, session)]
        for text in ("one", "two"):
            await simulator.act("U0AINO", "say", text=text)
        heard = [await ws.receive_json(timeout=PATIENCE) for ws in both]
        for ws, envelope in zip(both, heard, strict=True):
            await ws.send_json({"envelope_id": envelope["envelope_id"]})
        await simulator.settled()

    assert {each["payload"]["event"]["text"] for each in heard} == {"one", "two"}
    assert heard[0]["accepts_response_payload"] is False


async def test_an_event_that_is_not_taken_comes_again_with_its_number() -> None:
    timing = Timing(ack_seconds=0.02, clock_factor=0.0001)
    async with running(SEED, MANIFEST, timing=timing) as simulator, aiohttp.ClientSession() as session:
        ws = await open_socket(simulator, session)
        await simulator.act("U0AINO", "say", text="hello")
        heard = [await ws.receive_json(timeout=PATIENCE) for _ in range(4)]
        await simulator.settled()

    assert [each["retry_attempt"] for each in heard] == [0, 1, 2, 3]
    assert [each["retry_reason"] for each in heard] == ["", "timeout", "timeout", "timeout"]
    assert len({each["payload"]["event_id"] for each in heard}) == 1
    assert len({each["envelope_id"] for each in heard}) == 4


async def test_signed_requests_are_tried_again_when_the_app_says_no() -> None:
    async with over_requests() as (simulator, _):
        news: list[Json] = []
        with simulator.stage.feed.subscribed("U0AINO") as queue:
            simulator.stage.announce({"type": "user_change", "user": {"id": "U0AINO"}})
            await simulator.settled()
            while not queue.empty():
                item = queue.get_nowait()
                news += [item] if item else []

    sent = [each["body"] for each in news if each["direction"] == "to_app"]
    refused = [each for each in news if each["kind"].startswith("no ack")]
    assert [each.get("retry_attempt", 0) for each in sent] == [0, 1, 2, 3]
    assert {each["body"]["error"] for each in refused} == {"http_error"}


async def test_an_act_is_delivered_once_and_the_person_hears_that_nobody_answered() -> None:
    timing = Timing(ack_seconds=0.02)
    async with running(SEED, MANIFEST, timing=timing) as simulator, aiohttp.ClientSession() as session:
        ws = await open_socket(simulator, session)
        with simulator.stage.feed.subscribed("U0AINO") as queue:
            answered = await simulator.act("U0AINO", "command", command="/door")
            notice = await next_news(queue, "notice")
        await ws.close()

    assert answered == {"ok": False, "error": "app_did_not_answer"}
    assert notice["text"] == "Komento /door ei mennyt perille. Yritä hetken päästä uudelleen."


async def test_an_app_that_is_away_is_said_to_be_away(simulator: Simulator) -> None:
    with simulator.stage.feed.subscribed("U0BERTIL") as queue:
        answered = await simulator.act("U0BERTIL", "command", command="/door")
        notice = await next_news(queue, "notice")

    assert answered["error"] == "app_did_not_answer"
    assert notice["text"].startswith("Kommandot /door")


async def test_an_app_comes_back_after_a_disconnect(simulator: Simulator) -> None:
    async with over_sockets(simulator) as app:
        await simulator.disconnect("refresh_requested")
        await simulator.wait_for_connections(0)
        await simulator.wait_for_connections(1)
        await simulator.act("U0AINO", "say", text="Still there?")
        await simulator.settled()

        assert [each["text"] for each in app.heard] == ["Still there?"]


async def test_a_late_trigger_has_expired() -> None:
    async with running(SEED, MANIFEST, timing=Timing(trigger_seconds=0.0)) as simulator:
        trigger = simulator.stage.triggers.issue("U0AINO")

        with pytest.raises(SlackApiError) as caught:
            await bot_client(simulator).views_open(trigger_id=trigger, view=modal([]))

    assert caught.value.response["error"] == "expired_trigger_id"


async def test_a_response_address_answers_five_times(simulator: Simulator) -> None:
    room = simulator.stage.rooms.known("C0GENERAL")
    url = simulator.stage.response_url("U0AINO", room)
    async with aiohttp.ClientSession() as session:
        answers = [await session.post(url, json={"text": str(number)}) for number in range(6)]
        last = await answers[5].json()

    assert [each.status for each in answers] == [200] * 5 + [404]
    assert last == {"ok": False, "error": "used_url"}
    assert {each.only_for for each in simulator.messages("C0GENERAL")} == {"U0AINO"}


async def test_a_response_address_wears_out_with_time() -> None:
    async with running(SEED, MANIFEST, timing=Timing(response_url_seconds=0.0)) as simulator:
        url = simulator.stage.response_url("U0AINO", simulator.stage.rooms.known("C0GENERAL"))
        async with aiohttp.ClientSession() as session:
            answer = await (await session.post(url, json={"text": "late"})).json()

    assert answer["error"] == "expired_url"


async def test_a_response_address_speaks_to_all_deletes_and_refuses_bad_blocks(simulator: Simulator) -> None:
    room = simulator.stage.rooms.known("C0GENERAL")
    shown = await bot_client(simulator).chat_postEphemeral(channel=room.id, user="U0AINO", text="Yours")
    message = simulator.stage.messages.find(room.id, shown["message_ts"], ephemeral=True)
    url = simulator.stage.response_url("U0AINO", room, message)
    async with aiohttp.ClientSession() as session:
        loud = await session.post(url, json={"text": "For all", "response_type": "in_channel"})
        wrong = await session.post(url, json={"blocks": [{"type": "nonsense"}]})
        gone = await session.post(url, json={"delete_original": True})

    assert (loud.status, wrong.status, gone.status) == (200, 400, 200)
    assert [each.text for each in simulator.messages(room.id)] == ["For all"]
