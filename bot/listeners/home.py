"""The Home tab: what waits for the person, what they hold, and what they look after."""

import asyncio
from contextlib import suppress

import structlog

from bot.kit import Kit
from bot.payloads import Press, Told
from bot.router import on_event, on_press
from bot.sender import SlackAway, SlackSaysNo
from bot.views.home import HomeContent, OrganisationContent, home, stranger_home, unavailable_home
from shared.contracts.base import Language, PersonId, Refusal, Unavailable
from shared.contracts.identity import Affiliation, ChatAccount, ChatAccountNotLinked, GetAffiliations
from shared.contracts.roles import GetCoverage, GetMyGrants, GetOrganisationGrants

log = structlog.get_logger()


class Homes:
    """Publishes Home tabs."""

    def __init__(self, kit: Kit) -> None:
        self._kit = kit

    async def show(self, chat: ChatAccount, page: int = 0) -> None:
        """Publish the Home tab of *chat* as things stand; a failure is logged, the next event mends it."""
        language = await self._kit.people.language(chat)
        try:
            try:
                view = home(await self._content(chat, language), page)
            except ChatAccountNotLinked:
                view = stranger_home(language)
            except Unavailable:
                view = unavailable_home(language)
            await self._kit.sender.publish(chat.user, view)
        except (Refusal, SlackSaysNo, SlackAway) as error:
            log.warning("home.not_published", error=str(error))

    async def show_to(self, *people: PersonId) -> None:
        """Publish the Home tabs of those who are linked to a chat account."""
        with suppress(Unavailable):
            for person in (await self._kit.people.named(people)).values():
                if person.chat is not None and person.linked_at is not None:
                    await self.show(person.chat)

    async def _content(self, chat: ChatAccount, language: Language) -> HomeContent:
        bus, actor = self._kit.bus, self._kit.people.acting(chat)
        mine, affiliations = await asyncio.gather(
            bus.call(GetMyGrants(), on_behalf=actor), bus.call(GetAffiliations(), on_behalf=actor)
        )
        looked_after = [each for each in affiliations.affiliations if each.main_user]
        organisations = [await self._organisation(chat, each) for each in looked_after]
        grants = [*mine.grants, *(grant for each in organisations for grant in each.grants)]
        people = {person for grant in grants for person in (grant.holder, grant.granted_by)}
        return HomeContent(
            language=language,
            now=self._kit.now(),
            mine=mine.grants,
            organisations=tuple(organisations),
            texts=await self._kit.people.role_texts(),
            people=await self._kit.people.named(people),
            names=await self._kit.people.organisations(grant.organisation for grant in grants),
            member_of=tuple(each.organisation for each in affiliations.affiliations if not each.main_user),
        )

    async def _organisation(self, chat: ChatAccount, affiliation: Affiliation) -> OrganisationContent:
        bus, actor, organisation = self._kit.bus, self._kit.people.acting(chat), affiliation.organisation
        try:
            coverage, grants = await asyncio.gather(
                bus.call(GetCoverage(organisation=organisation.id), on_behalf=actor),
                bus.call(GetOrganisationGrants(organisation=organisation.id), on_behalf=actor),
            )
        except Refusal:
            # Identity made them main user a moment ago, and roles has not heard of it yet.
            return OrganisationContent(organisation, (), ())
        return OrganisationContent(organisation, coverage.holdings, grants.grants)


class HomeTurns:
    """Opening the Home tab, turning its pages."""

    def __init__(self, homes: Homes) -> None:
        self._homes = homes

    @on_event("app_home_opened")
    async def opened(self, told: Told) -> None:
        await self._homes.show(told.who)

    @on_press("home.earlier", "home.later")
    async def turn_page(self, press: Press) -> None:
        await self._homes.show(press.who, int(press.value) if press.value.isdigit() else 0)
