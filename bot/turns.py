"""From Slack's payloads to features and back: keep, acknowledge, know duplicates, keep strangers out."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, TypeVar

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot import payloads, places
from bot.calling import within
from bot.doorkeeper import Doorkeeper
from bot.installations.installations import Installations
from bot.intake import Intake, Taken
from bot.kit import Kit
from bot.listeners.plainly import Plainly
from bot.payloads import Json, Turn
from bot.router import Kind, Router
from bot.sayings import occasion
from bot.sender import SlackAway
from bot.submissions import Submissions
from bot.views.choosing import unanswered
from bot.views.text import Block

log = structlog.get_logger()

Ack = Callable[..., Awaitable[Any]]
T = TypeVar("T")

# Slack waits three seconds for a menu's options, and what the person speaks may have to be asked for besides.
SEARCH_WITHIN = 1.6
# Whoever ends us gives us five seconds.
LEAVING = 3.0
# Slack was away while we had something to say: how long until we try again, each time longer.
AGAIN_AFTER = 5.0
UNREADABLE = (KeyError, IndexError, TypeError, ValueError, AttributeError)


class NotKept(Exception):
    """A turn could not be written down: it is not acknowledged."""


class Turns:
    """
    Takes each kind of payload; none of its methods raises, but `NotKept`.

    What is acknowledged is on disk first, and is worked on in a task that outlives the acknowledgement. What
    is not acknowledged Slack sends again if it is an event; of anything else it tells the person.
    """

    def __init__(
        self, kit: Kit, router: Router, plainly: Plainly, intake: Intake, installations: Installations
    ) -> None:
        self._kit = kit
        self._router = router
        self._plainly = plainly
        self._intake = intake
        self._installations = installations
        self._doorkeeper = Doorkeeper(kit)
        self._submissions = Submissions(kit, router, plainly, self._doorkeeper, self._start)
        self._under_way: set[asyncio.Task[Any]] = set()
        self._pauses: set[asyncio.Task[None]] = set()
        self.again_after = AGAIN_AFTER

    async def press(self, ack: Ack, body: Json) -> None:
        if not body.get("actions"):
            await ack()
            return
        await self._take("press", ack, body)

    async def command(self, ack: Ack, body: Json) -> None:
        await self._take("command", ack, body)

    async def shortcut(self, ack: Ack, body: Json) -> None:
        await self._take("shortcut", ack, body)

    async def event(self, ack: Ack, body: Json) -> None:
        if (gone := _read(places.gone, body)) is not None:
            await self._leave(gone)
            await ack()
            return
        turn = _read(payloads.told, body)
        if turn is None or not self._router.find(Kind.EVENT, turn.kind):
            await ack()
        elif not turn.foreign:
            await self._take("event", ack, body)
        else:
            await ack()
            _ = self._start(self._doorkeeper.point_home(turn))

    async def _leave(self, gone: places.Gone) -> None:
        """Forget the token of a workspace that we were thrown out of."""
        try:
            await self._installations.end(gone.place, gone.at)
        except SQLAlchemyError as error:
            log.error("installation.not_ended", error=type(error).__name__)
            raise NotKept from error

    async def search(self, ack: Ack, body: Json) -> None:
        """Answer a menu with groups of options; whatever goes wrong, with a word instead of nothing."""
        turn = _read(payloads.form, body)
        if turn is None:
            await ack(options=[])
            return
        found: list[Block] | None = None
        method = self._router.find(Kind.SEARCH, turn.form)
        if method is not None:
            try:
                async with asyncio.timeout(SEARCH_WITHIN):
                    if await self._doorkeeper.refusal(turn) is None:
                        found = await method(turn)
            except Exception as error:
                # There is no place for a sentence in a menu: its only option says it.
                log.warning("search.failed", error=type(error).__name__)
        await ack(option_groups=found or unanswered(await self._kit.language(turn)))

    async def form(self, ack: Ack, body: Json) -> None:
        """Answer a form: with what is wrong at each field, with another view, or by closing it."""
        turn = _read(payloads.form, body)
        if turn is None:
            await ack()
            return
        # Slack's name for this very submission: what is sent again after a correction is another.
        key = f"{turn.who.team}:{turn.who.user}:form:{turn.trigger}"
        await self._kept("form", (key,), body)
        submission = self._submissions.take(key, turn, body)
        if (answer := await submission.answer()) is not None:
            await ack(**answer)
            await self._done(key)
            return
        # Hurried on: the person sees that it goes on, and then what came of it.
        await ack(**await self._submissions.goes_on(submission))
        if submission.begin_finishing():
            _ = self._start(self._persist("form", key, lambda: self._submissions.finish(submission)))

    async def _take(self, kind: str, ack: Ack, body: Json) -> None:
        """Keep a turn, acknowledge it, and begin it unless it was taken before."""
        turn = _read(READERS[kind], body)
        if turn is None:
            await ack()
            return
        keys = _keys(turn)
        first = await self._kept(kind, keys, body)
        await ack()
        if first:
            _ = self._start(self._persist(kind, keys[0], lambda: self._work(turn)))

    async def _kept(self, kind: str, keys: tuple[str, ...], body: Json) -> bool:
        """Write a turn down; tell whether it is new."""
        try:
            return await self._intake.take(kind, keys, body)
        except SQLAlchemyError as error:
            log.error("turn.not_kept", error=type(error).__name__)
            raise NotKept from error

    async def _persist(self, kind: str, key: str, attempt: Callable[[], Awaitable[None]]) -> None:
        """Make an *attempt* at a turn until it is done, or Slack has been away too often."""
        tries: int | None = 1
        while True:
            try:
                with occasion(key):
                    await attempt()
            except SlackAway:
                # Whoever ends us need not wait for this: it is on disk.
                pause = asyncio.create_task(asyncio.sleep(self.again_after * (tries or 1)))
                self._pauses.add(pause)
                pause.add_done_callback(self._pauses.discard)
                await pause
                if (tries := await self._intake.again(key)) is None:
                    log.error("turn.given_up", kind=kind)
                    return
            else:
                await self._done(key)
                return

    async def _work(self, turn: Turn) -> None:
        """Let a feature answer *turn*."""
        of, name = _named(turn)

        async def work() -> None:
            method = self._router.find(of, name)
            if method is None:
                log.error("turn.unknown", kind=of.name, turn=name)
                return
            if standing := await self._doorkeeper.refusal(turn):
                await self._doorkeeper.turn_away(turn, standing)
            else:
                await method(turn)

        await self._plainly.run(turn, work)

    async def resume(self) -> None:
        """Go on with what an earlier process acknowledged and did not finish."""
        for taken in await self._intake.left():
            turn = _read(READERS[taken.kind], taken.body)
            if turn is None or await self._intake.again(taken.key) is None:
                log.error("turn.given_up", kind=taken.kind)
                await self._done(taken.key)
                continue
            log.info("turn.resumed", kind=taken.kind)
            with within(places.home(taken.body)):
                _ = self._start(self._persist(taken.kind, taken.key, self._attempt(taken, turn)))

    def _attempt(self, taken: Taken, turn: Turn) -> Callable[[], Awaitable[None]]:
        if not isinstance(turn, payloads.Form):
            return lambda: self._work(turn)
        submission = self._submissions.take(taken.key, turn, taken.body)
        return lambda: self._submissions.finish(submission)

    async def _done(self, key: str) -> None:
        try:
            await self._intake.done(key)
        except SQLAlchemyError as error:
            # It will be done once more after the next start; what it says is said once all the same.
            log.error("turn.not_ticked_off", error=type(error).__name__)

    def _start(self, work: Coroutine[Any, Any, T]) -> "asyncio.Task[T]":
        task = asyncio.create_task(work)
        self._under_way.add(task)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: "asyncio.Task[Any]") -> None:
        self._under_way.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            # A mistake of ours. The turn is still on disk, and begun once more after the next start.
            log.error("turn.crashed", exc_info=error)

    @property
    def busy(self) -> bool:
        """Whether anything is under way."""
        return bool(self._under_way)

    async def idle(self) -> None:
        """Wait until everything that is under way just now has come to its end."""
        if self._under_way:
            await asyncio.wait(self._under_way)

    async def settled(self) -> None:
        """Wait a little for what is being worked on; what does not end is on disk for the next start."""
        for pause in self._pauses:
            pause.cancel()
        if self._under_way:
            _, left = await asyncio.wait(self._under_way, timeout=LEAVING)
            if left:
                log.warning("turns.left_unfinished", count=len(left))
            for task in left:
                task.cancel()
            await asyncio.gather(*left, return_exceptions=True)


READERS: dict[str, Callable[[Json], Turn | None]] = {
    "press": payloads.press,
    "command": payloads.command,
    "shortcut": payloads.shortcut,
    "event": payloads.told,
    "form": payloads.form,
}


def _read(reader: Callable[[Json], T | None], body: Json) -> T | None:
    try:
        return reader(body)
    except UNREADABLE as error:
        # Signed by Slack and yet not what we know of: a new kind of payload, acknowledged and let be.
        log.error("payload.unreadable", kind=str(body.get("type")), error=type(error).__name__)
        return None


def _keys(turn: Turn) -> tuple[str, ...]:
    """What a turn is known by; a message has two names, its event's and its own."""
    keys = [f"{turn.who.team}:{turn.who.user}:{turn.key}"]
    if isinstance(turn, payloads.Told) and turn.channel and turn.ts:
        keys.append(f"{turn.who.team}:{turn.channel}:{turn.ts}")
    return tuple(keys)


def _named(turn: Turn) -> tuple[Kind, str]:
    """What the router knows *turn* by."""
    match turn:
        case payloads.Press():
            return Kind.PRESS, turn.action
        case payloads.Told():
            return Kind.EVENT, turn.kind
        case payloads.Command():
            return Kind.WORD, turn.word
        case payloads.Shortcut():
            return Kind.SHORTCUT, turn.shortcut
    raise TypeError(f"{type(turn).__name__} is no turn that a feature answers")
