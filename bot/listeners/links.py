"""A person links their chat account, or takes the link away; a main user does so for a colleague."""

from uuid import UUID

from bot.identification import Identification
from bot.kit import Kit
from bot.listeners.home import Homes
from bot.payloads import Command, Press
from bot.router import on_press, on_word
from bot.sender import Said
from bot.views.links import REMOVE, REMOVE_COLLEAGUE, linked, sure, sure_of_colleague, waits
from bot.words import say
from shared.contracts.base import Language, OrganisationId
from shared.contracts.identity import (
    ChatAccount,
    ChatAccountNotLinked,
    GetAffiliations,
    OrganisationView,
    PersonView,
    SearchPeople,
    UnlinkChatAccount,
    UnlinkColleague,
)


class LinkTurns:
    """Says whom an account is linked to; identity decides who may change that."""

    def __init__(self, kit: Kit, homes: Homes, identification: Identification) -> None:
        self._kit = kit
        self._homes = homes
        self._identification = identification

    @on_word("link")
    async def link(self, command: Command) -> None:
        """Begin an identification that has no other wish, unless the account is linked."""
        kit, language = self._kit, await self._kit.language(command, command.spoken)
        kit.people.forget(command.who)
        identity = await kit.people.identity(command.who)
        if identity.linked and identity.person is not None and identity.link is not None:
            zone = await kit.accounts.zone(command.who)
            await kit.answer(command, linked(identity.person, identity.link, language, zone))
            return
        if identity.link is not None and identity.link.waits is not None:
            await kit.answer(command, waits(identity.link.waits, language))
        await self._identification.ask(command, language=language)

    @on_word("unlink")
    async def unlink(self, command: Command) -> None:
        """Say what it means, and ask once more."""
        kit, language = self._kit, await self._kit.language(command, command.spoken)
        other = next(iter(command.mentions), None)
        if other is not None and other != command.who:
            await self._colleague(command, other, language)
            return
        kit.people.forget(command.who)
        identity = await kit.people.identity(command.who)
        if identity.linked and identity.person is not None:
            await kit.answer(command, sure(identity.person, language))
        else:
            await kit.answer(command, Said(say("links.not_linked", language)))

    @on_press(REMOVE)
    async def remove(self, press: Press) -> None:
        kit, language = self._kit, await self._kit.language(press)
        try:
            await kit.ask(UnlinkChatAccount(request_id=press.wish, chat=press.who), press)
        except ChatAccountNotLinked:
            # Pressed twice: whoever wanted no link is not asked to identify.
            await kit.answer(press, Said(say("links.not_linked", language)))
            return
        kit.people.forget(press.who)
        await kit.answer(press, Said(say("links.removed", language)))
        await self._homes.show(press.who)

    @on_press(REMOVE_COLLEAGUE)
    async def remove_of_colleague(self, press: Press) -> None:
        kit, language = self._kit, await self._kit.language(press)
        if not (await kit.people.identity(press.who)).linked:
            raise ChatAccountNotLinked
        organisation, _, user = press.value.partition(":")
        chat = ChatAccount(team=press.who.team, user=user)
        wish = UnlinkColleague(
            request_id=press.wish, organisation=OrganisationId(UUID(organisation)), chat=chat
        )
        said = "links.colleague_removed"
        try:
            await kit.ask(wish, press)
        except ChatAccountNotLinked:
            said = "links.colleague_not_linked"
        kit.people.forget(chat)
        await kit.answer(press, Said(say(said, language, account=f"<@{user}>")))

    async def _colleague(self, command: Command, chat: ChatAccount, language: Language) -> None:
        kit = self._kit
        affiliations = (await kit.ask(GetAffiliations(), command)).affiliations
        mine = [each.organisation for each in affiliations if each.main_user]
        kit.people.forget(chat)
        identity = await kit.people.identity(chat)
        if identity.person is not None and identity.linked:
            for organisation in mine:
                if await self._belongs(command, identity.person, organisation):
                    said = sure_of_colleague(identity.person, chat.user, organisation, language)
                    await kit.answer(command, said)
                    return
        text = say("links.colleague_not_linked", language, account=f"<@{chat.user}>")
        await kit.answer(command, Said(text))

    async def _belongs(self, command: Command, person: PersonView, organisation: OrganisationView) -> bool:
        search = SearchPeople(organisation=organisation.id, text=person.name[:200])
        found = await self._kit.ask(search, command)
        return any(each.id == person.id for each in found.people)
