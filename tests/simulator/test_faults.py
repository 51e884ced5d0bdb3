"""What goes wrong on purpose, by rule; and the record of what came of it."""

import asyncio
import json
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from simulator.clock import Clock
from simulator.faults import Rule
from simulator.running import Simulator, running
from simulator.timing import Timing
from simulator.wire import SlackError
from tests.simulator.conftest import MANIFEST, SEED, open_socket, over_sockets
from tests.simulator.test_web import page
from tests.support.patience import PATIENCE

Json = dict[str, Any]


async def call(simulator: Simulator, method: str = "chat.postMessage", **arguments: object) -> Json:
    """Call a method without a client that would try again."""
    headers = {"Authorization": f"Bearer {simulator.bot_token}"}
    body = {"channel": "U0AINO", "text": "hello"} | arguments
    async with (
        aiohttp.ClientSession(headers=headers, timeout=aiohttp.ClientTimeout(total=PATIENCE)) as session,
        session.post(f"{simulator.url}/api/{method}", json=body) as answer,
    ):
        return {"status": answer.status, "headers": dict(answer.headers), "text": await answer.text()}


async def test_a_rule_answers_in_slacks_place_as_often_as_it_says(simulator: Simulator) -> None:
    simulator.faults.add(Rule(on="api", kind="answer", match="chat.*", count=1, retry_after=7))

    limited, well = await call(simulator), await call(simulator)

    assert (limited["status"], limited["headers"]["Retry-After"]) == (429, "7")
    assert (well["status"], len(simulator.messages("U0AINO"))) == (200, 1)
    assert simulator.faults.injected == {"api answer": 1}


@pytest.mark.parametrize(("after", "said"), [(False, 0), (True, 1)])
async def test_a_connection_breaks_before_or_after_the_effect(
    simulator: Simulator, after: bool, said: int
) -> None:
    simulator.faults.add(Rule(on="api", kind="reset", count=1, after=after))

    with pytest.raises(aiohttp.ClientError):
        await call(simulator)

    assert len(simulator.messages("U0AINO")) == said


async def test_an_answer_can_be_no_json_and_a_call_can_take_its_time() -> None:
    async with running(SEED, MANIFEST, clock=Clock(pace=0)) as simulator:
        simulator.faults.add(Rule(on="api", kind="malformed", count=1))
        simulator.faults.add(Rule(on="api", kind="slow", count=1, seconds=30))

        broken = await call(simulator)
        slow = asyncio.create_task(call(simulator))
        while not simulator.faults.injected["api slow"]:  # noqa: ASYNC110 - it is across HTTP
            await asyncio.sleep(0)
        await simulator.advance(30)
        answered = await slow

    with pytest.raises(ValueError, match="Expecting"):
        json.loads(broken["text"])
    assert json.loads(answered["text"])["ok"] is True


async def test_the_same_seed_goes_wrong_in_the_same_places(simulator: Simulator) -> None:
    simulator.faults.add(Rule(on="api", kind="answer", probability=0.3))

    def thrown(seed: int) -> list[bool]:
        simulator.faults.sow(seed)
        return [simulator.faults.pick("api", "chat.update") is not None for _ in range(50)]

    assert thrown(5) == thrown(5) != thrown(6)


@pytest.mark.parametrize(
    "rule",
    [
        {"on": "api", "kind": "silent"},
        {"on": "nowhere", "kind": "reset"},
        {"on": "api", "kind": "reset", "probability": 0},
        {"on": "api", "kind": "reset", "count": 0},
        {"on": "delivery", "kind": "disconnect", "reason": "boredom"},
        {"on": "api", "kind": "reset", "often": True},
        {"kind": "reset"},
    ],
)
def test_a_rule_that_means_nothing_is_refused(rule: Json) -> None:
    with pytest.raises(SlackError, match="invalid_rule"):
        Rule.of(rule)


async def test_an_event_can_come_twice_and_a_lost_ack_brings_it_again(simulator: Simulator) -> None:
    async with over_sockets(simulator) as app:
        simulator.faults.add(Rule(on="delivery", kind="duplicate", match="message*", count=1))
        await simulator.act("U0AINO", "say", text="twice")
        await simulator.settled()
        simulator.faults.add(Rule(on="delivery", kind="drop_ack", match="message*", count=1))
        await simulator.act("U0AINO", "say", text="again")
        await simulator.settled()

        assert [each["text"] for each in app.heard] == ["twice", "twice", "again", "again"]
    record = simulator.deliveries.of("message")
    assert [(each.attempt, each.outcome) for each in record] == [
        (0, "taken"),
        (0, "taken"),
        (0, "taken"),
        (1, "taken"),
    ]
    assert record[0].name == record[1].name != record[2].name == record[3].name


async def test_a_payload_can_be_overtaken(simulator: Simulator) -> None:
    async with over_sockets(simulator) as app:
        simulator.faults.add(Rule(on="delivery", kind="reorder", count=1, seconds=5))
        await simulator.act("U0AINO", "say", text="first")
        await asyncio.sleep(0)
        await simulator.act("U0AINO", "say", text="second")
        await simulator.settled()

        assert [each["text"] for each in app.heard] == ["second", "first"]


async def test_a_silent_websocket_swallows_what_is_sent_and_answers_no_ping() -> None:
    timing = Timing(ack_seconds=0.05, retry_after=())
    async with running(SEED, MANIFEST, timing=timing) as simulator, aiohttp.ClientSession() as session:
        ws = await open_socket(simulator, session)
        simulator.faults.add(Rule(on="delivery", kind="silent", count=1))

        answered = await simulator.act("U0AINO", "command", command="/door")
        await ws.ping()
        with pytest.raises(TimeoutError):
            await ws.receive(timeout=0.1)

    assert answered["error"] == "app_did_not_answer"
    assert [each.outcome for each in simulator.deliveries] == ["timeout"]


async def test_what_a_broken_websocket_leaves_unanswered_goes_to_another(simulator: Simulator) -> None:
    async with aiohttp.ClientSession() as session:
        both = [await open_socket(simulator, session) for _ in range(2)]
        simulator.faults.add(Rule(on="delivery", kind="reset", count=1))
        await simulator.act("U0AINO", "say", text="hello")
        waiting = {asyncio.create_task(ws.receive()): ws for ws in both}
        while True:
            done, _ = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
            task = done.pop()
            if task.result().type is aiohttp.WSMsgType.TEXT:
                break
            del waiting[task]
        envelope = json.loads(task.result().data)
        await waiting[task].send_json({"envelope_id": envelope["envelope_id"]})
        await simulator.settled()

    assert envelope["retry_attempt"] == 1
    assert [each.outcome for each in simulator.deliveries] == ["timeout", "taken"]


async def test_a_trigger_can_have_expired_on_the_way(simulator: Simulator) -> None:
    async with over_sockets(simulator) as app:
        simulator.faults.add(Rule(on="delivery", kind="expired_trigger", match="/plain"))
        await simulator.act("U0AINO", "command", command="/plain")

        assert app.heard[0]["trigger_id"]
    with pytest.raises(SlackError, match="expired_trigger_id"):
        simulator.stage.triggers.check(app.heard[0]["trigger_id"])


async def test_a_websocket_is_warned_then_refreshed_and_closed_in_its_time() -> None:
    async with running(SEED, MANIFEST, clock=Clock(pace=0)) as simulator, aiohttp.ClientSession() as session:
        ws = await open_socket(simulator, session)

        await simulator.advance(18050)
        warned = await ws.receive_json(timeout=PATIENCE)
        await simulator.advance(10)
        refreshed = await ws.receive_json(timeout=PATIENCE)
        await simulator.advance(1)
        closed = await ws.receive(timeout=PATIENCE)

    assert (warned["reason"], refreshed["reason"]) == ("warning", "refresh_requested")
    assert closed.type in (aiohttp.WSMsgType.CLOSE, aiohttp.WSMsgType.CLOSING, aiohttp.WSMsgType.CLOSED)


async def test_a_ticket_is_good_for_a_while_only() -> None:
    async with running(SEED, MANIFEST, clock=Clock(pace=0)) as simulator:
        ticket = simulator.slack.app.socket_tickets.issue()
        await simulator.advance(31)

        assert not simulator.slack.app.socket_tickets.take(ticket)


async def test_the_levers_are_moved_over_http_by_who_shows_the_session(simulator: Simulator) -> None:
    rule = {"on": "api", "kind": "answer", "match": "chat.update", "status": 500, "error": "fatal_error"}
    async with aiohttp.ClientSession(simulator.url) as stranger, page(simulator) as browser:
        forbidden = await stranger.post("/sim/faults", json={"rule": rule})
        put = await (await browser.post("/sim/faults", json={"rule": rule, "seed": 9})).json()
        wrong = await browser.post("/sim/faults", json={"rule": {"on": "api", "kind": "boredom"}})
        failed = await call(simulator, "chat.update")
        seen = await (await browser.get("/sim/faults")).json()
        await browser.post("/sim/faults", json={"remove": put["rules"][0]["id"]})
        stopped = await (await browser.post("/sim/clock", json={"pace": 0})).json()
        moved = await (await browser.post("/sim/clock", json={"advance": 100})).json()
        backwards = await browser.post("/sim/clock", json={"advance": -1})

    assert (forbidden.status, wrong.status, backwards.status) == (403, 400, 400)
    assert (put["seed"], put["rules"][0]["match"]) == (9, "chat.update")
    assert (failed["status"], seen["injected"]) == (500, {"api answer": 1})
    assert simulator.faults.as_json()["rules"] == []
    assert moved["now"] - stopped["now"] == pytest.approx(100)


async def test_every_delivery_is_on_record_and_in_its_file(tmp_path: Path) -> None:
    path = tmp_path / "deliveries.jsonl"
    async with running(SEED, MANIFEST, deliveries=path) as simulator, over_sockets(simulator):
        await simulator.act("U0AINO", "command", command="/plain", text="hello")
        async with aiohttp.ClientSession(simulator.url) as session:
            listed = await (await session.get("/sim/deliveries", params={"label": "/plain"})).json()

    written = [json.loads(line) for line in path.read_text().splitlines()]
    assert listed["deliveries"] == written
    assert written[0]["outcome"] == "taken"
    assert written[0]["answer"]["text"] == "You said: hello"
    assert written[0]["connection"] == "websocket-1"
    assert 0 < written[0]["ms"] < 3000
