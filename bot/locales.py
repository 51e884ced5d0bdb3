"""What to speak to an account of which nobody has said anything: its workspace's language, or its own."""

from bot.people import Fresh
from bot.sender import Sender, SlackAway, SlackSaysNo
from bot.settings import BotSettings
from bot.speech import Tongue, of_locale, spoken
from shared.contracts.base import Language
from shared.contracts.identity import ChatAccount

LOCALE_FOR = 3600.0


class Locales:
    """Asks the settings first, and Slack after them."""

    def __init__(self, settings: BotSettings, sender: Sender) -> None:
        self._settings = settings
        self._sender = sender
        self._locales: Fresh[ChatAccount, str] = Fresh(LOCALE_FOR)

    async def language(self, chat: ChatAccount) -> Language:
        """What is spoken in *chat*'s workspace; where that is not set, what the account is set to."""
        if workspace := self._settings.language_of(chat.team):
            return spoken(Tongue(), workspace=workspace)
        return spoken(Tongue(), locale=of_locale(await self._locale(chat)))

    async def _locale(self, chat: ChatAccount) -> str:
        known = self._locales.get(chat)
        if known is None:
            try:
                known = await self._sender.locale(chat)
            except (SlackSaysNo, SlackAway):
                # A hint that is missing is no failure.
                known = ""
            self._locales.put(chat, known)
        return known
