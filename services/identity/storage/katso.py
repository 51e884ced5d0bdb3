"""Katso IDs as rows, and which one was shown on the way to a strong identification."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Column, ForeignKey, String, Table, Uuid, select, update

from services.identity.domain.katso import KatsoIdentity, KatsoKind
from services.identity.storage.tables import ATTEMPTS, METADATA, PEOPLE
from shared.contracts.base import PersonId
from shared.storage.transaction import Transaction
from shared.storage.types import UtcDateTime, words
from shared.storage.upsert import upsert

KATSO_IDS = Table(
    "katso_ids",
    METADATA,
    Column("katso_id", String(80), primary_key=True),
    Column("person", Uuid, ForeignKey("people.id"), nullable=False, index=True),
    Column("kind", words(KatsoKind), nullable=False),
    Column("upgraded_at", UtcDateTime, nullable=True),
)


def find(rows: Transaction, katso_id: str) -> KatsoIdentity | None:
    """The ID of this name."""
    query = select(KATSO_IDS).where(KATSO_IDS.c.katso_id == katso_id)
    row = rows.connection.execute(query).one_or_none()
    if row is None:
        return None
    return KatsoIdentity(
        katso_id=row.katso_id, person=PersonId(row.person), kind=row.kind, upgraded_at=row.upgraded_at
    )


def put(tx: Transaction, identity: KatsoIdentity) -> None:
    """Write *identity* down, unless the ID is known: what it has become since stays."""
    values = {
        "katso_id": identity.katso_id,
        "person": identity.person,
        "kind": identity.kind,
        "upgraded_at": identity.upgraded_at,
    }
    upsert(tx.connection, KATSO_IDS, values, key=["katso_id"], over=False)


def strengthen(tx: Transaction, katso_id: str, person: PersonId, code_digest: str, now: datetime) -> None:
    """Let the ID be its person's, who is known by a personal code from now on."""
    values = {"kind": KatsoKind.STRENGTHENED, "upgraded_at": now}
    tx.connection.execute(update(KATSO_IDS).where(KATSO_IDS.c.katso_id == katso_id).values(values))
    tx.connection.execute(update(PEOPLE).where(PEOPLE.c.id == person).values(code_digest=code_digest))


def show(tx: Transaction, attempt: UUID, katso_id: str, browser: str) -> None:
    """Note that a sub-ID was logged in with in *browser*, on the way to a strong identification."""
    values = {"katso_id": katso_id, "katso_browser": browser}
    tx.connection.execute(update(ATTEMPTS).where(ATTEMPTS.c.id == attempt).values(values))
