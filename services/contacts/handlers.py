"""What contacts answers and decides. Whether the asker may is asked of roles, before."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from services.contacts.domain import Contact, closed_gate, good_details, new_contact
from services.contacts.storage import Contacts as Kept
from shared.contracts.base import OrganisationId
from shared.contracts.contacts import (
    AddContact,
    ChangeContact,
    ConfirmContact,
    ContactAdded,
    ContactChanged,
    ContactId,
    ContactNoted,
    ContactNotFound,
    ContactRemoved,
    Contacts,
    ContactsHidden,
    ContactsNotEditable,
    ContactView,
    ListContacts,
    RemoveContact,
)
from shared.contracts.health import GetContactsHealth, Health
from shared.contracts.roles import AccessAnswer, CheckAccess
from shared.messaging.actors import Actor
from shared.messaging.bus import Caller
from shared.messaging.handling import decides, prepares, reads
from shared.runtime.health import health_of
from shared.storage.database import Database
from shared.storage.transaction import Transaction

NotedT = TypeVar("NotedT", bound=ContactNoted)

READ = "contact_persons.read"
EDIT = "contact_persons.edit"


@dataclass(frozen=True, slots=True)
class ContactsHandlers:
    database: Database
    bus: Caller
    now: Callable[[], datetime]

    @prepares(ListContacts)
    async def before_listing(self, request: ListContacts, actor: Actor) -> bool:
        read, edit = await asyncio.gather(
            self._access(request.organisation, actor, READ), self._access(request.organisation, actor, EDIT)
        )
        if not read.allowed:
            raise ContactsHidden(gate=closed_gate(read))
        return edit.allowed

    @reads(ListContacts)
    def list_contacts(
        self, rows: Transaction, request: ListContacts, actor: Actor, may_edit: bool
    ) -> Contacts:
        there = Kept(rows).of(request.organisation)
        return Contacts(contacts=tuple(as_view(contact) for contact in there), may_edit=may_edit)

    @prepares(AddContact)
    async def before_adding(self, command: AddContact, actor: Actor) -> None:
        await self._may_edit(command.organisation, actor)

    @decides(AddContact)
    def add_contact(self, tx: Transaction, command: AddContact, actor: Actor) -> ContactView:
        contacts = Kept(tx)
        contact = new_contact(
            command.organisation,
            good_details(command.details),
            beside=contacts.count(command.organisation),
            by=actor.somebody(),
            now=self.now(),
        )
        contacts.put(contact)
        tx.publish(_noted(ContactAdded, contact))
        return as_view(contact)

    @prepares(ChangeContact)
    async def before_changing(self, command: ChangeContact, actor: Actor) -> OrganisationId:
        return await self._may_edit_contact(command.contact, actor)

    @decides(ChangeContact)
    def change_contact(
        self, tx: Transaction, command: ChangeContact, actor: Actor, organisation: OrganisationId
    ) -> ContactView:
        contact = _take(tx, command.contact, organisation)
        changed = contact.changed(
            good_details(command.details), version=command.version, by=actor.somebody(), now=self.now()
        )
        Kept(tx).put(changed)
        tx.publish(_noted(ContactChanged, changed))
        return as_view(changed)

    @prepares(ConfirmContact)
    async def before_confirming(self, command: ConfirmContact, actor: Actor) -> OrganisationId:
        return await self._may_edit_contact(command.contact, actor)

    @decides(ConfirmContact)
    def confirm_contact(
        self, tx: Transaction, command: ConfirmContact, actor: Actor, organisation: OrganisationId
    ) -> ContactView:
        contact = _take(tx, command.contact, organisation)
        confirmed = contact.confirmed(by=actor.somebody(), now=self.now())
        Kept(tx).put(confirmed)
        tx.publish(_noted(ContactChanged, confirmed))
        return as_view(confirmed)

    @prepares(RemoveContact)
    async def before_removing(self, command: RemoveContact, actor: Actor) -> OrganisationId:
        return await self._may_edit_contact(command.contact, actor)

    @decides(RemoveContact)
    def remove_contact(
        self, tx: Transaction, command: RemoveContact, actor: Actor, organisation: OrganisationId
    ) -> ContactView:
        contact = _take(tx, command.contact, organisation)
        removed = contact.removed(by=actor.somebody(), now=self.now())
        if removed is not contact:
            Kept(tx).put(removed)
            tx.publish(_noted(ContactRemoved, removed))
        return as_view(removed)

    @reads(GetContactsHealth)
    def health(self, rows: Transaction, request: GetContactsHealth, actor: Actor) -> Health:
        return health_of("contacts", rows)

    async def _may_edit_contact(self, contact: ContactId, actor: Actor) -> OrganisationId:
        """The organisation whose contact person this is, if the actor may edit those."""
        known = await self.database.read(lambda rows: Kept(rows).find(contact))
        await self._may_edit(known.organisation, actor)
        return known.organisation

    async def _may_edit(self, organisation: OrganisationId, actor: Actor) -> None:
        access = await self._access(organisation, actor, EDIT)
        if not access.allowed:
            raise ContactsNotEditable(gate=closed_gate(access))

    async def _access(self, organisation: OrganisationId, actor: Actor, action: str) -> AccessAnswer:
        # Roles hears who was unlinked, and we do not: it is asked whether what the asker shows still counts.
        asked = CheckAccess(
            organisation=organisation, person=actor.somebody(), action=action, vouched=actor.known
        )
        return await self.bus.call(asked)


def as_view(contact: Contact) -> ContactView:
    details = contact.details
    return ContactView(
        id=contact.id,
        organisation=contact.organisation,
        duty=details.duty,
        name=details.name,
        email=details.email,
        phone=details.phone,
        language=details.language,
        confirmed_at=contact.confirmed_at,
        version=contact.version,
    )


def _noted(kind: type[NotedT], contact: Contact) -> NotedT:
    return kind(
        contact=contact.id,
        organisation=contact.organisation,
        duty=contact.details.duty,
        occurred_at=contact.changed_at,
    )


def _take(tx: Transaction, contact_id: ContactId, organisation: OrganisationId) -> Contact:
    """Take the contact person, who must still be of the *organisation* that the right was asked for."""
    contact = Kept(tx).take(contact_id)
    if contact.organisation != organisation:
        raise ContactNotFound
    return contact
