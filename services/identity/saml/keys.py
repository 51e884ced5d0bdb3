"""The one key that we sign and open with as a service provider, and its certificate."""

import os
import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import NameOID

KEY_FILE, CERTIFICATE_FILE = "saml.pem", "saml.crt"
# A start on this machine should not need to think of it; in production the operator's own are set.
LASTS = timedelta(days=730)
BITS = 3072


@dataclass(frozen=True, slots=True)
class KeyPair:
    """A key in PEM, and the certificate that others know it by."""

    key: str = field(repr=False)
    certificate: str

    def bare_certificate(self) -> str:
        """The certificate as XML holds it: without its first and last line."""
        lines = self.certificate.strip().splitlines()
        return "".join(line.strip() for line in lines if not line.startswith("-----"))


class KeyPairInvalid(ValueError):
    """The files cannot be used; the message says why, and holds nothing of them."""


def key_pair(key: Path | None, certificate: Path | None, folder: Path, name: str) -> KeyPair:
    """
    The pair in the files *key* and *certificate*; if neither is named, one in *folder*, made when missing.

    Raises:
        KeyPairInvalid: the files do not belong together, or hold no RSA key.
    """
    if (key is None) is not (certificate is None):
        raise KeyPairInvalid("a key and a certificate are set together, or neither")
    if key is not None and certificate is not None:
        return _checked(key.read_text(), certificate.read_text())
    key, certificate = folder / KEY_FILE, folder / CERTIFICATE_FILE
    if not (key.exists() and certificate.exists()):
        made = new_pair(name)
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        _write(certificate, made.certificate)
        _write(key, made.key)
    return _checked(key.read_text(), certificate.read_text())


def new_pair(name: str) -> KeyPair:
    """A fresh key, with a certificate that it signed itself."""
    key = generate_private_key(public_exponent=65537, key_size=BITS)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name[:64])])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(minutes=5))
        .not_valid_after(now + LASTS)
        .sign(key, hashes.SHA256())
    )
    return KeyPair(
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode(),
        certificate.public_bytes(Encoding.PEM).decode(),
    )


def _checked(key: str, certificate: str) -> KeyPair:
    try:
        private = load_pem_private_key(key.encode(), None)
        public = x509.load_pem_x509_certificate(certificate.encode()).public_key()
    except (ValueError, TypeError) as error:
        raise KeyPairInvalid("the SAML key or its certificate cannot be read") from error
    if not isinstance(private, RSAPrivateKey) or private.public_key() != public:
        raise KeyPairInvalid("the SAML certificate is not of the SAML key, or the key is not RSA")
    return KeyPair(key, certificate)


def _write(path: Path, text: str) -> None:
    """Put *text* at *path* at once, for its owner's eyes alone."""
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
