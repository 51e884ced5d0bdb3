"""Guests, programs, closed accounts and people of other workspaces are kept out at every entry there is."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.app import in_conversation
from shared.contracts.base import Proof
from shared.contracts.identity import ChatAccount, SuspendChatAccount
from shared.contracts.roles import GrantOffered
from simulator.running import running
from simulator.seed import User
from simulator.wire import Json
from tests.bot.conftest import MANIFEST, WORKSPACE, Scene, settings_for
from tests.bot.makers import TEAM, a_grant
from tests.bot.town import Town
from tests.support.migrated import migrated
from tests.support.patience import PATIENCE

OUTSIDE = "T0ELSEWHERE"
ADMIN = User("U0ADMIN", "admin", "Admin", "admin@example.fi", is_admin=True)
# Who is kept out: what Slack says of the account, and the workspace that its acts come from.
KEPT_OUT: Mapping[str, tuple[Mapping[str, Any], str]] = {
    "a guest": ({"is_restricted": True}, TEAM),
    "a guest of one channel": ({"is_restricted": True, "is_ultra_restricted": True}, TEAM),
    "a program": ({"is_bot": True}, TEAM),
    "a closed account": ({"deleted": True}, TEAM),
    "a stranger in a shared channel": ({"is_stranger": True, "team_id": OUTSIDE}, TEAM),
    "an account of another workspace": ({"team_id": OUTSIDE}, OUTSIDE),
}


def who(team: str) -> Json:
    return {"id": "U0OLLE", "name": "olle", "team_id": team}


def around(team: str, **more: Any) -> Json:
    return {"team": {"id": TEAM}, "user": who(team), "api_app_id": "A0", "trigger_id": "1.1.a"} | more


def view(callback: str, about: object = "") -> Json:
    return {
        "id": "V1",
        "hash": "h",
        "type": "modal",
        "callback_id": callback,
        "private_metadata": str(about),
        "title": {"type": "plain_text", "text": "x"},
        "state": {"values": {"reason": {"reason": {"type": "plain_text_input", "value": "no"}}}},
    }


def event(team: str, **more: Any) -> Json:
    told = {"user": "U0OLLE", "team": team, "ts": "9.9", "event_ts": "9.9"} | more
    return {
        "type": "event_callback",
        "team_id": TEAM,
        "event_id": f"Ev{more['type']}{more.get('tab', '')}",
        "authorizations": [{"team_id": TEAM, "is_bot": True}],
        "event": told,
    }


# Every way in: which of Bolt's listeners it comes through, and what Slack sends.
ENTRIES: Mapping[str, tuple[str, Callable[[str, object], Json]]] = {
    "command": (
        "command",
        lambda team, _: {
            "team_id": team,
            "user_id": "U0OLLE",
            "user_name": "olle",
            "command": "/kanta",
            "text": "mine",
            "trigger_id": "2.2.b",
            "channel_id": "C0HALL",
        },
    ),
    "action": (
        "press",
        lambda team, grant: around(
            team,
            type="block_actions",
            channel={"id": "D1"},
            container={"type": "message", "message_ts": "1.1"},
            actions=[
                {
                    "type": "button",
                    "action_id": "grant.accept",
                    "block_id": f"offer:{grant}:sv:x",
                    "value": str(grant),
                    "action_ts": "3.3",
                }
            ],
        ),
    ),
    "view": (
        "form",
        lambda team, grant: around(team, type="view_submission", view=view("grant.decline", grant)),
    ),
    "shortcut": ("shortcut", lambda team, _: around(team, type="shortcut", callback_id="grant.begin")),
    "options": (
        "search",
        lambda team, _: around(
            team, type="block_suggestion", action_id="why.organisation", value="", view=view("why.explain")
        ),
    ),
    "message": (
        "event",
        lambda team, _: event(team, type="message", channel="D1", channel_type="im", text="miten?"),
    ),
    "mention": ("event", lambda team, _: event(team, type="app_mention", channel="C0HALL", text="hei")),
    "home": ("event", lambda team, _: event(team, type="app_home_opened", channel="D1", tab="home")),
    "messages opened": (
        "event",
        lambda team, _: event(team, type="app_home_opened", channel="D1", tab="messages"),
    ),
}


@pytest.fixture
async def gate(tmp_path: Path) -> AsyncIterator[Scene]:
    migrated("bot", f"sqlite:///{tmp_path / 'bot.db'}")
    town = Town()
    workspace = replace(WORKSPACE, users=(*WORKSPACE.users, ADMIN))
    async with (
        running(workspace, MANIFEST) as slack,
        in_conversation(town, settings_for(slack, tmp_path), pace=0.0) as bot,
    ):
        await slack.wait_for_connections()
        yield Scene(slack, town, bot)


async def enter(scene: Scene, entry: str, team: str, grant: object) -> Json:
    """Send what Slack would, and wait until all that comes of it has come; what was acknowledged."""
    acknowledged: Json = {}

    async def ack(**answer: Any) -> None:
        acknowledged.update(answer)

    method, body = ENTRIES[entry]
    await getattr(scene.bot.turns, method)(ack, body(team, grant))
    async with asyncio.timeout(PATIENCE):
        while scene.bot.turns.busy:
            await scene.bot.turns.idle()
    return acknowledged


@pytest.mark.parametrize("kind", KEPT_OUT)
async def test_whoever_may_not_act_is_kept_out_at_every_entry(gate: Scene, kind: str) -> None:
    says, team = KEPT_OUT[kind]
    town, people = gate.town, gate.slack.stage.people
    grant = town.put(a_grant(town.clinic, town.olle, town.maija))
    people.put(replace(people.known("U0OLLE"), **says))
    gate.bot.kit.accounts.forget(ChatAccount(team=TEAM, user="U0OLLE"))

    for entry in ENTRIES:
        town.asked.clear()
        acknowledged = await enter(gate, entry, team, grant.id)

        acted = [type(each).__name__ for each in town.asked if each.proof is not Proof.PROGRAM]
        assert acted == [], entry
        assert town.clinic.name not in str(acknowledged), entry
    assert town.grants[grant.id] == grant
    assert town.clinic.name not in str([each.blocks for each in gate.slack.messages("U0OLLE")])


@pytest.mark.parametrize("entry", ENTRIES)
async def test_a_member_gets_in_by_the_same_entry(gate: Scene, entry: str) -> None:
    town = gate.town
    grant = town.put(a_grant(town.clinic, town.olle, town.maija))

    await enter(gate, entry, TEAM, grant.id)

    # What only reads the guidance asks nobody; all others ask in the member's name.
    asked = [each for each in town.asked if each.proof is not Proof.PROGRAM]
    assert asked or entry in ("message", "mention", "shortcut")


async def test_an_account_that_is_closed_loses_its_sessions_and_one_that_is_opened_again_is_told(
    gate: Scene,
) -> None:
    town = gate.town
    grant = town.put(a_grant(town.clinic, town.olle, town.maija))
    await gate.bot.hearing.hear(GrantOffered(grant=grant))
    await gate.card("U0OLLE", "grant.accept")
    await gate.slack.act("U0ADMIN", "deactivate", person="U0OLLE")
    await gate.card("U0MAIJA", "on poistunut työtilasta")
    closed = (await gate.bot.kit.people.identity(ChatAccount(team=TEAM, user="U0OLLE"))).linked
    await gate.slack.act("U0ADMIN", "reactivate", person="U0OLLE")
    await gate.card("U0OLLE", "Ditt Slack-konto är öppet igen")

    assert not closed
    assert [each.chat.user for each in town.asked if isinstance(each, SuspendChatAccount)] == ["U0OLLE"]
    await gate.press("U0OLLE", await gate.card("U0OLLE", "grant.accept"), "grant.accept")
    await gate.card("U0OLLE", "identify.open")
