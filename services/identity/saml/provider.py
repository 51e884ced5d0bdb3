"""The identity provider as its metadata describe it: where browsers go, and whose signature is believed."""

from base64 import b64decode
from binascii import Error as NotBase64
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import Encoding
from onelogin.saml2.utils import OneLogin_Saml2_Utils

from services.identity.saml import names, shape
from services.identity.saml.moments import moment
from shared.contracts.identity import IdentificationFailed

LOOPBACK = {"127.0.0.1", "::1", "localhost"}
METADATA = "urn:oasis:names:tc:SAML:2.0:metadata"
SPACES = names.NAMES | {"md": METADATA}
FEWEST_BITS = 2048


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityProvider:
    """A provider: where it is asked for logins and logouts, where it takes our word for one, and its keys."""

    entity_id: str
    login: str
    logout: str
    logged_out: str
    certificates: tuple[str, ...] = field(repr=False)


def read_metadata(raw: bytes, *, anchor: str | None, now: datetime) -> IdentityProvider:
    """
    The provider that the metadata in *raw* describe.

    *anchor* is the certificate whose key must have signed them; without one they are believed for where they
    came from.

    Raises:
        IdentificationFailed: they cannot be used.
    """
    root = shape.parse(raw, comments=True)
    if root.tag != f"{{{METADATA}}}EntityDescriptor":
        raise IdentificationFailed(why="provider")
    until = root.get("validUntil")
    if until is not None and moment(until) <= now:
        raise IdentificationFailed(why="provider")
    if anchor is not None and not OneLogin_Saml2_Utils.validate_metadata_sign(raw, cert=anchor):
        raise IdentificationFailed(why="forged")
    roles = root.findall("md:IDPSSODescriptor", SPACES)
    if len(roles) != 1:
        raise IdentificationFailed(why="provider")
    certificates = tuple(
        _certificate(one.text or "")
        for key in roles[0].findall("md:KeyDescriptor", SPACES)
        if key.get("use", "signing") == "signing"
        for one in key.iter(f"{{{names.SIGNATURE}}}X509Certificate")
    )
    entity_id = root.get("entityID", "")
    if not certificates or not entity_id:
        raise IdentificationFailed(why="provider")
    logout = _service(roles[0], "SingleLogoutService")
    return IdentityProvider(
        entity_id=entity_id,
        login=_trusted(_service(roles[0], "SingleSignOnService").get("Location")),
        logout=_trusted(logout.get("Location")),
        logged_out=_trusted(logout.get("ResponseLocation") or logout.get("Location")),
        certificates=certificates,
    )


def _service(role: Any, kind: str) -> Any:
    for service in role.findall(f"md:{kind}", SPACES):
        if service.get("Binding") == names.REDIRECT:
            return service
    raise IdentificationFailed(why="provider")


def _certificate(text: str) -> str:
    """The certificate of a key that is strong enough, in PEM."""
    try:
        found = x509.load_der_x509_certificate(b64decode("".join(text.split()), validate=True))
    except (NotBase64, ValueError) as error:
        raise IdentificationFailed(why="provider") from error
    key = found.public_key()
    if not isinstance(key, RSAPublicKey) or key.key_size < FEWEST_BITS:
        raise IdentificationFailed(why="provider")
    return found.public_bytes(Encoding.PEM).decode()


def _trusted(address: object) -> str:
    """An address that browsers may be sent to: with TLS, or on this machine."""
    if isinstance(address, str):
        parts = urlsplit(address)
        if parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK):
            return address
    raise IdentificationFailed(why="provider")
