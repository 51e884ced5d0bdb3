"""Two workspaces that the bot is not in yet, a bot that may be installed, and browsers."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml
from aiohttp import ClientSession, CookieJar
from cryptography.fernet import Fernet

from bot.app import Bot, in_conversation
from bot.settings import BotSettings
from simulator.manifest import Manifest
from simulator.oauth.consent import Credentials
from simulator.running import Simulator, running
from simulator.seed import Channel, User, Workspace
from tests.bot.conftest import MANIFEST
from tests.bot.makers import TEAM
from tests.bot.town import Town
from tests.support.bus import free_port
from tests.support.migrated import migrated
from tests.support.stack import seen

OWN = Credentials("1.2", "secret")
KEY = Fernet.generate_key().decode()
HERE = Workspace(
    team_id=TEAM,
    domain="town",
    name="Town",
    users=(User("U0MAIJA", "maija", "Maija", "maija@example.fi", is_admin=True),),
    channels=(
        Channel("C0SHARED", "shared", ("@app", "U0MAIJA", "W0MAIJA"), shared_with=("T0OTHER",)),
        Channel("C0OWN", "own", ("@app", "U0MAIJA")),
    ),
    installed=False,
)
THERE = Workspace(
    team_id="T0OTHER",
    domain="other",
    name="Other",
    users=(User("W0MAIJA", "maija", "Maija", "maija@example.org", is_admin=True),),
    enterprise_id="E0ORG",
    enterprise_name="Org",
    installed=False,
)


@dataclass
class Browser:
    """Somebody's browser, with cookies of its own."""

    session: ClientSession
    bot: str
    slack: str
    page: str = ""
    status: int = 0
    address: str = ""

    async def open(self, address: str, *, follow: bool = True) -> str:
        async with self.session.get(address, allow_redirects=follow) as answer:
            self.page, self.status, self.address = await answer.text(), answer.status, str(answer.url)
            return answer.headers.get("Location", "")

    async def to_slack(self, lang: str = "en") -> None:
        await self.open(f"{self.bot}/slack/install/go?lang={lang}")
        assert self.address.startswith(f"{self.slack}/oauth/v2/authorize?")

    async def allow(self, who: str, *, follow: bool = True) -> str:
        """Say yes at Slack's page; where it leads."""
        form = {"answer": "allow", "who": who}
        async with self.session.post(self.address, data=form, allow_redirects=follow) as answer:
            self.page, self.status, self.address = await answer.text(), answer.status, str(answer.url)
            return answer.headers.get("Location", "")

    async def cancel(self) -> None:
        async with self.session.post(self.address, data={"answer": "cancel"}) as answer:
            self.page, self.status = await answer.text(), answer.status

    async def install(self, who: str) -> None:
        await self.to_slack()
        await self.allow(who)
        assert self.status == 200, self.page


@dataclass(frozen=True)
class Scene:
    """All parts of a test."""

    slack: Simulator
    town: Town
    bot: Bot
    settings: BotSettings
    database: str

    async def out_of(self, team: str) -> None:
        """Wait until the bot knows that it is not in *team* any more."""

        async def look() -> bool | None:
            return await self.bot.presence.installations.find(team) is None or None

        await seen(look, "the end of an installation")

    @asynccontextmanager
    async def browser(self) -> AsyncIterator[Browser]:
        async with ClientSession(
            cookie_jar=CookieJar(unsafe=True), headers={"Accept-Language": "en"}
        ) as session:
            yield Browser(session, self.settings.public_url, self.slack.url)


def manifest(**settings: Any) -> Manifest:
    """The bot's own manifest, with other settings."""
    content = yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))
    content["settings"] |= settings
    return Manifest.model_validate(content)


@asynccontextmanager
async def staged(
    database: str, folder: Path, *, town: Town | None = None, **other: Any
) -> AsyncIterator[Scene]:
    """Run both workspaces, and a bot with *database*; *other* goes into the manifest's settings."""
    migrated("bot", database)
    port = free_port()
    back = f"http://127.0.0.1:{port}/slack/oauth_redirect"
    people = town or Town()
    async with running(
        [HERE, replace(THERE)], manifest(**other), credentials=OWN, redirect_urls=(back,)
    ) as slack:
        settings = settings_for(slack, database, port, folder)
        now = lambda: datetime.fromtimestamp(slack.clock.now(), UTC)  # noqa: E731 - one line, one clock
        async with in_conversation(people, settings, pace=0.0, now=now) as bot:
            await slack.wait_for_connections()
            yield Scene(slack, people, bot, settings, database)


def settings_for(slack: Simulator, database: str, port: int, folder: Path, keys: str = KEY) -> BotSettings:
    return BotSettings.model_validate(
        {
            "SLACK_BOT_TOKEN": "",
            "SLACK_APP_TOKEN": slack.app_token,
            "slack_client_id": OWN.client_id,
            "slack_client_secret": OWN.client_secret,
            "bot_token_keys": keys,
            "bot_quiet_hours": "none",
            "slack_api_url": slack.url,
            "bot_database_url": database,
            "bot_port": port,
            "var": folder,
        }
    )
