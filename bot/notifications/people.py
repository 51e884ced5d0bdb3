"""What follows when a person has identified, or has chosen a language."""

import structlog

from bot.accepting import Accepting
from bot.cards import Cards
from bot.identification import Identification
from bot.kit import Kit
from bot.listeners.home import Homes
from shared.contracts.identity import LanguageSet, PersonIdentified
from shared.messaging.handling import hears

log = structlog.get_logger()


class PeopleNews:
    """Goes on with what a person was about to do."""

    def __init__(self, kit: Kit, cards: Cards, homes: Homes, identification: Identification) -> None:
        self._kit = kit
        self._homes = homes
        self._identification = identification
        self._accepting = Accepting(kit, cards)

    @hears(PersonIdentified)
    async def identified(self, event: PersonIdentified) -> None:
        self._kit.people.forget(event.chat)
        self._kit.people.forget_person(event.person)
        await self._identification.settle(event.chat)
        if event.intent.kind == "grant.accept" and event.intent.subject is not None:
            await self._accepting.go_on(event.chat, event.intent)
        await self._homes.show(event.chat)

    @hears(LanguageSet)
    async def language_set(self, event: LanguageSet) -> None:
        self._kit.people.forget_person(event.person)
        await self._homes.show_to(event.person)
