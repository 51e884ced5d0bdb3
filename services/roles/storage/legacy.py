"""Grants that Katso had, as rows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, delete, insert, select, update

from services.roles.domain.legacy import Legacy, Said
from services.roles.storage.tables import LEGACY_GRANTS, LEGACY_OFFERS, LEGACY_SAYINGS, WAVES
from shared.contracts.base import OrganisationId, PersonId
from shared.contracts.legacy import LegacyId
from shared.contracts.roles import GrantId
from shared.contracts.roles_refusals import LegacyGrantNotFound
from shared.messaging.actors import Actor
from shared.storage.transaction import Transaction

COLUMNS = tuple(field.name for field in fields(Legacy) if field.name != "said")


class LegacyGrants:
    """Grants that Katso had, what was said of them, and the waves."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def of_organisation(self, organisation: OrganisationId) -> list[Legacy]:
        return self._many(LEGACY_GRANTS.c.organisation == organisation)

    def organisations(self) -> Sequence[OrganisationId]:
        """The organisations of which a listing was taken in."""
        query = select(LEGACY_GRANTS.c.organisation).distinct()
        return self._tx.connection.execute(query).scalars().all()

    def of_person(self, person: PersonId) -> list[Legacy]:
        return self._many(LEGACY_GRANTS.c.person == person)

    def katso_roles(self, organisation: OrganisationId, person: PersonId, day: date) -> frozenset[str]:
        """
        The Katso roles that *person* held in *organisation* on *day*, by the listing and under its names.

        What they were good for on that day is not said here: by itself an imported grant gives access to
        nothing.
        """
        held = self._many(LEGACY_GRANTS.c.person == person, LEGACY_GRANTS.c.organisation == organisation)
        return frozenset(one.katso_role for one in held if not one.receiver and one.in_force_in_katso(day))

    def take(self, legacy: LegacyId, organisation: OrganisationId | None = None) -> Legacy:
        """
        Read one that nobody else may change until this transaction ends.

        Raises:
            LegacyGrantNotFound: there is none, or it is not *organisation*'s.
        """
        query = select(LEGACY_GRANTS).where(LEGACY_GRANTS.c.id == legacy).with_for_update()
        row = self._tx.connection.execute(query).one_or_none()
        if row is None or organisation not in (None, row.organisation):
            raise LegacyGrantNotFound
        return _legacy(row, self._said([row.id]).get(row.id, ()))

    def by_line(self, organisation: OrganisationId, line_key: str) -> Legacy | None:
        found = self._many(LEGACY_GRANTS.c.organisation == organisation, LEGACY_GRANTS.c.line_key == line_key)
        return found[0] if found else None

    def add(self, legacy: Legacy) -> None:
        self._tx.connection.execute(insert(LEGACY_GRANTS), {name: getattr(legacy, name) for name in COLUMNS})

    def put(self, legacy: Legacy) -> None:
        """Keep what a newer listing, or somebody who knows the holder, says."""
        names = ("holder", "katso_role", "status", "valid_until", "person")
        change = update(LEGACY_GRANTS).where(LEGACY_GRANTS.c.id == legacy.id)
        self._tx.connection.execute(change.values({name: getattr(legacy, name) for name in names}))

    def match(self, legacy: Legacy, person: PersonId) -> None:
        """Take the holder of *legacy* for *person*, in all that they held in the organisation."""
        change = update(LEGACY_GRANTS).where(
            LEGACY_GRANTS.c.organisation == legacy.organisation,
            LEGACY_GRANTS.c.holder_key == legacy.holder_key,
        )
        self._tx.connection.execute(change.values(person=person))

    def say(self, legacy: Legacy, said: Said, actor: Actor) -> None:
        """Write down what a main user said of *legacy*, and how surely it was they."""
        row = {
            "legacy_id": legacy.id,
            "number": len(legacy.said) + 1,
            "needed": said.needed,
            "reason": said.reason,
            "person": said.by,
            "said_at": said.at,
            "program": actor.caller.value,
            "token_id": actor.token_id,
            "identified_at": actor.identified_at,
            "method": actor.method,
        }
        self._tx.connection.execute(insert(LEGACY_SAYINGS), row)

    def remember_offer(self, legacy: LegacyId, grant: GrantId) -> None:
        # The grant is written with others at the end; it must be there before it is pointed to.
        self._tx.settle()
        self._tx.connection.execute(insert(LEGACY_OFFERS), {"legacy_id": legacy, "grant_id": grant})

    def offers(self, ids: Iterable[LegacyId]) -> Mapping[LegacyId, tuple[UUID, ...]]:
        """The offers that were made by inviting, by legacy grant."""
        query = select(LEGACY_OFFERS).where(LEGACY_OFFERS.c.legacy_id.in_([*ids]))
        found: dict[LegacyId, tuple[UUID, ...]] = {}
        for row in self._tx.connection.execute(query.order_by(LEGACY_OFFERS.c.grant_id)):
            found[row.legacy_id] = (*found.get(row.legacy_id, ()), row.grant_id)
        return found

    # --- waves ---------------------------------------------------------------------------------------

    def plan(self, organisation: OrganisationId, waves: Mapping[str, int], days: Mapping[int, date]) -> None:
        """
        Put holders (by key) into *waves*, each for its day; whatever was planned before is planned no more.
        """
        mine = LEGACY_GRANTS.c.organisation == organisation
        self._tx.connection.execute(delete(WAVES).where(WAVES.c.organisation == organisation))
        self._tx.connection.execute(update(LEGACY_GRANTS).where(mine).values(wave=None))
        for key, number in waves.items():
            change = update(LEGACY_GRANTS).where(mine, LEGACY_GRANTS.c.holder_key == key)
            self._tx.connection.execute(change.values(wave=number))
        for number, day in days.items():
            row = {"organisation": organisation, "number": number, "day": day}
            self._tx.connection.execute(insert(WAVES), row)

    def open_wave(self, organisation: OrganisationId, number: int, now: datetime) -> None:
        change = update(WAVES).where(WAVES.c.organisation == organisation, WAVES.c.number == number)
        self._tx.connection.execute(change.values(opened_at=now))

    def waves(self, organisation: OrganisationId) -> Sequence[tuple[int, date, datetime | None]]:
        """The number and day of each wave, and when its invitation was asked for."""
        query = select(WAVES).where(WAVES.c.organisation == organisation).order_by(WAVES.c.number)
        return [(row.number, row.day, row.opened_at) for row in self._tx.connection.execute(query)]

    def _many(self, *conditions: Any) -> list[Legacy]:
        query = select(LEGACY_GRANTS).where(*conditions).order_by(LEGACY_GRANTS.c.id)
        rows = self._tx.connection.execute(query).all()
        said = self._said([row.id for row in rows])
        return [_legacy(row, said.get(row.id, ())) for row in rows]

    def _said(self, ids: Sequence[UUID]) -> Mapping[UUID, tuple[Said, ...]]:
        found: dict[UUID, tuple[Said, ...]] = {}
        for start in range(0, len(ids), 500):
            some = LEGACY_SAYINGS.c.legacy_id.in_(ids[start : start + 500])
            query = select(LEGACY_SAYINGS).where(some).order_by(LEGACY_SAYINGS.c.number)
            for row in self._tx.connection.execute(query):
                said = Said(needed=row.needed, reason=row.reason, by=PersonId(row.person), at=row.said_at)
                found[row.legacy_id] = (*found.get(row.legacy_id, ()), said)
        return found


def _legacy(row: Row[Any], said: tuple[Said, ...]) -> Legacy:
    columns = row._mapping
    return Legacy(**{name: columns[name] for name in COLUMNS}, said=said)
