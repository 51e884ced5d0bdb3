"""Logging in strongly, and what it ties together: rules for links that are opened once, and for accounts."""

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from shared.contracts.assurance import Level
from shared.contracts.base import Language, PersonId
from shared.contracts.identity import (
    ChatAccount,
    IdentificationLinkSpent,
    IdentifiedAsSomebodyElse,
    Intent,
    PersonUnknown,
)

# Whoever opens a link in its last minute has this long to find their bank codes.
TIME_TO_FINISH = timedelta(minutes=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Identified:
    """
    Whom a login led to, since when, how they proved it, and how sure that is.

    *level* is empty for an identification that was noted before levels were.
    """

    person: PersonId
    at: datetime
    method: str
    level: Level | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """
    One way to a strong identification, from a chat account.

    *identified* waits for the person to say whether the chat account is theirs, in the browser that
    *browser* is the digest of. *katso_id* is a sub-ID that was logged in with in *katso_browser* (likewise),
    and waits there for its person to identify strongly.
    """

    id: UUID
    chat: ChatAccount
    chat_name: str
    language: Language
    intent: Intent
    expires_at: datetime
    browser: str | None
    identified: Identified | None
    used_at: datetime | None
    katso_id: str | None = None
    katso_browser: str | None = None

    def check_open(self, now: datetime) -> None:
        """
        Make sure that the link may be opened.

        Raises:
            IdentificationLinkSpent: it was used, or its time is over.
        """
        if self.used_at is not None or now >= self.expires_at:
            raise IdentificationLinkSpent

    def check_completable(self, now: datetime) -> None:
        """
        Make sure that what was begun in time may still be completed.

        Raises:
            IdentificationLinkSpent: it was completed, or took too long.
        """
        if self.used_at is not None or now >= self.expires_at + TIME_TO_FINISH:
            raise IdentificationLinkSpent


@dataclass(frozen=True, slots=True)
class Claimed:
    """Who has a claim to a chat account: whom it is linked to, and whom it was announced for."""

    linked_to: PersonId | None
    announced_for: PersonId | None


def check_may_link(claimed: Claimed, person: PersonId) -> None:
    """
    Make sure that a chat account is free for *person*, or theirs.

    An account that an operator announced for somebody is nobody else's, linked or not: a link that was
    passed on must not make one person act through the account of another.

    Raises:
        IdentifiedAsSomebodyElse: it is another person's.
    """
    owner = claimed.linked_to or claimed.announced_for
    if owner is not None and owner != person:
        raise IdentifiedAsSomebodyElse


def known(person: PersonId | None) -> PersonId:
    """
    The person whom a personal code led to.

    Raises:
        PersonUnknown: it led to nobody.
    """
    if person is None:
        raise PersonUnknown
    return person


def new_secret() -> str:
    """A word that nobody can guess, fit for an address."""
    return secrets.token_urlsafe(32)


def digest(secret: str) -> str:
    """What we keep of a secret that we only need to recognise."""
    return hashlib.sha256(secret.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Browser:
    """
    The browser in which a link was opened, known by a *secret* that only it holds.

    Everything that ties the steps of a login together is derived from it, so opening a link writes
    nothing: a preview of the link disturbs nobody, and two tabs do not disturb each other.
    """

    secret: str = field(repr=False)
    attempt: UUID

    @property
    def state(self) -> str:
        return f"{self.attempt.hex}.{self._derived('state')}"

    @property
    def nonce(self) -> str:
        return self._derived("nonce")

    @property
    def verifier(self) -> str:
        return self._derived("verifier")

    @property
    def challenge(self) -> str:
        return _base64(hashlib.sha256(self.verifier.encode()).digest())

    @property
    def form_token(self) -> str:
        return self._derived("form")

    @property
    def errand_state(self) -> str:
        """As *state*, for the way to Suomi.fi's mandates and back."""
        return f"{self.attempt.hex}.{self._derived('mandates')}"

    @property
    def saml_request(self) -> str:
        """As *state*, and fit for the id of a SAML request."""
        return f"_{self.attempt.hex}.{self._derived('saml')}"

    @property
    def saml_logout(self) -> str:
        """The same, for the wish to be logged out."""
        return f"_{self.attempt.hex}.{self._derived('saml-logout')}"

    @property
    def sealing_key(self) -> bytes:
        """What is sealed with it can be opened in this browser's requests only."""
        return hmac.digest(self.secret.encode(), f"seal:{self.attempt.hex}".encode(), "sha256")

    def _derived(self, purpose: str) -> str:
        message = f"{purpose}:{self.attempt.hex}".encode()
        return _base64(hmac.digest(self.secret.encode(), message, "sha256"))


def attempt_of(state: str) -> UUID | None:
    """The attempt that a state names, whether or not it is genuine."""
    try:
        return UUID(hex=state.partition(".")[0])
    except ValueError:
        return None


def _base64(data: bytes) -> str:
    return urlsafe_b64encode(data).decode().rstrip("=")
