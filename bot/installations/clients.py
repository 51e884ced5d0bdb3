"""The client that speaks for the bot in each workspace."""

from collections.abc import Callable
from datetime import datetime

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from bot.calling import call, client
from bot.fresh import Fresh
from bot.installations.door import Door
from bot.installations.installation import Installation
from bot.installations.installations import Installations
from bot.posting import SlackSaysNo
from bot.settings import BotSettings

log = structlog.get_logger()

SHARING_FOR = 600.0
MOST = 500


class TokenClients:
    """Picks the token by workspace, with a fresh one where tokens rotate."""

    def __init__(
        self,
        settings: BotSettings,
        installations: Installations,
        door: Door | None,
        now: Callable[[], datetime],
    ) -> None:
        self._settings = settings
        self._installations = installations
        self._door = door
        self._now = now
        self._clients: dict[str, AsyncWebClient] = {}
        self._shared: Fresh[tuple[str, str], bool] = Fresh(SHARING_FOR)

    async def of(self, team: str) -> AsyncWebClient:
        found = await self._installation(team)
        if found is None:
            raise SlackSaysNo("not_installed")
        if self._door is not None and found.wants_renewal(self._now()):
            renewed = await self._door.renew(found)
            if renewed is None:
                raise SlackSaysNo("not_installed")
            found = renewed
        if found.token not in self._clients:
            if len(self._clients) >= MOST:
                self._clients.clear()
            self._clients[found.token] = client(self._settings, found.token)
        return self._clients[found.token]

    async def ended(self, team: str, word: str) -> None:
        found = await self._installation(team)
        if found is not None and not (word == "token_expired" and found.refresh):
            log.error("installation.refused_by_slack", place=found.place, error=word)
            await self._installations.end(found.place, found.installed_at)

    async def is_shared(self, team: str, channel: str) -> bool:
        if (known := self._shared.get((team, channel))) is not None:
            return known
        try:
            room = (await call(await self.of(team), "conversations.info", channel=channel))["channel"]
        except SlackSaysNo as no:
            # Where we cannot see who reads, we say nothing.
            log.warning("channel.unknown", error=no.word)
            return True
        shared = bool(room.get("is_ext_shared") or room.get("is_pending_ext_shared"))
        self._shared.put((team, channel), shared)
        return shared

    async def _installation(self, team: str) -> Installation | None:
        return await (self._installations.find(team) if team else self._installations.the_only())
