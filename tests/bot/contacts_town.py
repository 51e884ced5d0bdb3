"""The contacts service behind the small town: its own rules, without its bus and its rows."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from services.contacts.domain import Contact, good_details, new_contact
from services.contacts.handlers import as_view
from shared.contracts.base import PersonId
from shared.contracts.contacts import (
    AddContact,
    ChangeContact,
    ConfirmContact,
    ContactDetails,
    ContactId,
    ContactNotFound,
    Contacts,
    ContactsHidden,
    ContactsNotEditable,
    ContactView,
    Duty,
    ListContacts,
    RemoveContact,
)
from shared.contracts.identity import PersonView
from shared.contracts.roles import Gate
from tests.bot.town import Town

HALF_A_YEAR_AGO = datetime.now(UTC) - timedelta(days=180)


@dataclass
class ContactsOffice:
    """Keeps contact persons for a town. *closed_to_see* and *closed_to_edit* name the gate that is closed."""

    town: Town
    closed_to_see: dict[PersonId, Gate] = field(default_factory=dict)
    closed_to_edit: dict[PersonId, Gate] = field(default_factory=dict)
    kept: dict[ContactId, Contact] = field(default_factory=dict)

    def open(self) -> "ContactsOffice":
        """Let the town answer for contacts."""
        for request, method in (
            (ListContacts, self._list),
            (AddContact, self._add),
            (ChangeContact, self._change),
            (ConfirmContact, self._confirm),
            (RemoveContact, self._remove),
        ):
            setattr(self.town, f"_{request.__name__}", method)
        return self

    def put(self, name: str, duty: Duty = Duty.TECHNICAL) -> Contact:
        """Somebody entered them half a year ago."""
        details = good_details(
            ContactDetails(
                duty=duty, name=name, email="tekla@clinic.example", phone="+358 40 123 4567", language="sv"
            )
        )
        by = self.town.maija.id
        contact = new_contact(self.town.clinic.id, details, beside=0, by=by, now=HALF_A_YEAR_AGO)
        return self._keep(contact)

    def there(self) -> list[Contact]:
        return [each for each in self.kept.values() if each.removed_at is None]

    def _list(self, request: ListContacts, asker: PersonView) -> Contacts:
        if gate := self.closed_to_see.get(asker.id):
            raise ContactsHidden(gate=gate.value)
        there = sorted(self.there(), key=lambda each: list(Duty).index(each.details.duty))
        return Contacts(
            contacts=tuple(as_view(each) for each in there if each.organisation == request.organisation),
            may_edit=asker.id not in self.closed_to_edit,
        )

    def _add(self, request: AddContact, asker: PersonView) -> ContactView:
        self._may_edit(asker)
        details, beside = good_details(request.details), len(self.there())
        now = datetime.now(UTC)
        return as_view(
            self._keep(new_contact(request.organisation, details, beside=beside, by=asker.id, now=now))
        )

    def _change(self, request: ChangeContact, asker: PersonView) -> ContactView:
        contact = self._take(request.contact, asker)
        details, now = good_details(request.details), datetime.now(UTC)
        return as_view(self._keep(contact.changed(details, version=request.version, by=asker.id, now=now)))

    def _confirm(self, request: ConfirmContact, asker: PersonView) -> ContactView:
        contact = self._take(request.contact, asker)
        return as_view(self._keep(contact.confirmed(by=asker.id, now=datetime.now(UTC))))

    def _remove(self, request: RemoveContact, asker: PersonView) -> ContactView:
        contact = self._take(request.contact, asker)
        return as_view(self._keep(contact.removed(by=asker.id, now=datetime.now(UTC))))

    def _take(self, contact: ContactId, asker: PersonView) -> Contact:
        if contact not in self.kept:
            raise ContactNotFound
        self._may_edit(asker)
        return self.kept[contact]

    def _may_edit(self, asker: PersonView) -> None:
        if gate := self.closed_to_edit.get(asker.id):
            raise ContactsNotEditable(gate=gate.value)

    def _keep(self, contact: Contact) -> Contact:
        self.kept[contact.id] = contact
        return contact
