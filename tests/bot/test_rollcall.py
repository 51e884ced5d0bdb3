"""Accounts that were closed while the bot was away act no more, once it is there or has looked again."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.app import in_conversation, run
from shared.contracts.base import Command, Message
from shared.contracts.identity import (
    ChatAccount,
    LinkedAccounts,
    LinkEnd,
    ListLinkedAccounts,
    SuspendChatAccount,
)
from shared.contracts.roles import GrantStatus, ListStandingGrants, Phase
from shared.messaging.accounts import Account
from shared.messaging.actors import Actor
from shared.messaging.bus import Bus
from shared.messaging.handling import reads
from shared.messaging.server import Desk, serve
from shared.messaging.verifying import KeysOverBus
from simulator.api.endpoint import Fault
from simulator.running import Simulator, running
from simulator.seed import User
from tests.bot.conftest import MANIFEST, WORKSPACE, Scene, said, settings_for
from tests.bot.makers import TEAM, a_grant, a_person
from tests.bot.town import Town
from tests.support.bus import BusServer
from tests.support.migrated import migrated
from tests.support.patience import PATIENCE

OLLE = ChatAccount(team=TEAM, user="U0OLLE")
LEFT = "on poistunut työtilasta"
# So many that Olle, who comes after them, stands on the third page of the list.
CROWD = tuple(User(f"U1{n:03}", f"n{n}", f"N {n}", f"n{n}@example.fi") for n in range(450))
Begin = Callable[[], AbstractAsyncContextManager[Scene]]


@pytest.fixture
def town() -> Town:
    """Olle holds a role that Maija, a main user, gave him."""
    town = Town()
    grant = a_grant(town.clinic, town.olle, town.maija)
    town.put(grant.model_copy(update={"status": GrantStatus.ACCEPTED, "phase": Phase.IN_FORCE}))
    return town


@pytest.fixture
async def slack() -> AsyncIterator[Simulator]:
    first, olle, *others = WORKSPACE.users
    everybody = replace(WORKSPACE, users=(first, *others, *CROWD, olle))
    async with running(everybody, MANIFEST) as slack:
        yield slack


@pytest.fixture
def begin(slack: Simulator, town: Town, tmp_path: Path) -> Begin:
    """Start the bot, as often as a test likes, with the same memory."""
    migrated("bot", f"sqlite:///{tmp_path / 'bot.db'}")

    @asynccontextmanager
    async def begin() -> AsyncIterator[Scene]:
        async with in_conversation(town, settings_for(slack, tmp_path), pace=0.0) as bot:
            await slack.wait_for_connections()
            yield Scene(slack, town, bot)
        await slack.wait_for_connections(0)

    return begin


def close(slack: Simulator, user: str) -> None:
    """Close an account, of which the bot hears nothing."""
    people = slack.stage.people
    people.put(replace(people.known(user), deleted=True))


def suspended(town: Town) -> list[str]:
    return [each.chat.user for each in town.asked if isinstance(each, SuspendChatAccount)]


def news(slack: Simulator) -> int:
    """How often Maija was told that somebody left."""
    return sum(LEFT in said(message) for message in slack.messages("U0MAIJA"))


async def test_who_was_closed_while_the_bot_was_away_acts_no_more_and_main_users_are_told_once(
    slack: Simulator, town: Town, begin: Begin
) -> None:
    async with begin():
        pass
    close(slack, "U0OLLE")
    close(slack, "U1007")  # who is linked to nobody
    for _ in range(2):
        async with begin() as scene:
            assert await scene.bot.roll.go()
            await scene.card("U0MAIJA", LEFT)

    assert town.waiting == {OLLE: LinkEnd.CLOSED}
    assert suspended(town) == ["U0OLLE"]
    assert news(slack) == 1


async def test_the_roll_is_called_again_and_again(slack: Simulator, town: Town, begin: Begin) -> None:
    async with begin() as scene:
        assert await scene.bot.roll.go()
        untouched = suspended(town)
        async with scene.bot.roll.going(every=0.05):
            close(slack, "U0OLLE")
            await scene.card("U0MAIJA", LEFT)

    assert untouched == []
    assert suspended(town) == ["U0OLLE"]


async def test_an_account_that_is_open_again_by_the_time_we_come_to_it_is_left_alone(
    slack: Simulator, town: Town, begin: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    close(slack, "U0OLLE")
    async with begin() as scene:
        listed = [await scene.bot.kit.sender.members(TEAM, "400")]
        people = slack.stage.people
        people.put(replace(people.known("U0OLLE"), deleted=False))

        async def stale(*_: str) -> object:
            return listed[0]

        monkeypatch.setattr(type(scene.bot.kit.sender), "members", stale)
        assert await scene.bot.roll.go()

    assert [one["deleted"] for one in listed[0][0] if one["id"] == "U0OLLE"] == [True]
    assert suspended(town) == []


async def test_slack_that_asks_to_wait_is_waited_for(slack: Simulator, town: Town, begin: Begin) -> None:
    close(slack, "U0OLLE")
    slack.fail_next("users.list", Fault(retry_after=1))
    async with begin() as scene:
        begun = asyncio.get_running_loop().time()
        assert await scene.bot.roll.go()
        waited = asyncio.get_running_loop().time() - begun

    assert waited >= 1
    assert suspended(town) == ["U0OLLE"]


async def test_a_roll_that_slack_breaks_off_is_called_again(
    slack: Simulator, town: Town, begin: Begin
) -> None:
    close(slack, "U0OLLE")
    slack.fail_next("users.list", Fault(retry_after=3600))
    async with begin() as scene:
        with capture_logs() as logs:
            first = await scene.bot.roll.go()
        second = await scene.bot.roll.go()

    assert (first, second) == (False, True)
    assert [one for one in logs if one["event"].startswith("roll")] == [
        {"event": "roll.put_off", "log_level": "info", "team": TEAM, "error": "SlackAway"}
    ]
    assert suspended(town) == ["U0OLLE"]


async def test_a_workspace_that_we_are_not_in_any_more_does_not_keep_others_waiting(
    slack: Simulator, town: Town, begin: Begin
) -> None:
    town.move_in(a_person("Aatu Muualla", "U0AATU", "fi"))
    elsewhere = ChatAccount(team="T0ELSE", user="U0AATU")
    town.people = {
        each.id: each.model_copy(update={"chat": elsewhere}) if each.name == "Aatu Muualla" else each
        for each in town.people.values()
    }
    close(slack, "U0OLLE")
    async with begin() as scene:
        with capture_logs() as logs:
            assert await scene.bot.roll.go()
        refused = [(one["team"], one["error"]) for one in logs if one["event"] == "roll.refused"]
        closed_so_far = suspended(town)
        await scene.bot.roll.go()

    assert refused == [("T0ELSE", "not_installed")]
    assert (closed_so_far, suspended(town)) == (["U0OLLE"], ["U0OLLE"])


@pytest.mark.parametrize("away", [SuspendChatAccount, ListStandingGrants, ListLinkedAccounts])
async def test_a_roll_that_is_interrupted_begins_again_and_tells_nobody_twice(
    slack: Simulator, town: Town, begin: Begin, away: type
) -> None:
    close(slack, "U0OLLE")
    async with begin() as scene:
        town.away.add(away)
        async with scene.bot.roll.going(again=0.05):
            async with asyncio.timeout(PATIENCE):
                while not any(isinstance(each, away) for each in town.asked):  # noqa: ASYNC110
                    await asyncio.sleep(0.01)
            town.away.clear()
            await scene.card("U0MAIJA", LEFT)
    async with begin() as scene:
        assert await scene.bot.roll.go()

    assert town.waiting == {OLLE: LinkEnd.CLOSED}
    assert news(slack) == 1


class Roster:
    """Answers as identity does, and notes that it was asked."""

    def __init__(self) -> None:
        self.asked = asyncio.Event()

    @reads(ListLinkedAccounts)
    def listed(self, rows: object, request: ListLinkedAccounts, actor: Actor) -> LinkedAccounts:
        self.asked.set()
        return LinkedAccounts(accounts=())


async def test_the_bot_calls_the_roll_when_it_starts(bus_server: BusServer, tmp_path: Path) -> None:
    migrated("bot", f"sqlite:///{tmp_path / 'bot.db'}")
    roster = Roster()

    async def decide(command: Command[Any], actor: Actor, decision: Callable[[object], Message]) -> bytes:
        raise NotImplementedError("nobody sends it commands")

    async def read(reading: Callable[[object], Message]) -> Message:
        return reading(None)

    async with (
        running(WORKSPACE, MANIFEST) as slack,
        bus_server.connect(Account.IDENTITY) as identity,
        bus_server.connect(Account.BOT) as connection,
        serve(identity, Desk(handlers=roster, decide=decide, read=read, verifier=KeysOverBus(Bus(identity)))),
        run(connection, settings_for(slack, tmp_path)),
    ):
        await asyncio.wait_for(roster.asked.wait(), PATIENCE)
