"""What a login does to the rows: begun in chat, vouched for by the provider, said yes to, done."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from services.identity.domain.identification import (
    Attempt,
    Browser,
    Identified,
    check_may_link,
    digest,
    new_secret,
)
from services.identity.storage import attempts, chats, people
from shared.contracts.identity import (
    BeginIdentification,
    IdentificationFailed,
    IdentificationLinkSpent,
    IdentifiedAsSomebodyElse,
    LanguageSet,
    PersonIdentified,
    PersonView,
)
from shared.storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Finished:
    """A login that is over; *person* is empty when they said that the chat account is not theirs."""

    attempt: Attempt
    person: PersonView | None


def begin(
    tx: Transaction, wish: BeginIdentification, *, lifetime: timedelta, now: datetime
) -> tuple[str, datetime]:
    """Open a way to identify; the secret of its link, and until when it may be opened."""
    secret, expires_at = new_secret(), now + lifetime
    attempt = Attempt(
        id=uuid4(),
        chat=wish.chat,
        chat_name=wish.chat_name,
        language=wish.language,
        intent=wish.intent,
        expires_at=expires_at,
        browser=None,
        identified=None,
        used_at=None,
    )
    attempts.forget(tx, now)
    attempts.put(tx, attempt, digest(secret))
    return secret, expires_at


def vouched_for(tx: Transaction, browser: Browser, identified: Identified, now: datetime) -> Finished | None:
    """
    Take the provider's word for who is at *browser*.

    It is all that is needed when the chat account is theirs already; else they are asked first, and
    nothing is returned.

    Raises:
        IdentificationLinkSpent: the attempt is over.
        IdentifiedAsSomebodyElse: the chat account is another person's.
    """
    attempt = _lock(tx, browser.attempt)
    attempt.check_completable(now)
    claimed = chats.claimed(tx, attempt.chat)
    check_may_link(claimed, identified.person)
    if claimed.linked_to is None:
        attempts.wait_for_yes(tx, attempt.id, digest(browser.secret), identified)
        return None
    return _complete(tx, attempt, browser, identified, now)


def answered(tx: Transaction, browser: Browser, *, mine: bool, now: datetime) -> Finished:
    """
    Take a person's word for whether the chat account is theirs. Said again, it changes nothing.

    Raises:
        IdentificationFailed: it was said in another browser than the one they identified in.
        IdentificationLinkSpent: the attempt took too long.
        IdentifiedAsSomebodyElse: the chat account was linked to another person meanwhile.
    """
    attempt = _lock(tx, browser.attempt)
    check_same_browser(attempt, browser)
    if attempt.used_at is not None:
        return _finished(tx, attempt)
    attempt.check_completable(now)
    if attempt.identified is None:
        raise IdentificationFailed(why="not_identified")
    if mine:
        return _complete(tx, attempt, browser, attempt.identified, now)
    attempts.use(tx, attempt.id, digest(browser.secret), None, now)
    return Finished(attempt, None)


def asked(rows: Transaction, browser: Browser, now: datetime) -> tuple[Attempt, PersonView] | None:
    """
    Whom to ask whether which chat account is theirs; nobody, if they have answered.

    Raises:
        IdentificationFailed: nobody identified in this browser.
        IdentificationLinkSpent: the attempt is over.
    """
    attempt = find(rows, browser.attempt)
    check_same_browser(attempt, browser)
    if attempt.used_at is not None:
        return None
    attempt.check_completable(now)
    if attempt.identified is None:
        raise IdentificationFailed(why="not_identified")
    return attempt, people.get(rows, attempt.identified.person)


def outcome(rows: Transaction, browser: Browser) -> Finished:
    """
    How the login in this browser ended.

    Raises:
        IdentificationFailed: it has not, or in another browser.
    """
    attempt = find(rows, browser.attempt)
    check_same_browser(attempt, browser)
    if attempt.used_at is None:
        raise IdentificationFailed(why="not_identified")
    return _finished(rows, attempt)


def find(rows: Transaction, attempt: UUID) -> Attempt:
    """
    The attempt of this id.

    Raises:
        IdentificationLinkSpent: there is none, or no more.
    """
    if (found := attempts.find(rows, attempt)) is None:
        raise IdentificationLinkSpent
    return found


def check_same_browser(attempt: Attempt, browser: Browser) -> None:
    """
    Make sure that whoever identified sits at this *browser*.

    Raises:
        IdentificationFailed: they do not.
    """
    if attempt.browser != digest(browser.secret):
        raise IdentificationFailed(why="other_browser")


def _lock(tx: Transaction, attempt: UUID) -> Attempt:
    if (found := attempts.lock(tx, attempt)) is None:
        raise IdentificationLinkSpent
    return found


def _complete(
    tx: Transaction, attempt: Attempt, browser: Browser, identified: Identified, now: datetime
) -> Finished:
    check_may_link(chats.claimed(tx, attempt.chat), identified.person)
    owner, linked_at = chats.link(tx, attempt.chat, identified.person, now)
    if owner != identified.person:
        raise IdentifiedAsSomebodyElse
    people.identified(tx, identified)
    people.reach(tx, identified.person, attempt.chat)
    attempts.use(tx, attempt.id, digest(browser.secret), identified, now)
    tx.publish(
        PersonIdentified(
            person=identified.person,
            identified_at=identified.at,
            method=identified.method,
            level=identified.level,
            chat=attempt.chat,
            linked_at=linked_at,
            intent=attempt.intent,
        )
    )
    chosen = chats.language(tx, attempt.chat)
    if chosen is not None and people.speak(tx, identified.person, chosen):
        # They chose it in chat before we knew who they are.
        tx.publish(LanguageSet(person=identified.person, language=chosen))
    return Finished(attempt, people.get(tx, identified.person))


def _finished(rows: Transaction, attempt: Attempt) -> Finished:
    person = people.get(rows, attempt.identified.person) if attempt.identified else None
    return Finished(attempt, person)
