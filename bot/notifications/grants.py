"""Who hears about a grant: the holder of offers, the main user of answers, each on their Home as well."""

from bot.cards import Cards
from bot.kit import Kit
from bot.listeners.home import Homes
from shared.contracts.base import PersonId
from shared.contracts.roles import (
    DescribeGrant,
    GrantAccepted,
    GrantDecided,
    GrantDeclined,
    GrantOffered,
    GrantRelinquished,
    GrantRevoked,
    GrantWithdrawn,
)
from shared.messaging.handling import hears


class GrantNews:
    """Tells people about grants."""

    def __init__(self, kit: Kit, cards: Cards, homes: Homes) -> None:
        self._kit = kit
        self._cards = cards
        self._homes = homes

    @hears(GrantOffered)
    async def offered(self, event: GrantOffered) -> None:
        # As it stands now: a fact may be told hours later, and nobody should be offered what is gone.
        grant = await self._kit.bus.call(DescribeGrant(grant=event.grant.id))
        await self._cards.offer(grant)
        await self._homes.show_to(grant.holder, grant.granted_by)

    @hears(GrantAccepted)
    async def accepted(self, event: GrantAccepted) -> None:
        await self._tell(event, event.grant.granted_by)

    @hears(GrantDeclined)
    async def declined(self, event: GrantDeclined) -> None:
        await self._tell(event, event.grant.granted_by)

    @hears(GrantRelinquished)
    async def relinquished(self, event: GrantRelinquished) -> None:
        await self._tell(event, event.grant.granted_by)

    @hears(GrantWithdrawn)
    async def withdrawn(self, event: GrantWithdrawn) -> None:
        await self._tell(event, event.grant.holder)

    @hears(GrantRevoked)
    async def revoked(self, event: GrantRevoked) -> None:
        await self._tell(event, event.grant.holder)

    async def _tell(self, event: GrantDecided, whom: PersonId) -> None:
        grant = event.grant
        await self._cards.settle(grant)
        await self._cards.notice(grant, whom)
        closer = [grant.closed_by] if grant.closed_by else []
        await self._homes.show_to(grant.holder, grant.granted_by, *closer)
