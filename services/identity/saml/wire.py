"""How our SAML messages are signed, and by which rules python3-saml looks at those that come."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import quote_plus, urlencode, urlsplit

import xmlsec
from lxml import etree
from onelogin.saml2.auth import OneLogin_Saml2_Auth
from onelogin.saml2.errors import OneLogin_Saml2_Error, OneLogin_Saml2_ValidationError
from onelogin.saml2.settings import OneLogin_Saml2_Settings

from services.identity.saml import names
from services.identity.saml.keys import KeyPair
from services.identity.saml.provider import IdentityProvider
from shared.contracts.identity import IdentificationFailed

# Whatever else it raises is a crash, and is treated as one.
NOT_BELIEVED = (
    OneLogin_Saml2_Error,
    OneLogin_Saml2_ValidationError,
    xmlsec.Error,
    etree.LxmlError,
    ValueError,
)


class Query(dict[str, str]):
    """A query as a browser brought it, with *raw* as it was written."""

    def __init__(self, parts: Iterable[tuple[str, str]] = (), raw: str = "") -> None:
        told = list(parts)
        super().__init__(told)
        self.raw = raw
        if len(self) != len(told):
            # Said twice, it could be signed once.
            raise IdentificationFailed(why="malformed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Us:
    """
    Who we are: our name, our key, and the two addresses that browsers bring messages to.

    What we take: logins of these *contexts*, of at most *oldest*; *looked_up* in the population register, if
    so; sealed with one of *ciphers*. What we ask for: contexts that a *comparison* with those *asked* finds
    good (core, 3.3.2.2.1), or without any whatever is offered to us.
    """

    entity_id: str
    keys: KeyPair
    acs: str
    logout: str
    contexts: tuple[str, ...]
    looked_up: bool = False
    oldest: timedelta = timedelta(minutes=15)
    ciphers: tuple[str, ...] = tuple(names.CIPHERS)
    asked: tuple[str, ...] = ()
    comparison: str = "exact"


@dataclass(frozen=True, slots=True)
class Wire:
    """Between *us* and one *provider*. What is done with it may take long: not for an event loop."""

    us: Us
    provider: IdentityProvider

    def signed(
        self, address: str, kind: str, message: str, locale: str | None = None, relay_state: str | None = None
    ) -> str:
        told = {kind: message} | ({"RelayState": relay_state} if relay_state is not None else {})
        parameters = dict(told)
        auth = self.auth(Query())
        sign = auth.add_request_signature if kind == "SAMLRequest" else auth.add_response_signature
        sign(parameters, names.RSA_SHA256)
        query = urlencode(
            told | {"SigAlg": parameters["SigAlg"], "Signature": parameters["Signature"]},
            quote_via=quote_plus,
        )
        last = f"&locale={locale}" if locale else ""
        return f"{address}{'&' if urlsplit(address).query else '?'}{query}{last}"

    def check_from_there(self, signed: bool, query: Query, message: Any, kind: str) -> None:
        if not signed or query.get("SigAlg") not in names.SIGNED_WITH:
            raise IdentificationFailed(why="forged")
        issuers = message.findall("saml:Issuer", names.NAMES)
        if message.tag != f"{{{names.PROTOCOL}}}{kind}" or len(issuers) != 1:
            raise IdentificationFailed(why="malformed")
        if (issuers[0].text or "").strip() != self.provider.entity_id:
            raise IdentificationFailed(why="issuer")
        if message.get("Destination") != self.us.logout:
            raise IdentificationFailed(why="destination")

    def auth(self, query: Query) -> OneLogin_Saml2_Auth:
        settings = self.settings(messages_signed=True)
        return OneLogin_Saml2_Auth(self.request(self.us.logout, query), settings)

    def request(self, address: str, query: Query | None = None) -> dict[str, object]:
        """The request as the toolkit wants it: by the address that is ours, never by what a browser says."""
        parts = urlsplit(address)
        return {
            "https": "on" if parts.scheme == "https" else "off",
            "http_host": parts.netloc,
            "script_name": parts.path,
            "get_data": query or {},
            # Signed is what was sent, as it was written there.
            "query_string": query.raw if query else "",
            "validate_signature_from_qs": True,
            "post_data": {},
        }

    def settings(self, *, messages_signed: bool = False) -> OneLogin_Saml2_Settings:
        us, there = self.us, self.provider
        return OneLogin_Saml2_Settings(
            {
                "strict": True,
                "debug": False,
                "sp": {
                    "entityId": us.entity_id,
                    "assertionConsumerService": {"url": us.acs, "binding": names.POST},
                    "singleLogoutService": {"url": us.logout, "binding": names.REDIRECT},
                    "NameIDFormat": names.TRANSIENT,
                    "x509cert": us.keys.certificate,
                    "privateKey": us.keys.key,
                },
                "idp": {
                    "entityId": there.entity_id,
                    "singleSignOnService": {"url": there.login, "binding": names.REDIRECT},
                    "singleLogoutService": {
                        "url": there.logout,
                        "responseUrl": there.logged_out,
                        "binding": names.REDIRECT,
                    },
                    "x509certMulti": {"signing": list(there.certificates)},
                },
                "security": {
                    "authnRequestsSigned": True,
                    "logoutRequestSigned": True,
                    "logoutResponseSigned": True,
                    "wantMessagesSigned": messages_signed,
                    "wantAssertionsSigned": True,
                    "wantAssertionsEncrypted": True,
                    "wantNameId": True,
                    "rejectDeprecatedAlgorithm": True,
                    "signatureAlgorithm": names.RSA_SHA256,
                    # Where it says False, a request has no such element.
                    "requestedAuthnContext": list(us.asked) or False,
                    "requestedAuthnContextComparison": us.comparison,
                    "allowSingleLabelDomains": True,
                },
            }
        )
