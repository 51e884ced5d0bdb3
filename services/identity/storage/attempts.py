"""Attempts to identify, as rows."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Row, delete, insert, select, update

from services.identity.domain.identification import TIME_TO_FINISH, Attempt, Identified
from services.identity.storage.tables import ATTEMPTS
from shared.contracts.base import PersonId
from shared.contracts.identity import ChatAccount, Intent
from shared.storage.transaction import Transaction

FORGOTTEN_AFTER = timedelta(days=1)


def put(tx: Transaction, attempt: Attempt, nonce_digest: str) -> None:
    """Write a new attempt down, to be found by the digest of its link's secret."""
    values = {
        "id": attempt.id,
        "nonce_digest": nonce_digest,
        "chat_team": attempt.chat.team,
        "chat_user": attempt.chat.user,
        "chat_name": attempt.chat_name,
        "language": attempt.language,
        "intent": attempt.intent.model_dump_json(),
        "expires_at": attempt.expires_at,
        "method": "",
    }
    tx.connection.execute(insert(ATTEMPTS), values)


def forget(tx: Transaction, now: datetime) -> None:
    """Delete attempts that nobody can complete any more."""
    tx.connection.execute(delete(ATTEMPTS).where(ATTEMPTS.c.expires_at < now - FORGOTTEN_AFTER))


def of_link(rows: Transaction, nonce_digest: str) -> Attempt | None:
    """The attempt that a link belongs to."""
    query = select(ATTEMPTS).where(ATTEMPTS.c.nonce_digest == nonce_digest)
    row = rows.connection.execute(query).one_or_none()
    return None if row is None else _attempt(row)


def find(rows: Transaction, attempt: UUID) -> Attempt | None:
    """An attempt as it stands."""
    query = select(ATTEMPTS).where(ATTEMPTS.c.id == attempt)
    row = rows.connection.execute(query).one_or_none()
    return None if row is None else _attempt(row)


def lock(tx: Transaction, attempt: UUID) -> Attempt | None:
    """An attempt that nobody else changes until the commit."""
    query = select(ATTEMPTS).where(ATTEMPTS.c.id == attempt).with_for_update()
    row = tx.connection.execute(query).one_or_none()
    return None if row is None else _attempt(row)


def wait_for_yes(tx: Transaction, attempt: UUID, browser: str, identified: Identified) -> None:
    """Note who identified in *browser*, until they say that the chat account is theirs."""
    values = {
        "browser": browser,
        "person": identified.person,
        "identified_at": identified.at,
        "method": identified.method,
        "level": identified.level,
    }
    tx.connection.execute(update(ATTEMPTS).where(ATTEMPTS.c.id == attempt).values(values))


def use(tx: Transaction, attempt: UUID, browser: str, identified: Identified | None, now: datetime) -> None:
    """Note that the attempt is over: *identified* was vouched for, or nobody."""
    values = {
        "browser": browser,
        "person": identified.person if identified else None,
        "identified_at": identified.at if identified else None,
        "method": identified.method if identified else "",
        "level": identified.level if identified else None,
        "used_at": now,
    }
    tx.connection.execute(update(ATTEMPTS).where(ATTEMPTS.c.id == attempt).values(values))


def void(tx: Transaction, chat: ChatAccount, now: datetime) -> None:
    """Let nobody complete what was begun in *chat*."""
    open_here = (
        ATTEMPTS.c.chat_team == chat.team,
        ATTEMPTS.c.chat_user == chat.user,
        ATTEMPTS.c.used_at.is_(None),
    )
    tx.connection.execute(update(ATTEMPTS).where(*open_here).values(expires_at=now - TIME_TO_FINISH))


def give_up(tx: Transaction, attempt: UUID, now: datetime) -> None:
    """Note that an attempt is over, unless it is, with nobody who would say yes to it."""
    waits = update(ATTEMPTS).where(ATTEMPTS.c.id == attempt, ATTEMPTS.c.used_at.is_(None))
    tx.connection.execute(waits.values(person=None, identified_at=None, method="", level=None, used_at=now))


def _attempt(row: Row[Any]) -> Attempt:
    identified = None
    if row.person is not None:
        identified = Identified(
            person=PersonId(row.person), at=row.identified_at, method=row.method, level=row.level
        )
    return Attempt(
        id=row.id,
        chat=ChatAccount(team=row.chat_team, user=row.chat_user),
        chat_name=row.chat_name,
        language=row.language,
        intent=Intent.model_validate_json(row.intent),
        expires_at=row.expires_at,
        browser=row.browser,
        identified=identified,
        used_at=row.used_at,
        katso_id=row.katso_id,
        katso_browser=row.katso_browser,
    )
