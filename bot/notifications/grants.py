"""What is decided on grants: cards are brought up to date, those concerned are told, Homes show it."""

from bot.cards import Cards
from bot.kit import Kit
from bot.listeners.home import Homes
from bot.notifications.audience import Fact
from bot.notifications.herald import Herald
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

    def __init__(self, kit: Kit, cards: Cards, homes: Homes, herald: Herald) -> None:
        self._kit = kit
        self._cards = cards
        self._homes = homes
        self._herald = herald

    @hears(GrantOffered)
    async def offered(self, event: GrantOffered) -> None:
        await self._tell(Fact.OFFERED, event, event.grant.granted_by)

    @hears(GrantAccepted)
    async def accepted(self, event: GrantAccepted) -> None:
        await self._tell(Fact.ACCEPTED, event, event.grant.holder)

    @hears(GrantDeclined)
    async def declined(self, event: GrantDeclined) -> None:
        await self._tell(Fact.DECLINED, event, event.grant.holder)

    @hears(GrantRelinquished)
    async def relinquished(self, event: GrantRelinquished) -> None:
        await self._tell(Fact.RELINQUISHED, event, event.grant.holder)

    @hears(GrantWithdrawn)
    async def withdrawn(self, event: GrantWithdrawn) -> None:
        await self._tell(Fact.WITHDRAWN, event, event.grant.closed_by)

    @hears(GrantRevoked)
    async def revoked(self, event: GrantRevoked) -> None:
        await self._tell(Fact.REVOKED, event, event.grant.closed_by)

    async def _tell(self, fact: Fact, event: GrantDecided, actor: PersonId | None) -> None:
        # As it stands now: a fact may be told hours later, and nobody should be shown what is gone.
        grant = await self._kit.bus.call(DescribeGrant(grant=event.grant.id))
        await self._cards.settle(grant)
        mark = str(event.grant.version)
        main_users = await self._herald.announce(fact, grant, actor=actor, mark=mark)
        await self._homes.show_to(grant.holder, grant.granted_by, *main_users)
