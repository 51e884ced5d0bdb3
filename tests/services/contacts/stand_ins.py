"""The neighbours of contacts in its tests: roles on the bus, and people whom identity vouches for."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from joserfc.jwk import OKPKey

from shared.contracts.assurance import Level
from shared.contracts.base import Command, Message, OrganisationId, PersonId
from shared.contracts.roles import AccessAnswer, CheckAccess, Fixer, Gate, Role, Rung
from shared.contracts.roles_refusals import ActionUnknown
from shared.messaging.accounts import Account
from shared.messaging.actors import Actor, Mint, Verifier
from shared.messaging.handling import answers
from shared.messaging.server import Desk

ACTIONS = ("contact_persons.edit", "contact_persons.read")
LADDER = tuple(Gate)


@dataclass(slots=True)
class StandInRoles:
    """Answers as roles does: all rungs in their order, and no answer to what is no action."""

    allowed: set[tuple[PersonId, OrganisationId, str]] = field(default_factory=set)
    closed: Gate = Gate.GRANTED
    asked: list[CheckAccess] = field(default_factory=list)

    @answers(CheckAccess)
    def check_access(self, request: CheckAccess, actor: Actor) -> AccessAnswer:
        if request.action not in ACTIONS:
            raise ActionUnknown(known=list(ACTIONS))
        self.asked.append(request)
        allowed = (request.person, request.organisation, request.action) in self.allowed
        first_closed = len(LADDER) if allowed else LADDER.index(self.closed)
        rungs = tuple(
            Rung(
                gate=gate,
                holds=number < first_closed,
                code="holds" if number < first_closed else "closed",
                fixer=Fixer.NOBODY if number < first_closed else Fixer.MAIN_USER,
            )
            for number, gate in enumerate(LADDER)
        )
        return AccessAnswer.of(rungs, roles=(Role.ADMINISTRATIVE_CONTACT,), revision=1)


def answering_desk(handlers: object) -> Desk:
    """A desk for *handlers* that answer from memory; the rest of it is not for use."""

    async def decide(command: Command[Any], actor: Actor, decision: Callable[[Any], Message]) -> bytes:
        raise AssertionError(command.subject)

    async def read(reading: Callable[[Any], Message]) -> Message:
        raise AssertionError

    async def verifier() -> Verifier:
        raise AssertionError

    return Desk(handlers=handlers, decide=decide, read=read, verifier=verifier)


class StandInIdentity:
    """Vouches for whom it is told to, with the real mint."""

    def __init__(self) -> None:
        self._key = OKPKey.generate_key("Ed25519", private=True)
        self._mint = Mint(self._key)

    async def verifier(self) -> Verifier:
        public = self._key.as_dict(private=False) | {"kid": self._key.thumbprint()}
        return Verifier({"keys": [public]})

    def behind(self, person: PersonId) -> "Vouched":
        """*person*, as the bot speaks for them."""
        return Vouched(lambda command: self._token(person, command))

    async def _token(self, person: PersonId, command: tuple[str, str] | None) -> str:
        now = datetime.now(UTC)
        return self._mint.token(
            person=person,
            presenter=Account.BOT,
            identified_at=now,
            method="test",
            level=Level.SUBSTANTIAL,
            known=0,
            command=command,
            now=now,
        )


@dataclass(frozen=True, slots=True)
class Vouched:
    """A person whom identity vouches for towards the services that the bot asks."""

    token: Callable[[tuple[str, str] | None], Awaitable[str]]

    async def for_reading(self) -> str:
        return await self.token(None)

    async def for_command(self, subject: str, body_hash: str) -> str:
        return await self.token((subject, body_hash))
