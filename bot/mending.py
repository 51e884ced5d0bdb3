"""Buttons that are out of date: whoever presses one is told what happened, and every copy is mended."""

from contextlib import suppress
from uuid import UUID

import structlog

from bot.cards import Cards
from bot.kit import Kit
from bot.listeners.home import Homes
from bot.payloads import Press, Turn
from bot.sender import Said, Sent, SlackSaysNo
from bot.storage import Card
from bot.views.grants import is_unaccepted
from bot.views.overtaken import gone, not_yours, overtaken
from bot.words import say
from shared.contracts.roles import DescribeGrant, GrantId, GrantView, Phase
from shared.contracts.roles_refusals import GrantNotFound

log = structlog.get_logger()

# In which phase of a grant each verb makes sense.
FITTING = {
    "accept": Phase.WAITING,
    "decline": Phase.WAITING,
    "withdraw": Phase.WAITING,
    "revoke": Phase.IN_FORCE,
    "relinquish": Phase.IN_FORCE,
}


def fits(verb: str, grant: GrantView) -> bool:
    """Whether *verb* makes sense of *grant*: whoever acts by an operator's word may accept at any time."""
    return grant.phase is FITTING[verb] or (verb == "accept" and is_unaccepted(grant))


class Mending:
    """Looks at the facts before anything is done by a button; the service decides all the same."""

    def __init__(self, kit: Kit, cards: Cards, homes: Homes) -> None:
        self._kit = kit
        self._cards = cards
        self._homes = homes

    async def still_open(self, press: Press, verb: str) -> GrantView | None:
        """The grant that was pressed, if *verb* still makes sense; if not, the presser is told why."""
        try:
            grant = await self._kit.bus.call(DescribeGrant(grant=GrantId(UUID(press.value))))
        except ValueError:
            # Not one of our ids: a button of another version.
            log.warning("press.unreadable", action=press.action)
            said = Said(say("common.older_press", await self._kit.language(press)))
            await self._kit.answer(press, said)
            return None
        except GrantNotFound:
            await self._put_away(press, gone(await self._kit.language(press)))
            return None
        if fits(verb, grant):
            return grant
        await self.overtaken(press, grant)
        return None

    async def overtaken(self, press: Press, grant: GrantView) -> None:
        """Tell who pressed what has become of *grant*, then show it everywhere as it is."""
        await self._kit.answer(press, await self.story(press, grant))
        await self._cards.settle(grant, anew=True)
        await self._mend_pressed(press, grant)
        await self._homes.show(press.who)
        await self._homes.show_to(grant.holder, grant.granted_by)

    async def not_yours(self, press: Press) -> None:
        """Tell who pressed that the offer is somebody else's, and take it from where they see it."""
        await self._put_away(press, not_yours(await self._kit.language(press)))

    async def story(self, turn: Turn, grant: GrantView) -> Said:
        """What became of *grant*, for the one whose turn it is."""
        scene = await self._cards.scene_in(grant, await self._kit.language(turn), turn.who)
        return overtaken(grant, scene, holder=await self._is_holder(turn, grant))

    async def _is_holder(self, turn: Turn, grant: GrantView) -> bool:
        person = (await self._kit.people.identity(turn.who)).person
        return person is not None and person.id == grant.holder

    async def _mend_pressed(self, press: Press, grant: GrantView) -> None:
        """Mend the message that was pressed, too, where we no longer remember having sent it."""
        if press.message is None or press.channel is None:
            return
        known = {card.ts for card in await self._kit.memory.cards(grant.id)}
        if press.message in known:
            return
        if await self._is_holder(press, grant) and (card := await self._cards.drawn(grant)):
            await self._change(press, card)
        else:
            await self._change(press, not_yours(await self._kit.language(press)))

    async def _put_away(self, press: Press, said: Said) -> None:
        """Say *said* to who pressed and in the place of the card, and look after that place no more."""
        await self._kit.answer(press, said)
        await self._change(press, said)
        if press.message and press.channel:
            here = Card(UUID(press.value), "", "", press.channel, press.message, 0)
            await self._kit.memory.drop(here)
        await self._homes.show(press.who)

    async def _change(self, press: Press, said: Said) -> None:
        if press.message and press.channel:
            with suppress(SlackSaysNo):
                await self._kit.sender.change(Sent(press.channel, press.message), said)
