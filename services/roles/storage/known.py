"""Our copy of what identity announced."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select, update

from services.roles.domain.ladder import Standing
from services.roles.storage.tables import MEMBERS, ORGANISATIONS, REGISTER_READS, STANDINGS
from shared.contracts.base import OrganisationId, PersonId
from shared.contracts.identity import OrganisationView, RegisterName
from shared.storage.transaction import Transaction
from shared.storage.upsert import upsert


class Known:
    """Our copy of what identity announced."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def note_organisation(self, organisation: OrganisationView) -> None:
        told = organisation.model_dump()
        values = {column.name: told[column.name] for column in ORGANISATIONS.c}
        upsert(self._tx.connection, ORGANISATIONS, values, key=["id"])

    def note_register_read(self, register: RegisterName, as_of: datetime) -> None:
        upsert(self._tx.connection, REGISTER_READS, {"name": register.value, "as_of": as_of}, key=["name"])

    def register_reads(self) -> dict[RegisterName, datetime]:
        rows = self._tx.connection.execute(select(REGISTER_READS))
        return {RegisterName(row.name): row.as_of for row in rows}

    def note_member(self, organisation: OrganisationId, person: PersonId) -> None:
        values = {"organisation": organisation, "person": person, "main_user": False}
        upsert(self._tx.connection, MEMBERS, values, key=["organisation", "person"])

    def note_standing(self, person: PersonId, standing: Standing) -> None:
        values = {
            "person": person,
            "identified_at": standing.identified_at,
            "linked_at": standing.linked_at,
            "void_before": standing.void_before,
        }
        upsert(self._tx.connection, STANDINGS, values, key=["person"])

    def is_member(self, organisation: OrganisationId, person: PersonId) -> bool:
        here = (MEMBERS.c.organisation == organisation, MEMBERS.c.person == person)
        return self._tx.connection.execute(select(MEMBERS.c.person).where(*here)).one_or_none() is not None

    def is_organisation(self, organisation: OrganisationId) -> bool:
        query = select(ORGANISATIONS.c.id).where(ORGANISATIONS.c.id == organisation)
        return self._tx.connection.execute(query).one_or_none() is not None

    def members_of(self, organisation: OrganisationId) -> Mapping[PersonId, datetime | None]:
        """Who belongs to *organisation*, and when they last identified."""
        query = (
            select(MEMBERS.c.person, STANDINGS.c.identified_at)
            .select_from(MEMBERS.outerjoin(STANDINGS, STANDINGS.c.person == MEMBERS.c.person))
            .where(MEMBERS.c.organisation == organisation)
        )
        rows = self._tx.connection.execute(query)
        return {row.person: row.identified_at for row in rows}

    def organisation(self, organisation: OrganisationId) -> OrganisationView | None:
        query = select(ORGANISATIONS).where(ORGANISATIONS.c.id == organisation)
        row = self._tx.connection.execute(query).one_or_none()
        return None if row is None else OrganisationView.model_validate(dict(row._mapping))

    def take_ungranted(self) -> Sequence[tuple[OrganisationId, PersonId]]:
        """Take over whom an operator's first file named when that gave no grant; each is told of once."""
        query = select(MEMBERS.c.organisation, MEMBERS.c.person).where(MEMBERS.c.main_user).with_for_update()
        found = [
            (OrganisationId(row.organisation), PersonId(row.person))
            for row in self._tx.connection.execute(query)
        ]
        if found:
            self._tx.connection.execute(update(MEMBERS).where(MEMBERS.c.main_user).values(main_user=False))
        return found

    def organisations(self) -> Iterator[OrganisationView]:
        for row in self._tx.connection.execute(select(ORGANISATIONS)):
            yield OrganisationView.model_validate(dict(row._mapping))

    def members(self) -> Iterator[tuple[OrganisationId, PersonId]]:
        for row in self._tx.connection.execute(select(MEMBERS.c.organisation, MEMBERS.c.person)):
            yield row.organisation, row.person

    def standings(self) -> Iterator[tuple[PersonId, Standing]]:
        for row in self._tx.connection.execute(select(STANDINGS)):
            yield row.person, _standing(row)

    def standing(self, person: PersonId) -> Standing:
        query = select(STANDINGS).where(STANDINGS.c.person == person)
        row = self._tx.connection.execute(query).one_or_none()
        return Standing(None, None) if row is None else _standing(row)


def _standing(row: Row[Any]) -> Standing:
    return Standing(row.identified_at, row.linked_at, row.void_before or 0)
