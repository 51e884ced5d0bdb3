"""Questions in plain words, answered from the guidance."""

import asyncio
import html
import re
from typing import TYPE_CHECKING

from bot.kit import Kit
from bot.payloads import Press, Told
from bot.router import on_event, on_press
from bot.views.guidance import answer, article_of, prompts, unknown
from bot.views.help import menu
from shared.contracts.base import Language

if TYPE_CHECKING:
    from bot.guidance.index import Guidance

MENTION = re.compile(r"<[@!#][^>]*>")
LONGEST = 1000


class QuestionTurns:
    """Answers questions in direct messages and mentions."""

    def __init__(self, kit: Kit) -> None:
        self._kit = kit
        self._guidance: Guidance | None = None
        self._loading = asyncio.Lock()

    @on_event("message")
    async def in_private(self, told: Told) -> None:
        if told.channel_type == "im":
            await self._reply(told)

    @on_event("app_mention")
    async def mentioned(self, told: Told) -> None:
        await self._reply(told)

    @on_event("messages_opened")
    async def suggest(self, told: Told) -> None:
        language = await self._kit.language(told)
        if told.channel:
            await self._kit.sender.prompts(told.channel, prompts(language))

    @on_press("guidance.near_1", "guidance.near_2")
    async def near(self, press: Press) -> None:
        guidance = await self._load()
        language = await self._kit.language(press)
        if press.value not in guidance.topics:
            return
        said = article_of(guidance.article(press.value, language), language)
        await self._kit.sender.post(press.channel or press.who.user, said, thread=press.thread)

    async def _reply(self, told: Told) -> None:
        # A mention in a channel comes twice, as a message and as a mention.
        if not await self._kit.memory.first_time(f"said:{told.channel}:{told.ts}"):
            return
        text = html.unescape(MENTION.sub(" ", told.text)).strip()[:LONGEST]
        if not text:
            said = menu(await self._kit.language(told))
        else:
            guidance = await self._load()
            language = await self._kit.language(told, _detect(text))
            found = await asyncio.to_thread(guidance.ask, text, language)
            said = answer(found, language) if found.known else unknown(language)
        await self._kit.sender.post(told.channel or told.who.user, said, thread=told.thread)

    async def _load(self) -> "Guidance":
        async with self._loading:
            if self._guidance is None:
                self._guidance = await asyncio.to_thread(_read)
        return self._guidance


def _read() -> "Guidance":
    # Here and not above: numpy and three hundred articles can wait for the first question.
    from bot.guidance.index import Guidance

    return Guidance.load()


def _detect(text: str) -> Language | None:
    from bot.guidance.language import detect_language

    return detect_language(text)
