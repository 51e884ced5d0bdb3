"""What contacts decides, on both databases; whether the asker may is another test's business."""

import asyncio
import json
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from services.contacts.domain import MOST_CONTACTS
from services.contacts.handlers import ContactsHandlers
from services.contacts.storage import CONTACTS
from shared.contracts.base import OrganisationId, PersonId, Refusal, ReplyT, Request
from shared.contracts.contacts import (
    AddContact,
    ChangeContact,
    ConfirmContact,
    ContactChangedMeanwhile,
    ContactDetails,
    ContactId,
    ContactNotFound,
    Contacts,
    ContactView,
    Duty,
    EmailInvalid,
    ListContacts,
    RemoveContact,
    TooManyContacts,
)
from shared.contracts.health import GetContactsHealth
from shared.messaging.accounts import Account
from shared.messaging.actors import Actor
from shared.messaging.bus import OnBehalf
from shared.storage.database import Database
from tests.services.contacts.conftest import Clock

CLINIC = OrganisationId(UUID(int=1))
PHARMACY = OrganisationId(UUID(int=2))
AINO = Actor(caller=Account.BOT, person=PersonId(UUID(int=3)))
BEATA = Actor(caller=Account.BOT, person=PersonId(UUID(int=4)))


class NobodyToAsk:
    """A bus on which no question is expected."""

    async def call(self, request: Request[ReplyT], *, on_behalf: OnBehalf | None = None) -> ReplyT:
        raise AssertionError(request.subject)


class Office:
    """The service's decisions, each in its transaction."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self.database = database
        self.handlers = ContactsHandlers(database, NobodyToAsk(), clock)

    async def add(
        self, organisation: OrganisationId = CLINIC, *, by: Actor = AINO, **fields: str
    ) -> ContactView:
        command = AddContact(organisation=organisation, details=details(**fields))
        return await self.database.decide(lambda tx: self.handlers.add_contact(tx, command, by))

    async def change(
        self, contact: ContactView, *, by: Actor = AINO, organisation: OrganisationId = CLINIC, **fields: str
    ) -> ContactView:
        command = ChangeContact(contact=contact.id, version=contact.version, details=details(**fields))
        return await self.database.decide(
            lambda tx: self.handlers.change_contact(tx, command, by, organisation)
        )

    async def confirm(
        self, contact: ContactId, *, by: Actor = AINO, organisation: OrganisationId = CLINIC
    ) -> ContactView:
        command = ConfirmContact(contact=contact)
        return await self.database.decide(
            lambda tx: self.handlers.confirm_contact(tx, command, by, organisation)
        )

    async def remove(
        self, contact: ContactId, *, by: Actor = AINO, organisation: OrganisationId = CLINIC
    ) -> ContactView:
        command = RemoveContact(contact=contact)
        return await self.database.decide(
            lambda tx: self.handlers.remove_contact(tx, command, by, organisation)
        )

    async def listed(self, organisation: OrganisationId = CLINIC) -> Contacts:
        request = ListContacts(organisation=organisation)
        return await self.database.read(lambda rows: self.handlers.list_contacts(rows, request, AINO, True))

    async def announced(self) -> list[tuple[str, dict[str, object]]]:
        events = self.database.metadata.tables["events"]
        query = select(events.c.subject, events.c.payload).order_by(events.c.revision)
        rows = await self.database.read(lambda tx: tx.connection.execute(query).all())
        return [
            (row.subject.removeprefix("event.contacts.v1.contact."), json.loads(row.payload)) for row in rows
        ]

    async def row(self, contact: ContactId) -> dict[str, object]:
        query = select(CONTACTS).where(CONTACTS.c.id == contact)
        return await self.database.read(lambda tx: dict(tx.connection.execute(query).one()._mapping))


@pytest.fixture
def office(database: Database, clock: Clock) -> Office:
    return Office(database, clock)


def details(**fields: str) -> ContactDetails:
    usual = {
        "duty": "technical",
        "name": "Tekla Tukihenkilö",
        "email": "tekla@clinic.example",
        "phone": "+358 40 123 4567",
        "language": "fi",
    }
    return ContactDetails.model_validate(usual | fields)


async def test_who_was_entered_is_listed(office: Office, clock: Clock) -> None:
    added = await office.add()

    assert (await office.listed()).contacts == (added,)
    assert added.confirmed_at == clock.time
    assert added.version == 1


async def test_contact_persons_are_listed_by_duty_and_then_by_name(office: Office) -> None:
    await office.add(duty="disruptions", name="Aatu")
    await office.add(duty="general", name="Öykky")
    await office.add(duty="general", name="Beata")

    listed = (await office.listed()).contacts

    assert [(one.duty, one.name) for one in listed] == [
        (Duty.GENERAL, "Beata"),
        (Duty.GENERAL, "Öykky"),
        (Duty.DISRUPTIONS, "Aatu"),
    ]


async def test_each_organisation_sees_its_own(office: Office) -> None:
    ours = await office.add(CLINIC)
    theirs = await office.add(PHARMACY)

    assert (await office.listed(CLINIC)).contacts == (ours,)
    assert (await office.listed(PHARMACY)).contacts == (theirs,)


async def test_bad_details_leave_no_trace(office: Office) -> None:
    with pytest.raises(EmailInvalid):
        await office.add(email="tekla")

    assert (await office.listed()).contacts == ()
    assert await office.announced() == []


async def test_changed_details_are_shown_and_the_rest_stays(office: Office, clock: Clock) -> None:
    added = await office.add()
    later = clock.forward(timedelta(days=90))

    changed = await office.change(added, by=BEATA, name="Teemu Tukihenkilö", language="sv")

    assert (await office.listed()).contacts == (changed,)
    assert (changed.id, changed.name, changed.language) == (added.id, "Teemu Tukihenkilö", "sv")
    assert (changed.version, changed.confirmed_at) == (2, later)


async def test_of_two_who_change_the_same_version_one_is_told(office: Office) -> None:
    added = await office.add()

    outcomes = await asyncio.gather(
        office.change(added, name="Eka"), office.change(added, name="Toka"), return_exceptions=True
    )

    refused = [one for one in outcomes if isinstance(one, ContactChangedMeanwhile)]
    won = [one for one in outcomes if isinstance(one, ContactView)]
    assert (len(refused), len(won)) == (1, 1)
    assert (await office.listed()).contacts == tuple(won)


async def test_confirming_moves_the_date_and_nothing_else(office: Office, clock: Clock) -> None:
    added = await office.add()
    later = clock.forward(timedelta(days=180))

    confirmed = await office.confirm(added.id, by=BEATA)

    assert confirmed == added.model_copy(update={"confirmed_at": later})
    assert (await office.listed()).contacts == (confirmed,)


async def test_who_was_removed_is_kept_and_not_shown(office: Office, clock: Clock) -> None:
    added = await office.add()
    later = clock.forward(timedelta(days=1))

    await office.remove(added.id, by=BEATA)

    row = await office.row(added.id)
    assert (await office.listed()).contacts == ()
    assert (row["name"], row["removed_at"], row["changed_by"]) == (added.name, later, BEATA.person)


async def test_removing_twice_is_harmless_and_announced_once(office: Office, clock: Clock) -> None:
    added = await office.add()
    first = await office.remove(added.id)
    clock.forward(timedelta(days=1))

    again = await office.remove(added.id, by=BEATA)

    assert again == first
    assert [subject for subject, _ in await office.announced()] == ["added", "removed"]
    assert (await office.row(added.id))["changed_by"] == AINO.person


async def test_each_change_is_announced_without_a_word_about_the_person(office: Office) -> None:
    added = await office.add()
    changed = await office.change(added, phone="+358 50 000 0000")
    await office.confirm(changed.id)
    await office.remove(changed.id)

    announced = await office.announced()
    assert [subject for subject, _ in announced] == ["added", "changed", "changed", "removed"]
    for _, payload in announced:
        assert set(payload) == {"event_id", "occurred_at", "revision", "contact", "organisation", "duty"}
        assert (payload["contact"], payload["duty"]) == (str(added.id), "technical")


async def test_every_row_tells_who_touched_it_last_and_when(office: Office, clock: Clock) -> None:
    added = await office.add(by=AINO)
    entered = await office.row(added.id)
    later = clock.forward(timedelta(hours=1))

    await office.confirm(added.id, by=BEATA)

    touched = await office.row(added.id)
    assert entered["changed_by"] == AINO.person
    assert (touched["changed_by"], touched["changed_at"]) == (BEATA.person, later)


@pytest.mark.parametrize("act", ["change", "confirm", "remove"])
async def test_a_right_for_one_organisation_opens_no_other(office: Office, act: str) -> None:
    theirs = await office.add(PHARMACY)

    with pytest.raises(ContactNotFound):
        await getattr(office, act)(theirs if act == "change" else theirs.id, organisation=CLINIC)

    assert (await office.listed(PHARMACY)).contacts == (theirs,)


async def test_nobody_is_found_under_an_unknown_id(office: Office) -> None:
    for act in (office.confirm, office.remove):
        with pytest.raises(ContactNotFound):
            await act(ContactId(uuid4()))


async def test_the_list_of_an_organisation_has_an_end(office: Office) -> None:
    for number in range(MOST_CONTACTS):
        await office.add(name=f"Henkilö {number}")

    with pytest.raises(TooManyContacts) as refused:
        await office.add()

    assert isinstance(refused.value, Refusal)
    assert len((await office.listed()).contacts) == MOST_CONTACTS
    assert (await office.add(PHARMACY)).organisation == PHARMACY


async def test_one_who_is_removed_makes_room(office: Office) -> None:
    added = [await office.add(name=f"Henkilö {number}") for number in range(MOST_CONTACTS)]
    await office.remove(added[0].id)

    assert (await office.add(name="Uusi")).name == "Uusi"


async def test_health_tells_the_latest_fact_and_how_many_wait(office: Office) -> None:
    added = await office.add()
    await office.confirm(added.id)

    health = await office.database.read(
        lambda rows: office.handlers.health(rows, GetContactsHealth(), Actor(caller=Account.OPERATOR))
    )

    assert (health.service, health.revision, health.waiting) == ("contacts", 2, 2)
    assert health.version
