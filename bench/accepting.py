"""The accepting process: holders take up offers, with tokens minted beforehand, as fast as they can."""

import asyncio
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any

from joserfc.jwk import OKPKey

from bench.figures import pace
from bench.town import Town
from bench.workers import take_orders
from services.roles.domain.catalogue import role_text
from shared.contracts.assurance import Level
from shared.contracts.base import Command, Message
from shared.contracts.identity import GetSigningKeys, SigningKeys
from shared.contracts.roles import AcceptGrant, GrantStatus
from shared.messaging.accounts import Account
from shared.messaging.actors import Actor, Mint, Verifier, body_hash
from shared.messaging.bus import Bus
from shared.messaging.connection import Connection, connected
from shared.messaging.handling import answers
from shared.messaging.server import Desk, serve
from shared.messaging.wire import write_message

STANDS = timedelta(seconds=50)


@dataclass(frozen=True, slots=True)
class KeyHolder:
    """Stands in for identity, which has nothing else to say here than its public keys."""

    key: OKPKey

    @answers(GetSigningKeys)
    def get_signing_keys(self, request: GetSigningKeys, actor: Actor) -> SigningKeys:
        return SigningKeys(keys=(dict(self.key.as_dict(private=False)) | {"kid": self.key.thumbprint()},))


@dataclass(frozen=True, slots=True)
class Minted:
    """A person whose token was minted beforehand; minting is identity's work, and is not measured here."""

    token: str

    async def for_reading(self) -> str:
        raise NotImplementedError

    async def for_command(self, subject: str, body_hash: str) -> str:
        return self.token


async def main(url: str, key_folder: Path, grants: int) -> None:
    key = OKPKey.generate_key("Ed25519")
    offers = _offers(Town(grants, waiting=True), Mint(key))
    async with (
        connected(Account.IDENTITY, url=url, key_folder=key_folder) as identity,
        connected(Account.BOT, url=url, key_folder=key_folder) as bot,
        serve(identity, _desk(key)),
    ):
        await take_orders(lambda order: _accept(bot, offers, order))


def _desk(key: OKPKey) -> Desk:
    async def decide(command: Command[Any], actor: Actor, decision: Callable[[Any], Message]) -> bytes:
        raise NotImplementedError

    async def read(reading: Callable[[Any], Message]) -> Message:
        raise NotImplementedError

    async def nobody() -> Verifier:
        raise NotImplementedError

    return Desk(handlers=KeyHolder(key), decide=decide, read=read, verifier=nobody)


async def _accept(
    bot: Connection, offers: Iterator[tuple[AcceptGrant, Minted]], order: dict[str, Any]
) -> Any:
    waiting = [next(offers) for _ in range(order["count"])]
    bus, waits = Bus(bot), list[float]()

    async def caller() -> None:
        while waiting:
            command, holder = waiting.pop()
            sent = perf_counter()
            answer = await bus.call(command, on_behalf=holder)
            waits.append(perf_counter() - sent)
            if answer.status is not GrantStatus.ACCEPTED:
                raise ValueError("not accepted")

    begun = perf_counter()
    await asyncio.gather(*(caller() for _ in range(order["in_flight"])))
    return asdict(pace(waits, perf_counter() - begun))


def _offers(town: Town, mint: Mint) -> Iterator[tuple[AcceptGrant, Minted]]:
    for _, person, role, grant in town.places():
        now = datetime.now(UTC)
        text = role_text(role, "fi")
        command = AcceptGrant(grant=grant, language="fi", text_hash=text.sha256, deadline=now + STANDS)
        bound = (command.subject, body_hash(command.subject, write_message(command)))
        token = mint.token(
            person=person,
            presenter=Account.BOT,
            identified_at=now,
            method="bench",
            level=Level.SUBSTANTIAL,
            known=0,
            command=bound,
            now=now,
        )
        yield command, Minted(token)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])))
