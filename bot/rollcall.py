"""Calls the roll of every workspace: accounts that were closed while nobody told us act no more."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from uuid import uuid4

import structlog

from bot.accounts import Standing
from bot.kit import Kit
from bot.leaving import Leaving
from bot.sender import SlackAway, SlackSaysNo
from shared.contracts.base import Refusal, Unavailable
from shared.contracts.identity import ChatAccount, LinkedAccount, ListLinkedAccounts
from shared.ending import ended

log = structlog.get_logger()

EVERY = 24 * 3600.0
# What could not be done is done this much later: longer than Slack asks anybody to wait.
AGAIN = 120.0


class RollCall:
    """
    Compares the accounts that are linked with those that Slack says are closed.

    Slack tells us of an account when it is closed, and not again: whoever was away then asks for it here. A
    roll can be called at any time; what was done before is not done again.
    """

    def __init__(self, kit: Kit, leaving: Leaving) -> None:
        self._kit = kit
        self._leaving = leaving
        self._called: set[str] = set()

    async def go(self) -> bool:
        """Call the roll; tell whether it was heard to its end. If not, the next one goes on with the rest."""
        whole = True
        for team, linked in (await self._linked()).items():
            if team in self._called:
                continue
            if await self._heard(team, linked):
                self._called.add(team)
            else:
                whole = False
        if whole:
            self._called.clear()
        return whole

    @asynccontextmanager
    async def going(self, every: float = EVERY, again: float = AGAIN) -> AsyncIterator[None]:
        """Call the roll now and daily until the block ends."""
        task = asyncio.create_task(self._keep_going(every, again))
        try:
            yield
        finally:
            await ended(task)

    async def _keep_going(self, every: float, again: float) -> None:
        while True:
            whole = False
            try:
                whole = await self.go()
            except Unavailable:
                log.info("roll.put_off", error="Unavailable")
            except Exception:
                # The outermost boundary of what nobody waits for: the next roll must be called.
                log.exception("roll.failed")
            await asyncio.sleep(every if whole else again)

    async def _linked(self) -> dict[str, dict[str, LinkedAccount]]:
        """Every linked account, by workspace and user."""
        found: dict[str, dict[str, LinkedAccount]] = {}
        after: ChatAccount | None = None
        while page := (await self._kit.bus.call(ListLinkedAccounts(after=after))).accounts:
            for account in page:
                found.setdefault(account.chat.team, {})[account.chat.user] = account
            after = page[-1].chat
        return found

    async def _heard(self, team: str, linked: dict[str, LinkedAccount]) -> bool:
        """Go through the members of *team*; tell whether there is nothing left to come back for."""
        cursor, whole = "", True
        while True:
            try:
                members, cursor = await self._kit.sender.members(team, cursor)
            except SlackAway:
                log.info("roll.put_off", team=team, error="SlackAway")
                return False
            except SlackSaysNo as no:
                # We are not there any more, or may not ask: coming again soon would not help.
                log.warning("roll.refused", team=team, error=no.word)
                return whole
            closed = [linked[one["id"]] for one in members if one.get("deleted") and one["id"] in linked]
            whole = await self._all_leave(team, closed) and whole
            if not cursor:
                return whole

    async def _all_leave(self, team: str, closed: Sequence[LinkedAccount]) -> bool:
        whole = True
        try:
            news = await self._news(closed)
        except (Unavailable, Refusal) as error:
            log.info("roll.put_off", team=team, error=type(error).__name__)
            return False
        for chat in news:
            try:
                await self._leave(chat)
            except (Unavailable, Refusal, SlackAway, SlackSaysNo) as error:
                # One that cannot be dealt with now keeps nobody else's account open.
                log.info("roll.put_off", team=team, error=type(error).__name__)
                whole = False
        return whole

    async def _news(self, closed: Sequence[LinkedAccount]) -> list[ChatAccount]:
        """Those of *closed* that can act still, or whose person's leaving was told to nobody yet."""
        people = [one.person for one in closed]
        left = await self._kit.diary.who_left(people)
        # By other accounts of theirs people are not reached, and so nothing is told of those.
        reached = {person.chat for person in (await self._kit.people.named(people)).values()}
        return [
            one.chat
            for one in closed
            if one.waits is None or (one.chat in reached and one.person not in left)
        ]

    async def _leave(self, chat: ChatAccount) -> None:
        # The list may be some minutes old: what Slack says now counts.
        self._kit.accounts.forget(chat)
        if (await self._kit.accounts.look(chat)).standing is Standing.CLOSED:
            log.info("account.closed_meanwhile", team=chat.team)
            await self._leaving.leave(chat, uuid4())
