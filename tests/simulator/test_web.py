"""The page's own door: who is let in, what is shown, and what outlives a restart."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from simulator.running import Simulator, running
from tests.simulator.conftest import FAST, MANIFEST, SEED, bot_client
from tests.simulator.doorkeeper import card, home
from tests.support.patience import PATIENCE

Json = dict[str, Any]


@asynccontextmanager
async def page(simulator: Simulator) -> AsyncIterator[aiohttp.ClientSession]:
    """A browser that has loaded the page."""
    headers = {"X-Simulator-Session": simulator.session, "Origin": simulator.url}
    async with aiohttp.ClientSession(simulator.url, headers=headers) as session:
        yield session


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/", {"Host": "harbour.example"}),
        ("/sim/state?user=U0AINO", {"Host": "harbour.example:80"}),
        ("/sim/state?user=U0AINO", {"Origin": "http://harbour.example"}),
        ("/sim/state?user=U0AINO", {"Origin": "null"}),
        ("/api/auth.test", {"Origin": "http://harbour.example"}),
    ],
)
async def test_foreign_hosts_and_origins_are_turned_away(
    simulator: Simulator, path: str, headers: Json
) -> None:
    async with aiohttp.ClientSession(simulator.url) as session:
        response = await session.get(path, headers=headers)

    assert response.status == 403


async def test_a_host_without_its_port_is_still_this_machine(simulator: Simulator) -> None:
    async with aiohttp.ClientSession(simulator.url) as session:
        answers = [
            await session.get("/sim/health", headers={"Host": host}) for host in ("127.0.0.1", "localhost")
        ]

    assert [each.status for each in answers] == [200, 200]


async def test_nobody_acts_without_the_session_of_the_page(simulator: Simulator) -> None:
    body = {"user": "U0AINO", "act": "say", "text": "hello"}
    async with aiohttp.ClientSession(simulator.url) as stranger, page(simulator) as browser:
        without = await stranger.post("/sim/act", json=body)
        wrong = await stranger.post("/sim/act", json=body, headers={"X-Simulator-Session": "guess"})
        right = await browser.post("/sim/act", json=body)
        answer = await right.json()

    assert (without.status, wrong.status, right.status) == (403, 403, 200)
    assert answer["ok"] is True
    assert len(simulator.messages("U0AINO")) == 1


async def test_every_answer_keeps_the_page_to_itself(simulator: Simulator) -> None:
    async with aiohttp.ClientSession(simulator.url) as session:
        responses = [await session.get(path) for path in ("/", "/sim/health", "/nowhere")]

    for response in responses:
        assert response.headers["Content-Security-Policy"].startswith("default-src 'self'")
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert "Access-Control-Allow-Origin" not in response.headers


async def test_the_state_shows_one_persons_workspace(simulator: Simulator) -> None:
    await bot_client(simulator).chat_postMessage(channel="U0AINO", text="A door", blocks=card())
    await bot_client(simulator).views_publish(user_id="U0AINO", view=home("Welcome"))
    async with page(simulator) as browser:
        state = await (await browser.get("/sim/state", params={"user": "U0AINO"})).json()
        await browser.post(
            "/sim/act", json={"user": "U0AINO", "act": "read", "channel": simulator.dm("U0AINO")}
        )
        after = await (await browser.get("/sim/state", params={"user": "U0AINO"})).json()
        guest = await (await browser.get("/sim/state", params={"user": "U0GUEST"})).json()
        nobody = await (await browser.get("/sim/state")).json()

    dm = next(each for each in state["channels"] if each["is_im"])
    assert state["workspace"] == {"name": "Harbour", "domain": "harbour", "team_id": "T0HARBOUR"}
    assert [each["name"] for each in state["channels"] if not each["is_im"]] == ["bridge", "general", "quay"]
    assert (dm["id"], dm["user"], dm["unread"]) == (simulator.dm("U0AINO"), "U0SIMULATOR", 1)
    assert next(each for each in after["channels"] if each["is_im"])["unread"] == 0
    assert state["app"]["commands"][0] == {
        "command": "/door",
        "description": "Open a door",
        "usage_hint": "@somebody",
    }
    assert state["app"]["shortcuts"] == [{"name": "Open a door", "callback_id": "door", "type": "global"}]
    assert state["app"]["prompts"][0]["title"] == "Open a door"
    assert state["home"]["type"] == "home"
    assert [each["is_im"] for each in guest["channels"]] == [True]
    assert (nobody["me"], nobody["channels"], len(nobody["users"])) == (None, [], 7)


async def test_a_room_is_read_only_by_those_in_it(simulator: Simulator) -> None:
    await simulator.act("U0AINO", "say", channel="C0BRIDGE", text="Private")
    async with page(simulator) as browser:
        mine = await (await browser.get("/sim/messages?user=U0AINO&channel=C0BRIDGE")).json()
        foreign = await browser.get("/sim/messages?user=U0BERTIL&channel=C0BRIDGE")

    assert [each["text"] for each in mine["messages"]] == ["Private"]
    assert foreign.status == 403


async def test_the_page_hears_what_happens_to_its_person_and_to_nobody_else(simulator: Simulator) -> None:
    client = bot_client(simulator)
    async with page(simulator) as browser, browser.ws_connect("/sim/events?user=U0AINO") as stream:
        await client.chat_postMessage(channel="U0BERTIL", text="Not for you")
        posted = await client.chat_postMessage(channel="U0AINO", text="For you")
        await client.chat_update(channel=posted["channel"], ts=posted["ts"], text="Changed")
        await client.chat_delete(channel=posted["channel"], ts=posted["ts"])
        heard = [each async for each in _news(stream, 3)]

    assert [each["type"] for each in heard] == ["message", "message_changed", "message_deleted"]
    assert heard[0]["message"]["text"] == "For you"
    assert heard[1]["message"]["edited"] is True


async def test_a_page_that_goes_away_leaves_no_trace(
    simulator: Simulator, caplog: pytest.LogCaptureFixture
) -> None:
    async with page(simulator) as browser, browser.ws_connect("/sim/events?user=U0AINO"):
        pass
    for number in range(3):
        await simulator.act("U0AINO", "say", text=str(number))
    await simulator.settled()

    assert caplog.records == []


async def _news(stream: aiohttp.ClientWebSocketResponse, count: int) -> AsyncIterator[Json]:
    async with asyncio.timeout(PATIENCE):
        while count:
            if (news := await stream.receive_json())["type"] != "wire":
                count -= 1
                yield news


async def test_deactivated_people_and_strangers_to_the_list_do_nothing(simulator: Simulator) -> None:
    gone = await simulator.act("U0GONE", "say", text="hello")
    nobody = await simulator.act("U0NOBODY", "say", text="hello")
    bot = await simulator.act("U0SIMULATOR", "say", text="hello")
    unknown = await simulator.act("U0AINO", "dance")
    outside = await simulator.act("U0CELIA", "say", channel="C0QUAY", text="hello")

    codes = [each["error"] for each in (gone, nobody, bot, unknown, outside)]
    assert codes == ["account_inactive", "user_not_found", "user_is_bot", "unknown_act", "not_in_channel"]


async def test_yesterdays_cards_and_home_tabs_are_there_after_a_restart(tmp_path: Path) -> None:
    journal = tmp_path / "journal.jsonl"
    async with running(SEED, MANIFEST, journal=journal, timing=FAST) as first:
        client = bot_client(first)
        kept = await client.chat_postMessage(channel="U0AINO", text="A door", blocks=card())
        lost = await client.chat_postMessage(channel="U0AINO", text="Soon gone")
        await client.chat_delete(channel=lost["channel"], ts=lost["ts"])
        await client.chat_postEphemeral(channel="C0GENERAL", user="U0AINO", text="Not kept")
        await client.conversations_open(users=["U0AINO", "U0BERTIL"])
        await client.views_publish(user_id="U0AINO", view=home("Welcome"))
        await first.act("U0AINO", "say", text="Hello")
        rooms = set(first.stage.rooms.rooms)
    with journal.open("a") as file:
        file.write('{"kind": "message", "da')

    async with running(SEED, MANIFEST, journal=journal, timing=FAST) as second:
        client = bot_client(second)
        found = [each.text for each in second.messages("U0AINO")]
        changed = await client.chat_update(channel=kept["channel"], ts=kept["ts"], text="Opened")
        later = await client.chat_postMessage(channel="U0AINO", text="Later")
        shown = await second.wait_for_home("U0AINO")

    async with running(SEED, MANIFEST, journal=journal, timing=FAST) as third:
        last = [each.text for each in third.messages("U0AINO")]

    assert found == ["A door", "Hello"]
    assert changed["ok"] is True
    assert later["ts"] > kept["ts"]
    assert "Welcome" in str(shown["blocks"])
    assert set(second.stage.rooms.rooms) == rooms
    assert second.messages("C0GENERAL") == []
    assert last == ["Opened", "Hello", "Later"]


async def test_the_program_says_where_it_stands_and_leaves_when_told() -> None:
    arguments = ["-m", "simulator", "--manifest", str(MANIFEST), "--seed", str(SEED), "--port", "0", "--json"]
    process = await asyncio.create_subprocess_exec(
        sys.executable, *arguments, stdout=asyncio.subprocess.PIPE, cwd=Path(__file__).parents[2]
    )
    try:
        assert process.stdout is not None
        ready = json.loads(await asyncio.wait_for(process.stdout.readline(), PATIENCE))
        async with aiohttp.ClientSession(ready["url"]) as session:
            health = await (await session.get("/sim/health")).json()
    finally:
        process.terminate()
        code = await asyncio.wait_for(process.wait(), PATIENCE)

    assert health == {"ok": True, "connections": 0}
    assert code == 0


async def test_what_passed_before_the_page_looked_on_is_told_to_it(simulator: Simulator) -> None:
    await bot_client(simulator).chat_postMessage(channel="U0AINO", text="Earlier")
    async with page(simulator) as browser:
        passed = (await (await browser.get("/sim/wire")).json())["wire"]

    assert "chat.postMessage" in [each["kind"] for each in passed]
    assert passed[-1]["at"] > 1_700_000_000
