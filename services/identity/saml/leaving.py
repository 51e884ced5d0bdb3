"""Logouts: ours asked for, the provider's answered, each signed and believed only if signed."""

from dataclasses import dataclass
from datetime import datetime
from xml.sax.saxutils import escape

from onelogin.saml2.logout_request import OneLogin_Saml2_Logout_Request
from onelogin.saml2.logout_response import OneLogin_Saml2_Logout_Response
from onelogin.saml2.settings import OneLogin_Saml2_Settings

from services.identity.domain.subject import Subject
from services.identity.saml import names, shape
from services.identity.saml.assertion import CLOCKS_DIFFER_BY, LONGEST_ON_THE_WAY
from services.identity.saml.moments import moment
from services.identity.saml.wire import Query, Wire
from shared.contracts.identity import IdentificationFailed


@dataclass(frozen=True, slots=True)
class LogoutWish:
    """The provider's wish to end somebody's sessions: all of a name, or those of some indexes."""

    id: str
    name_id: str
    session_indexes: tuple[str, ...]


def logout_address(wire: Wire, request_id: str, subject: Subject, locale: str) -> str:
    """Where a browser goes with our signed wish to end a session there."""
    request = _LogoutRequest(wire.settings(), request_id, subject)
    return wire.signed(wire.provider.logout, "SAMLRequest", request.get_request(), locale)


def is_logged_out(wire: Wire, query: Query, request_id: str) -> bool:
    """
    Whether the provider, asked by the request *request_id*, reached everybody.

    Raises:
        IdentificationFailed: it is not the provider who says so.
    """
    answer = shape.unfolded(query["SAMLResponse"])
    signed = wire.auth(query).validate_response_signature(query)
    wire.check_from_there(signed, query, answer, "LogoutResponse")
    response = OneLogin_Saml2_Logout_Response(wire.settings(), query["SAMLResponse"])
    if answer.get("InResponseTo") != request_id or not response.is_valid(
        wire.request(wire.us.logout, query), request_id
    ):
        raise IdentificationFailed(why="nonce")
    status = answer.findall("samlp:Status/samlp:StatusCode", names.NAMES)
    # What is over here is over, whatever the provider could do elsewhere.
    return len(status) == 1 and status[0].get("Value") == names.SUCCESS and not len(status[0])


def logout_wish(wire: Wire, query: Query, now: datetime) -> LogoutWish:
    """
    The provider's wish, as a browser brought it.

    Raises:
        IdentificationFailed: it is not the provider's.
    """
    wish = shape.unfolded(query["SAMLRequest"])
    signed = wire.auth(query).validate_request_signature(query)
    wire.check_from_there(signed, query, wish, "LogoutRequest")
    request = OneLogin_Saml2_Logout_Request(wire.settings(), query["SAMLRequest"])
    if not request.is_valid(wire.request(wire.us.logout, query)):
        raise IdentificationFailed(why="malformed")
    name_ids = wish.findall("saml:NameID", names.NAMES)
    if len(name_ids) != 1 or not (name_ids[0].text or "").strip():
        raise IdentificationFailed(why="malformed")
    issued_at = moment(wish.get("IssueInstant", ""))
    if not -CLOCKS_DIFFER_BY <= now - issued_at < LONGEST_ON_THE_WAY:
        raise IdentificationFailed(why="stale")
    indexes = [(one.text or "").strip() for one in wish.findall("samlp:SessionIndex", names.NAMES)]
    return LogoutWish(
        id=wish.get("ID", ""),
        name_id=name_ids[0].text.strip(),
        session_indexes=tuple(indexes),
    )


def logged_out_address(wire: Wire, in_response_to: str, relay_state: str | None) -> str:
    """Where a browser goes with our signed word that a session is over here."""
    response = OneLogin_Saml2_Logout_Response(wire.settings())
    response.build(in_response_to)
    return wire.signed(
        wire.provider.logged_out, "SAMLResponse", response.get_response(), relay_state=relay_state
    )


class _LogoutRequest(OneLogin_Saml2_Logout_Request):  # type: ignore[misc]  # the package has no types
    """A wish to end a session, with an id of ours."""

    def __init__(self, settings: OneLogin_Saml2_Settings, request_id: str, subject: Subject) -> None:
        self._wanted = request_id
        super().__init__(
            settings,
            name_id=subject.name_id,
            # Put between tags as it is.
            session_index=escape(subject.session_index),
            nq=subject.qualifier or None,
            name_id_format=names.TRANSIENT,
            spnq=subject.sp_qualifier or None,
        )

    def _generate_request_id(self) -> str:
        return self._wanted
