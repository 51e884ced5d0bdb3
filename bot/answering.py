"""Answers from the guidance, read when the first question comes."""

import asyncio
import html
import re
from typing import TYPE_CHECKING

from shared.contracts.base import Language

if TYPE_CHECKING:
    from bot.guidance.articles import Article
    from bot.guidance.index import Answer, Guidance

MENTION = re.compile(r"<[@!#][^>]*>")
LONGEST = 1000


def asked(text: str) -> str:
    """The question in a message: what Slack escaped written out, and without mentions."""
    return html.unescape(MENTION.sub(" ", text)).strip()[:LONGEST]


class Answering:
    """The guidance, for everybody who asks it."""

    def __init__(self) -> None:
        self._guidance: Guidance | None = None
        self._loading = asyncio.Lock()

    async def find(self, question: str, language: Language) -> "Answer":
        """What fits *question*, told in *language*."""
        guidance = await self._load()
        return await asyncio.to_thread(guidance.ask, question, language)

    async def article(self, topic: str, language: Language) -> "Article | None":
        """The article on *topic*, unless there is none."""
        guidance = await self._load()
        return guidance.article(topic, language) if topic in guidance.topics else None

    @staticmethod
    def language_of(text: str) -> Language | None:
        """The language that *text* is written in, if it tells."""
        from bot.guidance.language import detect_language

        return detect_language(text)

    @staticmethod
    def is_everyday(word: str) -> bool:
        """Whether *word* is an everyday word of one of the languages."""
        from bot.guidance.language import tells_its_language

        return tells_its_language(word)

    async def _load(self) -> "Guidance":
        async with self._loading:
            if self._guidance is None:
                self._guidance = await asyncio.to_thread(_read)
        return self._guidance


def _read() -> "Guidance":
    # Here and not above: numpy and three hundred articles can wait for the first question.
    from bot.guidance.index import Guidance

    return Guidance.load()
