"""The Home tab: what waits for the person, what they hold, and what they look after."""

import asyncio
from collections.abc import Iterable, Mapping
from contextlib import suppress

import structlog

from bot.acting import Acting
from bot.kit import Kit
from bot.payloads import Press, Told
from bot.router import on_event, on_press
from bot.sender import SlackAway, SlackSaysNo
from bot.views.home import home, stranger_home, troubled_home, unavailable_home
from bot.views.home_content import HomeContent, OrganisationContent
from bot.views.refusals import sentence
from bot.views.text import Block
from shared.contracts.base import Language, PersonId, Refusal, Unavailable
from shared.contracts.contacts import Contacts, ListContacts
from shared.contracts.identity import (
    Affiliation,
    ChatAccount,
    ChatAccountNotLinked,
    GetAffiliations,
    PersonView,
)
from shared.contracts.legacy import GetMigration, GetMyLegacyGrants, LegacyGrantView, MigrationView
from shared.contracts.roles import (
    Coverage,
    GetCoverage,
    GetMyGrants,
    GetOrganisationGrants,
    GrantId,
    GrantView,
    Phase,
)

log = structlog.get_logger()

TRIES = 3
MOST_PAGES = 4  # Of fifty grants each: more of them than that are looked after elsewhere.


class Homes:
    """Publishes Home tabs."""

    def __init__(self, kit: Kit) -> None:
        self._kit = kit
        self._acting = Acting(kit)

    async def show(self, chat: ChatAccount, page: int | None = None) -> None:
        """
        Publish the Home tab of *chat* as things stand, at *page* or where the person last was.

        Of two that are drawn at once the one that looked first could come last: so looks are numbered, and
        none is published after a later one. What another process of ours published meanwhile has another
        hash: then we look again. A failure is logged, the next event mends it.
        """
        kit = self._kit
        page = (kit.pages.get(chat) or 0) if page is None else page
        kit.pages.put(chat, page)
        try:
            for _ in range(TRIES):
                look = next(kit.looks)
                view = await self._view(chat, page)
                if await self._publish(chat, view, look):
                    return
            log.warning("home.overtaken")
        except (SlackSaysNo, SlackAway) as error:
            log.warning("home.not_published", error=str(error))

    async def _publish(self, chat: ChatAccount, view: Block, look: int) -> bool:
        """Publish what was seen in *look*, unless a later one was published; False: look again."""
        kit = self._kit
        async with kit.alone_with(chat):
            if (kit.looked.get(chat) or 0) > look:
                return True
            try:
                shown = await kit.sender.publish(chat, view, seen=kit.published.get(chat))
            except SlackSaysNo as no:
                if no.word != "hash_conflict":
                    raise
                # Another process of ours published it: nobody here knows what is there now.
                kit.published.forget(chat)
                return False
            kit.published.put(chat, shown)
            kit.looked.put(chat, look)
            return True

    async def show_to(self, *people: PersonId) -> None:
        """Publish the Home tabs of those who are linked to a chat account."""
        with suppress(Unavailable):
            for person in (await self._kit.people.named(people)).values():
                if person.chat is not None and person.linked_at is not None:
                    await self.show(person.chat)

    async def _view(self, chat: ChatAccount, page: int) -> Block:
        language = await self._kit.people.language(chat)
        try:
            return home(await self._content(chat, language), page)
        except ChatAccountNotLinked:
            return stranger_home(language)
        except Unavailable:
            return unavailable_home(language)
        except Refusal as refusal:
            log.warning("home.refused", code=refusal.code)
            return troubled_home(sentence(refusal, language), language)

    async def _content(self, chat: ChatAccount, language: Language) -> HomeContent:
        bus, actor = self._kit.bus, self._kit.people.acting(chat)
        mine, affiliations, claimable, had, waits_elsewhere = await asyncio.gather(
            bus.call(GetMyGrants(), on_behalf=actor),
            bus.call(GetAffiliations(), on_behalf=actor),
            bus.claimable(actor),
            self._had_in_katso(chat),
            bus.hides_an_offer(actor),
        )
        acting = {grant.organisation for grant in mine.grants if grant.phase is Phase.IN_FORCE}
        looked_after = [
            each for each in affiliations.affiliations if each.main_user or each.organisation.id in acting
        ]
        organisations = await asyncio.gather(*(self._organisation(chat, each) for each in looked_after))
        grants = [*mine.grants, *(grant for each in organisations for grant in each.grants)]
        people = {person for grant in grants for person in (grant.holder, grant.granted_by)}
        named = await self._kit.people.named(people)
        others = [each for each in affiliations.affiliations if each not in looked_after]
        return HomeContent(
            language=language,
            now=self._kit.now(),
            mine=mine.grants,
            organisations=tuple(organisations),
            texts=await self._kit.people.role_texts(),
            people=named,
            names=await self._kit.people.organisations(
                [*(grant.organisation for grant in grants), *(each.organisation for each in had)]
            ),
            member_of=tuple(each.organisation for each in others),
            claimable=claimable,
            had_in_katso=had,
            waits_elsewhere=waits_elsewhere,
            out_of_sight=await self._out_of_sight(organisations, named),
            left=await self._kit.diary.who_left(people),
            zone=await self._kit.accounts.zone(chat),
            acts=await self._acting.among(chat, affiliations.affiliations),
        )

    async def _out_of_sight(
        self, organisations: Iterable[OrganisationContent], people: Mapping[PersonId, PersonView]
    ) -> frozenset[GrantId]:
        """Those offers of *organisations* that their holders cannot see where they are reached."""
        waiting = [one for each in organisations for one in each.grants if one.phase is Phase.WAITING]
        return frozenset(
            [
                one.id
                for one in waiting
                if await self._kit.bus.out_of_sight(people.get(one.holder), one.organisation)
            ]
        )

    async def _organisation(self, chat: ChatAccount, affiliation: Affiliation) -> OrganisationContent:
        organisation = affiliation.organisation
        coverage, grants, contacts, migration = await asyncio.gather(
            self._coverage(chat, affiliation),
            self._grants(chat, affiliation),
            self._contacts(chat, affiliation),
            self._migration(chat, affiliation),
        )
        return OrganisationContent(
            organisation,
            coverage.holdings,
            grants,
            contacts,
            affiliation.main_user,
            migration,
            register_stale=coverage.register_stale,
        )

    async def _coverage(self, chat: ChatAccount, affiliation: Affiliation) -> Coverage:
        organisation, actor = affiliation.organisation.id, self._kit.people.acting(chat)
        try:
            return await self._kit.bus.call(GetCoverage(organisation=organisation), on_behalf=actor)
        except Refusal:
            # Identity made them main user a moment ago, and roles has not heard of it yet.
            return Coverage(organisation=organisation, holdings=())

    async def _grants(self, chat: ChatAccount, affiliation: Affiliation) -> tuple[GrantView, ...]:
        """The organisation's grants, for its main users; those over the most are left out."""
        found: list[GrantView] = []
        page: str | None = None
        if not affiliation.main_user:
            return ()
        actor = self._kit.people.acting(chat)
        for _ in range(MOST_PAGES):
            wanted = GetOrganisationGrants(organisation=affiliation.organisation.id, page=page)
            try:
                answer = await self._kit.bus.call(wanted, on_behalf=actor)
            except Refusal:
                # Likewise.
                return ()
            found += answer.grants
            page = answer.next_page
            if page is None:
                break
        return tuple(found)

    async def _contacts(self, chat: ChatAccount, affiliation: Affiliation) -> Contacts | None:
        wanted, actor = ListContacts(organisation=affiliation.organisation.id), self._kit.people.acting(chat)
        try:
            return await self._kit.bus.call(wanted, on_behalf=actor)
        except (Refusal, Unavailable):
            # Not theirs to see, or not now: the rest of the Home tab does not wait for it.
            return None

    async def _migration(self, chat: ChatAccount, affiliation: Affiliation) -> MigrationView | None:
        """How far the organisation has come from Katso, for its main users."""
        if not affiliation.main_user:
            return None
        wanted, actor = GetMigration(organisation=affiliation.organisation.id), self._kit.people.acting(chat)
        try:
            return await self._kit.bus.call(wanted, on_behalf=actor)
        except (Refusal, Unavailable):
            # As above.
            return None

    async def _had_in_katso(self, chat: ChatAccount) -> tuple[LegacyGrantView, ...]:
        actor = self._kit.people.acting(chat)
        try:
            return (await self._kit.bus.call(GetMyLegacyGrants(), on_behalf=actor)).grants
        except Unavailable:
            return ()


class HomeTurns:
    """Opening the Home tab, turning its pages."""

    def __init__(self, homes: Homes) -> None:
        self._homes = homes

    @on_event("app_home_opened")
    async def opened(self, told: Told) -> None:
        await self._homes.show(told.who, 0)

    @on_press("home.again")
    async def again(self, press: Press) -> None:
        await self._homes.show(press.who, 0)

    @on_press("home.earlier", "home.later")
    async def turn_page(self, press: Press) -> None:
        await self._homes.show(press.who, int(press.value) if press.value.isdigit() else 0)
