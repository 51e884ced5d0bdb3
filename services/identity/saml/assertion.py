"""What an assertion must say before its word is taken for who somebody is (SAML 2.0 profiles, 4.1.4)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from services.identity.domain.subject import Subject
from services.identity.saml import names
from services.identity.saml.moments import moment
from shared.contracts.identity import IdentificationFailed

CLOCKS_DIFFER_BY = timedelta(seconds=60)
# Suomi.fi's assertions live for five minutes; whatever one says of itself, it is taken for no longer.
LONGEST_ON_THE_WAY = timedelta(minutes=10)
CONDITIONS = {"AudienceRestriction", "OneTimeUse", "ProxyRestriction"}

Element = Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmation:
    """For whose use an assertion was given out."""

    method: str
    in_response_to: str
    recipient: str
    not_before: datetime | None
    not_on_or_after: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Assertion:
    """What stands in an assertion whose signature is good."""

    id: str
    issuer: str
    issued_at: datetime
    subject: Subject = field(repr=False)
    confirmations: tuple[Confirmation, ...]
    not_before: datetime | None
    not_on_or_after: datetime | None
    audiences: tuple[frozenset[str], ...]
    authenticated_at: datetime
    session_ends_at: datetime | None
    context: str
    attributes: Mapping[str, tuple[str, ...]] = field(repr=False)

    def one(self, name: str) -> str:
        """The value of the attribute *name*; nothing, if it has none or several."""
        values = self.attributes.get(name, ())
        return values[0] if len(values) == 1 else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What an assertion must match: who gave it, to whom, where, for which request, and how strong."""

    issuer: str
    audience: str
    recipient: str
    in_response_to: str
    contexts: tuple[str, ...]
    looked_up: bool = False
    oldest: timedelta = timedelta(minutes=15)


def read(element: Element) -> Assertion:
    """
    What *element* says; it must be the one whose signature was found to be good.

    Raises:
        IdentificationFailed: it says something twice, or not at all.
    """
    conditions = _only(element, "saml:Conditions")
    statement = _only(element, "saml:AuthnStatement")
    name_id = _only(element, "saml:Subject/saml:NameID")
    children = {str(child.tag) for child in conditions}
    if children - {f"{{{names.ASSERTION}}}{name}" for name in CONDITIONS}:
        # Whoever does not understand a condition must not take the assertion for valid (core, 2.5.1.1).
        raise IdentificationFailed(why="malformed")
    return Assertion(
        id=element.get("ID", ""),
        issuer=_text(_only(element, "saml:Issuer")),
        issued_at=_needed(element.get("IssueInstant")),
        subject=Subject(
            name_id=_text(name_id),
            qualifier=name_id.get("NameQualifier", ""),
            sp_qualifier=name_id.get("SPNameQualifier", ""),
            session_index=statement.get("SessionIndex", ""),
        ),
        confirmations=tuple(map(_confirmation, _all(element, "saml:Subject/saml:SubjectConfirmation"))),
        not_before=_moment(conditions.get("NotBefore")),
        not_on_or_after=_moment(conditions.get("NotOnOrAfter")),
        audiences=tuple(
            frozenset(_text(one) for one in _all(restriction, "saml:Audience"))
            for restriction in _all(conditions, "saml:AudienceRestriction")
        ),
        authenticated_at=_needed(statement.get("AuthnInstant")),
        session_ends_at=_moment(statement.get("SessionNotOnOrAfter")),
        context=_text(_only(statement, "saml:AuthnContext/saml:AuthnContextClassRef")),
        attributes=_attributes(element),
    )


def check_is_for_us(assertion: Assertion, expected: Expected) -> None:
    """
    Make sure that *assertion* was given out by whom we asked, for the very request that we made.

    Raises:
        IdentificationFailed: *why* is one of issuer, audience, malformed, destination, nonce.
    """
    if assertion.issuer != expected.issuer:
        raise IdentificationFailed(why="issuer")
    if not assertion.audiences or any(expected.audience not in each for each in assertion.audiences):
        raise IdentificationFailed(why="audience")
    bearers = [one for one in assertion.confirmations if one.method == names.BEARER]
    if len(bearers) != 1 or len(bearers) != len(assertion.confirmations):
        raise IdentificationFailed(why="malformed")
    if bearers[0].recipient != expected.recipient:
        raise IdentificationFailed(why="destination")
    if bearers[0].in_response_to != expected.in_response_to:
        raise IdentificationFailed(why="nonce")


def check(assertion: Assertion, expected: Expected, now: datetime) -> None:
    """
    Make sure that *assertion*, which is for us, is good for one login, now.

    Raises:
        IdentificationFailed: *why* is one of stale, too_weak, population_register.
    """
    if not _is_in_time(assertion, now, expected.oldest):
        raise IdentificationFailed(why="stale")
    if assertion.context not in expected.contexts:
        raise IdentificationFailed(why="too_weak")
    if expected.looked_up and assertion.one(names.LOOKED_UP).lower() != "true":
        raise IdentificationFailed(why="population_register")


def _is_in_time(assertion: Assertion, now: datetime, oldest: timedelta) -> bool:
    begins, ends = assertion.not_before or assertion.issued_at, assertion.not_on_or_after
    return (
        ends is not None
        and begins - CLOCKS_DIFFER_BY <= now < ends + CLOCKS_DIFFER_BY
        and assertion.issued_at - CLOCKS_DIFFER_BY <= now < assertion.issued_at + LONGEST_ON_THE_WAY
        and assertion.authenticated_at - CLOCKS_DIFFER_BY <= now < assertion.authenticated_at + oldest
        and all(_is_confirmed(one, now) for one in assertion.confirmations)
    )


def _is_confirmed(bearer: Confirmation, now: datetime) -> bool:
    # A bearer's confirmation has no beginning, and must have an end (profiles, 4.1.4.2).
    ends = bearer.not_on_or_after
    return bearer.not_before is None and ends is not None and now < ends + CLOCKS_DIFFER_BY


def _attributes(element: Element) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for attribute in _all(element, "saml:AttributeStatement/saml:Attribute"):
        name = attribute.get("Name", "")
        if name in found:
            raise IdentificationFailed(why="malformed")
        # A value with elements in it is none that we ask for; who sends more than was asked is not refused.
        values = [value for value in _all(attribute, "saml:AttributeValue") if not len(value)]
        found[name] = tuple(text for value in values if (text := _text(value)))
    return found


def _confirmation(element: Element) -> Confirmation:
    data = _only(element, "saml:SubjectConfirmationData")
    return Confirmation(
        method=element.get("Method", ""),
        in_response_to=data.get("InResponseTo", ""),
        recipient=data.get("Recipient", ""),
        not_before=_moment(data.get("NotBefore")),
        not_on_or_after=_moment(data.get("NotOnOrAfter")),
    )


def _all(element: Element, path: str) -> list[Element]:
    found: list[Element] = element.findall(path, names.NAMES)
    return found


def _only(element: Element, path: str) -> Element:
    found = _all(element, path)
    if len(found) != 1:
        raise IdentificationFailed(why="malformed")
    return found[0]


def _text(element: Element) -> str:
    if len(element):
        raise IdentificationFailed(why="malformed")
    return (element.text or "").strip()


def _moment(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        return moment(text)
    except ValueError:
        raise IdentificationFailed(why="malformed") from None


def _needed(text: str | None) -> datetime:
    if (found := _moment(text)) is None:
        raise IdentificationFailed(why="malformed")
    return found
