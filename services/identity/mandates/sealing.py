"""Keeps a personal code for a few minutes where only the browser of one login can open it."""

import os
from base64 import b64decode, b64encode
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE = 12


def seal(text: str, key: bytes, attempt: UUID) -> str:
    """*text*, of use only together with *key* and for this *attempt*."""
    nonce = os.urandom(NONCE)
    return b64encode(nonce + AESGCM(key).encrypt(nonce, text.encode(), attempt.bytes)).decode()


def unseal(sealed: str, key: bytes, attempt: UUID) -> str | None:
    """What was sealed; nothing, for anybody else."""
    whole = b64decode(sealed)
    try:
        return AESGCM(key).decrypt(whole[:NONCE], whole[NONCE:], attempt.bytes).decode()
    except InvalidTag:
        return None
