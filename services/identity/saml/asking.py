"""A login asked for, and its answer: believed, or not, by python3-saml and by what it leaves open."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from onelogin.saml2.authn_request import OneLogin_Saml2_Authn_Request
from onelogin.saml2.errors import OneLogin_Saml2_ValidationError
from onelogin.saml2.response import OneLogin_Saml2_Response
from onelogin.saml2.settings import OneLogin_Saml2_Settings
from onelogin.saml2.utils import OneLogin_Saml2_Utils

from services.identity.saml import names, shape
from services.identity.saml.assertion import Assertion, Expected, check, check_is_for_us, read
from services.identity.saml.wire import NOT_BELIEVED, Wire
from shared.contracts.identity import IdentificationFailed

REASONS = {
    OneLogin_Saml2_ValidationError.ASSERTION_TOO_EARLY: "stale",
    OneLogin_Saml2_ValidationError.ASSERTION_EXPIRED: "stale",
    OneLogin_Saml2_ValidationError.SESSION_EXPIRED: "stale",
    # All else that it looks at there was found to be good before.
    OneLogin_Saml2_ValidationError.WRONG_SUBJECTCONFIRMATION: "stale",
    OneLogin_Saml2_ValidationError.WRONG_ISSUER: "issuer",
}
# Good answers for us, which let nobody in.
NOT_GOOD_ENOUGH = frozenset({"stale", "too_weak", "population_register"})


@dataclass(frozen=True, slots=True)
class Answered:
    """
    A response that was opened and believed: which request it answers, and what it says.

    *refused* says why it is not good enough, if it is not; then somebody is logged in there all the same.
    """

    in_response_to: str
    assertion: Assertion
    refused: str = ""


def login_address(wire: Wire, request_id: str, locale: str) -> str:
    """Where a browser goes with a signed wish for a login; Suomi.fi wants the language last."""
    settings = wire.settings()
    request = _Request(settings, request_id)
    return wire.signed(wire.provider.login, "SAMLRequest", request.get_request(), locale)


def answered(wire: Wire, message: str, now: datetime) -> Answered:
    """
    Take in a response as a form brought it.

    Raises:
        IdentificationFailed: it is not believed, not for us, or says that nobody logged in.
    """
    root = shape.parse(shape.from_base64(message))
    _check_status(root)
    if root.get("Destination") != wire.us.acs:
        raise IdentificationFailed(why="destination")
    if not root.get("InResponseTo"):
        # A login that nobody asked for would put whoever opens it into somebody else's account.
        raise IdentificationFailed(why="nonce")
    shape.check_sealed(root, wire.us.ciphers)
    response = _opened(wire, message)
    assertion = read(response.get_xml_document().find("saml:Assertion", names.NAMES))
    expected = Expected(
        issuer=wire.provider.entity_id,
        audience=wire.us.entity_id,
        recipient=wire.us.acs,
        in_response_to=root.get("InResponseTo", ""),
        contexts=wire.us.contexts,
        looked_up=wire.us.looked_up,
        oldest=wire.us.oldest,
    )
    check_is_for_us(assertion, expected)
    try:
        check(assertion, expected, now)
        _check_by_toolkit(wire, response, expected.in_response_to)
    except IdentificationFailed as refusal:
        if (why := str(refusal.parameters["why"])) not in NOT_GOOD_ENOUGH:
            raise
        return Answered(expected.in_response_to, assertion, why)
    return Answered(expected.in_response_to, assertion)


def _check_by_toolkit(wire: Wire, response: OneLogin_Saml2_Response, request_id: str) -> None:
    try:
        response.is_valid(wire.request(wire.us.acs), request_id, raise_exceptions=True)
    except OneLogin_Saml2_ValidationError as error:
        raise IdentificationFailed(why=REASONS.get(error.code, "malformed")) from error
    except NOT_BELIEVED as error:
        raise IdentificationFailed(why="malformed") from error


def _opened(wire: Wire, message: str) -> OneLogin_Saml2_Response:
    """
    The response, opened, with one assertion whose signature is good.

    There is one answer to whatever is wrong from opening to the signature: who could tell a text that
    opens from one that does not could have us read out what is sealed.
    """
    try:
        response = OneLogin_Saml2_Response(wire.settings(), message)
        document = response.get_xml_document()
        good = shape.is_one_signed_assertion(document) and OneLogin_Saml2_Utils.validate_sign(
            document,
            xpath=OneLogin_Saml2_Utils.ASSERTION_SIGNATURE_XPATH,
            multicerts=list(wire.provider.certificates),
        )
    except NOT_BELIEVED as error:
        raise IdentificationFailed(why="forged") from error
    if not good:
        raise IdentificationFailed(why="forged")
    return response


class _Request(OneLogin_Saml2_Authn_Request):  # type: ignore[misc]  # the package has no types
    """A wish for a login with an id of ours; whoever is logged in there already is asked anew."""

    def __init__(self, settings: OneLogin_Saml2_Settings, request_id: str) -> None:
        self._wanted = request_id
        super().__init__(settings, force_authn=True)

    def _generate_request_id(self) -> str:
        return self._wanted


def _check_status(root: Any) -> None:
    codes = root.findall("samlp:Status/samlp:StatusCode", names.NAMES)
    if root.tag != shape.RESPONSE or len(codes) != 1:
        raise IdentificationFailed(why="malformed")
    if codes[0].get("Value") == names.SUCCESS:
        return
    closer = {one.get("Value") for one in codes[0].findall("samlp:StatusCode", names.NAMES)}
    raise IdentificationFailed(why="cancelled" if closer & names.CANCELLED else "provider")
