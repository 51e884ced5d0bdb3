"""Keeps personal identity codes so that the operator's keys open them, and nothing in the database does."""

import hashlib
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field

from shared.contracts.base import PersonId

NONCE, KEY = 12, 32
# ddmmyy and the separator say when somebody was born, and no more than that; the rest says who.
SHOWN, PERSONAL = 7, 11


class Unreadable(Exception):
    """What was kept was sealed with none of our keys, or for somebody else."""


class KeysInvalid(ValueError):
    """The keys cannot be used; the message does not repeat them."""


@dataclass(frozen=True, slots=True)
class Vault:
    """
    Seals with the first of *keys*, and opens with any, so that keys can be changed one by one.

    What is sealed names its key, and is bound to its person: in another row it does not open.
    """

    keys: tuple[bytes, ...] = field(repr=False)

    def seal(self, code: str, person: PersonId) -> str:
        # Here and below: nobody needs it for a first answer, and it takes a twentieth of a second.
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        nonce = os.urandom(NONCE)
        sealed = nonce + AESGCM(self.keys[0]).encrypt(nonce, code.encode(), person.bytes)
        return f"{_name(self.keys[0])}.{urlsafe_b64encode(sealed).decode()}"

    def open(self, sealed: str, person: PersonId) -> str:
        """
        The code that was sealed for *person*.

        Raises:
            Unreadable: with none of our keys, or for somebody else.
        """
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        named, _, written = sealed.partition(".")
        for key in self.keys:
            if _name(key) == named:
                whole = urlsafe_b64decode(written)
                try:
                    return AESGCM(key).decrypt(whole[:NONCE], whole[NONCE:], person.bytes).decode()
                except InvalidTag:
                    break
        raise Unreadable

    def is_current(self, sealed: str | None) -> bool:
        """Whether it was sealed with the key that new ones are sealed with."""
        return sealed is not None and sealed.partition(".")[0] == _name(self.keys[0])


def masked(code: str) -> str:
    """
    *code* as an officer may see it: the birth date and the separator, and of the rest nothing.

    Of what stands for a personal code nothing is shown, but the countries of an eIDAS identifier.
    """
    if "/" in code:
        shown = len("SE/FI/") if code[2:3] == "/" and code[5:6] == "/" else 0
        return code[:shown] + "*" * (len(code) - shown)
    shown = SHOWN if len(code) == PERSONAL else 0
    return code[:shown] + "*" * (len(code) - shown)


def read_keys(written: str) -> tuple[bytes, ...]:
    """
    The keys in a setting: URL-safe base64 of 32 bytes each, the current one first, commas between.

    Raises:
        KeysInvalid: something there is none.
    """
    keys = [part.strip() for part in written.split(",") if part.strip()]
    try:
        read = tuple(urlsafe_b64decode(key + "=" * (-len(key) % 4)) for key in keys)
    except ValueError:
        raise KeysInvalid("a key is no base64") from None
    if any(len(key) != KEY for key in read):
        raise KeysInvalid(f"a key is not of {KEY} bytes")
    return read


def _name(key: bytes) -> str:
    return hashlib.sha256(b"kanta code key" + key).hexdigest()[:8]
