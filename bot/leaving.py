"""Accounts are closed and opened again: who acts no more, and who is told what they still hold."""

from uuid import UUID

from bot.cards import Cards
from bot.kit import Kit
from bot.listeners.home import Homes
from bot.notifications.audience import Fact
from bot.notifications.herald import Herald
from shared.contracts.base import PersonId
from shared.contracts.identity import ChatAccount, PersonView, SuspendChatAccount
from shared.contracts.roles import ListStandingGrants


class Leaving:
    """What follows when an account is closed, whoever noticed it, and when it is opened again."""

    def __init__(self, kit: Kit, cards: Cards, homes: Homes, herald: Herald) -> None:
        self._kit = kit
        self._cards = cards
        self._homes = homes
        self._herald = herald

    async def leave(self, chat: ChatAccount, wish: UUID) -> None:
        """Let *chat*, which is closed, act no more; tell once what its person still holds. Twice is once."""
        # Whatever comes of it here: from now on nobody acts through it.
        await self._kit.bus.call(SuspendChatAccount(request_id=wish, chat=chat))
        self._kit.people.forget(chat)
        person = (await self._kit.people.identity(chat)).person
        if person is None or person.chat != chat:
            return
        # Whoever is let in again meanwhile comes back after they have left.
        async with self._kit.alone_with(person.id):
            if not await self._left(person):
                await self._tell(person)

    async def come_back(self, chat: ChatAccount) -> PersonView | None:
        """Whose account *chat* is, if it was closed and is open again."""
        person = (await self._kit.people.identity(chat)).person
        if person is None or person.chat != chat:
            return None
        async with self._kit.alone_with(person.id):
            if not await self._left(person):
                return None
            await self._kit.diary.come_back(person.id)
        return person

    async def _tell(self, person: PersonView) -> None:
        today = self._kit.now().date().isoformat()
        told: set[PersonId] = set()
        for grant in (await self._kit.bus.call(ListStandingGrants(holder=person.id))).grants:
            told |= {*await self._herald.announce(Fact.HOLDER_LEFT, grant, mark=today)}
        # Only now: whoever was interrupted before this begins again, and tells nobody twice.
        await self._kit.diary.leave(person.id, self._kit.now())
        await self.show(person, *told)

    async def show(self, person: PersonView, *others: PersonId) -> None:
        """Show where *person*'s offers and roles are shown, and to *others*, that they left or are back."""
        grants = (await self._kit.bus.call(ListStandingGrants(holder=person.id))).grants
        for grant in grants:
            await self._cards.settle(grant, anew=True)
        await self._homes.show_to(*{grant.granted_by for grant in grants} | {*others})

    async def _left(self, person: PersonView) -> bool:
        return person.id in await self._kit.diary.who_left([person.id])
