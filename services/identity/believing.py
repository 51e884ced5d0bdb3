"""Believes what the provider signed: with which keys, and what to do when it has new ones."""

import json
from base64 import urlsafe_b64decode
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, cast

import structlog
from joserfc import jwe, jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, KeySet, RSAKey

from shared.contracts.identity import IdentificationFailed

log = structlog.get_logger()

SIGNED_WITH = ["RS256", "PS256", "ES256"]
SEALED_WITH = ["RSA-OAEP", "RSA-OAEP-256", "ECDH-ES", "ECDH-ES+A256KW", "A128GCM", "A256GCM"]
# A key that the provider takes back is not believed for longer than this.
KEPT_FOR = timedelta(hours=1)
# Whoever sends forged tokens must not make us ask the provider for each.
NOT_SOONER = timedelta(minutes=1)
NOT_READABLE = (JoseError, ValueError, TypeError, KeyError)
PARTS_OF_SEALED = 5


@dataclass(slots=True)
class Believer:
    """
    Reads tokens that are signed with a key of the provider's, and perhaps sealed for ours.

    *fetch* asks the provider for its keys. A new key is asked for when it is first seen, at most once a
    minute.
    """

    fetch: Callable[[], Awaitable[dict[str, Any]]]
    now: Callable[[], datetime]
    ours: RSAKey | ECKey | None = field(default=None, repr=False)
    _keys: KeySet | None = field(default=None, repr=False)
    _fetched_at: datetime | None = None
    _asked_anew: datetime | None = None

    async def claims(self, token: str) -> dict[str, Any]:
        """
        What *token* says.

        Raises:
            IdentificationFailed: forged, sealed for somebody else, or the provider tells no keys.
        """
        signed = self._unsealed(token)
        keys = await self._current()
        try:
            return jwt.decode(signed, keys, algorithms=SIGNED_WITH).claims
        except NOT_READABLE as error:
            log.info("id_token.not_believed", error=type(error).__name__)
        if not self._may_ask_anew() or not _is_allowed(signed):
            raise IdentificationFailed(why="forged")
        self._asked_anew = self.now()
        try:
            return jwt.decode(signed, await self._fetch(), algorithms=SIGNED_WITH).claims
        except NOT_READABLE as error:
            log.info("id_token.not_believed", error=type(error).__name__)
            raise IdentificationFailed(why="forged") from None

    def _unsealed(self, token: str) -> str:
        if token.count(".") + 1 != PARTS_OF_SEALED:
            return token
        if self.ours is None:
            raise IdentificationFailed(why="sealed")
        try:
            opened = jwe.decrypt_compact(token, self.ours, algorithms=SEALED_WITH)
            return (opened.plaintext or b"").decode()
        except NOT_READABLE as error:
            log.info("id_token.not_opened", error=type(error).__name__)
            raise IdentificationFailed(why="sealed") from None

    def _may_ask_anew(self) -> bool:
        return self._asked_anew is None or self.now() - self._asked_anew >= NOT_SOONER

    async def _current(self) -> KeySet:
        old = self._fetched_at is None or self.now() - self._fetched_at >= KEPT_FOR
        return await self._fetch() if self._keys is None or old else self._keys

    async def _fetch(self) -> KeySet:
        listed = await self.fetch()
        try:
            self._keys = KeySet.import_key_set(cast("Any", listed))
        except NOT_READABLE as error:
            raise IdentificationFailed(why="provider") from error
        self._fetched_at = self.now()
        return self._keys


def own_key(path: Path | None) -> RSAKey | ECKey | None:
    """The private key (PEM) for which the provider seals, if it does."""
    if path is None:
        return None
    text = path.read_bytes()
    try:
        return RSAKey.import_key(text)
    except NOT_READABLE:
        return ECKey.import_key(text)


def _is_allowed(token: str) -> bool:
    """Whether a token claims an algorithm that a new key could make good."""
    head = token.partition(".")[0]
    try:
        header = json.loads(urlsafe_b64decode(head + "=" * (-len(head) % 4)))
    except ValueError:
        return False
    return isinstance(header, dict) and header.get("alg") in SIGNED_WITH
