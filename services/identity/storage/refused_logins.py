"""Logins that were refused, as rows: what an operator is told of them, and nobody's data."""

from datetime import datetime, timedelta
from uuid import UUID, uuid5

from sqlalchemy import Column, Index, Integer, String, Table, Uuid, delete, func, select, update

from services.identity.storage.tables import METADATA
from shared.contracts.identity import RefusedLogin
from shared.storage.transaction import Transaction
from shared.storage.types import UtcDateTime
from shared.storage.upsert import upsert

# One row for each minute, attempt and reason: whoever knocks without end fills no disk.
MINUTE = 60
ROWS = UUID("6f0d3c9e-1f55-5f0e-9b61-1c7d6d3f2a10")
KEPT_FOR = timedelta(days=400)
MOST_LISTED = 200

REFUSED_LOGINS = Table(
    "refused_logins",
    METADATA,
    Column("id", Uuid, primary_key=True),
    # Empty when whoever came showed nothing that leads to an attempt.
    Column("attempt", Uuid, nullable=True),
    Column("provider", String(200), nullable=False),
    Column("code", String(80), nullable=False),
    Column("why", String(80), nullable=False),
    Column("first_at", UtcDateTime, nullable=False),
    Column("last_at", UtcDateTime, nullable=False),
    Column("times", Integer, nullable=False),
)
Index("ix_refused_logins_last_at", REFUSED_LOGINS.c.last_at)
Index("ix_refused_logins_attempt", REFUSED_LOGINS.c.attempt)


def note(tx: Transaction, *, attempt: UUID | None, provider: str, code: str, why: str, now: datetime) -> None:
    """Write down that a login was refused: which, at whose word, and why."""
    about = (str(attempt or ""), provider, code, why, str(int(now.timestamp()) // MINUTE))
    row = uuid5(ROWS, "\0".join(about))
    values = {
        "id": row,
        "attempt": attempt,
        "provider": provider[:200],
        "code": code[:80],
        "why": why[:80],
        "first_at": now,
        "last_at": now,
        "times": 0,
    }
    upsert(tx.connection, REFUSED_LOGINS, values, key=["id"], over=False)
    again = update(REFUSED_LOGINS).where(REFUSED_LOGINS.c.id == row)
    tx.connection.execute(again.values(times=REFUSED_LOGINS.c.times + 1, last_at=now))
    tx.connection.execute(delete(REFUSED_LOGINS).where(REFUSED_LOGINS.c.last_at < now - KEPT_FOR))


def times(rows: Transaction, attempt: UUID) -> int:
    """How often a login of this *attempt* was refused."""
    query = select(func.coalesce(func.sum(REFUSED_LOGINS.c.times), 0))
    return int(rows.connection.execute(query.where(REFUSED_LOGINS.c.attempt == attempt)).scalar_one())


def listed(rows: Transaction, since: datetime) -> tuple[RefusedLogin, ...]:
    """What was refused after *since*, the latest first."""
    query = (
        select(REFUSED_LOGINS)
        .where(REFUSED_LOGINS.c.last_at > since)
        .order_by(REFUSED_LOGINS.c.last_at.desc(), REFUSED_LOGINS.c.id)
        .limit(MOST_LISTED)
    )
    return tuple(RefusedLogin.model_validate(dict(row._mapping)) for row in rows.connection.execute(query))
