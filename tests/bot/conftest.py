"""A bot in conversation with the simulated workspace, and with a small town behind it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from bot.app import Bot, in_conversation
from bot.guidance.index import Guidance
from bot.settings import BotSettings
from simulator.running import Simulator, running
from simulator.seed import Channel, User, Workspace
from simulator.wire import Json
from simulator.workspace.messages import Message
from tests.bot.makers import TEAM
from tests.bot.town import Town
from tests.support.migrated import migrated
from tests.support.patience import PATIENCE

MANIFEST = Path(__file__).parents[2] / "bot" / "manifest.yaml"
WORKSPACE = Workspace(
    team_id=TEAM,
    domain="town",
    name="Town",
    users=(
        User("U0MAIJA", "maija", "Maija", "maija@example.fi"),
        User("U0OLLE", "olle", "Olle", "olle@example.fi"),
        User("U0NEW", "new", "Newcomer", "new@example.fi"),
    ),
    channels=(
        Channel("C0HALL", "hall", ("U0MAIJA", "U0OLLE", "U0NEW", "@app")),
        Channel("C0ELSE", "elsewhere", ("U0MAIJA", "U0OLLE")),
    ),
)


@dataclass(frozen=True)
class Scene:
    """All parts of a test: the workspace, the town, the bot."""

    slack: Simulator
    town: Town
    bot: Bot

    async def card(self, user: str, containing: str) -> Message:
        """The newest message to *user* that says *containing*, in its text or its blocks."""
        return await self.slack.wait_for_message(user, lambda message: containing in said(message), PATIENCE)

    async def press(self, user: str, message: Message, action: str) -> Json:
        container = {"type": "message", "channel": message.channel, "ts": message.ts}
        block = next(
            block["block_id"]
            for block in message.blocks or []
            if action in {element.get("action_id") for element in block.get("elements", [])}
        )
        return await self.slack.act(user, "press", container=container, block_id=block, action_id=action)


def said(message: Message) -> str:
    return f"{message.text} {message.blocks}"


def actions_in(blocks: list[Json] | None) -> set[str]:
    """The action ids of everything that can be pressed."""
    found: set[str] = set()
    for block in blocks or []:
        inside = [*block.get("elements", []), block.get("accessory") or {}, block.get("element") or {}]
        found |= {element["action_id"] for element in inside if "action_id" in element}
    return found


def settings_for(slack: Simulator, folder: Path, *, quiet: str = "none") -> BotSettings:
    return BotSettings.model_validate(
        {
            "SLACK_BOT_TOKEN": slack.bot_token,
            "SLACK_APP_TOKEN": slack.app_token,
            "slack_api_url": slack.url,
            "bot_database_url": f"sqlite:///{folder / 'bot.db'}",
            "bot_quiet_hours": quiet,
        }
    )


@pytest.fixture(autouse=True)
def _one_guidance(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three hundred articles, which nothing changes, are read once for all bots: a second each."""
    monkeypatch.setattr("bot.answering._read", _guidance)


@cache
def _guidance() -> Guidance:
    return Guidance.load()


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Scene]:
    """A town, a workspace and a bot, connected."""
    migrated("bot", f"sqlite:///{tmp_path / 'bot.db'}")
    town = Town()
    async with (
        running(WORKSPACE, MANIFEST) as slack,
        in_conversation(town, settings_for(slack, tmp_path), pace=0.0) as bot,
    ):
        await slack.wait_for_connections()
        yield Scene(slack, town, bot)
