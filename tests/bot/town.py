"""A small town behind the bus: answers what the services answer, and refuses what they refuse."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, cast
from uuid import UUID

from shared.contracts.base import (
    ActorNotProved,
    Done,
    Event,
    IdentificationTooOld,
    Language,
    OrganisationId,
    PersonId,
    Proof,
    ReplyT,
    Request,
    Unavailable,
)
from shared.contracts.contacts import Contacts, ContactsHidden, ListContacts
from shared.contracts.identity import (
    ActorToken,
    Affiliation,
    Affiliations,
    BeginIdentification,
    ChatAccount,
    ChatAccountNotLinked,
    ChatIdentity,
    ClaimWorkspace,
    DescribeOrganisations,
    DescribePeople,
    DescribeWorkspace,
    GetAffiliations,
    GetChatIdentity,
    IdentificationLink,
    Intent,
    LinkedAccount,
    LinkedAccounts,
    LinkEnd,
    LinkView,
    ListLinkedAccounts,
    MintCommandToken,
    MintReadToken,
    Organisations,
    OrganisationView,
    People,
    PersonIdentified,
    PersonView,
    SearchPeople,
    SetLanguage,
    SuspendChatAccount,
    UnlinkChatAccount,
    UnlinkColleague,
    WorkspaceView,
)
from shared.messaging.bus import OnBehalf
from tests.bot.makers import NOW, a_person, an_organisation
from tests.bot.town_migration import MigrationOffice
from tests.bot.town_roles import RolesOffice


class Hold:
    """A service that has got its request and does not answer yet."""

    def __init__(self) -> None:
        self.reached = asyncio.Event()
        self.let_go = asyncio.Event()


class Town(RolesOffice, MigrationOffice):
    """The services, as far as the bot sees them."""

    def __init__(self) -> None:
        RolesOffice.__init__(self)
        MigrationOffice.__init__(self)
        self.clinic = an_organisation()
        self.maija = a_person("Maija Pääkäyttäjä", "U0MAIJA", "fi")
        self.olle = a_person("Olle Arkivarie", "U0OLLE", "sv")
        self.people = {each.id: each for each in (self.maija, self.olle)}
        self.organisations = {self.clinic.id: self.clinic}
        self.pharmacy = self.vendor = self.clinic
        self.main_users = {(self.clinic.id, self.maija.id)}
        self.strangers: set[PersonId] = set()
        # Of a workspace that is not named here everything is to be seen.
        self.bound: dict[str, set[OrganisationId]] = {}
        self.languages: dict[ChatAccount, Language] = {}
        # The next proof of who asks is one that counts no more.
        self.void_tokens = False
        self.waiting: dict[ChatAccount, LinkEnd] = {}
        self.fresh = {self.maija.id, self.olle.id}
        self.intents: list[Intent] = []
        self.asked: list[Request[Any]] = []
        self.away: set[type] = set()
        self.held: dict[type, Hold] = {}
        self.hear: Callable[[Event], Any] | None = None

    def found(
        self, organisation: OrganisationView, *, main_user: PersonView | None = None
    ) -> OrganisationView:
        """Another organisation, to which everybody belongs who is no stranger."""
        self.organisations[organisation.id] = organisation
        if main_user is not None:
            self.main_users.add((organisation.id, main_user.id))
        return organisation

    def move_in(self, person: PersonView, *, stranger: bool = False) -> PersonView:
        """Somebody new; a *stranger* belongs to no organisation here."""
        self.people[person.id] = person
        if stranger:
            self.strangers.add(person.id)
        return person

    def unlink(self, person: PersonView) -> PersonView:
        changed = person.model_copy(update={"linked_at": None, "identified_at": None})
        self.people[person.id] = changed
        return changed

    def identify(self, person: PersonView, intent: Intent) -> PersonIdentified:
        """What identity announces when *person* comes back from the login page."""
        assert person.chat is not None
        update = {"linked_at": NOW, "identified_at": NOW}
        self.people[person.id] = person.model_copy(update=update)
        self.fresh.add(person.id)
        self.waiting.pop(person.chat, None)
        return PersonIdentified(
            person=person.id, identified_at=NOW, method="test", chat=person.chat, linked_at=NOW, intent=intent
        )

    async def call(self, request: Request[ReplyT], *, on_behalf: OnBehalf | None = None) -> ReplyT:
        self.asked.append(request)
        if hold := self.held.get(type(request)):
            hold.reached.set()
            await hold.let_go.wait()
        if type(request) in self.away:
            raise Unavailable(request.subject)
        asker = None
        if request.proof is not Proof.PROGRAM and on_behalf is not None:
            reading = request.proof is Proof.PERSON
            token = await (
                on_behalf.for_reading() if reading else on_behalf.for_command(request.subject, "x")
            )
            if self.void_tokens:
                self.void_tokens = False
                raise ActorNotProved(why="ended")
            asker = self.people[PersonId(UUID(token))]
        return cast(ReplyT, getattr(self, f"_{type(request).__name__}")(request, asker))

    def _by_chat(self, chat: ChatAccount) -> PersonView | None:
        return next((each for each in self.people.values() if each.chat == chat), None)

    def _GetChatIdentity(self, request: GetChatIdentity, _: object) -> ChatIdentity:  # noqa: N802
        person = self._by_chat(request.chat)
        linked = person is not None and person.linked_at is not None
        waits = self.waiting.get(request.chat)
        link = None
        if person is not None and (linked or waits is not None):
            link = LinkView(
                chat=request.chat,
                person=person.id,
                linked_at=person.linked_at or NOW,
                waits=waits,
                identified_at=person.identified_at,
                method="bank",
            )
        return ChatIdentity(
            person=person, linked=linked, language=self.languages.get(request.chat), link=link
        )

    def _UnlinkChatAccount(self, request: UnlinkChatAccount, asker: PersonView) -> Done:  # noqa: N802
        self.unlink(asker)
        return Done()

    def _UnlinkColleague(self, request: UnlinkColleague, asker: PersonView) -> Done:  # noqa: N802
        self._may_act(request.organisation, asker)
        if asker.id not in self.fresh:
            raise IdentificationTooOld(minutes=15)
        person = self._by_chat(request.chat)
        if person is None or person.linked_at is None:
            raise ChatAccountNotLinked
        self.unlink(person)
        return Done()

    def _SuspendChatAccount(self, request: SuspendChatAccount, _: object) -> Done:  # noqa: N802
        if (person := self._by_chat(request.chat)) is not None:
            self.unlink(person)
            self.waiting[request.chat] = LinkEnd.CLOSED
        return Done()

    def _ListLinkedAccounts(self, request: ListLinkedAccounts, _: object) -> LinkedAccounts:  # noqa: N802
        after = (request.after.team, request.after.user) if request.after else ("", "")
        found = sorted(
            (each.chat.team, each.chat.user, each.id)
            for each in self.people.values()
            if each.chat is not None and (each.linked_at is not None or each.chat in self.waiting)
        )
        accounts = [
            LinkedAccount(chat=chat, person=person, waits=self.waiting.get(chat))
            for team, user, person in found
            if (team, user) > after
            for chat in (ChatAccount(team=team, user=user),)
        ]
        return LinkedAccounts(accounts=tuple(accounts[:1]))

    def _MintReadToken(self, request: MintReadToken, _: object) -> ActorToken:  # noqa: N802
        person = self._by_chat(request.chat)
        if person is None or person.linked_at is None:
            raise ChatAccountNotLinked
        return ActorToken(token=str(person.id), person=person.id, expires_at=NOW + timedelta(seconds=60))

    def _MintCommandToken(self, request: MintCommandToken, _: object) -> ActorToken:  # noqa: N802
        return self._MintReadToken(MintReadToken(chat=request.chat), None)

    def _BeginIdentification(self, request: BeginIdentification, _: object) -> IdentificationLink:  # noqa: N802
        self.intents.append(request.intent)
        url = f"http://127.0.0.1:1/login/{len(self.intents)}"
        return IdentificationLink(url=url, expires_at=datetime.now(UTC) + timedelta(minutes=10))

    def _SetLanguage(self, request: SetLanguage, _: object) -> Done:  # noqa: N802
        self.languages[request.chat] = request.language
        return Done()

    def _DescribePeople(self, request: DescribePeople, _: object) -> People:  # noqa: N802
        return People(people=tuple(self.people[each] for each in request.ids if each in self.people))

    def _DescribeOrganisations(self, request: DescribeOrganisations, _: object) -> Organisations:  # noqa: N802
        there = (self.organisations.get(each) for each in request.ids)
        return Organisations(organisations=tuple(each for each in there if each))

    def _DescribeWorkspace(self, request: DescribeWorkspace, _: object) -> WorkspaceView:  # noqa: N802
        bound = self.bound.get(request.team, set(self.organisations))
        found = tuple(one for one in self.organisations.values() if one.id in bound)
        return WorkspaceView(team=request.team, organisations=found)

    def _ClaimWorkspace(self, request: ClaimWorkspace, asker: PersonView) -> WorkspaceView:  # noqa: N802
        self._may_act(request.organisation, asker)
        self.bound.setdefault(request.team, set()).add(request.organisation)
        return self._DescribeWorkspace(DescribeWorkspace(team=request.team), None)

    def _GetAffiliations(self, _: GetAffiliations, asker: PersonView) -> Affiliations:  # noqa: N802
        found = [
            Affiliation(organisation=each, main_user=(each.id, asker.id) in self.main_users)
            for each in self.organisations.values()
        ]
        return Affiliations(affiliations=() if asker.id in self.strangers else tuple(found))

    def _ListContacts(self, _: ListContacts, __: PersonView) -> Contacts:  # noqa: N802
        raise ContactsHidden(gate="granted")  # until a ContactsOffice opens

    def _SearchPeople(self, request: SearchPeople, asker: PersonView) -> People:  # noqa: N802
        self._may_act(request.organisation, asker)
        found = [each for each in self.people.values() if request.text.casefold() in each.name.casefold()]
        return People(people=tuple(each for each in found[:100] if each.id not in self.strangers))
