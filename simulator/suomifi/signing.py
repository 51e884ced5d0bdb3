"""The signed form of answers: RS256 tokens with a key of this stand-in's own, made by hand (RFC 7515)."""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

ISSUER = "Suomi.fi-Valtuudet"
# How long such an answer counts is not public; as long as an assertion of the same house's identification.
LASTS = timedelta(minutes=5)


def _key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass(frozen=True, slots=True)
class Signer:
    """Signs what it is told to say."""

    key: rsa.RSAPrivateKey = field(default_factory=_key, repr=False)

    @property
    def public(self) -> str:
        """The public key as PEM."""
        encoded = self.key.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        return encoded.decode()

    def answer(
        self, subject: str, response: object, *, audience: str, end_user: str, principal: str, now: datetime
    ) -> str:
        """The token whose claim *response* holds the answer as a JSON string."""
        claims = {
            "iss": ISSUER,
            "aud": [audience],
            "sub": subject,
            "iat": int(now.timestamp()),
            "exp": int((now + LASTS).timestamp()),
            "end_user": end_user,
            "principal": principal,
            "issue": [],
            "response": json.dumps(response, ensure_ascii=False),
            "reasons": [],
        }
        return self.token({"alg": "RS256", "typ": "JWT"}, claims)

    def token(self, header: Mapping[str, object], claims: Mapping[str, object]) -> str:
        signed = f"{_encoded(header)}.{_encoded(claims)}"
        signature = self.key.sign(signed.encode(), padding.PKCS1v15(), hashes.SHA256())
        return f"{signed}.{_base64(signature)}"


def _encoded(part: Mapping[str, object]) -> str:
    return _base64(json.dumps(part, ensure_ascii=False).encode())


def _base64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")
