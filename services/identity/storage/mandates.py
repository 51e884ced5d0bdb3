"""What Suomi.fi vouched for, as rows."""

import json
from typing import Any

from sqlalchemy import Row, select

from services.identity.domain.mandates import Proof
from services.identity.storage.tables import MANDATES, ORGANISATIONS
from shared.contracts.base import OrganisationId, PersonId
from shared.storage.transaction import Transaction
from shared.storage.upsert import upsert


def lock(tx: Transaction, person: PersonId, business_id: str) -> Proof | None:
    """What was proved of *person* and an organisation; nobody else changes it until the commit."""
    query = select(MANDATES).where(MANDATES.c.person == person, MANDATES.c.business_id == business_id)
    row = tx.connection.execute(query.with_for_update()).one_or_none()
    return None if row is None else _proof(row)


def put(tx: Transaction, proof: Proof) -> None:
    """Write *proof* down in the place of an earlier one."""
    values = {
        "person": proof.person,
        "business_id": proof.business_id,
        "name": proof.name,
        "complete": proof.complete,
        "codes": json.dumps(sorted(proof.codes)),
        "how": proof.how,
        "proved_at": proof.proved_at,
        "expires_at": proof.expires_at,
    }
    upsert(tx.connection, MANDATES, values, key=["person", "business_id"])


def of_person(rows: Transaction, person: PersonId) -> list[tuple[Proof, OrganisationId | None]]:
    """All that was proved of *person*, by the organisation's name, and which of our organisations it is."""
    query = (
        select(MANDATES, ORGANISATIONS.c.id.label("organisation"))
        .outerjoin(ORGANISATIONS, ORGANISATIONS.c.business_id == MANDATES.c.business_id)
        .where(MANDATES.c.person == person)
        .order_by(MANDATES.c.name, MANDATES.c.business_id)
    )
    return [(_proof(row), row.organisation) for row in rows.connection.execute(query)]


def _proof(row: Row[Any]) -> Proof:
    return Proof(
        person=PersonId(row.person),
        business_id=row.business_id,
        name=row.name,
        complete=row.complete,
        codes=frozenset(json.loads(row.codes)),
        how=row.how,
        proved_at=row.proved_at,
        expires_at=row.expires_at,
    )
