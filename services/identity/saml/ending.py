"""What the end of a login at Suomi.fi does to the rows, whoever wished for it."""

from datetime import datetime

from services.identity.domain.identification import Browser
from services.identity.saml.leaving import LogoutWish
from services.identity.storage import attempts, errands, people, saml
from services.identity.storage.saml import Session
from shared.contracts.identity import IdentificationFailed
from shared.storage.transaction import Transaction

PERSON, PROVIDER = "person", "provider"


def by_person(tx: Transaction, browser: Browser, now: datetime) -> Session | None:
    """
    End the login that *browser* began; nothing is given back if it is over already.

    Raises:
        IdentificationFailed: it was begun in another browser.
    """
    session = saml.session(tx, browser.attempt)
    if session is None or session.ended_by:
        return None
    if not session.is_of(browser):
        raise IdentificationFailed(why="other_browser")
    _end(tx, session, PERSON, now)
    return session


def by_provider(tx: Transaction, wish: LogoutWish, now: datetime) -> int:
    """End all logins that the provider means; how many were not over."""
    open_ones = [one for one in saml.named(tx, wish.name_id, wish.session_indexes) if not one.ended_by]
    for session in open_ones:
        _end(tx, session, PROVIDER, now)
    return len(open_ones)


def _end(tx: Transaction, session: Session, by: str, now: datetime) -> None:
    """
    End all that rests on a login: what waits for a yes, what its person may still ask, its freshness.

    What was done while it was fresh stays done; the next act that wants a fresh one asks for a new login.
    """
    saml.end(tx, session.attempt, by, now)
    # Whoever was refused, and logged out, is not let in by the same answer later.
    saml.void(tx, session.attempt)
    if session.person is None:
        # Nothing rests on a login that was refused: by the same link, its person may log in another way.
        return
    attempts.give_up(tx, session.attempt, now)
    errands.expire(tx, session.attempt, now)
    people.not_identified_since(tx, session.person, session.identified_at)
