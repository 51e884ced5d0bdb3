"""The line to Slack holds: it notices silence, is replaced before it is gone, and loses nothing."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.app import in_conversation
from bot.line import LineHealth
from bot.sockets import Patience
from simulator.clock import Clock
from simulator.faults import REASONS, Rule
from simulator.running import running
from simulator.timing import Timing
from tests.bot.conftest import MANIFEST, WORKSPACE, Scene, settings_for
from tests.bot.town import Town
from tests.support.migrated import migrated
from tests.support.patience import PATIENCE

# Silence is noticed after half as long again as a ping is apart.
QUICK = Patience(ping_every=0.6, linger=2.0, hang_up=0.2, first_pause=0.01)
TIMING = Timing(ack_seconds=1.0, clock_factor=0.001)


@asynccontextmanager
async def conversation(
    folder: Path, *, connections: int = 2, timing: Timing = TIMING, clock: Clock | None = None
) -> AsyncIterator[Scene]:
    migrated("bot", f"sqlite:///{folder / 'bot.db'}")
    town = Town()
    async with running(WORKSPACE, MANIFEST, timing=timing, clock=clock) as slack:
        settings = settings_for(slack, folder).model_copy(update={"slack_connections": connections})
        async with in_conversation(town, settings, pace=0.0, patience=QUICK) as bot:
            await slack.wait_for_connections(connections)
            yield Scene(slack, town, bot)


async def until(scene: Scene, true: Callable[[LineHealth], bool]) -> LineHealth:
    """Wait until *true* is true of the line, looking each time something happens in the workspace."""
    health = scene.bot.line.health
    async with asyncio.timeout(PATIENCE):
        while not true(health()):  # noqa: ASYNC110 - it is across websockets
            await asyncio.sleep(0.02)
    return health()


async def ask_for_help(scene: Scene) -> None:
    before = len(scene.slack.messages("U0MAIJA"))
    answered = await scene.slack.act("U0MAIJA", "command", command="/kanta", text="help")
    assert answered == {"ok": True}
    await scene.slack.stage.feed.until(
        lambda: len(scene.slack.messages("U0MAIJA")) == before + 1 or None, PATIENCE
    )


async def test_the_line_tells_since_when_it_holds_and_when_it_last_heard(tmp_path: Path) -> None:
    async with conversation(tmp_path) as scene:
        first = await until(scene, lambda health: health.last_heard is not None)
        later = await until(scene, lambda health: health.last_heard != first.last_heard)

    assert (first.connected, first.connections, first.reconnects) == (True, 2, 0)
    assert later.since == first.since


async def test_silence_is_noticed_and_the_line_dialled_anew(tmp_path: Path) -> None:
    async with conversation(tmp_path) as scene:
        scene.slack.slack.app.sockets.silence()
        health = await until(scene, lambda health: health.reconnects == 2)
        await ask_for_help(scene)

    assert health.connected


async def test_an_event_that_fell_into_silence_is_answered_once(tmp_path: Path) -> None:
    async with conversation(tmp_path) as scene:
        scene.slack.faults.add(Rule(on="delivery", kind="silent", match="message*", count=1))
        await scene.slack.act("U0OLLE", "say", text="?")
        await scene.slack.wait_for_message("U0OLLE", lambda message: bool(message.bot_id), timeout=PATIENCE)
        await scene.slack.settled()
        answers = [each for each in scene.slack.messages("U0OLLE") if each.bot_id]

    assert len(answers) == 1


@pytest.mark.parametrize("reason", REASONS)
async def test_whatever_slack_gives_as_a_reason_the_line_comes_again_before_it_is_gone(
    tmp_path: Path, reason: str
) -> None:
    async with conversation(tmp_path) as scene:
        before = await until(scene, lambda health: health.connections == 2)
        await scene.slack.disconnect(reason)
        after = await until(scene, lambda health: health.reconnects >= 2)
        await ask_for_help(scene)

    assert after.since == before.since


async def test_a_broken_line_is_mended(tmp_path: Path) -> None:
    async with conversation(tmp_path) as scene:
        scene.slack.slack.app.sockets.reset()
        await until(scene, lambda health: health.reconnects == 2 and health.connections == 2)
        await ask_for_help(scene)


async def test_a_refresh_at_the_end_of_a_connections_life_loses_no_press(tmp_path: Path) -> None:
    clock = Clock(pace=0)
    async with conversation(tmp_path, clock=clock) as scene:
        for _ in range(3):
            await clock.advance(18060)
            await ask_for_help(scene)
            await until(scene, lambda health: health.connections >= 2)

    assert scene.bot.line.health().reconnects >= 3


async def test_slack_that_lets_nobody_in_is_asked_again_in_time(tmp_path: Path) -> None:
    async with conversation(tmp_path, connections=1) as scene:
        scene.slack.faults.add(
            Rule(
                on="api",
                kind="answer",
                match="apps.connections.open",
                count=3,
                status=500,
                error="fatal_error",
            )
        )
        scene.slack.slack.app.sockets.reset()
        await until(scene, lambda health: not health.connected)
        health = await until(scene, lambda health: health.connected)

    assert health.reconnects == 1
