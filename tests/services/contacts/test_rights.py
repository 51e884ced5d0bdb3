"""Who may see and change contact persons: the whole service on a real bus, asking a stand-in for roles."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from uuid import UUID, uuid4

import pytest

from services.contacts.app import run
from services.contacts.settings import ContactsSettings
from shared.contracts.base import ActorNotProved, OrganisationId, PersonId, ReplyT, Request, Unavailable
from shared.contracts.contacts import (
    AddContact,
    ChangeContact,
    ConfirmContact,
    ContactDetails,
    ContactId,
    ContactNotFound,
    ContactsHidden,
    ContactsNotEditable,
    EmailInvalid,
    ListContacts,
    RemoveContact,
)
from shared.contracts.health import GetContactsHealth
from shared.contracts.roles import Gate
from shared.messaging.accounts import Account
from shared.messaging.bus import Bus
from shared.messaging.server import serve
from tests.services.contacts.stand_ins import StandInIdentity, StandInRoles, answering_desk
from tests.support.bus import BusServer
from tests.support.migrated import migrated

CLINIC = OrganisationId(UUID(int=1))
PHARMACY = OrganisationId(UUID(int=2))
AINO = PersonId(UUID(int=3))
BEATA = PersonId(UUID(int=4))
READ = "contact_persons.read"
EDIT = "contact_persons.edit"
DETAILS = ContactDetails(
    duty="technical",
    name="Tekla Tukihenkilö",
    email="tekla@clinic.example",
    phone="+358 40 123 4567",
    language="fi",
)


@dataclass(slots=True)
class Town:
    """The bot's end of a bus on which contacts is at work."""

    bot: Bus
    roles: StandInRoles
    identity: StandInIdentity

    def allow(self, person: PersonId, organisation: OrganisationId, *actions: str) -> None:
        self.roles.allowed |= {(person, organisation, action) for action in actions}

    async def ask(self, request: Request[ReplyT], *, by: PersonId = AINO) -> ReplyT:
        return await self.bot.call(request, on_behalf=self.identity.behind(by))


@asynccontextmanager
async def built(bus_server: BusServer, url: str) -> AsyncIterator[Town]:
    migrated("services.contacts", url)
    settings = ContactsSettings(contacts_database_url=url)
    roles, identity = StandInRoles(), StandInIdentity()
    async with AsyncExitStack() as stack:
        for_roles = await stack.enter_async_context(bus_server.connect(Account.ROLES))
        await stack.enter_async_context(serve(for_roles, answering_desk(roles)))
        for_contacts = await stack.enter_async_context(bus_server.connect(Account.CONTACTS))
        await stack.enter_async_context(run(for_contacts, settings, verifier=identity.verifier))
        for_bot = await stack.enter_async_context(bus_server.connect(Account.BOT))
        yield Town(Bus(for_bot), roles, identity)


@pytest.fixture
async def town(bus_server: BusServer, sqlite_url: str) -> AsyncIterator[Town]:
    async with built(bus_server, sqlite_url) as town:
        yield town


async def test_contact_persons_are_entered_seen_and_taken_away_by_those_who_may(
    bus_server: BusServer, database_url: str
) -> None:
    async with built(bus_server, database_url) as town:
        town.allow(AINO, CLINIC, READ, EDIT)
        added = await town.ask(AddContact(organisation=CLINIC, details=DETAILS))
        shown = await town.ask(ListContacts(organisation=CLINIC))
        changed = await town.ask(ChangeContact(contact=added.id, version=1, details=DETAILS))
        confirmed = await town.ask(ConfirmContact(contact=added.id))
        await town.ask(RemoveContact(contact=added.id))
        left = await town.ask(ListContacts(organisation=CLINIC))

    assert (shown.contacts, shown.may_edit) == ((added,), True)
    assert (changed.version, confirmed.version) == (2, 2)
    assert left.contacts == ()


async def test_a_reader_sees_and_is_told_that_they_may_not_edit(town: Town) -> None:
    town.allow(AINO, CLINIC, READ, EDIT)
    town.allow(BEATA, CLINIC, READ)
    added = await town.ask(AddContact(organisation=CLINIC, details=DETAILS))

    shown = await town.ask(ListContacts(organisation=CLINIC), by=BEATA)

    assert (shown.contacts, shown.may_edit) == ((added,), False)


@pytest.mark.parametrize("gate", [Gate.IDENTIFIED, Gate.ACCEPTED])
async def test_who_may_not_see_learns_which_gate_is_closed(town: Town, gate: Gate) -> None:
    town.roles.closed = gate

    with pytest.raises(ContactsHidden) as refused:
        await town.ask(ListContacts(organisation=CLINIC))

    assert refused.value.parameters == {"gate": gate.value}


async def test_a_reader_changes_nothing(town: Town) -> None:
    town.allow(AINO, CLINIC, READ, EDIT)
    town.allow(BEATA, CLINIC, READ)
    added = await town.ask(AddContact(organisation=CLINIC, details=DETAILS))

    for command in (
        AddContact(organisation=CLINIC, details=DETAILS),
        ChangeContact(contact=added.id, version=1, details=DETAILS),
        ConfirmContact(contact=added.id),
        RemoveContact(contact=added.id),
    ):
        with pytest.raises(ContactsNotEditable) as refused:
            await town.ask(command, by=BEATA)
        assert refused.value.parameters == {"gate": "granted"}
    assert (await town.ask(ListContacts(organisation=CLINIC))).contacts == (added,)


async def test_the_right_is_asked_for_the_organisation_of_the_contact_person(town: Town) -> None:
    town.allow(AINO, CLINIC, READ, EDIT)
    town.allow(BEATA, PHARMACY, READ, EDIT)
    theirs = await town.ask(AddContact(organisation=PHARMACY, details=DETAILS), by=BEATA)
    town.roles.asked.clear()

    with pytest.raises(ContactsNotEditable):
        await town.ask(RemoveContact(contact=theirs.id))

    assert [(one.organisation, one.person, one.action) for one in town.roles.asked] == [
        (PHARMACY, AINO, EDIT)
    ]


async def test_an_unknown_contact_person_is_not_found(town: Town) -> None:
    with pytest.raises(ContactNotFound):
        await town.ask(ConfirmContact(contact=ContactId(uuid4())))


async def test_a_right_that_was_lost_meanwhile_does_not_answer_from_memory(town: Town) -> None:
    town.allow(AINO, CLINIC, READ, EDIT)
    command = AddContact(organisation=CLINIC, details=DETAILS)
    first = await town.ask(command)
    again = await town.ask(command)
    town.roles.allowed.clear()

    assert again == first
    with pytest.raises(ContactsNotEditable):
        await town.ask(command)


async def test_a_command_sent_many_times_at_once_enters_one(town: Town) -> None:
    town.allow(AINO, CLINIC, READ, EDIT)
    command = AddContact(organisation=CLINIC, details=DETAILS)

    answers = await asyncio.gather(*(town.ask(command) for _ in range(8)))

    assert len({one.id for one in answers}) == 1
    assert (await town.ask(ListContacts(organisation=CLINIC))).contacts == (answers[0],)


async def test_what_is_wrong_with_the_details_reaches_the_asker_by_name(town: Town) -> None:
    town.allow(AINO, CLINIC, READ, EDIT)
    details = DETAILS.model_copy(update={"email": "tekla"})

    with pytest.raises(EmailInvalid):
        await town.ask(AddContact(organisation=CLINIC, details=details))


async def test_nobody_asks_without_saying_who_they_are(town: Town) -> None:
    with pytest.raises(ActorNotProved) as refused:
        await town.bot.call(ListContacts(organisation=CLINIC))

    assert refused.value.parameters == {"why": "missing"}


async def test_while_roles_is_away_nothing_is_shown_and_health_is_still_told(
    bus_server: BusServer, sqlite_url: str
) -> None:
    migrated("services.contacts", sqlite_url)
    identity = StandInIdentity()
    async with (
        bus_server.connect(Account.CONTACTS) as for_contacts,
        run(for_contacts, ContactsSettings(contacts_database_url=sqlite_url), verifier=identity.verifier),
        bus_server.connect(Account.BOT) as for_bot,
    ):
        bot = Bus(for_bot)

        with pytest.raises(Unavailable):
            await bot.call(ListContacts(organisation=CLINIC), on_behalf=identity.behind(AINO))
        assert (await bot.call(GetContactsHealth())).service == "contacts"
