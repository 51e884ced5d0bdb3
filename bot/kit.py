"""What every feature works with: the bus, people, the sender and the memory, and a way to answer."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from bot.payloads import Turn
from bot.people import People
from bot.sender import Said, Sender
from bot.storage import Memory
from bot.views.common import telling, waiting
from shared.contracts.base import Language, ReplyT, Request
from shared.messaging.bus import Caller


@dataclass(slots=True)
class Kit:
    """The tools of the bot."""

    bus: Caller
    people: People
    sender: Sender
    memory: Memory
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    _modals: dict[str, tuple[str, str]] = field(default_factory=dict)

    async def ask(self, request: Request[ReplyT], turn: Turn) -> ReplyT:
        """Send *request* on behalf of the person whose turn it is."""
        return await self.bus.call(request, on_behalf=self.people.acting(turn.who))

    async def language(self, turn: Turn, hint: Language | None = None) -> Language:
        return await self.people.language(turn.who, hint)

    async def open(self, turn: Turn, title: str, language: Language) -> str:
        """
        Open a modal that says to wait, while the turn's trigger lives; return its id.

        Whatever goes wrong later in this turn is then said in that modal.
        """
        view_id = await self.sender.open(turn.trigger or "", waiting(title, language))
        self._modals[turn.key] = (view_id, title)
        return view_id

    async def answer(self, turn: Turn, said: Said) -> None:
        """Say something that only the person who acted sees, where they look just now."""
        if modal := self._modals.get(turn.key):
            view_id, title = modal
            language = await self.language(turn)
            await self.sender.update(view_id, telling(title, said, language))
        elif turn.response_url:
            await self.sender.respond(turn.response_url, said)
        else:
            thread = turn.thread if turn.channel else None
            await self.sender.post(turn.channel or turn.who.user, said, thread=thread)

    def has_modal(self, turn: Turn) -> bool:
        return turn.key in self._modals

    def done_with(self, turn: Turn) -> None:
        """Forget what was open for *turn*."""
        self._modals.pop(turn.key, None)
