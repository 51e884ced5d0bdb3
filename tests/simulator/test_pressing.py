"""What the app is told of a choice: the whole option, and the state of everything beside it."""

import asyncio
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from simulator.delivery.payloads import action
from simulator.reading import Unusable
from simulator.running import Simulator
from simulator.seed import load_seed
from simulator.workspace.elements import state, with_ids
from tests.simulator.conftest import SEED, bot_client, open_socket
from tests.simulator.doorkeeper import plain
from tests.support.patience import PATIENCE

Json = dict[str, Any]
ONE: Json = {"text": {**plain("One"), "emoji": True}, "value": "1"}
TWO: Json = {"text": {**plain("Two"), "emoji": True}, "value": "2"}
SELECT: Json = {"type": "static_select", "action_id": "which", "options": [ONE, TWO], "initial_option": ONE}
DATE: Json = {"type": "datepicker", "action_id": "when", "initial_date": "2026-11-24"}
FEEDBACK: Json = {
    "type": "feedback_buttons",
    "action_id": "feedback",
    "positive_button": {"text": plain("Good"), "value": "good"},
    "negative_button": {"text": plain("Bad"), "value": "bad"},
}


async def test_a_choice_in_a_message_is_told_with_the_state_beside_it(simulator: Simulator) -> None:
    blocks = [{"type": "actions", "block_id": "choices", "elements": [SELECT, DATE]}]
    posted = await bot_client(simulator).chat_postMessage(channel="U0AINO", text="Choose", blocks=blocks)
    where = {"type": "message", "channel": posted["channel"], "ts": posted["ts"]}
    async with aiohttp.ClientSession() as session:
        ws = await open_socket(simulator, session)
        pressed = asyncio.create_task(
            simulator.act(
                "U0AINO",
                "press",
                container=where,
                block_id="choices",
                action_id="which",
                value={"selected_option": "2"},
            )
        )
        envelope = await ws.receive_json(timeout=PATIENCE)
        await ws.send_json({"envelope_id": envelope["envelope_id"]})
        answered = await pressed

    payload = envelope["payload"]
    assert answered == {"ok": True}
    assert payload["actions"][0]["selected_option"] == TWO
    assert payload["state"]["values"]["choices"] == {
        "which": {"type": "static_select", "selected_option": TWO},
        "when": {"type": "datepicker", "selected_date": "2026-11-24"},
    }
    assert payload["container"]["message_ts"] == posted["ts"]
    assert payload["channel"] == {"id": posted["channel"], "name": "directmessage"}
    assert payload["response_url"].startswith(simulator.url + "/actions/")


async def test_nobody_presses_what_only_another_sees(simulator: Simulator) -> None:
    blocks = [{"type": "actions", "block_id": "choices", "elements": [SELECT]}]
    shown = await bot_client(simulator).chat_postEphemeral(
        channel="C0GENERAL", user="U0AINO", text="Choose", blocks=blocks
    )
    where = {"type": "message", "channel": "C0GENERAL", "ts": shown["message_ts"]}

    foreign = await simulator.act("U0BERTIL", "press", container=where, block_id="choices", action_id="which")
    missing = await simulator.act("U0AINO", "press", container=where, block_id="choices", action_id="other")

    assert foreign["error"] == "message_not_found"
    assert missing["error"] == "no_such_element"


@pytest.mark.parametrize(
    ("element", "given", "told"),
    [
        ({"type": "button", "text": plain("Go"), "value": "x"}, {}, {"value": "x", "text": plain("Go")}),
        (SELECT, {"selected_option": TWO}, {"selected_option": TWO, "initial_option": ONE}),
        ({"type": "overflow", "options": [ONE, TWO]}, {"selected_option": "1"}, {"selected_option": ONE}),
        (
            {"type": "checkboxes", "options": [ONE, TWO]},
            {"selected_options": ["2"]},
            {"selected_options": [TWO]},
        ),
        ({"type": "users_select"}, {"selected_user": "U0AINO"}, {"selected_user": "U0AINO"}),
        (DATE, {"selected_date": "2026-12-06"}, {"selected_date": "2026-12-06"}),
        (FEEDBACK, {"value": "bad"}, {"value": "bad", "text": plain("Bad")}),
    ],
)
def test_each_element_tells_its_choice_under_its_own_key(element: Json, given: Json, told: Json) -> None:
    done = action({"block_id": "b"}, {**element, "action_id": "a"}, given, "1.0")

    assert done["type"] == element["type"]
    assert (done["block_id"], done["action_id"], done["action_ts"]) == ("b", "a", "1.0")
    assert {name: done[name] for name in told} == told


def test_what_the_app_left_unnamed_gets_a_name() -> None:
    [block] = with_ids([{"type": "actions", "elements": [{"type": "button", "text": plain("Go")}]}])

    assert block["block_id"]
    assert block["elements"][0]["action_id"]


def test_an_input_of_another_kind_forgets_what_was_typed() -> None:
    known = {"b": {"a": {"type": "plain_text_input", "value": "typed"}}}
    text: Json = {"type": "plain_text_input", "action_id": "a", "initial_value": "first"}

    kept = state([{"type": "input", "block_id": "b", "element": text}], known)
    renamed = state([{"type": "input", "block_id": "other", "element": text}], known)
    other = state([{"type": "input", "block_id": "b", "element": {**DATE, "action_id": "a"}}], known)

    assert kept["b"]["a"]["value"] == "typed"
    assert renamed["other"]["a"]["value"] == "first"
    assert other["b"]["a"] == {"type": "datepicker", "selected_date": "2026-11-24"}


def test_a_seed_with_unknown_members_is_refused(tmp_path: Path) -> None:
    wrong = tmp_path / "seed.yaml"
    wrong.write_text(SEED.read_text().replace("[U0AINO, U0BERTIL]", "[U0AINO, U0NOBODY]"))

    with pytest.raises(Unusable, match="U0NOBODY"):
        load_seed(wrong)
