"""Where the bot is, put together: its installations, the way in, the tokens it speaks by."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

from bot.installations.clients import TokenClients
from bot.installations.door import Door
from bot.installations.installation import given
from bot.installations.installations import Installations
from bot.installations.pages import Pages
from bot.installations.renewing import renewing
from bot.installations.vault import Vault
from bot.sender import Sender, client
from bot.settings import BotSettings
from shared.storage.database import Database


@dataclass(frozen=True, slots=True)
class Presence:
    """Without a client id there is no *door*, and one workspace: the one whose token the settings hold."""

    settings: BotSettings
    installations: Installations
    clients: TokenClients
    door: Door | None
    now: Callable[[], datetime]

    @classmethod
    def of(cls, settings: BotSettings, database: Database, now: Callable[[], datetime]) -> "Presence":
        vault = Vault(settings.token_keys) if settings.installable else None
        installations = Installations(database, vault, now)
        door = (
            Door(settings, database, installations, client(settings, ""), now)
            if settings.installable
            else None
        )
        return cls(settings, installations, TokenClients(settings, installations, door, now), door, now)

    @property
    def pages(self) -> Pages | None:
        return None if self.door is None else Pages(self.settings, self.door)

    @asynccontextmanager
    async def kept(self, sender: Sender) -> AsyncIterator[None]:
        """Know where we are, and keep the tokens fresh until the block ends."""
        token = self.settings.slack_bot_token.get_secret_value()
        if token or self.door is None:
            self.installations.own = given(await sender.whoami(), token, self.now())
        await self.installations.seal_anew()
        async with renewing(self.installations, self.door, self.now):
            yield
