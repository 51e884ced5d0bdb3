"""An operator asks main users to invite a wave: their Homes show it, and they are told unless it is quiet."""

from bot.kit import Kit
from bot.listeners.home import Homes
from bot.notifications.audience import Urgency
from bot.notifications.calm import Note, plan
from bot.notifications.herald import Herald
from bot.views.migration import wave_opened
from shared.contracts.identity import OrganisationView, PersonView
from shared.contracts.legacy import WaveOpened
from shared.contracts.roles import DescribeCoverage, Role
from shared.messaging.handling import hears


class MigrationNews:
    """Tells main users that a wave is due."""

    def __init__(self, kit: Kit, homes: Homes, herald: Herald) -> None:
        self._kit = kit
        self._homes = homes
        self._herald = herald

    @hears(WaveOpened)
    async def opened(self, event: WaveOpened) -> None:
        coverage = await self._kit.bus.call(DescribeCoverage(organisation=event.organisation))
        main_users = next(each.holders for each in coverage.holdings if each.role is Role.MAIN_USER)
        organisation = await self._kit.people.organisation(event.organisation)
        if organisation is not None:
            for reader in (await self._kit.people.named(main_users)).values():
                await self._tell(reader, organisation, event)
        await self._homes.show_to(*main_users)

    async def _tell(self, reader: PersonView, organisation: OrganisationView, event: WaveOpened) -> None:
        """In quiet hours only the Home tab says it: it waits there, and nothing runs out meanwhile."""
        if reader.chat is None or not await self._kit.bus.covers(reader.chat.team, organisation.id):
            return
        now = self._kit.now()
        note = Note(str(event.event_id), now, Urgency.NOW, alone=True)
        if plan([note], await self._herald.calm_of(reader), now)[0].at > now:
            return
        said = wave_opened(organisation, event.holders, reader.language)
        await self._kit.sender.post(reader.chat, said)
