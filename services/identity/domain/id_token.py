"""What an ID token must say before its word is taken for who somebody is (OpenID Connect Core, 3.1.3.7)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from services.identity.domain.assurance import AssuranceTable
from services.identity.domain.claims import ClaimNames, full_name, identifier, others
from services.identity.domain.vouching import VouchedFor
from shared.contracts.identity import IdentificationFailed

LONGEST_METHOD = 200
KATSO = "katso"


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """
    What a token must match: who issued it, for whom, for which login, and how it was to be done.

    *max_age* is how long ago the person may have identified, if we said so to the provider; clocks may
    differ by *skew*.
    """

    issuer: str
    client_id: str
    nonce: str
    names: ClaimNames
    assurance: AssuranceTable
    acr_values: tuple[str, ...] = ()
    max_age: timedelta | None = None
    skew: timedelta = timedelta(seconds=60)


def read_claims(claims: Mapping[str, Any], expected: Expected, now: datetime) -> VouchedFor:
    """
    Take the word of a token whose signature is good.

    Raises:
        IdentificationFailed: *why* is one of issuer, audience, nonce, stale, too_old, too_weak,
            method_unknown, code_missing, code_ambiguous.
    """
    if claims.get("iss") != expected.issuer:
        raise IdentificationFailed(why="issuer")
    _check_audience(claims, expected.client_id)
    if claims.get("nonce") != expected.nonce:
        raise IdentificationFailed(why="nonce")
    issued = _check_times(claims, expected.skew, now)
    at = _identified_at(claims.get("auth_time"), issued, expected, now)
    acr = claims.get("acr")
    method = acr[:LONGEST_METHOD] if isinstance(acr, str) else ""
    if expected.acr_values and method not in expected.acr_values:
        raise IdentificationFailed(why="too_weak")
    known = expected.assurance.method(method)
    found, kind = identifier(claims, expected.names, katso=known.means.startswith(KATSO))
    return VouchedFor(
        identifier=found,
        kind=kind,
        also=others(claims, expected.names, kind),
        name=full_name(claims, expected.names),
        at=at,
        method=method,
        level=known.level,
    )


def _check_audience(claims: Mapping[str, Any], client_id: str) -> None:
    audience = claims.get("aud")
    audiences = audience if isinstance(audience, list) else [audience]
    # Of several audiences, each could have been the one to pass the token on: it must say that we are.
    party = claims.get("azp", client_id if len(audiences) == 1 else None)
    if client_id not in audiences or party != client_id:
        raise IdentificationFailed(why="audience")


def _check_times(claims: Mapping[str, Any], skew: timedelta, now: datetime) -> datetime:
    """When the token was issued, which was not to come, and it has not run out."""
    issued, expires = _moment(claims.get("iat")), _moment(claims.get("exp"))
    begins = _moment(claims["nbf"]) if "nbf" in claims else issued
    if issued is None or expires is None or begins is None:
        raise IdentificationFailed(why="stale")
    if now >= expires + skew or issued > now + skew or begins > now + skew:
        raise IdentificationFailed(why="stale")
    return issued


def _identified_at(auth_time: object, issued: datetime, expected: Expected, now: datetime) -> datetime:
    """When the person identified: by the provider's word, which we insist on if we said how old it may be."""
    told = _moment(auth_time)
    if expected.max_age is not None and (
        told is None or told > now + expected.skew or now - told > expected.max_age + expected.skew
    ):
        raise IdentificationFailed(why="too_old")
    return told if told is not None and told <= now else min(issued, now)


def _moment(seconds: object) -> datetime | None:
    if isinstance(seconds, bool) or not isinstance(seconds, int | float):
        return None
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, OSError, ValueError):
        return None
