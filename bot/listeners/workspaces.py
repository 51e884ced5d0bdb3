"""A main user lets their workspace be used for their organisation."""

from uuid import UUID

from bot.kit import Kit
from bot.listeners.home import Homes
from bot.payloads import Press
from bot.router import on_press
from shared.contracts.base import OrganisationId
from shared.contracts.identity import ClaimWorkspace


class WorkspaceTurns:
    """The button on the Home tab of a workspace that is not used for the person's organisation yet."""

    def __init__(self, kit: Kit, homes: Homes) -> None:
        self._kit = kit
        self._homes = homes

    @on_press("workspace.claim")
    async def claim(self, press: Press) -> None:
        claim = ClaimWorkspace(
            request_id=press.wish, team=press.who.team, organisation=OrganisationId(UUID(press.value))
        )
        await self._kit.ask(claim, press)
        self._kit.bus.forget(press.who.team)
        await self._homes.show(press.who)
