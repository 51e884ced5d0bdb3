"""Bad input in the words of tests: what is sent, what was so before, and all that is written down."""

import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from shared.contracts.base import PersonId, Refusal
from shared.contracts.identity import MemberAdded, OrganisationChanged
from shared.contracts.roles import (
    AcceptGrant,
    DeclineGrant,
    GrantView,
    OfferGrant,
)
from shared.messaging.accounts import Account
from shared.messaging.actors import HEADER, body_hash
from shared.messaging.bus import Bus
from shared.messaging.wire import REFUSAL
from tests.services.roles.factory import COUNTY, HOLDER, MAIN, PHARMACY, STRANGER, an_organisation
from tests.services.roles.street import UNTIL, Street, an_acceptance_of
from tests.support.identity import Signer

TODAY = date.today()
FAR = TODAY.replace(year=TODAY.year + 25, day=min(TODAY.day, 28)) + timedelta(days=32)
UNKNOWN = PersonId(uuid4())


@dataclass(frozen=True)
class Scene:
    """The service on its bus, an offer that waits for its holder, and the rows behind it."""

    street: Street
    offer: GrantView
    file: Path

    async def send(self, request: Any, person: PersonId = HOLDER, **known: Any) -> Any:
        return await Bus(self.street.bot).call(request, on_behalf=self.street.person(person, **known))

    async def raw(self, body: bytes, token: str | None = None) -> None:
        """Send bytes as an acceptance; raises the refusal that comes back."""
        headers = {HEADER: token} if token else None
        answer = await self.street.bot.request(AcceptGrant.subject, body, headers=headers, patience=5)
        assert b"Traceback" not in answer.data
        if code := (answer.headers or {}).get(REFUSAL):
            raise Refusal.known[code]

    def rows(self, *, but: tuple[str, ...] = ()) -> dict[str, list[tuple[Any, ...]]]:
        """All that is written, table by table; that a fact has been sent on is no decision."""
        with closing(sqlite3.connect(self.file)) as database:
            names = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
            found = {
                name: sorted(database.execute(f"SELECT * FROM {name}").fetchall(), key=repr)
                for (name,) in names
                if name not in but
            }
        return found | {"events": [row[:-1] for row in found["events"]]}

    def change(self, statement: str) -> None:
        with closing(sqlite3.connect(self.file, timeout=10)) as database, database:
            database.execute(statement)


Act = Callable[[Scene], Awaitable[Any]]


async def nothing(scene: Scene) -> None:
    """The offer waits."""


async def lapsed(scene: Scene) -> None:
    scene.change("UPDATE grants SET offer_ends_at = offered_at WHERE role = 'technical_contact'")


async def declined(scene: Scene) -> None:
    await scene.send(DeclineGrant(grant=scene.offer.id, reason="No time"))


async def accepted(scene: Scene) -> None:
    await scene.send(an_acceptance_of(scene.offer))


async def elsewhere(scene: Scene) -> None:
    """The stranger is a main user of a pharmacy."""
    pharmacy = an_organisation(id=PHARMACY, business_id="9100014-4", fetched_at=datetime.now(UTC))
    await scene.street.announce(
        OrganisationChanged(organisation=pharmacy),
        MemberAdded(organisation=PHARMACY, person=STRANGER, main_user=True),
    )
    await scene.street.settled()


def offers(by: PersonId = MAIN, **changes: Any) -> Act:
    """Somebody offers a role, in a way that breaks no rule but by *changes*."""
    given: dict[str, Any] = {"holder": HOLDER, "role": "reader", "valid_until": UNTIL, "inducted": True}
    return lambda scene: scene.send(OfferGrant(organisation=COUNTY, **given | changes), by)


def accepts(by: PersonId = HOLDER, **known: Any) -> Act:
    return lambda scene: scene.send(an_acceptance_of(scene.offer), by, **known)


def sends(request: Callable[[GrantView], Any], by: PersonId = HOLDER) -> Act:
    return lambda scene: scene.send(request(scene.offer), by)


def brings(body: bytes) -> Act:
    return lambda scene: scene.raw(body)


def shows(token: Callable[[Scene, str, str], Awaitable[str]]) -> Act:
    """An acceptance that is right in all, with a token that is not."""

    async def act(scene: Scene) -> None:
        command = an_acceptance_of(scene.offer)
        body = command.model_dump_json().encode()
        await scene.raw(body, await token(scene, command.subject, body_hash(command.subject, body)))

    return act


async def of_another_body(scene: Scene, subject: str, digest: str) -> str:
    return await scene.street.person(HOLDER).for_command(subject, body_hash(subject, b"{}"))


async def of_another_command(scene: Scene, subject: str, digest: str) -> str:
    return await scene.street.person(HOLDER).for_command(DeclineGrant.subject, digest)


async def of_another_signer(scene: Scene, subject: str, digest: str) -> str:
    return await Signer().on_behalf(HOLDER).for_command(subject, digest)


async def of_another_program(scene: Scene, subject: str, digest: str) -> str:
    return await scene.street.person(HOLDER, presenter=Account.CONTACTS).for_command(subject, digest)


async def of_five_minutes_ago(scene: Scene, subject: str, digest: str) -> str:
    at = datetime.now(UTC) - timedelta(minutes=5)
    return await scene.street.person(HOLDER, at=at).for_command(subject, digest)


async def for_reading(scene: Scene, subject: str, digest: str) -> str:
    return await scene.street.person(HOLDER).for_reading()


async def of_nobody(scene: Scene, subject: str, digest: str) -> str:
    return "no token"
