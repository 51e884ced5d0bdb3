"""What every feature works with: the bus, people, the sender and the memory, and a way to answer."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from uuid import UUID
from weakref import WeakValueDictionary

from bot.accounts import Accounts
from bot.bounds import Bounded
from bot.choices import Choices
from bot.diary import Diary
from bot.fresh import Fresh
from bot.payloads import Command, Form, Press, Turn
from bot.people import People
from bot.sender import Said, Sender, SlackSaysNo
from bot.speech import other_than
from bot.storage import Memory
from bot.views.common import telling, waiting
from bot.views.languages import with_offer
from bot.words import say
from shared.contracts.base import Language, Refusal, ReplyT, Request, Unavailable
from shared.contracts.identity import ChatAccount

CONVERSATION = 900.0  # How long an exchange goes on in the language that it began in.


PUBLISHED = 3600.0  # How long we remember what is on somebody's Home tab.


def _conversations() -> Fresh[ChatAccount, Language]:
    return Fresh(CONVERSATION)


def _hashes() -> Fresh[ChatAccount, str]:
    return Fresh(PUBLISHED)


def _numbers() -> Fresh[ChatAccount, int]:
    return Fresh(PUBLISHED)


@dataclass(slots=True)
class Kit:
    """
    The tools of the bot.

    *published*, *looked* and *pages* are the hash, the number of the look and the page of the Home tab that
    each account has before it.
    """

    bus: Bounded
    people: People
    sender: Sender
    memory: Memory
    diary: Diary
    accounts: Accounts
    choices: Choices
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    published: Fresh[ChatAccount, str] = field(default_factory=_hashes)
    looked: Fresh[ChatAccount, int] = field(default_factory=_numbers)
    pages: Fresh[ChatAccount, int] = field(default_factory=_numbers)
    looks: Iterator[int] = field(default_factory=lambda: count(1))
    _modals: dict[str, tuple[str, str]] = field(default_factory=dict)
    _heard: Fresh[ChatAccount, Language] = field(default_factory=_conversations)
    _locks: WeakValueDictionary[UUID | ChatAccount, asyncio.Lock] = field(default_factory=WeakValueDictionary)

    async def ask(self, request: Request[ReplyT], turn: Turn) -> ReplyT:
        """Send *request* on behalf of the person whose turn it is."""
        return await self.bus.call(request, on_behalf=self.people.acting(turn.who))

    async def language(self, turn: Turn, heard: Language | None = None) -> Language:
        """
        What to speak in this turn; *heard* is the language that the person uses in it.

        What they press and send after their words goes on in the language of those words; the Home tab
        and the cards in it are no part of that exchange.
        """
        if heard is not None:
            self._heard.put(turn.who, heard)
        elif isinstance(turn, Command):
            heard = turn.spoken
        elif isinstance(turn, Form) or (isinstance(turn, Press) and not turn.home):
            heard = self._heard.get(turn.who)
        return await self.people.language(turn.who, heard)

    async def offering_change(self, turn: Turn, heard: Language | None, said: Said) -> Said:
        """
        Say *said*; to somebody who wrote in another language than they once chose, also how to change that.
        """
        try:
            other = other_than(await self.people.tongue(turn.who), heard)
        except (Unavailable, Refusal):
            return said
        return said if other is None else with_offer(said, other)

    async def open(self, turn: Turn, title: str, language: Language) -> str:
        """
        Show a modal that says to wait, while the turn's trigger lives; return its id.

        Who presses in a modal goes on in that one. Whatever goes wrong later in this turn is said in it, too.
        """
        view = waiting(title, language)
        if turn.modal:
            await self.sender.update(turn.modal, view)
        view_id = turn.modal or await self.sender.open(turn.trigger or "", view)
        self._modals[turn.key] = (view_id, title)
        return view_id

    async def answer(self, turn: Turn, said: Said) -> None:
        """Say something that only the person who acted sees, where they look just now."""
        language = await self.language(turn)
        view_id, title = self._modals.get(turn.key, (turn.modal, say("common.app_title", language)))
        if view_id:
            await self.sender.update(view_id, telling(title, said, language))
        elif turn.home:
            try:
                await self.sender.open(turn.trigger or "", telling(title, said, language))
            except SlackSaysNo:
                # Too late for a modal: the answer waits in a message.
                await self.sender.post(turn.who.user, said)
        elif turn.response_url:
            try:
                await self.sender.respond(turn.response_url, said)
            except SlackSaysNo:
                # Used up, or too old: in a message of their own nobody else sees it, either.
                await self.sender.post(turn.who.user, said)
        else:
            thread = turn.thread if turn.channel else None
            await self.sender.post(turn.channel or turn.who.user, said, thread=thread)

    def alone_with(self, subject: UUID | ChatAccount) -> asyncio.Lock:
        """Let nobody else change what is shown of *subject* meanwhile: an older state must not come last."""
        return self._locks.setdefault(subject, asyncio.Lock())

    def has_modal(self, turn: Turn) -> bool:
        return turn.key in self._modals

    def done_with(self, turn: Turn) -> None:
        """Forget what was open for *turn*."""
        self._modals.pop(turn.key, None)
