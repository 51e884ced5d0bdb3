"""Ed25519 by libsodium, which checks a signature in two thirds of the time that OpenSSL takes."""

import binascii
import json
from functools import cache
from typing import Any

from joserfc.jws import JWSAlgModel, JWSRegistry  # type: ignore[attr-defined]  # not in its __all__
from nacl.exceptions import BadSignatureError
from nacl.signing import VerifyKey

SIGNATURE_BYTES = 64


class Ed25519(JWSAlgModel):
    """RFC 9864's Ed25519, for checking alone. Every command carries a signature that nobody has seen yet."""

    name = "Ed25519"
    description = "Ed25519 by libsodium"
    key_type = "OKP"

    def sign(self, msg: bytes, key: Any) -> bytes:
        raise NotImplementedError("we only check here")

    def verify(self, msg: bytes, sig: bytes, key: Any) -> bool:
        if len(sig) != SIGNATURE_BYTES:
            return False
        try:
            _checker(key.get_op_key("verify").public_bytes_raw()).verify(msg, sig)
        except BadSignatureError:
            return False
        return True


class OurRegistry(JWSRegistry):
    """joserfc's registry with nothing but the one algorithm that actor tokens may have."""

    algorithms = {Ed25519.name: Ed25519()}  # noqa: RUF012  # as the class that it comes from has it
    recommended = [Ed25519.name]  # noqa: RUF012


def claims_behind(token: str, key: Any) -> dict[str, Any]:
    """
    The claims of *token*, a compact JWS whose header has been found to name *key* and our algorithm.

    Raises:
        ValueError: *key* did not sign it, or it is not written as RFC 7515 writes it.
    """
    signed, _, signature = token.encode("ascii").rpartition(b".")
    _, _, payload = signed.partition(b".")
    if not Ed25519().verify(signed, _bytes(signature), key):
        raise ValueError("the signature is another's")
    claims = json.loads(_bytes(payload))
    if not isinstance(claims, dict):
        raise ValueError("claims are an object")
    return claims


# The letters of the URL's alphabet alone: padding and those of the other are none.
_URL_SAFE = bytes.maketrans(b"-_+/=", b"+/!!!")


def _bytes(segment: bytes) -> bytes:
    return binascii.a2b_base64(segment.translate(_URL_SAFE) + b"=" * (-len(segment) % 4), strict_mode=True)


@cache
def _checker(raw: bytes) -> VerifyKey:
    return VerifyKey(raw)
