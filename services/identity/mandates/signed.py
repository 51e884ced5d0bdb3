"""Answers of Suomi.fi that are signed: believed only from its key, to us, about this person, and just now."""

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import RSAKey

from shared.contracts.identity import MandatesNotAnswered

ISSUER = "Suomi.fi-Valtuudet"
CLOCKS_DIFFER_BY = timedelta(minutes=5)


class SealInvalid(ValueError):
    """Signed answers are asked for, and the settings do not say whose signature is meant."""


class Subject(StrEnum):
    """What a signed answer is an answer to."""

    ORGANISATIONS = "OrganizationalRoles"
    VERDICT = "Authorization"
    THEMES = "AuthorizationList"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """Suomi.fi's public *key* (PEM), and the UUID by which it calls our *service*."""

    key: str = field(repr=False)
    service: str

    def answer(
        self, token: str, subject: Subject, *, end_user: str, principal: str = "", now: datetime
    ) -> object:
        """
        What *token* answers.

        Raises:
            MandatesNotAnswered: it is forged, old, or an answer to somebody or something else.
        """
        claims = self._claims(token.strip().strip('"'))
        meant = (
            claims.get("iss") == ISSUER
            and self.service in _several(claims.get("aud"))
            and claims.get("sub") == subject.value
            and claims.get("end_user") == end_user
            and (not principal or claims.get("principal") == principal)
        )
        if not meant:
            raise MandatesNotAnswered(why="other_answer")
        if not _is_current(claims, now):
            raise MandatesNotAnswered(why="old_answer")
        try:
            read: object = json.loads(str(claims.get("response")))
        except (ValueError, RecursionError):
            read = None
        if read is None:
            raise MandatesNotAnswered(why="unreadable")
        return read

    def _claims(self, token: str) -> Mapping[str, Any]:
        claims: Mapping[str, Any] | None = None
        with suppress(JoseError, ValueError, TypeError):
            claims = jwt.decode(token, RSAKey.import_key(self.key), algorithms=["RS256"]).claims
        if claims is None:
            # Raised out here: the token holds personal codes, and must not hang on to the refusal.
            raise MandatesNotAnswered(why="forged")
        return claims


def seal_of(form: str, key: Path | None, service: str) -> Seal | None:
    """
    What answers must be signed with; nothing, if their *form* is plain.

    Raises:
        SealInvalid: *key* or *service* is missing, or the key is none.
    """
    if form == "plain":
        return None
    if key is None or not service:
        raise SealInvalid("signed answers need Suomi.fi's key and the UUID of our service")
    written = key.read_text(encoding="utf-8")
    try:
        RSAKey.import_key(written)
    except (JoseError, ValueError, TypeError):
        raise SealInvalid("Suomi.fi's key cannot be read") from None
    return Seal(key=written, service=service)


def _is_current(claims: Mapping[str, Any], now: datetime) -> bool:
    """Whether its times, as far as it tells any, are now, give or take what clocks differ by."""
    given = {name: claims[name] for name in ("iat", "nbf", "exp") if name in claims}
    if not all(isinstance(one, int | float) for one in given.values()):
        return False
    leeway = CLOCKS_DIFFER_BY.total_seconds()
    moment = now.timestamp()
    begun = all(given[name] <= moment + leeway for name in ("iat", "nbf") if name in given)
    return begun and moment <= given.get("exp", moment) + leeway


def _several(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]
