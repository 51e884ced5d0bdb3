"""The stand-in's key, and what it does with it: signs documents and queries, and seals for others."""

import os
from base64 import b64encode
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from cryptography import x509
from cryptography.hazmat.decrepit.ciphers.algorithms import TripleDES
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey, generate_private_key
from cryptography.hazmat.primitives.ciphers import Cipher, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from lxml import etree
from signxml.algorithms import CanonicalizationMethod, DigestAlgorithm, SignatureMethod
from signxml.signer import XMLSigner

from simulator.suomifi.identification.names import D, S, X

CIPHERS = {
    **{f"aes{bits}-gcm": f"http://www.w3.org/2009/xmlenc11#aes{bits}-gcm" for bits in (128, 192, 256)},
    **{f"aes{bits}-cbc": f"http://www.w3.org/2001/04/xmlenc#aes{bits}-cbc" for bits in (128, 192, 256)},
    # Broken, and taken by nobody.
    "tripledes-cbc": "http://www.w3.org/2001/04/xmlenc#tripledes-cbc",
}
GCM = "aes128-gcm"
OAEP = "http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p"
RSA_1_5 = "http://www.w3.org/2001/04/xmlenc#rsa-1_5"
SHA1 = "http://www.w3.org/2000/09/xmldsig#sha1"


@dataclass(frozen=True, slots=True)
class Keys:
    """A private key and its certificate."""

    private: RSAPrivateKey = field(repr=False)
    certificate: x509.Certificate

    @classmethod
    def fresh(cls) -> "Keys":
        """A key that nobody has seen, with a certificate that it signed itself."""
        private = generate_private_key(public_exponent=65537, key_size=2048)
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "identification.example")])
        now = datetime.now(UTC)
        certificate = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(private.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(days=1))
            .not_valid_after(now + timedelta(days=365))
            .sign(private, hashes.SHA256())
        )
        return cls(private, certificate)

    def certificate_text(self) -> str:
        """The certificate as XML holds it."""
        return b64encode(self.certificate.public_bytes(Encoding.DER)).decode()

    def sign(self, element: Any, *, sha1: bool = False) -> Any:
        """*element* with a signature over itself after its issuer, in a document of its own."""
        placed = deepcopy(element)
        placed.insert(1, D.Signature(Id="placeholder"))
        # The signature is over what a verifier will see: the element with the namespaces it brings itself.
        alone = etree.fromstring(etree.tostring(placed))
        signer = (_Sha1Signer if sha1 else XMLSigner)(
            signature_algorithm=SignatureMethod.RSA_SHA1 if sha1 else SignatureMethod.RSA_SHA256,
            digest_algorithm=DigestAlgorithm.SHA1 if sha1 else DigestAlgorithm.SHA256,
            c14n_algorithm=CanonicalizationMethod.EXCLUSIVE_XML_CANONICALIZATION_1_0,
        )
        pem = self.certificate.public_bytes(Encoding.PEM).decode()
        return signer.sign(
            alone, key=self.private, cert=pem, reference_uri=f"#{element.get('ID')}", id_attribute="ID"
        )

    def sign_text(self, text: str) -> str:
        """A signature over *text* for a query."""
        return b64encode(self.private.sign(text.encode(), padding.PKCS1v15(), hashes.SHA256())).decode()


class _Sha1Signer(XMLSigner):
    """Signs as nobody should any more."""

    def check_deprecated_methods(self) -> None:
        pass


def sealed(element: Any, key: RSAPublicKey, *, cipher: str = GCM, wrapped: str = OAEP) -> Any:
    """*element*, an assertion, sealed so that only the holder of *key* reads it."""
    triple = cipher.startswith("tripledes")
    secret = os.urandom(24 if triple else int(cipher[3:6]) // 8)
    text = etree.tostring(element)
    if cipher.endswith("-gcm"):
        nonce = os.urandom(12)
        written = nonce + AESGCM(secret).encrypt(nonce, text, None)
    else:
        algorithm = TripleDES(secret) if triple else AES(secret)
        block = algorithm.block_size // 8
        start, room = os.urandom(block), block - len(text) % block
        encryptor = Cipher(algorithm, modes.CBC(start)).encryptor()
        written = start + encryptor.update(text + bytes(room - 1) + bytes([room])) + encryptor.finalize()
    way = padding.PKCS1v15() if wrapped == RSA_1_5 else _oaep()
    method = X.EncryptionMethod(
        *([D.DigestMethod(Algorithm=SHA1)] if wrapped == OAEP else []), Algorithm=wrapped
    )
    encrypted_key = X.EncryptedKey(method, _cipher_data(key.encrypt(secret, way)))
    data = X.EncryptedData(
        X.EncryptionMethod(Algorithm=CIPHERS[cipher]),
        D.KeyInfo(encrypted_key),
        _cipher_data(written),
        Type="http://www.w3.org/2001/04/xmlenc#Element",
    )
    return S.EncryptedAssertion(data)


def _oaep() -> padding.OAEP:
    # What the name of the method means (XML Encryption, 5.5.2). It is no signature: SHA-1 does no harm here.
    sha1 = hashes.SHA1()  # noqa: S303
    return padding.OAEP(mgf=padding.MGF1(sha1), algorithm=sha1, label=None)


def _cipher_data(data: bytes) -> Any:
    return X.CipherData(X.CipherValue(b64encode(data).decode()))
