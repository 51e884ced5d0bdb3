"""Forms that were sent: answered in time, or hurried on and finished later; each once."""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass
from typing import Any, Protocol

import structlog

from bot.doorkeeper import Doorkeeper
from bot.kit import Kit
from bot.listeners.plainly import Plainly
from bot.payloads import Form, Json
from bot.router import Kind, Outcome, Router, Show, Wrong
from bot.sayings import occasion
from bot.sender import Said
from bot.views.common import telling, working
from bot.words import say

log = structlog.get_logger()

# Slack waits three seconds for what a form comes to.
WITHIN = 1.5
# How many of the latest are remembered, so that one that comes twice gets the same answer.
MOST = 500


class Start(Protocol):
    """Starts work that outlives the acknowledgement."""

    def __call__(self, work: Coroutine[Any, Any, Outcome]) -> "asyncio.Task[Outcome]": ...


@dataclass(slots=True)
class Submission:
    """One form that was sent, and what comes of it."""

    turn: Form
    title: str
    outcome: "asyncio.Task[Outcome]"
    finishing: bool = False

    async def answer(self) -> Json | None:
        """What to acknowledge it with, or nothing if that is not known in time."""
        done, _ = await asyncio.wait({self.outcome}, timeout=WITHIN)
        return _answer(self.outcome.result()) if done else None

    def begin_finishing(self) -> bool:
        """True for the first who asks: only one has to show what came of it."""
        first, self.finishing = not self.finishing, True
        return first


class Submissions:
    """The forms of late, by Slack's name for each submission."""

    def __init__(
        self, kit: Kit, router: Router, plainly: Plainly, doorkeeper: Doorkeeper, start: Start
    ) -> None:
        self._kit = kit
        self._router = router
        self._plainly = plainly
        self._doorkeeper = doorkeeper
        self._start = start
        self._of_late: dict[str, Submission] = {}

    def take(self, key: str, turn: Form, body: Json) -> Submission:
        """
        Begin with *turn*, or find it begun.

        After a restart a form that comes again is begun again: its commands carry the same request id.
        """
        if (known := self._of_late.get(key)) is not None:
            return known
        if len(self._of_late) >= MOST:
            del self._of_late[next(iter(self._of_late))]
        title = str(((body.get("view") or {}).get("title") or {}).get("text") or "Kanta")
        task = self._start(self._outcome(key, turn, title))
        submission = self._of_late[key] = Submission(turn, title, task)
        return submission

    async def goes_on(self, submission: Submission) -> Json:
        language = await self._kit.language(submission.turn)
        return {"response_action": "update", "view": working(submission.title, language)}

    async def finish(self, submission: Submission) -> None:
        """Show in the form's place what came of it."""
        turn, title = submission.turn, submission.title
        outcome = await submission.outcome
        language = await self._kit.language(turn)
        match outcome:
            case Show(view):
                shown = view
            case Wrong(fields):
                shown = telling(title, Said("\n".join(fields.values())), language)
            case None:
                shown = telling(title, Said(say("common.done", language)), language)
        await self._plainly.run(turn, lambda: self._kit.sender.update(turn.view_id, shown))

    async def _outcome(self, key: str, turn: Form, title: str) -> Outcome:
        method = self._router.find(Kind.FORM, turn.form)
        if method is None:
            log.error("form.unknown", form=turn.form)
            return None
        try:
            if standing := await self._doorkeeper.refusal(turn):
                sentence = await self._doorkeeper.sentence(turn, standing)
                return Show(telling(title, Said(sentence), await self._kit.language(turn)))
            with occasion(key):
                outcome: Outcome = await method(turn)
        except Exception as error:
            # The outermost boundary for forms: the sentence takes the form's place.
            await self._plainly.identify_if_needed(turn, error)
            sentence = await self._plainly.sentence(turn, error)
            return Show(telling(title, Said(sentence), await self._kit.language(turn)))
        return outcome


def _answer(outcome: Outcome) -> Json:
    match outcome:
        case Wrong(fields):
            return {"response_action": "errors", "errors": fields}
        case Show(view):
            return {"response_action": "update", "view": view}
    return {}
