"""In which language the bot speaks to a person."""

from bot.kit import Kit
from bot.listeners.home import Homes
from bot.payloads import Command, Press, Turn
from bot.router import on_press, on_word
from bot.typed import matching
from bot.views.languages import choice, chosen
from shared.contracts.base import Language
from shared.contracts.identity import SetLanguage

NAMES: dict[Language, tuple[str, ...]] = {
    "fi": ("fi", "suomi", "finska", "finnish"),
    "sv": ("sv", "ruotsi", "svenska", "swedish"),
    "en": ("en", "englanti", "engelska", "english"),
}


class LanguageTurns:
    """Choosing a language."""

    def __init__(self, kit: Kit, homes: Homes) -> None:
        self._kit = kit
        self._homes = homes

    @on_word("language")
    async def by_command(self, command: Command) -> None:
        found = matching(command.words, NAMES)
        if len(found) != 1:
            speaking = await self._kit.language(command, command.spoken)
            await self._kit.answer(command, choice(speaking))
            return
        await self._choose(command, found[0])
        await self._kit.answer(command, chosen(found[0]))

    @on_press("language.show")
    async def show(self, press: Press) -> None:
        await self._kit.answer(press, choice(await self._kit.language(press)))

    @on_press("language.choose")
    async def on_home(self, press: Press) -> None:
        if press.value in NAMES:
            await self._choose(press, next(each for each in NAMES if each == press.value))

    @on_press("language.fi", "language.sv", "language.en")
    async def by_button(self, press: Press) -> None:
        language = next(each for each in NAMES if press.action == f"language.{each}")
        await self._choose(press, language)
        await self._kit.answer(press, chosen(language))

    async def _choose(self, turn: Turn, language: Language) -> None:
        await self._kit.bus.call(SetLanguage(request_id=turn.wish, chat=turn.who, language=language))
        self._kit.people.chose(turn.who, language)
        await self._homes.show(turn.who)
