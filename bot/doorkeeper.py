"""Lets in those who may act here, at every turn anew; tells the others why not, and what they can do."""

from contextlib import suppress

import structlog

from bot.accounts import Standing
from bot.kit import Kit
from bot.payloads import Told, Turn
from bot.sender import Said, SlackAway, SlackSaysNo
from bot.views.home import troubled_home
from bot.words import say
from shared.contracts.base import Language

log = structlog.get_logger()

# What happens to accounts is news, whoever they belong to; the features that hear it look for themselves.
NEWS = {"user_change", "team_join"}
# A program is never answered: it might answer back. Who has no account any more cannot read.
SILENT = {Standing.PROGRAM, Standing.CLOSED}


class Doorkeeper:
    """Knows people by the ids in the payload alone: names can be chosen freely, and are not unique."""

    def __init__(self, kit: Kit) -> None:
        self._kit = kit

    async def refusal(self, turn: Turn) -> Standing | None:
        """
        Why *turn* is not taken; nothing if it is.

        Raises:
            SlackAway, SlackSaysNo: we cannot know just now, and so it is not taken.
        """
        if isinstance(turn, Told) and turn.kind in NEWS:
            return None
        if turn.foreign:
            return Standing.STRANGER
        standing = await self._kit.accounts.refusal(turn.who)
        if standing is not None:
            log.info("turn.refused", standing=standing.value)
        return standing

    async def turn_away(self, turn: Turn, standing: Standing) -> None:
        """Tell the person once where they asked; of what they only wrote or looked at, once a day."""
        if standing in SILENT:
            return
        if not isinstance(turn, Told):
            await self._kit.answer(turn, Said(await self.sentence(turn, standing)))
        elif standing is not Standing.STRANGER:
            await self._tell_guest(turn, standing)

    async def point_home(self, told: Told) -> None:
        """Tell whoever asks where others read, and only them, where they may ask."""
        if told.kind == "app_mention" and told.channel:
            said = Said(await self.sentence(told, Standing.STRANGER))
            with suppress(SlackSaysNo, SlackAway):
                await self._kit.sender.whisper(told.channel, told.who.user, said)

    async def sentence(self, turn: Turn, standing: Standing) -> str:
        # Of strangers we know nothing, and ask nobody.
        language: Language = "en" if standing is Standing.STRANGER else await self._kit.language(turn)
        return say(f"common.{'foreign' if standing is Standing.STRANGER else 'guest'}", language)

    async def _tell_guest(self, told: Told, standing: Standing) -> None:
        sentence = await self.sentence(told, standing)
        if told.kind == "app_home_opened":
            view = troubled_home(sentence, await self._kit.language(told))
            await self._kit.sender.publish(told.who, view)
            return
        today = self._kit.now().date()
        if await self._kit.memory.first_time(f"turned_away:{told.who.team}:{told.who.user}:{today}"):
            await self._kit.sender.post(told.who, Said(sentence))
