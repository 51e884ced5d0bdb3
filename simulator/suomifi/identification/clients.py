"""Who may ask the stand-in: services, by their metadata, and whether a query is truly theirs."""

import zlib
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from lxml import etree

from simulator.suomifi.identification.keys import Keys
from simulator.suomifi.identification.names import POST, REDIRECT, RSA_SHA256, SPACES

LARGEST = 64 * 1024


class NotTheirs(Exception):
    """A message that the stand-in does not take; the argument is the key of the sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """A service: its name, its one key, where browsers take answers, and what it may ask for."""

    entity_id: str
    key: RSAPublicKey
    acs: str
    logout: str
    methods: frozenset[str]
    name: Mapping[str, str]


def read_client(raw: bytes) -> Client:
    """
    The service that the metadata in *raw* describe, if Suomi.fi would take them.

    Raises:
        NotTheirs: it would not.
    """
    root = _parsed(raw)
    role = root.find("md:SPSSODescriptor", SPACES)
    if root.tag != f"{{{SPACES['md']}}}EntityDescriptor" or role is None:
        raise NotTheirs("metadata")
    certificates = {
        "".join((one.text or "").split()) for one in role.iter(f"{{{SPACES['ds']}}}X509Certificate")
    }
    if len(certificates) != 1 or role.get("AuthnRequestsSigned") != "true":
        raise NotTheirs("metadata")
    key = x509.load_der_x509_certificate(b64decode(certificates.pop())).public_key()
    acs = [
        one.get("Location", "")
        for one in role.findall("md:AssertionConsumerService", SPACES)
        if one.get("Binding") == POST
    ]
    logout = [
        one.get("Location", "")
        for one in role.findall("md:SingleLogoutService", SPACES)
        if one.get("Binding") == REDIRECT
    ]
    if not isinstance(key, RSAPublicKey) or len(acs) != 1 or len(logout) != 1 or "?" in acs[0] + logout[0]:
        raise NotTheirs("metadata")
    methods = {
        (value.text or "").strip()
        for attribute in root.iter(f"{{{SPACES['saml2']}}}Attribute")
        if attribute.get("Name") == "FinnishAuthMethod"
        for value in attribute
    }
    if not methods:
        raise NotTheirs("metadata")
    return Client(
        entity_id=root.get("entityID", ""),
        key=key,
        acs=acs[0],
        logout=logout[0],
        methods=frozenset(methods),
        name={
            one.get("{http://www.w3.org/XML/1998/namespace}lang", ""): one.text or ""
            for one in root.iter("{urn:oasis:names:tc:SAML:metadata:ui}DisplayName")
        },
    )


def believed(query: Mapping[str, str], kind: str, client: Client) -> Any:
    """
    The message in a *query* that *client* signed.

    Raises:
        NotTheirs: it did not, or the message is of another.
    """
    parts = [(name, query[name]) for name in (kind, "RelayState", "SigAlg") if name in query]
    try:
        signature = b64decode(query["Signature"], validate=True)
        if query.get("SigAlg") != RSA_SHA256:
            raise NotTheirs("signature")
        client.key.verify(signature, urlencode(parts).encode(), padding.PKCS1v15(), hashes.SHA256())
        message = _parsed(zlib.decompressobj(-15).decompress(b64decode(query[kind]), LARGEST))
    except (InvalidSignature, KeyError, NotBase64, zlib.error):
        raise NotTheirs("signature") from None
    issuer = message.find("saml2:Issuer", SPACES)
    if issuer is None or (issuer.text or "").strip() != client.entity_id:
        raise NotTheirs("unknown")
    return message


def issuer_of(query: Mapping[str, str], kind: str) -> str:
    """Who says that they sent a message: good for looking them up, and nothing else."""
    try:
        message = _parsed(zlib.decompressobj(-15).decompress(b64decode(query[kind]), LARGEST))
    except (KeyError, NotBase64, zlib.error):
        raise NotTheirs("signature") from None
    found = message.find("saml2:Issuer", SPACES)
    return "" if found is None else (found.text or "").strip()


def signed_query(keys: Keys, kind: str, message: Any, relay_state: str | None = None) -> str:
    """A query that holds *message* with our signature."""
    packer = zlib.compressobj(wbits=-15)
    packed = packer.compress(etree.tostring(message)) + packer.flush()
    parts = [(kind, b64encode(packed).decode())]
    if relay_state is not None:
        parts.append(("RelayState", relay_state))
    query = urlencode([*parts, ("SigAlg", RSA_SHA256)])
    return f"{query}&{urlencode({'Signature': keys.sign_text(query)})}"


def _parsed(raw: bytes) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(raw, parser)
    except (etree.LxmlError, ValueError):
        raise NotTheirs("signature") from None
