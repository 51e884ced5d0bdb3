"""Accept an offer, or find out what is in the way; go on after an identification."""

import asyncio
from collections.abc import Awaitable, Callable
from uuid import UUID, uuid5

import structlog

from bot.cards import Cards
from bot.kit import Kit
from bot.payloads import WISHES
from bot.sender import Said
from bot.views.refusals import sentence
from bot.words import LANGUAGES
from shared.contracts.base import IdentificationTooOld, IdentificationTooWeak, Language, Refusal, ReplyT
from shared.contracts.identity import ChatAccount, ChatAccountNotLinked, Intent
from shared.contracts.roles import AcceptGrant, GrantId, GrantView
from shared.contracts.roles_refusals import BehindTheFacts, TextChanged

log = structlog.get_logger()

# Seconds. Roles waits for one at most for what identity said last, since most who ask stand before a form.
# Whoever comes back from the login page stands before nothing that they could press again: we try on for
# them. With the same request id each time it acts once.
CATCHING_UP = (0.5, 1.0, 2.0)


def wish_of(chat: ChatAccount, grant: UUID, language: str, text_hash: str) -> UUID:
    """One request id for one wish: whoever presses twice asks once."""
    return uuid5(WISHES, f"accept:{chat.team}:{chat.user}:{grant}:{language}:{text_hash}")


def intent_to_accept(chat: ChatAccount, grant: UUID, language: str, text_hash: str) -> Intent:
    """What to remember while the person identifies."""
    return Intent(
        kind="grant.accept",
        subject=grant,
        request_id=wish_of(chat, grant, language, text_hash),
        details={"text_hash": text_hash, "language": language},
    )


class Accepting:
    """Accepts on behalf of a person, from a button or after the login page."""

    def __init__(self, kit: Kit, cards: Cards) -> None:
        self._kit = kit
        self._cards = cards

    async def accept(self, chat: ChatAccount, intent: Intent) -> GrantView:
        """
        Send the acceptance that *intent* tells of, and show what came of it.

        Raises:
            ChatAccountNotLinked, IdentificationTooOld, IdentificationTooWeak: the person has to identify
                first.
            Refusal: the offer cannot be accepted; its card has been brought up to date.
        """
        grant = GrantId(intent.subject or intent.request_id)
        command = AcceptGrant(
            request_id=intent.request_id,
            grant=grant,
            language=language_in(intent),
            text_hash=intent.details.get("text_hash", ""),
        )
        try:
            accepted = await once_heard(
                lambda: self._kit.bus.call(command, on_behalf=self._kit.people.acting(chat))
            )
        except (ChatAccountNotLinked, IdentificationTooOld, IdentificationTooWeak):
            raise
        except TextChanged:
            self._kit.people.forget_texts()
            await self._cards.refresh(grant)
            raise
        except Refusal:
            await self._cards.refresh(grant)
            raise
        await self._cards.settle(accepted)
        return accepted

    async def go_on(self, chat: ChatAccount, intent: Intent) -> None:
        """Accept after an identification; what is in the way is said in a message."""
        try:
            await self.accept(chat, intent)
        except Refusal as refusal:
            log.info("acceptance.refused", code=refusal.code)
            language = await self._kit.people.language(chat)
            await self._kit.sender.post(chat, Said(sentence(refusal, language)))


def language_in(intent: Intent) -> Language:
    """The language in which the person read the role's text."""
    return next((each for each in LANGUAGES if each == intent.details.get("language")), "en")


async def once_heard(ask: Callable[[], Awaitable[ReplyT]]) -> ReplyT:
    """
    The answer to *ask*, asked again while roles has not heard yet what identity told us a moment ago.

    Raises:
        BehindTheFacts: it does not hear of it for long.
    """
    for pause in CATCHING_UP:
        try:
            return await ask()
        except BehindTheFacts:
            log.info("acceptance.waits_for_roles")
        await asyncio.sleep(pause)
    return await ask()
