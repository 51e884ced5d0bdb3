"""What the bot said where, and what it has heard; no rules and no rights live here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    Time,
    Uuid,
    delete,
    insert,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError

from shared.storage.database import Database
from shared.storage.tables import NAMING
from shared.storage.transaction import Transaction
from shared.storage.types import UtcDateTime

METADATA = MetaData(naming_convention=NAMING)
KEPT = timedelta(days=2)
HEARD_FOR = timedelta(days=90)
FORGET_EVERY = 500

cards = Table(
    "cards",
    METADATA,
    Column("subject", String(36), primary_key=True),
    Column("kind", String(40), primary_key=True),
    Column("person", String(36), primary_key=True),
    Column("channel", String(40), nullable=False),
    Column("ts", String(40), nullable=False),
    Column("version", Integer, nullable=False),
)
heard = Table(
    "heard",
    METADATA,
    Column("event_id", String(120), primary_key=True),
    Column("heard_at", UtcDateTime, nullable=False, index=True),
)
pressed = Table(
    "pressed",
    METADATA,
    Column("key", String(400), primary_key=True),
    Column("pressed_at", UtcDateTime, nullable=False, index=True),
)
turns = Table(
    "turns",
    METADATA,
    Column("key", String(400), primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("body", Text, nullable=False),
    Column("taken_at", UtcDateTime, nullable=False),
    Column("tries", Integer, nullable=False),
)
sayings = Table(
    "sayings",
    METADATA,
    Column("key", String(64), primary_key=True),
    Column("channel", String(40)),
    Column("ts", String(40)),
    Column("begun_at", UtcDateTime, nullable=False, index=True),
)
ratings = Table(
    "ratings",
    METADATA,
    Column("key", String(36), primary_key=True),
    Column("topic", String(40), nullable=False, index=True),
    Column("useful", Boolean, nullable=False),
    Column("language", String(2), nullable=False),
    Column("rated_at", UtcDateTime, nullable=False),
)
tellings = Table(
    "tellings",
    METADATA,
    Column("subject", String(36), primary_key=True),
    Column("fact", String(20), primary_key=True),
    # Which of its kind: the version of the grant, or the day from which a reminder is due.
    Column("mark", String(20), primary_key=True),
    Column("person", String(36), primary_key=True),
    Column("part", String(20), nullable=False),
    Column("organisation", String(36), nullable=False),
    Column("noted_at", UtcDateTime, nullable=False),
    Column("deadline", UtcDateTime),
    Column("due_at", UtcDateTime, nullable=False),
    Column("told_at", UtcDateTime),
    Index("ix_tellings_due", "told_at", "due_at"),
)
wishes = Table(
    "wishes",
    METADATA,
    Column("person", String(36), primary_key=True),
    Column("quiet_from", Time, nullable=False),
    Column("quiet_until", Time, nullable=False),
    Column("rest_days", Boolean(create_constraint=False), nullable=False),
    Column("digest_at", Time, nullable=False),
    Column("urgencies", Text, nullable=False),
)
digests = Table(
    "digests",
    METADATA,
    Column("person", String(36), primary_key=True),
    Column("day", Date, nullable=False),
)
leavers = Table(
    "leavers",
    METADATA,
    Column("person", String(36), primary_key=True),
    Column("left_at", UtcDateTime, nullable=False),
)


choices = Table(
    "choices",
    METADATA,
    Column("team", String(40), primary_key=True),
    Column("user", String(40), primary_key=True),
    Column("organisation", Uuid, nullable=False),
    Column("chosen_at", UtcDateTime, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Rating:
    """
    Whether an answer helped. Neither who says so nor what was asked.

    *key* is the same for the same person and answer, so that a change of mind is no second voice.
    """

    key: UUID
    topic: str
    useful: bool
    language: str


@dataclass(frozen=True, slots=True)
class Card:
    """A message that may have to be changed: about what, to whom, where, and as of which version."""

    subject: UUID
    kind: str
    person: str
    channel: str
    ts: str
    version: int


class Memory:
    """Remembers cards, events heard and buttons pressed."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._presses = 0

    async def cards(
        self, subject: UUID, kind: str | None = None, person: str | None = None
    ) -> Sequence[Card]:
        """Every message about *subject*."""
        query = select(cards).where(cards.c.subject == str(subject))
        if kind is not None:
            query = query.where(cards.c.kind == kind)
        if person is not None:
            query = query.where(cards.c.person == person)

        def find(tx: Transaction) -> list[Card]:
            return [
                Card(UUID(row.subject), row.kind, row.person, row.channel, row.ts, row.version)
                for row in tx.connection.execute(query)
            ]

        return await self._database.read(find)

    async def keep(self, card: Card) -> None:
        """Remember *card* in the place of an earlier one of its kind."""
        here = (
            (cards.c.subject == str(card.subject))
            & (cards.c.kind == card.kind)
            & (cards.c.person == card.person)
        )
        values = {"channel": card.channel, "ts": card.ts, "version": card.version}

        def put(tx: Transaction) -> None:
            if tx.connection.execute(update(cards).where(here).values(values)).rowcount == 0:
                key = {"subject": str(card.subject), "kind": card.kind, "person": card.person}
                tx.connection.execute(insert(cards).values(key | values))

        await self._database.decide(put)

    async def drop(self, card: Card) -> None:
        """Forget *card*, which is gone."""

        def take(tx: Transaction) -> None:
            tx.connection.execute(
                delete(cards).where((cards.c.channel == card.channel) & (cards.c.ts == card.ts))
            )

        await self._database.decide(take)

    async def has_heard(self, event_id: UUID) -> bool:
        query = select(heard.c.event_id).where(heard.c.event_id == str(event_id))
        return await self._database.read(lambda tx: tx.connection.execute(query).first() is not None)

    async def hear(self, event_id: UUID) -> None:
        """Remember that everything that *event_id* asks for was done."""
        row = {"event_id": str(event_id), "heard_at": datetime.now(UTC)}

        def put(tx: Transaction) -> None:
            # A fact as old as this, told again, is still known by the cards that were sent for it.
            tx.connection.execute(delete(heard).where(heard.c.heard_at < datetime.now(UTC) - HEARD_FOR))
            known = select(heard.c.event_id).where(heard.c.event_id == str(event_id))
            if tx.connection.execute(known).first() is None:
                tx.connection.execute(insert(heard).values(row))

        await self._database.decide(put)

    async def first_time(self, key: str) -> bool:
        """Take note of *key*; False if it was noted before."""
        now = datetime.now(UTC)
        self._presses += 1
        tidy = self._presses % FORGET_EVERY == 1

        def put(tx: Transaction) -> None:
            if tidy:
                tx.connection.execute(delete(pressed).where(pressed.c.pressed_at < now - KEPT))
            tx.connection.execute(insert(pressed).values(key=key[:400], pressed_at=now))

        try:
            await self._database.decide(put)
        except IntegrityError:
            return False
        return True

    async def rate(self, rating: Rating) -> None:
        """Keep *rating*, in the place of an earlier one by the same person of the same answer."""
        values = {
            "topic": rating.topic,
            "useful": rating.useful,
            "language": rating.language,
            "rated_at": datetime.now(UTC),
        }
        here = ratings.c.key == str(rating.key)

        def put(tx: Transaction) -> None:
            if tx.connection.execute(update(ratings).where(here).values(values)).rowcount == 0:
                tx.connection.execute(insert(ratings).values({"key": str(rating.key)} | values))

        await self._database.decide(put)

    async def ratings(self) -> Mapping[tuple[str, str], tuple[int, int]]:
        """For each topic and language, how many found its answer useful and how many did not."""
        counts: dict[tuple[str, str], tuple[int, int]] = {}

        def count(tx: Transaction) -> None:
            for row in tx.connection.execute(select(ratings.c.topic, ratings.c.language, ratings.c.useful)):
                yes, no = counts.get((row.topic, row.language), (0, 0))
                counts[row.topic, row.language] = (yes + row.useful, no + (not row.useful))

        await self._database.read(count)
        return counts
