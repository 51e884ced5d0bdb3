"""A service in small: a table of its own beside the house's, and the few things it does."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from sqlalchemy import Column, Integer, String, Table, func, insert, select

from shared.contracts.base import Command, Event, Message
from shared.storage.database import Database
from shared.storage.tables import metadata
from shared.storage.transaction import Transaction
from tests.support.patience import PATIENCE

METADATA = metadata()
THINGS = Table(
    "things",
    METADATA,
    Column("name", String(40), primary_key=True),
    Column("number", Integer, nullable=False),
)
TIMEOUT = PATIENCE


class ThingKept(Event):
    """A thing was kept."""

    subject: ClassVar[str] = "event.ground.v1.thing.kept"

    name: str


class KeepThing(Command[ThingKept]):
    """Keep a thing."""

    subject: ClassVar[str] = "rpc.ground.v1.thing.keep"

    name: str


class Kept(Message):
    """That it was kept, as which fact."""

    name: str
    revision: int


def keep(name: str, number: int = 0) -> Callable[[Transaction], int]:
    """Decide to keep a thing and announce it; answers with the fact's revision."""

    def decision(tx: Transaction) -> int:
        tx.connection.execute(insert(THINGS), {"name": name, "number": number})
        return tx.publish(ThingKept(name=name)).revision

    return decision


def answering(command: KeepThing) -> Callable[[Transaction], Message]:
    """The same, as an answer to a command."""
    return lambda tx: Kept(name=command.name, revision=keep(command.name)(tx))


def names(tx: Transaction) -> list[str]:
    """The things that are kept."""
    return list(tx.connection.execute(select(THINGS.c.name).order_by(THINGS.c.name)).scalars())


def revisions(tx: Transaction) -> list[int]:
    """The numbers of all facts."""
    events = METADATA.tables["events"]
    return list(tx.connection.execute(select(events.c.revision).order_by(events.c.revision)).scalars())


def unsent(tx: Transaction) -> int:
    """How many facts are not marked as announced."""
    events = METADATA.tables["events"]
    return tx.connection.execute(select(func.count()).where(~events.c.sent)).scalar_one()


async def keep_many(database: Database, count: int) -> Sequence[int]:
    """Keep *count* things, one after another; answers with the facts' revisions."""
    return [await database.decide(keep(f"thing {number}")) for number in range(count)]
