"""What an ID token must say before its word is taken for who somebody is (OpenID Connect Core, 3.1.3.7)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from services.identity.domain.assurance import AssuranceTable
from services.identity.domain.vouching import VouchedFor
from shared.contracts.identity import IdentificationFailed

CLOCKS_DIFFER_BY = timedelta(seconds=60)
LONGEST_METHOD = LONGEST_NAME = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What a token must match: who issued it, for whom, and for which login."""

    issuer: str
    client_id: str
    nonce: str
    code_claim: str
    assurance: AssuranceTable
    acr_values: tuple[str, ...] = ()


def read_claims(claims: Mapping[str, Any], expected: Expected, now: datetime) -> VouchedFor:
    """
    Take the word of a token whose signature is good.

    Raises:
        IdentificationFailed: *why* is one of issuer, audience, nonce, stale, too_weak, method_unknown,
            code_missing.
    """
    if claims.get("iss") != expected.issuer:
        raise IdentificationFailed(why="issuer")
    audience = claims.get("aud")
    audiences = audience if isinstance(audience, list) else [audience]
    if expected.client_id not in audiences or claims.get("azp", expected.client_id) != expected.client_id:
        raise IdentificationFailed(why="audience")
    if claims.get("nonce") != expected.nonce:
        raise IdentificationFailed(why="nonce")
    issued, expires = _moment(claims.get("iat")), _moment(claims.get("exp"))
    if (
        issued is None
        or expires is None
        or now >= expires + CLOCKS_DIFFER_BY
        or issued > now + CLOCKS_DIFFER_BY
    ):
        raise IdentificationFailed(why="stale")
    acr = claims.get("acr")
    method = acr[:LONGEST_METHOD] if isinstance(acr, str) else ""
    if expected.acr_values and method not in expected.acr_values:
        raise IdentificationFailed(why="too_weak")
    code = claims.get(expected.code_claim)
    if not isinstance(code, str) or not code:
        raise IdentificationFailed(why="code_missing")
    at = _identified_at(claims.get("auth_time"), issued, now)
    name = claims.get("name")
    return VouchedFor(
        identifier=code,
        name=name[:LONGEST_NAME] if isinstance(name, str) else "",
        at=at,
        method=method,
        level=expected.assurance.method(method).level,
    )


def _identified_at(auth_time: object, issued: datetime, now: datetime) -> datetime:
    told = _moment(auth_time)
    return told if told is not None and told <= now else min(issued, now)


def _moment(seconds: object) -> datetime | None:
    if isinstance(seconds, bool) or not isinstance(seconds, int | float):
        return None
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, OSError, ValueError):
        return None
