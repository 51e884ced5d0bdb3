"""Ed25519 by libsodium, which checks a signature in two thirds of the time that OpenSSL takes."""

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


@cache
def _checker(raw: bytes) -> VerifyKey:
    return VerifyKey(raw)
