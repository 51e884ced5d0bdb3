"""Who may still ask Suomi.fi after a login, or is there now, as rows."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, delete, select, update

from services.identity.storage.tables import ERRANDS
from shared.contracts.base import PersonId
from shared.storage.transaction import Transaction
from shared.storage.upsert import upsert


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """
    The errand of one login. *sealed* holds the personal code until it was answered.

    *session* is the visit at Suomi.fi that is open, if one is.
    """

    attempt: UUID
    person: PersonId
    sealed: str | None = field(repr=False)
    session: str | None = field(repr=False)
    answered_at: datetime | None
    expires_at: datetime


def put(tx: Transaction, attempt: UUID, person: PersonId, sealed: str, expires_at: datetime) -> None:
    """Let the person of a login ask, until *expires_at*."""
    values = {
        "attempt": attempt,
        "person": person,
        "sealed": sealed,
        "session": None,
        "answered_at": None,
        "expires_at": expires_at,
    }
    upsert(tx.connection, ERRANDS, values, key=["attempt"])


def find(rows: Transaction, attempt: UUID, now: datetime) -> Errand | None:
    """The errand of a login, while it has time."""
    query = select(ERRANDS).where(ERRANDS.c.attempt == attempt, ERRANDS.c.expires_at > now)
    row = rows.connection.execute(query).one_or_none()
    return None if row is None else _errand(row)


def lock(tx: Transaction, attempt: UUID, now: datetime) -> Errand | None:
    """The same, and nobody else changes it until the commit."""
    query = select(ERRANDS).where(ERRANDS.c.attempt == attempt, ERRANDS.c.expires_at > now)
    row = tx.connection.execute(query.with_for_update()).one_or_none()
    return None if row is None else _errand(row)


def visit(tx: Transaction, attempt: UUID, session: str | None) -> None:
    """Note the visit that is open now, or that none is."""
    tx.connection.execute(update(ERRANDS).where(ERRANDS.c.attempt == attempt).values(session=session))


def answer(tx: Transaction, attempt: UUID, now: datetime) -> None:
    """Note that Suomi.fi answered, and keep nothing that is not needed any more."""
    done = {"answered_at": now, "sealed": None, "session": None}
    tx.connection.execute(update(ERRANDS).where(ERRANDS.c.attempt == attempt).values(done))


def drop(tx: Transaction, attempt: UUID) -> None:
    """Forget the errand of a login."""
    tx.connection.execute(delete(ERRANDS).where(ERRANDS.c.attempt == attempt))


def expire(tx: Transaction, attempt: UUID, now: datetime) -> None:
    """Let the time of an errand be over: nothing more can be asked, and an open visit is closed."""
    change = update(ERRANDS).where(ERRANDS.c.attempt == attempt, ERRANDS.c.expires_at > now)
    tx.connection.execute(change.values(sealed=None, expires_at=now))


def forget(tx: Transaction, now: datetime) -> list[str]:
    """Forget all errands whose time is over; the visits that they left open."""
    over = ERRANDS.c.expires_at <= now
    left = tx.connection.execute(select(ERRANDS.c.session).where(over, ERRANDS.c.session.is_not(None)))
    sessions = list(left.scalars())
    tx.connection.execute(delete(ERRANDS).where(over))
    return sessions


def _errand(row: Row[Any]) -> Errand:
    return Errand(
        attempt=row.attempt,
        person=PersonId(row.person),
        sealed=row.sealed,
        session=row.session,
        answered_at=row.answered_at,
        expires_at=row.expires_at,
    )
