"""A stand-in for identity's signature: the same mint and the same answer, with a key of the test's own."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from joserfc.jwk import OKPKey

from shared.contracts.assurance import Level
from shared.contracts.base import PersonId
from shared.contracts.identity import GetSigningKeys, SigningKeys
from shared.messaging.accounts import Account
from shared.messaging.actors import Actor, Mint, Verifier
from shared.messaging.connection import Connection
from shared.messaging.handling import answers
from shared.messaging.server import Desk, serve


@dataclass(slots=True)
class Signer:
    """Vouches for anybody, as identity would for people it knows."""

    key: OKPKey = field(default_factory=lambda: OKPKey.generate_key("Ed25519"))

    @property
    def public(self) -> SigningKeys:
        return SigningKeys(keys=(self.key.as_dict(private=False) | {"kid": self.key.thumbprint()},))

    def verifier(self) -> Verifier:
        return Verifier({"keys": self.public.keys})

    def on_behalf(self, person: PersonId, **known: object) -> "Behalf":
        return Behalf(self, person, **known)  # type: ignore[arg-type]  # fields of Behalf


@dataclass(slots=True)
class Behalf:
    """A person who acts through the bot, identified a minute ago unless told otherwise."""

    signer: Signer
    person: PersonId
    identified_ago: timedelta | None = timedelta(minutes=1)
    presenter: Account = Account.BOT
    known: int = 0
    level: Level | None = Level.SUBSTANTIAL
    at: datetime | None = None

    async def for_reading(self) -> str:
        return self._token(None)

    async def for_command(self, subject: str, body_hash: str) -> str:
        return self._token((subject, body_hash))

    def _token(self, command: tuple[str, str] | None) -> str:
        now = self.at or datetime.now(UTC)
        return Mint(self.signer.key).token(
            person=self.person,
            presenter=self.presenter,
            identified_at=now - self.identified_ago if self.identified_ago is not None else None,
            method="loa2",
            level=self.level,
            known=self.known,
            command=command,
            now=now,
        )


class _Keys:
    def __init__(self, signer: Signer) -> None:
        self._signer = signer

    @answers(GetSigningKeys)
    def get_signing_keys(self, request: GetSigningKeys, actor: Actor) -> SigningKeys:
        return self._signer.public


@asynccontextmanager
async def signing(connection: Connection, signer: Signer) -> AsyncIterator[None]:
    """Tell who asks on *connection*, which must be identity's, which key *signer* signs with."""

    async def never(*_: object, **__: object) -> bytes:
        raise AssertionError("only keys are asked for here")

    async def verifier() -> Verifier:
        return signer.verifier()

    desk = Desk(handlers=_Keys(signer), decide=never, read=never, verifier=verifier)  # type: ignore[arg-type]  # never run
    async with serve(connection, desk):
        yield
