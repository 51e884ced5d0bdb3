"""What people are still to be told, how they want to be told, and who has left: rows, which outlive us."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import Delete, and_, delete, func, or_, select, update

from bot.notifications.audience import CHOOSABLE, Fact, Kind, Part, Urgency
from bot.notifications.calm import Calm
from bot.storage import digests, leavers, tellings, wishes
from shared.contracts.base import OrganisationId, PersonId
from shared.contracts.roles import GrantId, GrantView
from shared.storage.database import Database
from shared.storage.transaction import Transaction
from shared.storage.upsert import upsert

# A fact as old as this is not told again by anybody.
KEPT = timedelta(days=400)
EVERYBODY = "everybody"


@dataclass(frozen=True, slots=True)
class Telling:
    """*fact* about *subject* is to be told to *person*; *mark* sets several of one kind apart."""

    subject: GrantId
    fact: Fact
    mark: str
    person: PersonId
    part: Part
    organisation: OrganisationId
    noted_at: datetime
    deadline: datetime | None = None

    @property
    def id(self) -> str:
        return f"{self.subject}:{self.fact}:{self.mark}"


class Diary:
    """Remembers tellings, wishes, digests and leavers."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def note(self, noted: Iterable[Telling]) -> None:
        """Remember to tell these, but for those that were noted before."""
        rows = [
            {
                "subject": str(each.subject),
                "fact": each.fact.value,
                "mark": each.mark,
                "person": str(each.person),
                "part": each.part.value,
                "organisation": str(each.organisation),
                "noted_at": each.noted_at,
                "deadline": each.deadline,
                "due_at": each.noted_at,
            }
            for each in noted
        ]

        def put(tx: Transaction) -> None:
            key = [column.name for column in tellings.primary_key]
            for row in rows:
                upsert(tx.connection, tellings, row, key=key, over=False)

        if rows:
            await self._database.decide(put)

    async def was_announced(self, subject: UUID, fact: Fact, mark: str) -> bool:
        """Tell whether everybody whom this concerns was noted."""
        query = select(tellings.c.subject).where(
            tellings.c.subject == str(subject),
            tellings.c.fact == fact.value,
            tellings.c.mark == mark,
            tellings.c.person == EVERYBODY,
        )
        return await self._database.read(lambda tx: tx.connection.execute(query).first() is not None)

    async def announced(self, grant: GrantView, fact: Fact, mark: str, now: datetime) -> None:
        """Remember that everybody whom this concerns was noted, even if that is nobody."""
        row = {
            "subject": str(grant.id),
            "fact": fact.value,
            "mark": mark,
            "person": EVERYBODY,
            "part": "",
            "organisation": str(grant.organisation),
            "noted_at": now,
            "due_at": now,
            "told_at": now,
        }
        key = [column.name for column in tellings.primary_key]
        await self._database.decide(lambda tx: upsert(tx.connection, tellings, row, key=key, over=False))

    async def who_is_due(self, now: datetime) -> Sequence[PersonId]:
        """Those who may have to be told something at *now*."""
        query = (
            select(tellings.c.person)
            .where(tellings.c.told_at.is_(None), tellings.c.due_at <= now)
            .group_by(tellings.c.person)
            .order_by(func.min(tellings.c.due_at))
        )
        return await self._database.read(
            lambda tx: [PersonId(UUID(person)) for person in tx.connection.execute(query).scalars()]
        )

    async def untold(self, person: PersonId) -> Sequence[Telling]:
        """What *person* is still to be told, oldest first."""
        query = (
            select(tellings)
            .where(tellings.c.person == str(person), tellings.c.told_at.is_(None))
            .order_by(tellings.c.noted_at, tellings.c.subject)
        )

        def find(tx: Transaction) -> list[Telling]:
            return [
                Telling(
                    GrantId(UUID(row.subject)),
                    Fact(row.fact),
                    row.mark,
                    PersonId(UUID(row.person)),
                    Part(row.part),
                    OrganisationId(UUID(row.organisation)),
                    row.noted_at,
                    row.deadline,
                )
                for row in tx.connection.execute(query)
            ]

        return await self._database.read(find)

    async def put_off(self, several: Iterable[Telling], until: datetime) -> None:
        """Look at these again at *until*."""
        await self._set(several, {"due_at": until})

    async def told(
        self, several: Iterable[Telling], now: datetime, *, digest: tuple[PersonId, date] | None = None
    ) -> None:
        """Remember that these were told, or need not be any more; *digest* says whose, and on which day."""
        await self._set(several, {"told_at": now}, digest)

    async def _set(
        self,
        several: Iterable[Telling],
        values: Mapping[str, datetime],
        digest: tuple[PersonId, date] | None = None,
    ) -> None:
        these = [
            and_(
                tellings.c.subject == str(each.subject),
                tellings.c.fact == each.fact.value,
                tellings.c.mark == each.mark,
                tellings.c.person == str(each.person),
            )
            for each in several
        ]

        def put(tx: Transaction) -> None:
            for start in range(0, len(these), 100):
                some = or_(*these[start : start + 100])
                tx.connection.execute(update(tellings).where(some).values(values))
            if digest is not None:
                row = {"person": str(digest[0]), "day": digest[1]}
                upsert(tx.connection, digests, row, key=["person"])

        if these or digest is not None:
            await self._database.decide(put)

    async def tidy(self, now: datetime) -> None:
        """Forget what was told long ago."""
        old = delete(tellings).where(tellings.c.told_at < now - KEPT)
        await self._do(old)

    async def _do(self, statement: Delete) -> None:
        def do(tx: Transaction) -> None:
            tx.connection.execute(statement)

        await self._database.decide(do)

    async def last_digest(self, person: PersonId) -> date | None:
        query = select(digests.c.day).where(digests.c.person == str(person))
        return await self._database.read(lambda tx: tx.connection.execute(query).scalar_one_or_none())

    async def calm_of(self, person: PersonId, otherwise: Calm) -> Calm:
        """How *person* wants to be told; the zone is the one of *otherwise*."""
        query = select(wishes).where(wishes.c.person == str(person))

        def find(tx: Transaction) -> Calm:
            row = tx.connection.execute(query).one_or_none()
            if row is None:
                return otherwise
            chosen = json.loads(row.urgencies)
            return Calm(
                zone=otherwise.zone,
                quiet_from=row.quiet_from,
                quiet_until=row.quiet_until,
                rest_days=row.rest_days,
                digest_at=row.digest_at,
                urgencies={kind: Urgency(chosen[kind]) for kind in CHOOSABLE if kind in chosen},
            )

        return await self._database.read(find)

    async def wish(self, person: PersonId, calm: Calm, now: datetime) -> None:
        """Remember how *person* wants to be told, and look anew at what waits for them."""
        row = {
            "person": str(person),
            "quiet_from": calm.quiet_from,
            "quiet_until": calm.quiet_until,
            "rest_days": calm.rest_days,
            "digest_at": calm.digest_at,
            "urgencies": json.dumps({kind.value: urgency.value for kind, urgency in calm.urgencies.items()}),
        }
        waiting = update(tellings).where(tellings.c.person == str(person), tellings.c.told_at.is_(None))

        def put(tx: Transaction) -> None:
            upsert(tx.connection, wishes, row, key=["person"])
            tx.connection.execute(waiting.values(due_at=now))

        await self._database.decide(put)

    async def choices(self, people: Iterable[PersonId]) -> Mapping[PersonId, Mapping[Kind, Urgency]]:
        """What those of *people* chose who chose anything."""
        wanted = [str(person) for person in people]
        query = select(wishes.c.person, wishes.c.urgencies).where(wishes.c.person.in_(wanted))

        def find(tx: Transaction) -> dict[PersonId, Mapping[Kind, Urgency]]:
            return {
                PersonId(UUID(row.person)): {
                    Kind(kind): Urgency(urgency) for kind, urgency in json.loads(row.urgencies).items()
                }
                for row in tx.connection.execute(query)
            }

        return await self._database.read(find)

    async def leave(self, person: PersonId, at: datetime) -> None:
        """Remember that *person*'s chat account was closed."""
        row = {"person": str(person), "left_at": at}
        await self._database.decide(lambda tx: upsert(tx.connection, leavers, row, key=["person"]))

    async def come_back(self, person: PersonId) -> None:
        back = delete(leavers).where(leavers.c.person == str(person))
        await self._do(back)

    async def who_left(self, people: Iterable[PersonId]) -> frozenset[PersonId]:
        """Those of *people* whose chat account was closed."""
        wanted = [str(person) for person in people]
        query = select(leavers.c.person).where(leavers.c.person.in_(wanted))
        return await self._database.read(
            lambda tx: frozenset(PersonId(UUID(person)) for person in tx.connection.execute(query).scalars())
        )
