"""Where contact persons are kept. The only SQL of this service."""

from typing import Any

from sqlalchemy import CheckConstraint, Column, Index, Integer, Row, String, Table, Uuid, func, select

from services.contacts.domain import Contact, Details
from shared.contracts.base import OrganisationId
from shared.contracts.contacts import ContactId, ContactNotFound, Duty
from shared.storage.tables import metadata
from shared.storage.transaction import Transaction
from shared.storage.types import UtcDateTime, words
from shared.storage.upsert import upsert

METADATA = metadata()

CONTACTS = Table(
    "contacts",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("organisation", Uuid, nullable=False),
    Column("duty", words(Duty), nullable=False),
    Column("name", String(200), nullable=False),
    Column("email", String(254), nullable=False),
    Column("phone", String(40), nullable=False),
    Column("language", String(2), nullable=False),
    Column("confirmed_at", UtcDateTime, nullable=False),
    Column("version", Integer, nullable=False),
    Column("changed_by", Uuid, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
    Column("removed_at", UtcDateTime, nullable=True),
    CheckConstraint("length(name) > 0", name="named"),
    CheckConstraint("language IN ('fi', 'sv', 'en')", name="language"),
    CheckConstraint("version > 0", name="version"),
)
_there = CONTACTS.c.removed_at.is_(None)
# Over those who are there only, as the migration makes it; saying so here would import both dialects.
Index("ix_contacts_there", CONTACTS.c.organisation)

DETAILS = ("duty", "name", "email", "phone", "language")


class Contacts:
    """Every contact person ever entered."""

    def __init__(self, tx: Transaction) -> None:
        self._connection = tx.connection

    def of(self, organisation: OrganisationId) -> list[Contact]:
        """Those who are there, by duty, then by name."""
        query = select(CONTACTS).where(CONTACTS.c.organisation == organisation, _there)
        found = [_contact(row) for row in self._connection.execute(query)]
        duties = list(Duty)
        return sorted(found, key=lambda one: (duties.index(one.details.duty), one.details.name, one.id))

    def count(self, organisation: OrganisationId) -> int:
        """How many are there."""
        query = select(func.count()).where(CONTACTS.c.organisation == organisation, _there)
        return self._connection.execute(query).scalar_one()

    def find(self, contact: ContactId) -> Contact:
        """
        A contact person, there or removed.

        Raises:
            ContactNotFound: nobody ever had this id.
        """
        return self._one(select(CONTACTS).where(CONTACTS.c.id == contact))

    def take(self, contact: ContactId) -> Contact:
        """
        The same, and nobody else may change them until this transaction ends.

        Raises:
            ContactNotFound: nobody ever had this id.
        """
        return self._one(select(CONTACTS).where(CONTACTS.c.id == contact).with_for_update())

    def put(self, contact: Contact) -> None:
        """Keep *contact*, in place of how they were before."""
        upsert(self._connection, CONTACTS, _row(contact), key=["id"])

    def _one(self, query: Any) -> Contact:
        row = self._connection.execute(query).one_or_none()
        if row is None:
            raise ContactNotFound
        return _contact(row)


def _row(contact: Contact) -> dict[str, object]:
    return {
        "id": contact.id,
        "organisation": contact.organisation,
        **{name: getattr(contact.details, name) for name in DETAILS},
        "confirmed_at": contact.confirmed_at,
        "version": contact.version,
        "changed_by": contact.changed_by,
        "changed_at": contact.changed_at,
        "removed_at": contact.removed_at,
    }


def _contact(row: Row[Any]) -> Contact:
    columns = dict(row._mapping)
    details = Details(**{name: columns.pop(name) for name in DETAILS})
    return Contact(details=details, **columns)
