"""From Slack's payloads to features and back: acknowledge, know duplicates, keep strangers out."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any

import structlog

from bot import payloads
from bot.kit import Kit
from bot.listeners.plainly import Plainly
from bot.payloads import Command, Form, Json, Turn
from bot.router import Kind, Outcome, Router, Show, Wrong
from bot.sender import Said
from bot.views.choosing import unanswered
from bot.views.common import telling, working
from bot.views.text import Block
from bot.words import say

log = structlog.get_logger()

Ack = Callable[..., Awaitable[Any]]

# Slack waits three seconds for what a form comes to.
FORM_WITHIN = 2.0
# Likewise for a menu's options, and what the person speaks may have to be asked for besides.
SEARCH_WITHIN = 1.6
# Whoever ends us gives us five seconds.
LEAVING = 3.0


def _noted(method: Callable[..., Awaitable[None]]) -> Callable[..., Awaitable[None]]:
    """Bolt runs each turn in a task of its own and forgets it: who leaves must know of those under way."""

    @wraps(method)
    async def noted(self: "Turns", *payload: Any) -> None:
        task = asyncio.current_task()
        if task is not None:
            self._under_way.add(task)
        try:
            await method(self, *payload)
        finally:
            if task is not None:
                self._under_way.discard(task)

    return noted


class Turns:
    """Takes each kind of payload; none of its methods raises."""

    def __init__(self, kit: Kit, router: Router, plainly: Plainly) -> None:
        self._kit = kit
        self._router = router
        self._plainly = plainly
        self._late: set[asyncio.Task[None]] = set()
        self._under_way: set[asyncio.Task[Any]] = set()

    @_noted
    async def press(self, ack: Ack, body: Json) -> None:
        await ack()
        if body.get("actions"):
            turn = payloads.press(body)
            if isinstance(turn, Command):
                await self._take(Kind.WORD, turn.word, turn)
            else:
                await self._take(Kind.PRESS, turn.action, turn)

    @_noted
    async def command(self, ack: Ack, body: Json) -> None:
        await ack()
        turn = payloads.command(body)
        await self._take(Kind.WORD, turn.word, turn)

    @_noted
    async def shortcut(self, ack: Ack, body: Json) -> None:
        await ack()
        turn = payloads.shortcut(body)
        await self._take(Kind.SHORTCUT, turn.shortcut, turn)

    @_noted
    async def event(self, body: Json) -> None:
        turn = payloads.told(body)
        if turn is not None and not turn.foreign and self._router.find(Kind.EVENT, turn.kind):
            await self._take(Kind.EVENT, turn.kind, turn)

    @_noted
    async def search(self, ack: Ack, body: Json) -> None:
        """Answer a menu with groups of options; whatever goes wrong, with a word instead of nothing."""
        turn = payloads.form(body)
        method = self._router.find(Kind.SEARCH, turn.form)
        found: list[Block] | None = None
        if method is not None and not turn.foreign:
            try:
                async with asyncio.timeout(SEARCH_WITHIN):
                    found = await method(turn)
            except Exception as error:
                # There is no place for a sentence in a menu: its only option says it.
                log.warning("search.failed", error=type(error).__name__)
        await ack(option_groups=found or unanswered(await self._kit.language(turn)))

    @_noted
    async def form(self, ack: Ack, body: Json) -> None:
        """Answer a form: with what is wrong at each field, with another view, or by closing it."""
        turn = payloads.form(body)
        title = str(((body.get("view") or {}).get("title") or {}).get("text") or "Kanta")
        task = asyncio.create_task(self._outcome(turn, title))
        done, _ = await asyncio.wait({task}, timeout=FORM_WITHIN)
        if done:
            await ack(**_answer(task.result()))
            return
        # Hurried on: the person sees that it goes on, and then what came of it.
        language = await self._kit.language(turn)
        await ack(response_action="update", view=working(title, language))
        late = asyncio.create_task(self._finish(turn, title, task))
        self._late.add(late)
        late.add_done_callback(self._late.discard)

    async def _finish(self, turn: Form, title: str, task: "asyncio.Task[Outcome]") -> None:
        outcome = await task
        language = await self._kit.language(turn)
        match outcome:
            case Show(view):
                shown = view
            case Wrong(fields):
                shown = telling(title, Said("\n".join(fields.values())), language)
            case None:
                shown = telling(title, Said(say("common.done", language)), language)
        await self._plainly.run(turn, lambda: self._kit.sender.update(turn.view_id, shown))

    async def _outcome(self, turn: Form, title: str) -> Outcome:
        method = self._router.find(Kind.FORM, turn.form)
        if method is None:
            log.error("form.unknown", form=turn.form)
            return None
        try:
            if turn.foreign:
                return await self._told(turn, title, "common.foreign")
            outcome: Outcome = await method(turn)
        except Exception as error:
            # The outermost boundary for forms: the sentence takes the form's place.
            await self._plainly.identify_if_needed(turn, error)
            sentence = await self._plainly.sentence(turn, error)
            return Show(telling(title, Said(sentence), await self._kit.language(turn)))
        return outcome

    async def _told(self, turn: Turn, title: str, key: str) -> Show:
        language = await self._kit.language(turn)
        return Show(telling(title, Said(say(key, language)), language))

    async def _take(self, kind: Kind, name: str, turn: Turn) -> None:
        async def work() -> None:
            if turn.foreign:
                await self._kit.answer(turn, Said(say("common.foreign", "en")))
                return
            method = self._router.find(kind, name)
            if method is None:
                log.error("turn.unknown", kind=kind.name, turn=name)
                return
            if await self._kit.memory.first_time(f"{turn.who.team}:{turn.who.user}:{turn.key}"):
                await method(turn)

        await self._plainly.run(turn, work)

    async def settled(self) -> None:
        """Wait a little for what is still being worked on: it was acknowledged, nobody will send it again."""
        if unfinished := self._under_way | self._late:
            _, left = await asyncio.wait(unfinished, timeout=LEAVING)
            if left:
                log.warning("turns.left_unfinished", count=len(left))
            for task in left:
                task.cancel()
            await asyncio.gather(*left, return_exceptions=True)


def _answer(outcome: Outcome) -> Json:
    match outcome:
        case Wrong(fields):
            return {"response_action": "errors", "errors": fields}
        case Show(view):
            return {"response_action": "update", "view": view}
    return {}
