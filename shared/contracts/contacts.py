"""What contacts answers and announces: contact persons, from whom no right comes."""

from datetime import datetime
from enum import StrEnum
from typing import ClassVar, NewType
from uuid import UUID

from pydantic import Field

from shared.contracts.base import (
    Command,
    Event,
    Language,
    Message,
    OrganisationId,
    Refusal,
    Request,
)

ContactId = NewType("ContactId", UUID)


class Duty(StrEnum):
    """What a contact person is reached about."""

    GENERAL = "general"
    TECHNICAL = "technical"
    DATA_PROTECTION = "data_protection"
    ARCHIVE = "archive"
    BILLING = "billing"
    DISRUPTIONS = "disruptions"


class ContactDetails(Message):
    """
    How a contact person is reached.

    *email* holds one address; *phone* is in international form (``+358 …``), spaces allowed.
    """

    duty: str = Field(max_length=60)
    name: str
    email: str
    phone: str
    language: Language


class ContactView(Message):
    """A contact person. *confirmed_at* is when somebody last said that the details are right."""

    id: ContactId
    organisation: OrganisationId
    duty: Duty
    name: str
    email: str
    phone: str
    language: Language
    confirmed_at: datetime
    version: int


class Contacts(Message):
    """The contact persons of an organisation, by duty; *may_edit* says whether the asker may change them."""

    contacts: tuple[ContactView, ...]
    may_edit: bool


class ListContacts(Request[Contacts]):
    """The contact persons of *organisation*. Refuses ContactsHidden."""

    subject: ClassVar[str] = "rpc.contacts.v1.contacts.list"

    organisation: OrganisationId


class AddContact(Command[ContactView]):
    """
    Enter a contact person.

    Refuses ContactsNotEditable, TooManyContacts, and what is wrong with the details.
    """

    subject: ClassVar[str] = "rpc.contacts.v1.contact.add"

    organisation: OrganisationId
    details: ContactDetails


class ChangeContact(Command[ContactView]):
    """
    Replace a contact person's details; that confirms them, too.

    *version* is the one that the person saw. Refuses ContactNotFound, ContactChangedMeanwhile.
    """

    subject: ClassVar[str] = "rpc.contacts.v1.contact.change"

    contact: ContactId
    version: int
    details: ContactDetails


class RemoveContact(Command[ContactView]):
    """Take a contact person away. Removing what is gone is harmless."""

    subject: ClassVar[str] = "rpc.contacts.v1.contact.remove"

    contact: ContactId


class ConfirmContact(Command[ContactView]):
    """Say that the details are still right."""

    subject: ClassVar[str] = "rpc.contacts.v1.contact.confirm"

    contact: ContactId


class ContactNoted(Event):
    """What every announcement about a contact person carries: never their details."""

    contact: ContactId
    organisation: OrganisationId
    duty: Duty


class ContactAdded(ContactNoted):
    """A contact person was entered."""

    subject: ClassVar[str] = "event.contacts.v1.contact.added"


class ContactChanged(ContactNoted):
    """A contact person's details were replaced or confirmed."""

    subject: ClassVar[str] = "event.contacts.v1.contact.changed"


class ContactRemoved(ContactNoted):
    """A contact person was taken away."""

    subject: ClassVar[str] = "event.contacts.v1.contact.removed"


class ContactsHidden(Refusal):
    """The asker may not see the contact persons. *gate* is the first rung that does not hold."""

    code = "contacts.hidden"


class ContactsNotEditable(Refusal):
    """The asker may not change the contact persons. *gate* is the first rung that does not hold."""

    code = "contacts.not_editable"


class ContactNotFound(Refusal):
    """No contact person has this id."""

    code = "contacts.contact_not_found"


class ContactChangedMeanwhile(Refusal):
    """Somebody else changed the contact person since it was shown."""

    code = "contacts.changed_meanwhile"


class TooManyContacts(Refusal):
    """The organisation has *limit* contact persons, which is as many as it may have."""

    code = "contacts.too_many"


class DutyUnknown(Refusal):
    """There is no such duty."""

    code = "contacts.duty_unknown"


class NameMissing(Refusal):
    """A contact person has a name."""

    code = "contacts.name_missing"


class EmailInvalid(Refusal):
    """This is no e-mail address."""

    code = "contacts.email_invalid"


class PhoneInvalid(Refusal):
    """This is no phone number in international form."""

    code = "contacts.phone_invalid"
