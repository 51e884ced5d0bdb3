"""The bot on a real bus: a process that starts quickly, says that it is well, and leaves in good order."""

import asyncio
import os
import signal
import sys
from pathlib import Path

from bot.app import in_conversation, run
from shared.contracts.health import GetBotHealth
from shared.contracts.roles import AcceptGrant, GrantOffered, GrantStatus
from shared.messaging.accounts import Account
from shared.messaging.bus import Bus
from simulator.running import running
from tests.bot.conftest import MANIFEST, WORKSPACE, Scene, actions_in, settings_for
from tests.bot.makers import a_grant
from tests.bot.town import Hold, Town
from tests.support.bus import BusServer
from tests.support.migrated import migrated
from tests.support.patience import PATIENCE


def resident(pid: int) -> float:
    """The megabytes that a process holds in memory."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


async def test_the_bot_tells_whether_slack_hears_it(bus_server: BusServer, tmp_path: Path) -> None:
    migrated("bot", f"sqlite:///{tmp_path / 'bot.db'}")
    async with (
        running(WORKSPACE, MANIFEST) as slack,
        bus_server.connect(Account.BOT) as connection,
        bus_server.connect(Account.OPERATOR) as operator,
        run(connection, settings_for(slack, tmp_path)),
    ):
        await slack.wait_for_connections()
        health = await Bus(operator).call(GetBotHealth())

    assert health.connected


async def test_who_leaves_finishes_first_what_was_acknowledged(tmp_path: Path) -> None:
    migrated("bot", f"sqlite:///{tmp_path / 'bot.db'}")
    town = Town()
    hold = town.held[AcceptGrant] = Hold()
    async with running(WORKSPACE, MANIFEST) as slack:
        async with in_conversation(town, settings_for(slack, tmp_path), pace=0.0) as bot:
            scene = Scene(slack, town, bot)
            await slack.wait_for_connections()
            grant = town.put(a_grant(town.clinic, town.olle, town.maija))
            await bot.hearing.hear(GrantOffered(grant=grant))
            await scene.press("U0OLLE", await scene.card("U0OLLE", "grant.accept"), "grant.accept")
            await asyncio.wait_for(hold.reached.wait(), PATIENCE)
            asyncio.get_running_loop().call_later(0.1, hold.let_go.set)
        card = await scene.card("U0OLLE", "Godkänd")

    assert town.grants[grant.id].status is GrantStatus.ACCEPTED
    assert not actions_in(card.blocks)


async def test_the_process_starts_and_leaves_when_told(bus_server: BusServer, tmp_path: Path) -> None:
    async with running(WORKSPACE, MANIFEST) as slack:
        environment = os.environ | {
            "SLACK_BOT_TOKEN": slack.bot_token,
            "SLACK_APP_TOKEN": slack.app_token,
            "KANTA_SLACK_API_URL": slack.url,
            "KANTA_NATS_URL": bus_server.url,
            "KANTA_KEYS": str(bus_server.key_folder),
            "KANTA_VAR": str(tmp_path),
        }
        bot = (sys.executable, "-m", "bot")
        migrate = await asyncio.create_subprocess_exec(*bot, "migrate", env=environment)
        assert await migrate.wait() == 0

        process = await asyncio.create_subprocess_exec(*bot, env=environment)
        try:
            await slack.wait_for_connections(timeout=PATIENCE)
            await slack.act("U0MAIJA", "command", command="/kanta", text="help")
            menu = await slack.wait_for_message("U0MAIJA", lambda message: "Commands" in message.text)
            megabytes = resident(process.pid)
        finally:
            process.send_signal(signal.SIGTERM)
            left = await asyncio.wait_for(process.wait(), PATIENCE)

    assert left == 0
    assert menu.ephemeral
    assert megabytes < 120
