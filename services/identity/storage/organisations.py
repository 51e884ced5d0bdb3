"""Organisations and who belongs to them, as rows."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, func, insert, or_, select, update

from services.identity.storage.tables import MEMBERS, ORGANISATIONS
from shared.contracts.base import OrganisationId, PersonId
from shared.contracts.identity import Affiliation, OrganisationView
from shared.storage.transaction import Transaction
from shared.storage.upsert import upsert

MOST_FOUND = 25


def of_business_id(tx: Transaction, business_id: str) -> tuple[OrganisationView, bool] | None:
    """The organisation, locked, and whether its kind is an operator's word."""
    query = select(ORGANISATIONS).where(ORGANISATIONS.c.business_id == business_id).with_for_update()
    row = tx.connection.execute(query).one_or_none()
    return None if row is None else (_view(row), row.kind_by_operator)


def customers(
    tx: Transaction, business_ids: Sequence[str] | None = None
) -> tuple[tuple[OrganisationView, bool], ...]:
    """
    Our customers, locked, each with whether its kind is an operator's word; those of *business_ids*, or all.
    """
    query = select(ORGANISATIONS).order_by(ORGANISATIONS.c.business_id).with_for_update()
    if business_ids is not None:
        query = query.where(ORGANISATIONS.c.business_id.in_(business_ids))
    return tuple((_view(row), row.kind_by_operator) for row in tx.connection.execute(query))


def known_as(rows: Transaction, business_id: str) -> OrganisationView | None:
    """The customer of this business ID."""
    query = select(ORGANISATIONS).where(ORGANISATIONS.c.business_id == business_id)
    row = rows.connection.execute(query).one_or_none()
    return None if row is None else _view(row)


def put(tx: Transaction, organisation: OrganisationView, *, kind_by_operator: bool, new: bool) -> None:
    """Write *organisation* down, over what was known of it unless it is *new*."""
    values = organisation.model_dump() | {
        "name_key": organisation.name.casefold(),
        "kind_by_operator": kind_by_operator,
    }
    if new:
        tx.connection.execute(insert(ORGANISATIONS), values)
    else:
        changing = update(ORGANISATIONS).where(ORGANISATIONS.c.id == organisation.id)
        tx.connection.execute(changing.values(values))


def describe(rows: Transaction, ids: Sequence[OrganisationId]) -> tuple[OrganisationView, ...]:
    """Those of *ids* that are known, in their order."""
    query = select(ORGANISATIONS).where(ORGANISATIONS.c.id.in_(ids))
    found = {row.id: _view(row) for row in rows.connection.execute(query)}
    return tuple(found[one] for one in dict.fromkeys(ids) if one in found)


def find(rows: Transaction, text: str, business_id: str | None) -> tuple[OrganisationView, ...]:
    """Organisations of this id, business ID, OID or name."""
    same: list[ColumnElement[bool]] = [
        ORGANISATIONS.c.oid == text,
        ORGANISATIONS.c.name_key == text.casefold(),
    ]
    if business_id is not None:
        same.append(ORGANISATIONS.c.business_id == business_id)
    if (an_id := as_id(text)) is not None:
        same.append(ORGANISATIONS.c.id == an_id)
    query = select(ORGANISATIONS).where(or_(*same)).order_by(ORGANISATIONS.c.name_key).limit(MOST_FOUND)
    return tuple(_view(row) for row in rows.connection.execute(query))


def count(rows: Transaction) -> int:
    """How many organisations there are."""
    return rows.connection.execute(select(func.count()).select_from(ORGANISATIONS)).scalar_one()


def affiliations(rows: Transaction, person: PersonId, now: datetime) -> tuple[Affiliation, ...]:
    """Where *person* belongs at *now*, by name."""
    query = (
        select(ORGANISATIONS, MEMBERS.c.main_user, MEMBERS.c.until)
        .join(MEMBERS, MEMBERS.c.organisation == ORGANISATIONS.c.id)
        .where(MEMBERS.c.person == person)
        .order_by(ORGANISATIONS.c.name_key)
    )
    return tuple(
        Affiliation(organisation=_view(row), main_user=_is_main_user(row, now))
        for row in rows.connection.execute(query)
    )


def membership(
    rows: Transaction, organisation: OrganisationId, person: PersonId, now: datetime
) -> bool | None:
    """Whether *person* is a main user of *organisation* at *now*; None says: not even a member."""
    row = _member(rows, organisation, person)
    return None if row is None else _is_main_user(row, now)


def is_decided_by_roles(rows: Transaction, organisation: OrganisationId, person: PersonId) -> bool:
    """Whether roles has decided who *person* is in *organisation*."""
    row = _member(rows, organisation, person)
    return row is not None and row.by_role


def put_member(
    tx: Transaction,
    organisation: OrganisationId,
    person: PersonId,
    *,
    main_user: bool,
    by_role: bool = False,
    until: datetime | None = None,
) -> None:
    """Write down that *person* belongs to *organisation*."""
    values = {
        "organisation": organisation,
        "person": person,
        "main_user": main_user,
        "by_role": by_role,
        "until": until,
    }
    upsert(tx.connection, MEMBERS, values, key=["organisation", "person"])


def _member(rows: Transaction, organisation: OrganisationId, person: PersonId) -> Row[Any] | None:
    query = select(MEMBERS).where(MEMBERS.c.organisation == organisation, MEMBERS.c.person == person)
    return rows.connection.execute(query).one_or_none()


def _is_main_user(row: Row[Any], now: datetime) -> bool:
    return bool(row.main_user) and (row.until is None or now < row.until)


def as_id(text: str) -> UUID | None:
    """The id that *text* is, if it is one."""
    try:
        return UUID(text)
    except ValueError:
        return None


def _view(row: Row[Any]) -> OrganisationView:
    return OrganisationView.model_validate(row, from_attributes=True)
