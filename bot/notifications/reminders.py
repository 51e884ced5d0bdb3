"""What time brings about is looked for in the roles service, and announced once."""

from datetime import timedelta

from bot.cards import Cards
from bot.kit import Kit
from bot.notifications.audience import Fact
from bot.notifications.herald import Herald
from bot.notifications.pace import Pace, due
from shared.contracts.roles import GrantView, ListDueGrants

# What ran out while we were away is told when we are back, but not for ever.
LOOK_BACK = timedelta(days=7)


class Reminders:
    """Looks what time has brought about, and has it told."""

    def __init__(self, kit: Kit, cards: Cards, herald: Herald, pace: Pace) -> None:
        self._kit = kit
        self._cards = cards
        self._herald = herald
        self._pace = pace

    async def sweep(self) -> None:
        """
        Announce everything that is due, once.

        Raises:
            Unavailable, SlackAway: not now; the next sweep finds the same.
        """
        now = self._kit.now()
        until = now + timedelta(days=self._pace.ending_before + 1)
        page: str | None = None
        while True:
            found = await self._kit.bus.call(ListDueGrants(since=now - LOOK_BACK, until=until, page=page))
            for grant in found.grants:
                for fact, mark in due(grant, now, self._pace):
                    await self._announce(fact, grant, mark)
            if (page := found.next_page) is None:
                return

    async def _announce(self, fact: Fact, grant: GrantView, mark: str) -> None:
        if await self._kit.diary.was_announced(grant.id, fact, mark):
            return
        if fact in (Fact.LAPSED, Fact.EXPIRED):
            # No decision was made, so no event told anybody to take the buttons away.
            await self._cards.settle(grant, anew=True)
        await self._herald.announce(fact, grant, mark=mark)
        await self._kit.diary.announced(grant, fact, mark, self._kit.now())
