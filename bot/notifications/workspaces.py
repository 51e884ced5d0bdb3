"""A workspace may be used for one more organisation: offers of it that waited out of sight come there."""

from datetime import timedelta

from bot.kit import Kit
from bot.listeners.home import Homes
from bot.notifications.herald import Herald
from shared.contracts.base import OrganisationId
from shared.contracts.identity import WorkspaceBound
from shared.contracts.roles import GrantView, ListDueGrants, Phase
from shared.messaging.handling import hears

# No offer stands for longer.
OFFERS_STAND = timedelta(days=15)


class WorkspaceNews:
    """Shows what could not be shown before."""

    def __init__(self, kit: Kit, homes: Homes, herald: Herald) -> None:
        self._kit = kit
        self._homes = homes
        self._herald = herald

    @hears(WorkspaceBound)
    async def bound(self, event: WorkspaceBound) -> None:
        self._kit.bus.forget(event.team)
        offers = await self._waiting(event.organisation)
        holders = await self._kit.people.named(offer.holder for offer in offers)
        here = {each.id for each in holders.values() if each.chat and each.chat.team == event.team}
        for offer in offers:
            if offer.holder in here:
                await self._herald.come_into_sight(offer, str(event.event_id))
        granters = {offer.granted_by for offer in offers if offer.holder in here}
        await self._homes.show_to(*here, *(granters - here))
        # Whoever linked an account here before may be reached elsewhere: this account's Home is what changed.
        shown = {each.chat for each in holders.values() if each.id in here}
        for chat in event.linked:
            if chat not in shown:
                await self._homes.show(chat)

    async def _waiting(self, organisation: OrganisationId) -> list[GrantView]:
        now = self._kit.now()
        found: list[GrantView] = []
        page: str | None = None
        while True:
            wanted = ListDueGrants(since=now, until=now + OFFERS_STAND, page=page)
            answer = await self._kit.bus.call(wanted)
            found += [
                each
                for each in answer.grants
                if each.organisation == organisation and each.phase is Phase.WAITING
            ]
            if (page := answer.next_page) is None:
                return found
