"""Identity's secrets: the key that vouches for people, and those that hide their codes."""

import hmac
import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from services.identity.domain.codes import personal_code
from services.identity.domain.identifiers import plain
from services.identity.domain.vouching import IdentifierKind, VouchedFor
from services.identity.sealing import KEY, Vault, read_keys
from services.identity.settings import IdentitySettings
from shared.messaging.actors import ALGORITHM, Mint, Verifier

if TYPE_CHECKING:
    # Imported where it is used, once the bus is answered: it takes a tenth of a second of a start.
    from joserfc.jwk import OKPKey

ACTOR_KEY = "identity-actor.pem"
PEPPER = "identity-pepper"
CODE_KEY = "identity-code-key"


@dataclass(frozen=True, slots=True)
class Codes:
    """Turns personal identity codes into what may be kept of them."""

    pepper: bytes = field(repr=False)

    def digest(self, code: str) -> str:
        """
        What we know *code* by. Without the pepper, trying every code there is would give it away.

        Raises:
            PersonalCodeInvalid: it is no personal identity code.
        """
        return hmac.digest(self.pepper, personal_code(code).encode(), "sha256").hex()

    def digest_of(self, vouched: VouchedFor) -> str:
        """
        What we know a person by whom a login vouches for. Two kinds of identifiers never meet.

        Raises:
            PersonalCodeInvalid: it was to be a personal identity code, and is none.
        """
        if vouched.kind is IdentifierKind.PERSONAL_CODE:
            return self.digest(vouched.identifier)
        return self.named(vouched.kind, vouched.identifier)

    def digests_of(self, vouched: VouchedFor) -> tuple[str, ...]:
        """
        The same of all that a login tells: first what they are known by best.

        Raises:
            PersonalCodeInvalid: what was to be a personal identity code is none.
        """
        return (self.digest_of(vouched), *(self.named(kind, told) for kind, told in vouched.also))

    def named(self, kind: IdentifierKind, identifier: str) -> str:
        """What we know somebody by who has an identifier of another kind than a personal code."""
        return hmac.digest(self.pepper, f"{kind}:{plain(kind, identifier)}".encode(), "sha256").hex()


def codes(folder: Path) -> Codes:
    """The pepper in *folder*, made when it is missing."""
    return Codes(_secret_file(folder / PEPPER, secrets.token_bytes(32)))


def vault(settings: IdentitySettings) -> Vault:
    """What seals personal codes: the keys that are set, or one in the key folder, made when it is missing."""
    written = settings.code_keys.get_secret_value()
    if keys := read_keys(written):
        return Vault(keys)
    return Vault((_secret_file(settings.key_folder / CODE_KEY, secrets.token_bytes(KEY)),))


@dataclass(frozen=True)
class Signing:
    """
    What identity vouches for people with: the key in *folder*, read when somebody first needs it.

    By the clock *now* it is said whether a token still counts.
    """

    folder: Path
    now: Callable[[], datetime] = lambda: datetime.now(UTC)

    @cached_property
    def key(self) -> "OKPKey":
        return actor_key(self.folder)

    @cached_property
    def mint(self) -> Mint:
        return Mint(self.key)

    @cached_property
    def verifier(self) -> Verifier:
        """Believes what the key signed."""
        return verifier(self.key, self.now)


def actor_key(folder: Path) -> "OKPKey":
    """The key in *folder* that signs actor tokens, made when it is missing."""
    from joserfc.jwk import OKPKey

    fresh = OKPKey.generate_key("Ed25519").as_pem(private=True)
    return OKPKey.import_key(_secret_file(folder / ACTOR_KEY, fresh))


def public_key(key: "OKPKey") -> dict[str, Any]:
    """What others need to believe what *key* signed."""
    return {**key.as_dict(private=False), "kid": key.thumbprint(), "alg": ALGORITHM, "use": "sig"}


def verifier(key: "OKPKey", now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> Verifier:
    """Believes what *key* signed, by the clock *now*."""
    return Verifier({"keys": [public_key(key)]}, now)


def _secret_file(path: Path, fresh: bytes) -> bytes:
    """What *path* holds; if there is nothing, *fresh* from now on, for its owner's eyes alone."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    if not path.exists():
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(fresh)
            file.flush()
            os.fsync(file.fileno())
        try:
            # A link appears whole or not at all, and to one of two who start at once.
            os.link(beside, path)
        except FileExistsError:
            pass
        finally:
            beside.unlink()
    return path.read_bytes()
