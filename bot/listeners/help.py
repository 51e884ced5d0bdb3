"""What can be done here, and what somebody may have meant."""

from bot.answering import Answering, asked
from bot.kit import Kit
from bot.payloads import Command, Press
from bot.router import OTHERWISE, on_press, on_word
from bot.typed import near
from bot.views.guidance import answer
from bot.views.help import did_you_mean, menu

SENTENCE = 3  # From so many words on, an unknown command is a question.


class HelpTurns:
    """The menu, also for words that nobody knows."""

    def __init__(self, kit: Kit, answering: Answering) -> None:
        self._kit = kit
        self._answering = answering

    @on_word("", "help")
    async def by_command(self, command: Command) -> None:
        said = menu(await self._kit.language(command, command.spoken))
        await self._kit.answer(command, await self._kit.offering_change(command, command.spoken, said))

    @on_word(OTHERWISE)
    async def unknown(self, command: Command) -> None:
        question = asked(f"{command.word} {command.rest}")
        # An everyday word is meant as it is typed: *mitä* is no slip for *mina*, nor a wish to speak Swedish.
        found = [] if self._answering.is_everyday(command.word) else near(command.word)
        heard = found[0].spoken if found else self._answering.language_of(question)
        language = await self._kit.language(command, heard)
        if not found and len(question.split()) >= SENTENCE:
            answered = await self._answering.find(question, language)
            if answered.known:
                await self._kit.answer(command, answer(answered, language))
                return
        await self._kit.answer(command, did_you_mean(command.word, found, command.rest, language))

    @on_press("help.show")
    async def by_button(self, press: Press) -> None:
        await self._kit.answer(press, menu(await self._kit.language(press)))
