"""Who people are in their organisations, and what Suomi.fi vouches for anew: cards and Homes show it."""

from bot.cards import Cards
from bot.kit import Kit
from bot.listeners.home import Homes
from shared.contracts.identity import MemberAdded
from shared.contracts.roles import DescribeGrant, GrantNamed, GrantProved
from shared.messaging.handling import hears


class PlaceNews:
    """Shows people what they may do now."""

    def __init__(self, kit: Kit, cards: Cards, homes: Homes) -> None:
        self._kit = kit
        self._cards = cards
        self._homes = homes

    @hears(MemberAdded)
    async def place_changed(self, event: MemberAdded) -> None:
        # An operator's file tells of whole towns at once; nobody of them waits for it.
        if event.by_role:
            self._kit.people.forget_person(event.person)
            await self._homes.show_to(event.person)

    @hears(GrantNamed)
    async def named(self, event: GrantNamed) -> None:
        await self._homes.show_to(event.grant.holder)

    @hears(GrantProved)
    async def proved(self, event: GrantProved) -> None:
        grant = await self._kit.bus.call(DescribeGrant(grant=event.grant.id))
        await self._cards.settle(grant)
        await self._homes.show_to(grant.holder)
