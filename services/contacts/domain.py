"""The rules about contact persons: what details are good, and what may become of them."""

import re
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import uuid4

from shared.contracts.base import Language, OrganisationId, PersonId, TextTooLong
from shared.contracts.contacts import (
    ContactChangedMeanwhile,
    ContactDetails,
    ContactId,
    ContactNotFound,
    Duty,
    DutyUnknown,
    EmailInvalid,
    NameMissing,
    PhoneInvalid,
    TooManyContacts,
)
from shared.contracts.roles import AccessAnswer, Gate

MOST_CONTACTS = 40
LONGEST_NAME = 200
LONGEST_EMAIL = 254
LONGEST_PHONE = 40
LONGEST_LOCAL_PART = 64

_WORD = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_EMAIL = re.compile(rf"({_WORD}(?:\.{_WORD})*)@(?:{_LABEL}\.)+[A-Za-z](?:[A-Za-z0-9-]{{0,61}}[A-Za-z0-9])")
_PHONE = re.compile(r"\+[1-9](?: ?[0-9]){6,14}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """How a contact person is reached, found good."""

    duty: Duty
    name: str
    email: str
    phone: str
    language: Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """
    A contact person. *version* counts the details; *changed_by* touched this last, at *changed_at*.

    A removed one is kept, with *removed_at*, so that it can be told who was reachable when.
    """

    id: ContactId
    organisation: OrganisationId
    details: Details
    confirmed_at: datetime
    version: int
    changed_by: PersonId
    changed_at: datetime
    removed_at: datetime | None = None

    def changed(self, details: Details, *, version: int, by: PersonId, now: datetime) -> "Contact":
        """
        The same contact person with new *details*, which are hereby confirmed.

        Raises:
            ContactNotFound: they were removed.
            ContactChangedMeanwhile: *version* is not the latest.
        """
        self._must_be_there()
        if version != self.version:
            raise ContactChangedMeanwhile
        return replace(
            self,
            details=details,
            confirmed_at=now,
            version=self.version + 1,
            changed_by=by,
            changed_at=now,
        )

    def confirmed(self, *, by: PersonId, now: datetime) -> "Contact":
        """
        The same contact person, known to be right as of *now*. What others have on screen stays good.

        Raises:
            ContactNotFound: they were removed.
        """
        self._must_be_there()
        return replace(self, confirmed_at=now, changed_by=by, changed_at=now)

    def removed(self, *, by: PersonId, now: datetime) -> "Contact":
        """The same contact person, gone; the very same object if they were gone before."""
        if self.removed_at is not None:
            return self
        return replace(self, removed_at=now, changed_by=by, changed_at=now)

    def _must_be_there(self) -> None:
        if self.removed_at is not None:
            raise ContactNotFound


def new_contact(
    organisation: OrganisationId, details: Details, *, beside: int, by: PersonId, now: datetime
) -> Contact:
    """
    A contact person of *organisation*, which has *beside* others.

    Raises:
        TooManyContacts: those are as many as can be looked after.
    """
    if beside >= MOST_CONTACTS:
        raise TooManyContacts(limit=MOST_CONTACTS)
    return Contact(
        id=ContactId(uuid4()),
        organisation=organisation,
        details=details,
        confirmed_at=now,
        version=1,
        changed_by=by,
        changed_at=now,
    )


def good_details(given: ContactDetails) -> Details:
    """
    What was *given*, tidied up.

    Raises:
        DutyUnknown, NameMissing, EmailInvalid, PhoneInvalid, TextTooLong: it can't be used as it is.
    """
    return Details(
        duty=_good_duty(given.duty),
        name=_good_name(given.name),
        email=_good_email(given.email),
        phone=_good_phone(given.phone),
        language=given.language,
    )


def closed_gate(answer: AccessAnswer) -> Gate:
    """The first rung of *answer* that does not hold."""
    return next((rung.gate for rung in answer.rungs if not rung.holds), Gate.GRANTED)


def _good_duty(given: str) -> Duty:
    try:
        return Duty(given)
    except ValueError:
        raise DutyUnknown from None


def _good_name(given: str) -> str:
    name = _within(LONGEST_NAME, given, field="name")
    if not name:
        raise NameMissing
    return name


def _good_email(given: str) -> str:
    email = _within(LONGEST_EMAIL, given, field="email")
    shape = _EMAIL.fullmatch(email)
    if shape is None or len(shape[1]) > LONGEST_LOCAL_PART:
        raise EmailInvalid
    return email


def _good_phone(given: str) -> str:
    phone = _within(LONGEST_PHONE, given.replace("-", " "), field="phone")
    if _PHONE.fullmatch(phone) is None:
        raise PhoneInvalid
    return phone


def _within(limit: int, given: str, *, field: str) -> str:
    # Control characters break lines where one line is meant, and PostgreSQL takes no NUL.
    text = " ".join(_CONTROL.sub(" ", given).split())
    if len(text) > limit:
        raise TextTooLong(field=field, limit=limit)
    return text
