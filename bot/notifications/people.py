"""What follows when a person has identified, has chosen a language, or an account is theirs no more."""

import structlog

from bot.accepting import Accepting
from bot.cards import Cards
from bot.identification import Identification
from bot.kit import Kit
from bot.listeners.home import Homes
from bot.sender import SlackSaysNo
from bot.views.links import told
from shared.contracts.base import Language
from shared.contracts.identity import ChatAccountUnlinked, LanguageSet, LinkEnd, PersonIdentified
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

    @hears(ChatAccountUnlinked)
    async def unlinked(self, event: ChatAccountUnlinked) -> None:
        """Show nothing more of the person in that account, and tell whoever uses it, unless they did it."""
        kit, language = self._kit, await self._kit.people.language(event.chat)
        kit.people.forget(event.chat)
        kit.people.forget_person(event.person)
        if event.why is LinkEnd.CLOSED:
            return
        if event.why is LinkEnd.REMOVED:
            await kit.choices.forget(event.chat)
        if event.by != event.person:
            await self._tell(event, language)
        await self._homes.show(event.chat)

    async def _tell(self, event: ChatAccountUnlinked, language: Language) -> None:
        try:
            said = told(event.why, language)
            await self._kit.sender.post(event.chat, said, name=f"unlinked:{event.event_id}")
        except SlackSaysNo as no:
            log.info("unlinking.not_told", error=no.word)

    @hears(LanguageSet)
    async def language_set(self, event: LanguageSet) -> None:
        self._kit.people.forget_person(event.person)
        await self._homes.show_to(event.person)
