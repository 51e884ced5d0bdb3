"""What people press on an offer, and on the way to the login page."""

from uuid import UUID

import structlog

from bot.accepting import Accepting, intent_to_accept
from bot.cards import Cards
from bot.identification import Identification
from bot.kit import Kit
from bot.listeners.home import Homes
from bot.mending import Mending
from bot.payloads import Press
from bot.router import on_press
from bot.sender import Said
from bot.views.acting import ASK_AGAIN
from bot.views.grants import shown_text
from bot.words import say
from shared.contracts.base import IdentificationTooOld, IdentificationTooWeak, Refusal, Unavailable
from shared.contracts.identity import ChatAccountNotLinked, Intent
from shared.contracts.roles import GrantId
from shared.contracts.roles_refusals import GrantClosed, NotYourGrant, OfferLapsed

log = structlog.get_logger()


class AnswerTurns:
    """Accepting; declining is in `reasons`."""

    def __init__(self, kit: Kit, cards: Cards, homes: Homes, identification: Identification) -> None:
        self._kit = kit
        self._cards = cards
        self._homes = homes
        self._identification = identification
        self._accepting = Accepting(kit, cards)
        self._mending = Mending(kit, cards, homes)

    @on_press("grant.accept")
    async def accept(self, press: Press) -> None:
        try:
            if await self._mending.still_open(press, "accept") is None:
                return
        except Unavailable:
            # Nobody can tell just now. The command is asked for longer than a question, and roles decides.
            log.info("acceptance.not_looked_at")
        grant, shown = GrantId(UUID(press.value)), shown_text(press.block)
        if shown is None:
            # A card of another version: what stood on it was not read in this form.
            await self._cards.refresh(grant)
            await self._kit.answer(press, Said(say("grants.renewed", await self._kit.language(press))))
            return
        intent = intent_to_accept(press.who, grant, *shown)
        try:
            await self._accepting.accept(press.who, intent)
        except (ChatAccountNotLinked, IdentificationTooOld, IdentificationTooWeak):
            await self._identification.ask(press, intent)
        except NotYourGrant:
            await self._mending.not_yours(press)
        except (GrantClosed, OfferLapsed):
            # Decided in this very moment.
            await self._mending.still_open(press, "accept")
        except Refusal:
            await self._homes.show(press.who)
            raise
        else:
            await self._homes.show(press.who)

    @on_press("identify.open")
    async def opened(self, press: Press) -> None:
        """The link opens in the browser; Slack tells us of the press all the same."""

    @on_press("identify.begin", ASK_AGAIN)
    async def begin(self, press: Press) -> None:
        await self._identification.ask(press, Intent(kind="link", request_id=press.wish))
