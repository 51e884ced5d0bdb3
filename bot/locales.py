"""What to speak to an account of which nobody has said anything: its workspace's language, or its own."""

from bot.accounts import Accounts
from bot.sender import SlackAway, SlackSaysNo
from bot.settings import BotSettings
from bot.speech import Tongue, spoken
from shared.contracts.base import Language
from shared.contracts.identity import ChatAccount


class Locales:
    """Asks the settings first, and Slack after them."""

    def __init__(self, settings: BotSettings, accounts: Accounts) -> None:
        self._settings = settings
        self._accounts = accounts

    async def language(self, chat: ChatAccount) -> Language:
        """What is spoken in *chat*'s workspace; where that is not set, what the account is set to."""
        if workspace := self._settings.language_of(chat.team):
            return spoken(Tongue(), workspace=workspace)
        try:
            account = await self._accounts.look(chat)
        except (SlackSaysNo, SlackAway):
            # A hint that is missing is no failure.
            return spoken(Tongue())
        return spoken(Tongue(), locale=account.locale)
