"""The names of SAML and of Suomi.fi, as the stand-in says them."""

from lxml.builder import ElementMaker

PROTOCOL = "urn:oasis:names:tc:SAML:2.0:protocol"
ASSERTION = "urn:oasis:names:tc:SAML:2.0:assertion"
METADATA = "urn:oasis:names:tc:SAML:2.0:metadata"
SIGNATURE = "http://www.w3.org/2000/09/xmldsig#"
ENCRYPTION = "http://www.w3.org/2001/04/xmlenc#"
SPACES = {
    "saml2p": PROTOCOL,
    "saml2": ASSERTION,
    "md": METADATA,
    "ds": SIGNATURE,
    "xenc": ENCRYPTION,
}

P = ElementMaker(namespace=PROTOCOL, nsmap={"saml2p": PROTOCOL})
S = ElementMaker(namespace=ASSERTION, nsmap={"saml2": ASSERTION})
M = ElementMaker(namespace=METADATA, nsmap={"md": METADATA, "ds": SIGNATURE})
D = ElementMaker(namespace=SIGNATURE, nsmap={"ds": SIGNATURE})
X = ElementMaker(namespace=ENCRYPTION, nsmap={"xenc": ENCRYPTION})

SUCCESS = "urn:oasis:names:tc:SAML:2.0:status:Success"
RESPONDER = "urn:oasis:names:tc:SAML:2.0:status:Responder"
AUTHN_FAILED = "urn:oasis:names:tc:SAML:2.0:status:AuthnFailed"
BEARER = "urn:oasis:names:tc:SAML:2.0:cm:bearer"
TRANSIENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient"
REDIRECT = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect"
POST = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"
URI = "urn:oasis:names:tc:SAML:2.0:attrname-format:uri"
RSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#"

LOA2 = "http://ftn.ficora.fi/2017/loa2"
PERSONAL_CODE = "urn:oid:1.2.246.21"
SATU = "urn:oid:1.2.246.22"
COMMON_NAME = "urn:oid:2.5.4.3"
DISPLAY_NAME = "urn:oid:2.16.840.1.113730.3.1.241"
GIVEN_NAME, SURNAME = "urn:oid:2.5.4.42", "urn:oid:2.5.4.4"
EIDAS_PERSON = "http://eidas.europa.eu/attributes/naturalperson/PersonIdentifier"
FIRST_NAME = "http://eidas.europa.eu/attributes/naturalperson/CurrentGivenName"
LOOKED_UP = "urn:oid:1.2.246.517.3002.111.2"
FRIENDLY = {
    PERSONAL_CODE: "nationalIdentificationNumber",
    SATU: "electronicIdentificationNumber",
    EIDAS_PERSON: "PersonIdentifier",
    COMMON_NAME: "cn",
    DISPLAY_NAME: "displayName",
    GIVEN_NAME: "givenName",
    SURNAME: "sn",
    FIRST_NAME: "firstName",
}
