"""What can be done here."""

from bot.kit import Kit
from bot.payloads import Command, Press, Turn
from bot.router import OTHERWISE, on_press, on_word
from bot.views.help import menu
from shared.contracts.base import Language

HINTS: dict[str, Language] = {"ohje": "fi", "hjälp": "sv", "help": "en"}


class HelpTurns:
    """The menu, also for words that nobody knows."""

    def __init__(self, kit: Kit) -> None:
        self._kit = kit

    @on_word("", "help", "ohje", "hjälp")
    async def by_command(self, command: Command) -> None:
        await self._menu(command, hint=HINTS.get(command.word))

    @on_word(OTHERWISE)
    async def unknown(self, command: Command) -> None:
        await self._menu(command, unknown=command.word)

    @on_press("help.show")
    async def by_button(self, press: Press) -> None:
        await self._menu(press)

    async def _menu(self, turn: Turn, unknown: str = "", hint: Language | None = None) -> None:
        language = await self._kit.language(turn, hint)
        await self._kit.answer(turn, menu(language, unknown))
