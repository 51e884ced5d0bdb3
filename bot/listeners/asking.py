"""Questions by command, by shortcut and by button, answered so that only the asker sees it."""

from uuid import uuid5

from bot.answering import Answering, asked
from bot.kit import Kit
from bot.payloads import WISHES, Command, Form, Press, Shortcut, Turn
from bot.router import Outcome, Show, Wrong, on_form, on_press, on_shortcut, on_word
from bot.sender import Said
from bot.storage import Rating
from bot.views.guidance import (
    QUESTION,
    USEFUL,
    answer,
    answer_modal,
    article_of,
    question_form,
    thanks,
    unknown,
)
from bot.words import say
from shared.contracts.base import Language


class AskingTurns:
    """A question, its answer, what stands near it, and whether it helped."""

    def __init__(self, kit: Kit, answering: Answering) -> None:
        self._kit = kit
        self._answering = answering

    @on_word("ask")
    async def by_command(self, command: Command) -> None:
        if command.words:
            await self._answer(command, command.words, command.spoken)
        else:
            await self._ask(command, command.spoken)

    @on_shortcut("ask.begin")
    async def by_shortcut(self, shortcut: Shortcut) -> None:
        await self._ask(shortcut)

    @on_press("ask.begin")
    async def by_button(self, press: Press) -> None:
        await self._ask(press)

    @on_shortcut("ask.about")
    async def about_message(self, shortcut: Shortcut) -> None:
        """Answer a message that somebody wrote, to the one who asked about it and nobody else."""
        await self._answer(shortcut, shortcut.text)

    @on_form("ask.question")
    async def question(self, form: Form) -> Outcome:
        question = asked(form.text(QUESTION))
        language = await self._kit.language(form, self._answering.language_of(question))
        if not question:
            return Wrong({QUESTION: say("guidance.question_missing", language)})
        return Show(answer_modal(await self._answering.find(question, language), language))

    @on_press("guidance.near_1", "guidance.near_2")
    async def near(self, press: Press) -> None:
        language = await self._kit.language(press)
        article = await self._answering.article(press.value, language)
        if article is None:
            await self._kit.answer(press, Said(say("common.older_press", language)))
        elif press.message and press.channel:
            said = article_of(article, language)
            await self._kit.sender.post(press.channel, said, thread=press.thread or press.message)
        else:
            await self._kit.answer(press, article_of(article, language))

    @on_press("feedback.answer", "feedback.yes", "feedback.no")
    async def rated(self, press: Press) -> None:
        """Keep whether an answer helped, and for which topic: not who says so, and not what was asked."""
        verdict, _, topic = press.value.partition(":")
        language = await self._kit.language(press)
        useful = verdict == USEFUL
        if await self._answering.article(topic, language) is not None:
            # Slack gives every message's blocks names of their own, also where only one person sees it.
            place = press.message or press.modal or press.block
            key = uuid5(WISHES, f"rating:{press.who.team}:{press.who.user}:{place}:{topic}")
            await self._kit.memory.rate(Rating(key, topic, useful, language))
        await self._kit.answer(press, thanks(useful=useful, language=language))

    async def _ask(self, turn: Turn, heard: Language | None = None) -> None:
        language = await self._kit.language(turn, heard)
        if turn.modal:
            await self._kit.sender.update(turn.modal, question_form(language))
        else:
            await self._kit.sender.open(turn.trigger or "", question_form(language))

    async def _answer(self, turn: Turn, text: str, spoken: Language | None = None) -> None:
        question = asked(text)
        heard = self._answering.language_of(question) or spoken
        language = await self._kit.language(turn, heard)
        if not question:
            await self._kit.answer(turn, Said(say("guidance.no_words", language)))
            return
        found = await self._answering.find(question, language)
        said = answer(found, language) if found.known else unknown(language)
        await self._kit.answer(turn, await self._kit.offering_change(turn, heard, said))
