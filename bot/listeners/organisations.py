"""Somebody sees their organisations, and chooses the one that they act for."""

from uuid import UUID

from bot.acting import Acting, acts_among
from bot.kit import Kit
from bot.listeners.home import Homes
from bot.payloads import Command, Press, Turn
from bot.router import on_press, on_word
from bot.sender import Said
from bot.views.acting import CHOOSE, SHOW, from_now_on, organisations_list
from bot.words import say
from shared.contracts.base import Language, OrganisationId


class OrganisationTurns:
    """The choice is kept for the chat account, and shown on its Home."""

    def __init__(self, kit: Kit, homes: Homes) -> None:
        self._kit = kit
        self._homes = homes
        self._acting = Acting(kit)

    @on_word("organisations")
    async def by_command(self, command: Command) -> None:
        language = await self._kit.language(command, command.spoken)
        said = await self._list(command, language)
        await self._kit.answer(command, await self._kit.offering_change(command, command.spoken, said))

    @on_press(SHOW)
    async def by_button(self, press: Press) -> None:
        await self._kit.answer(press, await self._list(press, await self._kit.language(press)))

    @on_press(CHOOSE)
    async def choose(self, press: Press) -> None:
        language = await self._kit.language(press)
        wanted = OrganisationId(UUID(press.value))
        places = await self._acting.places(press.who)
        mine = {each.organisation.id: each.organisation for each in places if each.member}
        if wanted not in mine:
            await self._kit.answer(press, Said(say("acting.not_yours", language)))
            return
        await self._kit.choices.choose(press.who, wanted, self._kit.now())
        await self._kit.answer(press, from_now_on(mine[wanted], language))
        await self._homes.show(press.who)

    async def _list(self, turn: Turn, language: Language) -> Said:
        places = await self._acting.places(turn.who)
        mine = [each.organisation for each in places if each.member]
        acts = acts_among(mine, await self._kit.choices.of(turn.who))
        texts = await self._kit.people.role_texts()
        return organisations_list(places, acts, texts, language, await self._kit.accounts.zone(turn.who))
