"""The messages that the stand-in says: answers to logins, and its part of logouts."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from simulator.suomifi.identification import names
from simulator.suomifi.identification.keys import Keys
from simulator.suomifi.identification.names import D, M, P, S

GOOD_FOR = timedelta(minutes=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Everything that stands in the answer to one login."""

    issuer: str
    audience: str | None
    destination: str
    recipient: str
    in_response_to: str | None
    issued_at: datetime
    authenticated_at: datetime
    good_for: timedelta | None = GOOD_FOR
    level: str
    method: str = names.BEARER
    name_id: str
    session_index: str
    attributes: Mapping[str, tuple[str, ...]] = field(repr=False)


def new_id() -> str:
    """An id that nothing else has."""
    return f"_{secrets.token_hex(16)}"


def moment(at: datetime) -> str:
    """A moment as SAML writes it."""
    return at.strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03}Z"


def response(answer: Answer, *content: Any, status: Any = None) -> Any:
    """A response around *content*."""
    return P.Response(
        S.Issuer(answer.issuer),
        status if status is not None else P.Status(P.StatusCode(Value=names.SUCCESS)),
        *content,
        ID=new_id(),
        Version="2.0",
        IssueInstant=moment(answer.issued_at),
        Destination=answer.destination,
        **_to(answer.in_response_to),
    )


def cancelled() -> Any:
    """The status of a login that its person gave up."""
    code = P.StatusCode(P.StatusCode(Value=names.AUTHN_FAILED), Value=names.RESPONDER)
    return P.Status(code, P.StatusMessage("User canceled."))


def assertion(answer: Answer) -> Any:
    """The assertion itself, not signed."""
    until = {} if answer.good_for is None else {"NotOnOrAfter": moment(answer.issued_at + answer.good_for)}
    restriction = [] if answer.audience is None else [S.AudienceRestriction(S.Audience(answer.audience))]
    confirmation = S.SubjectConfirmationData(
        Recipient=answer.recipient, **until, **_to(answer.in_response_to)
    )
    return S.Assertion(
        S.Issuer(answer.issuer),
        S.Subject(
            S.NameID(
                answer.name_id,
                Format=names.TRANSIENT,
                NameQualifier=answer.issuer,
                **({} if answer.audience is None else {"SPNameQualifier": answer.audience}),
            ),
            S.SubjectConfirmation(confirmation, Method=answer.method),
        ),
        S.Conditions(*restriction, NotBefore=moment(answer.issued_at), **until),
        S.AuthnStatement(
            S.AuthnContext(S.AuthnContextClassRef(answer.level)),
            AuthnInstant=moment(answer.authenticated_at),
            SessionIndex=answer.session_index,
        ),
        S.AttributeStatement(*(_attribute(name, values) for name, values in answer.attributes.items())),
        ID=new_id(),
        Version="2.0",
        IssueInstant=moment(answer.issued_at),
    )


def logout_request(
    issuer: str, to: str, name_id: str, audience: str, session_index: str, at: datetime
) -> Any:
    """The wish that a service ends a session."""
    return P.LogoutRequest(
        S.Issuer(issuer),
        S.NameID(name_id, Format=names.TRANSIENT, NameQualifier=issuer, SPNameQualifier=audience),
        P.SessionIndex(session_index),
        ID=new_id(),
        Version="2.0",
        IssueInstant=moment(at),
        Destination=to,
        NotOnOrAfter=moment(at + GOOD_FOR),
    )


def logout_response(issuer: str, to: str, in_response_to: str, at: datetime, *, partial: bool = False) -> Any:
    """The word that a session is over here; *partial*, if not everywhere."""
    inner = [P.StatusCode(Value="urn:oasis:names:tc:SAML:2.0:status:PartialLogout")] if partial else []
    return P.LogoutResponse(
        S.Issuer(issuer),
        P.Status(P.StatusCode(*inner, Value=names.SUCCESS)),
        ID=new_id(),
        Version="2.0",
        IssueInstant=moment(at),
        Destination=to,
        InResponseTo=in_response_to,
    )


def metadata(entity_id: str, url: str, keys: Keys) -> Any:
    """How the stand-in describes itself."""
    certificate = D.KeyInfo(D.X509Data(D.X509Certificate(keys.certificate_text())))
    return M.EntityDescriptor(
        M.IDPSSODescriptor(
            M.KeyDescriptor(certificate, use="signing"),
            M.SingleLogoutService(Binding=names.REDIRECT, Location=f"{url}/slo"),
            M.NameIDFormat(names.TRANSIENT),
            M.SingleSignOnService(Binding=names.REDIRECT, Location=f"{url}/sso"),
            WantAuthnRequestsSigned="true",
            protocolSupportEnumeration=names.PROTOCOL,
        ),
        entityID=entity_id,
    )


def _attribute(name: str, values: tuple[str, ...]) -> Any:
    friendly = {"FriendlyName": names.FRIENDLY[name]} if name in names.FRIENDLY else {}
    return S.Attribute(*map(S.AttributeValue, values), Name=name, NameFormat=names.URI, **friendly)


def _to(in_response_to: str | None) -> dict[str, str]:
    return {} if in_response_to is None else {"InResponseTo": in_response_to}
