"""Signatures of actor tokens: the published vector holds, and nothing that was touched."""

import json
from base64 import urlsafe_b64encode

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, OKPKey

from shared.messaging.signatures import Ed25519, OurRegistry

# RFC 8032, 7.1, the second test.
PUBLIC = bytes.fromhex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")
MESSAGE = bytes.fromhex("72")
SIGNATURE = bytes.fromhex(
    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
    "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
)
REGISTRY = OurRegistry(algorithms=["Ed25519"])


def public_key() -> OKPKey:
    x = urlsafe_b64encode(PUBLIC).decode().rstrip("=")
    return OKPKey.import_key({"kty": "OKP", "crv": "Ed25519", "x": x})


def test_the_published_vector_holds() -> None:
    Ed25519PublicKey.from_public_bytes(PUBLIC).verify(SIGNATURE, MESSAGE)

    assert Ed25519().verify(MESSAGE, SIGNATURE, public_key())


@pytest.mark.parametrize("place", range(64))
def test_a_signature_that_was_touched_does_not(place: int) -> None:
    touched = bytearray(SIGNATURE)
    touched[place] ^= 1

    assert not Ed25519().verify(MESSAGE, bytes(touched), public_key())


@pytest.mark.parametrize("signature", [b"", SIGNATURE[:-1], SIGNATURE + b"\0", SIGNATURE * 2])
def test_a_signature_of_another_length_does_not(signature: bytes) -> None:
    assert not Ed25519().verify(MESSAGE, signature, public_key())


@pytest.mark.parametrize("algorithm", ["none", "HS256", "EdDSA", "ES256"])
def test_no_other_algorithm_is_believed(algorithm: str) -> None:
    header = urlsafe_b64encode(json.dumps({"alg": algorithm}).encode()).decode().rstrip("=")

    with pytest.raises((JoseError, ValueError)):
        jwt.decode(f"{header}.e30.AAAA", public_key(), registry=REGISTRY)


def test_what_joserfc_signs_we_believe_and_of_several_keys_the_named_one() -> None:
    keys = [OKPKey.import_key(Ed25519PrivateKey.generate(), {"kid": name}) for name in ("old", "new")]
    token = jwt.encode({"alg": "Ed25519", "kid": "new"}, {"sub": "x"}, keys[1], algorithms=["Ed25519"])

    assert jwt.decode(token, KeySet([*keys]), registry=REGISTRY).claims == {"sub": "x"}
    with pytest.raises(JoseError):
        jwt.decode(token, keys[0], registry=REGISTRY)
