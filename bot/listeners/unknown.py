"""Buttons, shortcuts and forms that this version of the bot does not know: an answer instead of silence."""

import structlog

from bot.kit import Kit
from bot.payloads import Form, Press, Shortcut
from bot.router import OTHERWISE, Outcome, Show, on_form, on_press, on_search, on_shortcut
from bot.sender import Said
from bot.views import choosing
from bot.views.common import telling
from bot.views.text import Block
from bot.words import say

log = structlog.get_logger()


class UnknownTurns:
    """Says kindly that something is out of date, and what to do instead."""

    def __init__(self, kit: Kit) -> None:
        self._kit = kit

    @on_press(OTHERWISE)
    async def press(self, press: Press) -> None:
        log.warning("press.unknown", action=press.action)
        language = await self._kit.language(press)
        await self._kit.answer(press, Said(say("common.older_press", language)))

    @on_shortcut(OTHERWISE)
    async def shortcut(self, shortcut: Shortcut) -> None:
        log.warning("shortcut.unknown", shortcut=shortcut.shortcut)
        language = await self._kit.language(shortcut)
        await self._kit.answer(shortcut, Said(say("common.older_press", language)))

    @on_form(OTHERWISE)
    async def form(self, form: Form) -> Outcome:
        log.warning("form.unknown", form=form.form)
        language = await self._kit.language(form)
        said = Said(say("common.older_form", language))
        return Show(telling(say("common.older_title", language), said, language))

    @on_search(OTHERWISE)
    async def search(self, form: Form) -> list[Block]:
        log.warning("search.unknown", menu=form.form)
        language = await self._kit.language(form)
        return choosing.only_words(say("common.older_title", language), say("choosing.open_again", language))
