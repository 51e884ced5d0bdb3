"""Several workspaces behind one app: what is told of which, and what is kept apart."""

from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError

from simulator.running import Simulator, running
from simulator.seed import apart, load_seeds
from simulator.wire import Json
from tests.simulator.conftest import FAST, HERE, MANIFEST, bot_client, over_sockets
from tests.simulator.doorkeeper import card, home, modal

TWO = HERE / "two.yaml"
LIGHT_TOKEN = "xoxb-simulator-bot-T0LIGHT"


@pytest.fixture
async def slack() -> AsyncIterator[Simulator]:
    async with running(TWO, MANIFEST, timing=FAST) as simulator:
        yield simulator


@contextmanager
def overhearing(slack: Simulator) -> Iterator[list[Json]]:
    """Collect every payload that goes to the app while the block lasts; they are in the list at its end."""
    heard: list[Json] = []
    with slack.slack.app.feed.subscribed("nobody") as news:
        yield heard
        while not news.empty():
            item = news.get_nowait()
            if item is not None and item.get("direction") == "to_app":
                heard.append(item["body"]["payload"])


async def test_a_token_opens_its_own_workspace_and_no_other(slack: Simulator) -> None:
    harbour, light = bot_client(slack), bot_client(slack, LIGHT_TOKEN)
    here, there = await harbour.auth_test(), await light.auth_test()
    with pytest.raises(SlackApiError) as person:
        await harbour.users_info(user="W0DAVID")
    with pytest.raises(SlackApiError) as room:
        await light.chat_postMessage(channel="C0GENERAL", text="hello")

    assert (here["team_id"], here["user_id"]) == ("T0HARBOUR", "U0SIMULATOR")
    assert (there["team_id"], there["user_id"]) == ("T0LIGHT", "U0SIMULATOR0LIGHT")
    assert (there["enterprise_id"], there["is_enterprise_install"]) == ("E0COAST", False)
    assert person.value.response["error"] == "user_not_found"
    assert room.value.response["error"] == "channel_not_found"


async def test_a_workspace_that_the_app_is_not_in_tells_it_nothing(slack: Simulator) -> None:
    with overhearing(slack) as heard:
        opened = await slack.act("U0ELLA", "home")
        command = await slack.act("U0ELLA", "command", command="/door", text="")
        await slack.settled()
    with pytest.raises(SlackApiError) as refused:
        await bot_client(slack, "xoxb-simulator-bot-T0PIER").auth_test()

    assert opened["ok"] is True
    assert command["error"] == "unknown_command"
    assert heard == []
    assert refused.value.response["error"] == "invalid_auth"


async def test_one_socket_carries_events_of_every_workspace(slack: Simulator) -> None:
    with overhearing(slack) as heard:
        async with over_sockets(slack) as app:
            await slack.act("U0CELIA", "say", text="From the harbour")
            await slack.act("W0DAVID", "say", text="From the lighthouse")
            await slack.settled()
            taken = [each["text"] for each in app.heard]

    harbour, light = heard
    assert taken == ["From the harbour", "From the lighthouse"]
    assert (harbour["team_id"], harbour["authorizations"][0]["user_id"]) == ("T0HARBOUR", "U0SIMULATOR")
    assert (light["team_id"], light["authorizations"][0]["team_id"]) == ("T0LIGHT", "T0LIGHT")
    assert light["authorizations"][0]["enterprise_id"] == "E0COAST"
    assert light["authorizations"][0]["user_id"] == "U0SIMULATOR0LIGHT"


async def test_a_view_of_one_workspace_is_not_found_with_the_token_of_another(slack: Simulator) -> None:
    trigger = slack.of("W0AINO").triggers.issue("W0AINO")
    light = bot_client(slack, LIGHT_TOKEN)
    with pytest.raises(SlackApiError) as borrowed:
        await bot_client(slack).views_open(trigger_id=trigger, view=modal([]))
    opened = await light.views_open(trigger_id=trigger, view=modal(card()))
    with pytest.raises(SlackApiError) as foreign:
        await bot_client(slack).views_update(view_id=opened["view"]["id"], view=modal([]))
    with pytest.raises(SlackApiError) as published:
        await bot_client(slack).views_publish(user_id="W0DAVID", view=home("Welcome"))

    assert borrowed.value.response["error"] == "invalid_trigger_id"
    assert opened["view"]["app_installed_team_id"] == "T0LIGHT"
    assert foreign.value.response["error"] == "not_found"
    assert published.value.response["error"] == "invalid_arguments"


async def test_in_a_shared_room_people_of_elsewhere_are_strangers(slack: Simulator) -> None:
    harbour = bot_client(slack)
    with overhearing(slack) as told:
        async with over_sockets(slack):
            await slack.act("W0AINO", "say", channel="C0SHARED", text="Hello <@U0SIMULATOR>")
            await slack.settled()
    room = (await harbour.conversations_info(channel="C0SHARED"))["channel"]
    stranger = (await harbour.users_info(user="W0AINO"))["user"]
    with pytest.raises(SlackApiError) as refused:
        await harbour.conversations_open(users="W0AINO")
    with pytest.raises(SlackApiError) as unreached:
        await harbour.chat_postMessage(channel="W0AINO", text="Only for you")

    assert [each["is_ext_shared_channel"] for each in told] == [True] * len(told)
    assert {each["event"]["type"] for each in told} >= {"app_mention"}
    assert {each["authorizations"][0]["team_id"] for each in told} == {"T0HARBOUR"}
    assert {each["team_id"] for each in told} == {"T0LIGHT"}
    assert {each["event"]["user_team"] for each in told} == {"T0LIGHT"}
    assert (room["is_ext_shared"], room["conversation_host_id"]) == (True, "T0HARBOUR")
    assert (stranger["team_id"], stranger["is_stranger"]) == ("T0LIGHT", True)
    assert "email" not in stranger["profile"]
    assert refused.value.response["error"] == "user_not_visible"
    assert unreached.value.response["error"] == "channel_not_found"


async def test_a_stranger_presses_the_button_of_the_other_workspaces_app(slack: Simulator) -> None:
    posted = await bot_client(slack).chat_postMessage(channel="C0SHARED", text="A door", blocks=card())
    block = posted["message"]["blocks"][-1]
    container = {"type": "message", "channel": "C0SHARED", "ts": posted["ts"]}
    async with over_sockets(slack) as app:
        await slack.act(
            "W0AINO",
            "press",
            container=container,
            block_id=block["block_id"],
            action_id=block["elements"][0]["action_id"],
        )
        pressed = app.heard[-1]

    assert (pressed["team"]["id"], pressed["user"]["team_id"]) == ("T0HARBOUR", "T0LIGHT")
    assert (pressed["user"]["id"], pressed["enterprise"]) == ("W0AINO", None)


async def test_both_sides_of_a_shared_room_see_the_same_messages(slack: Simulator) -> None:
    await slack.act("U0AINO", "say", channel="C0SHARED", text="Ahoy")
    session = {"X-Simulator-Session": slack.session}
    async with aiohttp.ClientSession(slack.url, headers=session) as browser:
        seen = await (await browser.get("/sim/messages?user=W0AINO&channel=C0SHARED")).json()
        state = await (await browser.get("/sim/state?user=W0AINO")).json()
        chooser = await (await browser.get("/sim/state?team=T0LIGHT")).json()
        nowhere = await browser.get("/sim/state?team=T0NOWHERE")

    assert [each["text"] for each in seen["messages"]] == ["Ahoy"]
    assert next(each for each in state["channels"] if each["id"] == "C0SHARED")["is_ext_shared"] is True
    assert {each["id"] for each in state["users"] if each["is_stranger"]} == {"U0AINO", "U0SIMULATOR"}
    assert [each["id"] for each in chooser["users"]] == ["W0AINO", "W0DAVID", "U0SIMULATOR0LIGHT"]
    assert [each["team_id"] for each in chooser["workspaces"]] == ["T0HARBOUR", "T0LIGHT", "T0PIER"]
    assert chooser["workspace"]["team_id"] == "T0LIGHT"
    assert nowhere.status == 404


async def test_what_happened_in_every_workspace_outlives_a_restart(tmp_path: Path) -> None:
    journal = tmp_path / "slack.jsonl"
    async with running(TWO, MANIFEST, timing=FAST, journal=journal) as first:
        await first.act("W0DAVID", "say", text="From the lighthouse")
        await first.act("W0AINO", "say", channel="C0SHARED", text="Shared")
        view = await bot_client(first, LIGHT_TOKEN).views_publish(user_id="W0DAVID", view=home("Welcome"))
    async with running(TWO, MANIFEST, timing=FAST, journal=journal) as second:
        said = [each.text for target in ("W0DAVID", "C0SHARED") for each in second.messages(target)]
        after = await second.wait_for_home("W0DAVID")

    assert said == ["From the lighthouse", "Shared"]
    assert (after["id"], after["team_id"]) == (view["view"]["id"], "T0LIGHT")


def test_a_seed_that_confuses_workspaces_is_refused() -> None:
    first, second, third = load_seeds(TWO)
    nowhere = replace(first, channels=(replace(first.channels[1], shared_with=("T0NOWHERE",)),))
    nobody = replace(first, channels=(replace(first.channels[1], members=("U0NOBODY",)),))

    with pytest.raises(ValueError, match="share a workspace"):
        apart([first, second, replace(third, team_id="T0HARBOUR")])
    with pytest.raises(ValueError, match="share a person"):
        apart([first, second, replace(third, users=first.users)])
    with pytest.raises(ValueError, match="shared with unknown workspaces"):
        apart([nowhere, second, third])
    with pytest.raises(ValueError, match="unknown members"):
        apart([nobody, second, third])
