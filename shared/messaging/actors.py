"""Who acts: tokens that identity signs, and what a service makes sure of before it believes one."""

import base64
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from shared.contracts.assurance import Level
from shared.contracts.base import ActorNotProved, PersonId
from shared.messaging.accounts import Account

if TYPE_CHECKING:
    # Imported where it is used: nobody needs it for a first answer, and it takes a twentieth of a second.
    from joserfc.jwk import OKPKey

HEADER = "Kanta-Actor"
ALGORITHM = "Ed25519"
TYPE = "actor+jwt"
ISSUER = "identity"
LIFETIME = timedelta(seconds=60)
LEEWAY = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """
    Who is asking: a program, attested by the server, and perhaps a person, attested by identity.

    *identified_at* is when the person last identified, *method* how, and *level* how sure that is; *known* is
    identity's latest revision when it vouched: whoever decides must know at least that much.
    """

    caller: Account
    person: PersonId | None = None
    identified_at: datetime | None = None
    method: str = ""
    level: Level | None = None
    token_id: str = ""
    known: int = 0

    def somebody(self) -> PersonId:
        """
        The person.

        Raises:
            ActorNotProved: there is none.
        """
        if self.person is None:
            raise ActorNotProved(why="missing")
        return self.person


def body_hash(subject: str, body: bytes) -> str:
    """What ties a token to one command: its subject and its very bytes."""
    digest = hashlib.sha256(subject.encode() + b"\0" + body).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


@dataclass(frozen=True, slots=True)
class Mint:
    """Signs actor tokens. Identity has the only one."""

    key: "OKPKey"

    def token(
        self,
        *,
        person: PersonId,
        presenter: Account,
        identified_at: datetime | None,
        method: str,
        level: Level | None,
        known: int,
        command: tuple[str, str] | None,
        now: datetime,
    ) -> str:
        """Vouch for *person* towards any service that *presenter* asks; *command* is (subject, body hash)."""
        issued = int(now.timestamp())
        claims: dict[str, Any] = {
            "iss": ISSUER,
            "sub": str(person),
            "azp": presenter.value,
            "iat": issued,
            "nbf": issued,
            "exp": issued + int(LIFETIME.total_seconds()),
            "jti": uuid4().hex,
            "auth_time": int(identified_at.timestamp()) if identified_at else None,
            "acr": method,
            "level": level,
            "rev": known,
        }
        if command:
            subject, claims["bh"] = command
            claims["aud"] = subject
        else:
            claims["aud"] = "reading"
        header = {"alg": ALGORITHM, "typ": TYPE, "kid": self.key.thumbprint()}
        from joserfc import jwt

        return jwt.encode(header, claims, self.key, algorithms=[ALGORITHM])


class Verifier:
    """Checks actor tokens against identity's public keys, by the clock *now*."""

    def __init__(
        self, keys: Mapping[str, Any], now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        from joserfc.jwk import KeySet

        from shared.messaging.signatures import OurRegistry

        self._registry = OurRegistry(algorithms=[ALGORITHM])
        self._keys = KeySet.import_key_set({"keys": list(keys["keys"])})
        self._believed: dict[str, OKPKey] = {}
        self._now = now

    def actor(self, token: str, *, caller: Account, command: tuple[str, bytes] | None) -> Actor:
        """
        Believe *token*, presented by *caller*, for one *command* (subject, body) or for reading.

        Raises:
            ActorNotProved: *why* is one of forged, stale, not_yours, other_purpose.
        """
        claims = self._claims(token)
        now = self._now().timestamp()
        issued, expires = claims.get("iat"), claims.get("exp")
        if not isinstance(issued, int) or not isinstance(expires, int):
            raise ActorNotProved(why="forged")
        if now > expires + LEEWAY or now < issued - LEEWAY or expires - issued > 2 * LIFETIME.total_seconds():
            raise ActorNotProved(why="stale")
        if claims.get("azp") != caller.value:
            raise ActorNotProved(why="not_yours")
        audience, bound = ("reading", None) if command is None else (command[0], body_hash(*command))
        if claims.get("aud") != audience or claims.get("bh") != bound:
            raise ActorNotProved(why="other_purpose")
        return _actor(claims, caller)

    def _claims(self, token: str) -> dict[str, Any]:
        from joserfc.errors import JoseError

        from shared.messaging.signatures import claims_behind

        # Identity writes every header of one key alike. One that joserfc has found good is not taken apart
        # again: that is four fifths of the work, and a fifth of a service's time.
        header, _, _ = token.partition(".")
        key = self._believed.get(header)
        try:
            claims = claims_behind(token, key) if key else self._read_whole(token, header)
        except (JoseError, ValueError, TypeError, KeyError) as error:
            raise ActorNotProved(why="forged") from error
        if claims.get("iss") != ISSUER:
            raise ActorNotProved(why="forged")
        return claims

    def _read_whole(self, token: str, header: str) -> dict[str, Any]:
        from joserfc import jwt

        decoded = jwt.decode(token, self._keys, registry=self._registry)
        if decoded.header.get("typ") != TYPE:
            raise ValueError("a token of another type")
        self._believed[header] = self._keys.get_by_kid(decoded.header["kid"])  # type: ignore[assignment]  # ours alone
        return decoded.claims


def _actor(claims: Mapping[str, Any], caller: Account) -> Actor:
    try:
        auth_time = claims["auth_time"]
        return Actor(
            caller=caller,
            person=PersonId(UUID(claims["sub"])),
            identified_at=datetime.fromtimestamp(auth_time, UTC) if auth_time is not None else None,
            method=str(claims["acr"]),
            level=Level(claims["level"]) if claims["level"] is not None else None,
            token_id=str(claims["jti"]),
            known=int(claims["rev"]),
        )
    except (KeyError, ValueError, TypeError) as error:
        raise ActorNotProved(why="forged") from error
