"""What main users rest on besides grants: Suomi.fi's word, and what operators decided."""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import CompoundSelect, Row, Select, insert, select

from services.roles.domain.vouching import Mandate
from services.roles.storage.grants import held
from services.roles.storage.tables import (
    GRANTS,
    MAIN_USER_DECISIONS,
    MANDATES,
    MEMBERS,
    ORGANISATIONS,
    REMOVALS,
)
from shared.contracts.base import OrganisationId, PersonId
from shared.contracts.identity import MandateRight
from shared.contracts.roles import GrantStatus, Role
from shared.messaging.actors import Actor
from shared.storage.transaction import Transaction
from shared.storage.upsert import upsert

PAGE = 100


class MainUserRows:
    """What main users rest on besides grants."""

    page = PAGE

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def put(self, mandate: Mandate) -> None:
        """Keep *mandate* in the place of an earlier one."""
        values = {
            "person": mandate.person,
            "business_id": mandate.business_id,
            "by_register": json.dumps(sorted(mandate.by_register)),
            "by_mandate": json.dumps(sorted(mandate.by_mandate)),
            "how": mandate.how,
            "proved_at": mandate.proved_at,
            "expires_at": mandate.expires_at,
        }
        upsert(self._tx.connection, MANDATES, values, key=["person", "business_id"])

    def mandates(self, business_id: str) -> list[Mandate]:
        """Everything that was proved of an organisation, also what is over."""
        query = select(MANDATES).where(MANDATES.c.business_id == business_id).order_by(MANDATES.c.person)
        return [_mandate(row) for row in self._tx.connection.execute(query)]

    def all_mandates(self) -> Iterator[Mandate]:
        for row in self._tx.connection.execute(select(MANDATES)):
            yield _mandate(row)

    def organisation_of(self, business_id: str) -> OrganisationId | None:
        query = select(ORGANISATIONS.c.id).where(ORGANISATIONS.c.business_id == business_id)
        return self._tx.connection.execute(query).scalar_one_or_none()

    def take_turn(self, organisation: OrganisationId) -> None:
        """
        Remove main users of *organisation* one at a time.

        A lock alone would not do: who waited for it would go on looking at what was there before. Both write
        this row, so PostgreSQL lets the second begin anew.
        """
        upsert(
            self._tx.connection,
            REMOVALS,
            {"organisation": organisation, "latest": uuid4()},
            key=["organisation"],
        )

    def decided(
        self,
        organisation: OrganisationId,
        person: PersonId,
        what: str,
        *,
        reason: str,
        evidence: str,
        forced: bool,
        actor: Actor,
        now: datetime,
    ) -> None:
        """Write down what an operator decided, and why."""
        values = {
            "id": uuid4(),
            "organisation": organisation,
            "person": person,
            "what": what,
            "forced": forced,
            "reason": reason,
            "evidence": evidence,
            "program": actor.caller.value,
            "token_id": actor.token_id,
            "decided_at": now,
        }
        self._tx.connection.execute(insert(MAIN_USER_DECISIONS), values)

    def concerned(self, after: OrganisationId | None) -> Sequence[OrganisationId]:
        """A page of the organisations that anybody belongs to or was granted something in, by id."""
        return self._page(_belonging().union(_granted()), after)

    def without(self, after: OrganisationId | None, now: datetime) -> Sequence[OrganisationId]:
        """A page of those that should have a main user and have none: people hold or held something there."""
        decided = select(MAIN_USER_DECISIONS.c.organisation.label("id"))
        looked_after = _granted().where(GRANTS.c.role == Role.MAIN_USER, held(), GRANTS.c.ends_at > now)
        return self._page(_granted().union(decided), after, but=looked_after)

    def _page(
        self,
        several: CompoundSelect[Any],
        after: OrganisationId | None,
        but: Select[Any] | None = None,
    ) -> Sequence[OrganisationId]:
        found = several.subquery()
        query = select(found.c.id)
        if but is not None:
            query = query.where(found.c.id.not_in(but))
        if after is not None:
            query = query.where(found.c.id > after)
        return self._tx.connection.execute(query.order_by(found.c.id).limit(PAGE)).scalars().all()

    def waiting(self, organisation: OrganisationId, now: datetime) -> int:
        """How many have been offered the role of a main user and may still accept it."""
        query = select(GRANTS.c.id).where(
            GRANTS.c.organisation == organisation,
            GRANTS.c.role == Role.MAIN_USER,
            GRANTS.c.status == GrantStatus.OFFERED,
            GRANTS.c.named_at.is_(None),
            GRANTS.c.offer_ends_at > now,
            GRANTS.c.ends_at > now,
        )
        return len(self._tx.connection.execute(query).all())


def _belonging() -> Select[Any]:
    return select(MEMBERS.c.organisation.label("id"))


def _granted() -> Select[Any]:
    return select(GRANTS.c.organisation.label("id"))


def _mandate(row: Row[Any]) -> Mandate:
    return Mandate(
        person=PersonId(row.person),
        business_id=row.business_id,
        by_register=_rights(row.by_register),
        by_mandate=_rights(row.by_mandate),
        how=row.how,
        proved_at=row.proved_at,
        expires_at=row.expires_at,
    )


def _rights(text: str) -> frozenset[MandateRight]:
    return frozenset(MandateRight(one) for one in json.loads(text))
