"""Answers of Suomi.fi that were taken in, and the logins there that they began, as rows."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Row, delete, insert, or_, select, update

from services.identity.domain.identification import Browser, digest
from services.identity.domain.subject import Subject
from services.identity.storage.tables import SAML_ANSWERS, SAML_SESSIONS
from shared.contracts.base import PersonId
from shared.storage.transaction import Transaction
from shared.storage.upsert import upsert

FORGOTTEN_AFTER = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """
    Somebody's login at Suomi.fi: what it is called there, and how long it may last.

    *person* is empty if they were refused here. *browser* is the digest of its secret, empty for logins that
    were noted before that was. *ended_by* is empty while nobody ended it.
    """

    attempt: UUID
    person: PersonId | None
    subject: Subject
    identified_at: datetime
    expires_at: datetime
    ended_by: str = ""
    browser: str = ""

    def is_of(self, browser: Browser) -> bool:
        """Whether *browser* may end it."""
        return self.browser in ("", digest(browser.secret))


def remember(
    tx: Transaction, *, assertion: str, attempt: UUID, ticket: str, sealed: str, until: datetime
) -> bool:
    """Note an assertion that was taken in, with what it said *sealed*; whether it was the first time."""
    values = {
        "assertion": digest(assertion),
        "attempt": attempt,
        "ticket": digest(ticket),
        "sealed": sealed,
        "expires_at": until,
    }
    # Of two who bring the same at once, one writes the row and both look whose it is.
    upsert(tx.connection, SAML_ANSWERS, values, key=["assertion"], over=False)
    first = select(SAML_ANSWERS.c.ticket).where(SAML_ANSWERS.c.assertion == values["assertion"])
    return bool(tx.connection.execute(first).scalar_one() == values["ticket"])


def waiting(rows: Transaction, ticket: str) -> tuple[UUID, str] | None:
    """The attempt whose answer waits for the browser with this *ticket*, and that answer, sealed."""
    query = select(SAML_ANSWERS.c.attempt, SAML_ANSWERS.c.sealed).where(
        SAML_ANSWERS.c.ticket == digest(ticket), SAML_ANSWERS.c.sealed.is_not(None)
    )
    row = rows.connection.execute(query).one_or_none()
    return None if row is None else (row.attempt, row.sealed)


def take(tx: Transaction, ticket: str) -> bool:
    """Note that the browser with *ticket* has come; whether it is the first time."""
    change = update(SAML_ANSWERS).where(
        SAML_ANSWERS.c.ticket == digest(ticket), SAML_ANSWERS.c.sealed.is_not(None)
    )
    return tx.connection.execute(change.values(sealed=None)).rowcount == 1


def still_waits(tx: Transaction, ticket: str) -> bool:
    """Whether nobody has taken what waits for *ticket*, and nobody does until the commit."""
    query = select(SAML_ANSWERS.c.ticket).where(
        SAML_ANSWERS.c.ticket == digest(ticket), SAML_ANSWERS.c.sealed.is_not(None)
    )
    return tx.connection.execute(query.with_for_update()).one_or_none() is not None


def void(tx: Transaction, attempt: UUID) -> None:
    """Let no browser take what waits for an attempt."""
    tx.connection.execute(update(SAML_ANSWERS).where(SAML_ANSWERS.c.attempt == attempt).values(sealed=None))


def is_somebodys(rows: Transaction, attempt: UUID) -> bool:
    """Whether an attempt led to a login that was let in, and is not over."""
    found = session(rows, attempt)
    return found is not None and found.person is not None and not found.ended_by


def begin(tx: Transaction, session: Session) -> None:
    """Note a login at Suomi.fi, in place of what its attempt had before."""
    tx.connection.execute(delete(SAML_SESSIONS).where(SAML_SESSIONS.c.attempt == session.attempt))
    tx.connection.execute(
        insert(SAML_SESSIONS),
        {
            "attempt": session.attempt,
            "person": session.person,
            "browser": session.browser,
            "name_digest": digest(session.subject.name_id),
            **asdict(session.subject),
            "identified_at": session.identified_at,
            "expires_at": session.expires_at,
            "ended_by": "",
        },
    )


def session(rows: Transaction, attempt: UUID) -> Session | None:
    """The login at Suomi.fi that an attempt led to."""
    row = rows.connection.execute(
        select(SAML_SESSIONS).where(SAML_SESSIONS.c.attempt == attempt)
    ).one_or_none()
    return None if row is None else _session(row)


def named(tx: Transaction, name_id: str, indexes: tuple[str, ...]) -> tuple[Session, ...]:
    """The logins with this name there: all, or those of *indexes*."""
    query = select(SAML_SESSIONS).where(SAML_SESSIONS.c.name_digest == digest(name_id))
    if indexes:
        query = query.where(or_(*(SAML_SESSIONS.c.session_index == one for one in indexes)))
    return tuple(map(_session, tx.connection.execute(query.with_for_update())))


def end(tx: Transaction, attempt: UUID, by: str, now: datetime) -> bool:
    """Note that a login is over; whether it was not before."""
    change = update(SAML_SESSIONS).where(SAML_SESSIONS.c.attempt == attempt, SAML_SESSIONS.c.ended_by == "")
    return tx.connection.execute(change.values(ended_by=by, ended_at=now)).rowcount == 1


def forget(tx: Transaction, now: datetime) -> None:
    """Delete what is of no use any more: answers too old to be taken again, logins that ended long ago."""
    tx.connection.execute(delete(SAML_ANSWERS).where(SAML_ANSWERS.c.expires_at < now))
    old = SAML_SESSIONS.c.expires_at < now - FORGOTTEN_AFTER
    tx.connection.execute(delete(SAML_SESSIONS).where(old))


def _session(row: Row[Any]) -> Session:
    return Session(
        attempt=row.attempt,
        person=None if row.person is None else PersonId(row.person),
        browser=row.browser,
        subject=Subject(
            name_id=row.name_id,
            qualifier=row.qualifier,
            sp_qualifier=row.sp_qualifier,
            session_index=row.session_index,
        ),
        identified_at=row.identified_at,
        expires_at=row.expires_at,
        ended_by=row.ended_by,
    )
