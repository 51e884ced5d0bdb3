"""In which language the bot speaks to a person."""

from bot.kit import Kit
from bot.listeners.home import Homes
from bot.payloads import Command, Press, Turn
from bot.router import on_press, on_word
from bot.views.languages import choice, chosen
from shared.contracts.base import Language
from shared.contracts.identity import SetLanguage

HINTS: dict[str, Language] = {"kieli": "fi", "språk": "sv", "language": "en"}
NAMES: dict[str, Language] = {
    **dict.fromkeys(("fi", "suomi", "finska", "finnish"), "fi"),
    **dict.fromkeys(("sv", "ruotsi", "svenska", "swedish"), "sv"),
    **dict.fromkeys(("en", "englanti", "engelska", "english"), "en"),
}


class LanguageTurns:
    """Choosing a language."""

    def __init__(self, kit: Kit, homes: Homes) -> None:
        self._kit = kit
        self._homes = homes

    @on_word("language", "kieli", "språk")
    async def by_command(self, command: Command) -> None:
        language = NAMES.get(command.rest.casefold())
        if language is None:
            speaking = await self._kit.language(command, HINTS[command.word])
            await self._kit.answer(command, choice(speaking))
            return
        await self._choose(command, language)
        await self._kit.answer(command, chosen(language))

    @on_press("language.show")
    async def show(self, press: Press) -> None:
        await self._kit.answer(press, choice(await self._kit.language(press)))

    @on_press("language.choose")
    async def on_home(self, press: Press) -> None:
        if language := NAMES.get(press.value):
            await self._choose(press, language)

    @on_press("language.fi", "language.sv", "language.en")
    async def by_button(self, press: Press) -> None:
        language = NAMES[press.action.removeprefix("language.")]
        await self._choose(press, language)
        await self._kit.answer(press, chosen(language))

    async def _choose(self, turn: Turn, language: Language) -> None:
        await self._kit.bus.call(SetLanguage(request_id=turn.wish, chat=turn.who, language=language))
        self._kit.people.chose(turn.who, language)
        await self._homes.show(turn.who)
