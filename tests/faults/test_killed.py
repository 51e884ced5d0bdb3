"""A bot that is killed outright: between acknowledging and doing, between saying and knowing that it did."""

import asyncio
import os
import sqlite3
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

import pytest

from simulator.faults import Rule
from simulator.running import Simulator, running
from simulator.workspace.messages import Message
from tests.bot.conftest import MANIFEST, WORKSPACE
from tests.support.bus import BusServer
from tests.support.patience import PATIENCE

BOT = (sys.executable, "-m", "bot")


def environment(slack: Simulator, bus: BusServer, folder: Path) -> dict[str, str]:
    return os.environ | {
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_APP_TOKEN": slack.app_token,
        "KANTA_SLACK_API_URL": slack.url,
        "KANTA_NATS_URL": bus.url,
        "KANTA_KEYS": str(bus.key_folder),
        "KANTA_VAR": str(folder),
    }


@asynccontextmanager
async def bot_process(
    slack: Simulator, settings: dict[str, str]
) -> AsyncIterator[asyncio.subprocess.Process]:
    """A bot on the line; killed at the end, if it has not been before."""
    process = await asyncio.create_subprocess_exec(*BOT, env=settings)
    try:
        await slack.wait_for_connections(2, timeout=PATIENCE)
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()
        await slack.wait_for_connections(0, timeout=PATIENCE)


def answers(slack: Simulator, user: str) -> list[Message]:
    return [each for each in slack.messages(user) if each.bot_id and not each.ephemeral]


async def taken(slack: Simulator) -> None:
    """Wait until the bot has acknowledged what was said."""

    def look() -> bool | None:
        return any(each.outcome == "taken" for each in slack.deliveries.of("message")) or None

    await slack.stage.feed.until(look, PATIENCE)


def unfinished(folder: Path) -> int:
    with closing(sqlite3.connect(folder / "bot.db")) as database:
        count: int = database.execute("SELECT count(*) FROM turns").fetchone()[0]
    return count


@pytest.mark.timeout(240)
@pytest.mark.parametrize("moment", ["acknowledged", "said"])
async def test_a_killed_bot_answers_after_all_and_once(
    bus_server: BusServer, tmp_path: Path, moment: str
) -> None:
    async with running(WORKSPACE, MANIFEST) as slack:
        settings = environment(slack, bus_server, tmp_path)
        migrate = await asyncio.create_subprocess_exec(*BOT, "migrate", env=settings)
        assert await migrate.wait() == 0
        if moment == "said":
            # Slack has done it, and the bot never learns of it.
            slack.faults.add(
                Rule(on="api", kind="slow", match="chat.postMessage", after=True, count=1, seconds=300)
            )

        async with bot_process(slack, settings) as bot:
            await slack.act("U0OLLE", "say", text="How do I accept a role?")
            await taken(slack)
            if moment == "said":
                await slack.wait_for_message("U0OLLE", lambda each: bool(each.bot_id), timeout=PATIENCE)
            bot.kill()
            await bot.wait()
            said, left = len(answers(slack, "U0OLLE")), unfinished(tmp_path)

        async with bot_process(slack, settings):
            await slack.wait_for_message("U0OLLE", lambda each: bool(each.bot_id), timeout=PATIENCE)
            async with asyncio.timeout(PATIENCE):
                while unfinished(tmp_path):  # noqa: ASYNC110 - it is in another process
                    await asyncio.sleep(0.05)

    assert left == 1
    assert said == (1 if moment == "said" else 0)
    assert len(answers(slack, "U0OLLE")) == 1
