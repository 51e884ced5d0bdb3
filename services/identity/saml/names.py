"""The names that SAML, XML security and Suomi.fi give to things."""

PROTOCOL = "urn:oasis:names:tc:SAML:2.0:protocol"
ASSERTION = "urn:oasis:names:tc:SAML:2.0:assertion"
SIGNATURE = "http://www.w3.org/2000/09/xmldsig#"
ENCRYPTION = "http://www.w3.org/2001/04/xmlenc#"
NAMES = {"samlp": PROTOCOL, "saml": ASSERTION, "ds": SIGNATURE, "xenc": ENCRYPTION}

SUCCESS = "urn:oasis:names:tc:SAML:2.0:status:Success"
CANCELLED = frozenset(
    {
        "urn:oasis:names:tc:SAML:2.0:status:AuthnFailed",
        "urn:oasis:names:tc:SAML:2.0:status:RequestDenied",
    }
)
BEARER = "urn:oasis:names:tc:SAML:2.0:cm:bearer"
TRANSIENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient"
REDIRECT = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect"
POST = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"

# What a signature and a cipher may be made with: a list of what is good, since lists of what is bad grow old.
RSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
SIGNED_WITH = frozenset(
    {
        RSA_SHA256,
        "http://www.w3.org/2001/04/xmldsig-more#rsa-sha384",
        "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512",
    }
)
DIGESTED_WITH = frozenset(
    {
        "http://www.w3.org/2001/04/xmlenc#sha256",
        "http://www.w3.org/2001/04/xmldsig-more#sha384",
        "http://www.w3.org/2001/04/xmlenc#sha512",
    }
)
ENVELOPED = "http://www.w3.org/2000/09/xmldsig#enveloped-signature"
EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#"
KEYS_WRAPPED_WITH = frozenset(
    {
        "http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p",
        "http://www.w3.org/2009/xmlenc11#rsa-oaep",
    }
)
# CBC says nothing of who wrote the text: whoever can ask often enough may read it. A recorded answer of
# Suomi.fi's test environment (2019) was written with it, so that is the operator's to refuse.
CIPHERS = {
    "aes128-gcm": "http://www.w3.org/2009/xmlenc11#aes128-gcm",
    "aes192-gcm": "http://www.w3.org/2009/xmlenc11#aes192-gcm",
    "aes256-gcm": "http://www.w3.org/2009/xmlenc11#aes256-gcm",
    "aes128-cbc": "http://www.w3.org/2001/04/xmlenc#aes128-cbc",
    "aes192-cbc": "http://www.w3.org/2001/04/xmlenc#aes192-cbc",
    "aes256-cbc": "http://www.w3.org/2001/04/xmlenc#aes256-cbc",
}

# Suomi.fi's attributes.
PERSONAL_CODE = "urn:oid:1.2.246.21"
SATU = "urn:oid:1.2.246.22"
EIDAS_PERSON = "http://eidas.europa.eu/attributes/naturalperson/PersonIdentifier"
COMMON_NAME = "urn:oid:2.5.4.3"
DISPLAY_NAME = "urn:oid:2.16.840.1.113730.3.1.241"
GIVEN_NAME, SURNAME = "urn:oid:2.5.4.42", "urn:oid:2.5.4.4"
EIDAS_GIVEN = "http://eidas.europa.eu/attributes/naturalperson/CurrentGivenName"
EIDAS_FAMILY = "http://eidas.europa.eu/attributes/naturalperson/CurrentFamilyName"
BIRTH_DATE = "http://eidas.europa.eu/attributes/naturalperson/DateOfBirth"
LOOKED_UP = "urn:oid:1.2.246.517.3002.111.2"

# What our metadata say to Suomi.fi.
FINNISH_AUTH_METHOD = "FinnishAuthMethod"
VTJ_REQUIRED = "urn:oid:1.2.246.517.3003.111.3"
