"""Every grant ever offered, and every decision on it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, bindparam, insert, or_, select, update

from services.roles.domain.grants import Grant
from services.roles.domain.vouching import VOUCHED
from services.roles.storage.tables import DECISIONS, GRANTS
from shared.contracts.base import OrganisationId, PersonId
from shared.contracts.roles import NOBODY, Acceptance, GrantId, GrantStatus, Role
from shared.contracts.roles_refusals import GrantNotFound
from shared.messaging.actors import Actor
from shared.storage.transaction import Transaction

PAGE = 50

ACCEPTANCE = tuple(Acceptance.model_fields)
PLAIN = tuple(field.name for field in fields(Grant) if field.name != "acceptance")

# Made once: making a statement costs more than running it.
FIND = select(GRANTS).where(GRANTS.c.id == bindparam("this"))
TAKE = FIND.with_for_update()
TAKE_TOGETHER = (
    select(GRANTS)
    .where(GRANTS.c.id.in_(bindparam("these", expanding=True)))
    .order_by(GRANTS.c.id)
    .with_for_update()
)
ADD = insert(GRANTS)
NOTE = insert(DECISIONS)
PUT = update(GRANTS).where(GRANTS.c.id == bindparam("this"))


# What a decision changes; the offer itself stands as it was made.
# What rests on Suomi.fi's word follows that: when it ends, and on what ground.
FOLLOWED = ("ground", "proved_at", "valid_until", "ends_at")
DECIDED = ("status", "version", "closed_at", "closed_by", "reason", "open_key", *FOLLOWED, *ACCEPTANCE)


class Grants:
    """Every grant ever offered, and every decision on it."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def take(self, grant_id: GrantId) -> Grant:
        """
        Read a grant that nobody else may change until this transaction ends.

        Raises:
            GrantNotFound: there is none.
        """
        return self._one(TAKE, grant_id)

    def take_together(self, grant_ids: Sequence[GrantId]) -> None:
        """Read all of these, as take() would each, to have them at hand."""
        for row in self._tx.connection.execute(TAKE_TOGETHER, {"these": grant_ids}):
            self._tx.keep(row.id, _grant(row))

    def find(self, grant_id: GrantId) -> Grant:
        """
        Read a grant.

        Raises:
            GrantNotFound: there is none.
        """
        return self._one(FIND, grant_id)

    def add(self, grant: Grant, *, number: int) -> None:
        """Keep a new offer. *number* is that of the fact that announces it."""
        # The grant in whose place it stands may be about to be closed.
        self._tx.settle()
        self._tx.connection.execute(ADD, _columns(grant) | {"number": number})

    def put(self, grant: Grant) -> None:
        """Keep what was decided on *grant*."""
        columns = _columns(grant)
        decided = {name: columns[name] for name in DECIDED}
        self._tx.later(PUT, decided | {"this": grant.id}, key=grant.id, value=grant)

    def note(self, grant: Grant, actor: Actor, evidence: str) -> None:
        """Write down who decided, how surely it was they, and what exactly was decided."""
        self._tx.later(
            NOTE,
            {
                "grant_id": grant.id,
                "version": grant.version,
                "status": grant.status,
                "decided_at": _decided_at(grant),
                "person": actor.person or NOBODY,
                "program": actor.caller.value,
                "token_id": actor.token_id,
                "identified_at": actor.identified_at,
                "method": actor.method,
                "level": actor.level,
                "evidence": evidence,
            },
        )

    def open_one(self, grant: Grant, *, renewing: bool) -> Grant | None:
        """The grant that stands where *grant* would, or would *renewing* one; it may have run out."""
        self._tx.settle()
        key = _open_key(grant, renewing=renewing)
        query = select(GRANTS).where(GRANTS.c.open_key == key).with_for_update()
        row = self._tx.connection.execute(query).one_or_none()
        return _grant(row) if row else None

    def give_way(self, grant: Grant) -> None:
        """Let another offer stand in the place of *grant*, which has run out."""
        self._tx.connection.execute(update(GRANTS).where(GRANTS.c.id == grant.id).values(open_key=None))

    def take_over(self, grant: Grant) -> None:
        """Let *grant*, which was accepted, stand in the place of the one that it renews."""
        self._tx.settle()
        here = (GRANTS.c.open_key == _open_key(grant, renewing=False)) & (GRANTS.c.id != grant.id)
        self._tx.connection.execute(update(GRANTS).where(here).values(open_key=None))

    def of_holder(self, person: PersonId) -> Sequence[Grant]:
        """A person's grants, newest first, at most a page."""
        return self._many(GRANTS.c.holder == person)

    def page(
        self, organisation: OrganisationId | None, before: str | None
    ) -> tuple[Sequence[Grant], str | None]:
        """A page of grants, newest first, and how to ask for the next."""
        return self._page([GRANTS.c.organisation == organisation] if organisation else [], before)

    def whole_history(
        self, organisation: OrganisationId, holder: PersonId | None = None
    ) -> Mapping[PersonId, tuple[Grant, ...]]:
        """Every grant of *organisation*, or of one holder in it, oldest first, by holder."""
        self._tx.settle()
        query = select(GRANTS).where(GRANTS.c.organisation == organisation).order_by(GRANTS.c.number)
        if holder is not None:
            query = query.where(GRANTS.c.holder == holder)
        found: dict[PersonId, tuple[Grant, ...]] = {}
        for row in self._tx.connection.execute(query):
            found[row.holder] = (*found.get(row.holder, ()), _grant(row))
        return found

    def main_users(self, organisation: OrganisationId) -> Sequence[Grant]:
        """The grants by which people are main users, also what has run out."""
        self._tx.settle()
        query = select(GRANTS).where(
            GRANTS.c.organisation == organisation,
            GRANTS.c.role == Role.MAIN_USER,
            held(),
        )
        return [_grant(row) for row in self._tx.connection.execute(query.order_by(GRANTS.c.number))]

    def vouched(self, organisation: OrganisationId, holder: PersonId) -> Mapping[Role, Grant]:
        """A person's latest grant of each role that rests on Suomi.fi's word, locked."""
        self._tx.settle()
        query = select(GRANTS).where(
            GRANTS.c.organisation == organisation,
            GRANTS.c.holder == holder,
            GRANTS.c.ground.in_(VOUCHED),
        )
        rows = self._tx.connection.execute(query.order_by(GRANTS.c.number).with_for_update())
        return {row.role: _grant(row) for row in rows}

    def due(self, since: datetime, until: datetime, before: str | None) -> tuple[Sequence[Grant], str | None]:
        """A page of the grants that run out from *since* on and before *until*."""
        waits, stands = GRANTS.c.status == GrantStatus.OFFERED, held()
        runs_out = or_(stands, waits) & (GRANTS.c.ends_at >= since)
        soon = (GRANTS.c.ends_at < until) | (waits & (GRANTS.c.offer_ends_at < until))
        return self._page([runs_out, soon, stands | (GRANTS.c.offer_ends_at >= since)], before)

    def _page(self, conditions: list[Any], before: str | None) -> tuple[Sequence[Grant], str | None]:
        if before and before.isdigit():
            conditions.append(GRANTS.c.number < int(before))
        query = select(GRANTS).where(*conditions).order_by(GRANTS.c.number.desc()).limit(PAGE)
        rows = self._tx.connection.execute(query).all()
        return [_grant(row) for row in rows], str(rows[-1].number) if len(rows) == PAGE else None

    def everything(self) -> Iterator[Grant]:
        """All grants, for the read model."""
        self._tx.settle()
        for row in self._tx.connection.execution_options(yield_per=5000).execute(select(GRANTS)):
            yield _grant(row)

    def _one(self, query: Select[Any], grant_id: GrantId) -> Grant:
        # Read together with others, or just decided on in the same commit.
        if isinstance(known := self._tx.at_hand(grant_id), Grant):
            return known
        row = self._tx.connection.execute(query, {"this": grant_id}).one_or_none()
        if row is None:
            raise GrantNotFound
        return _grant(row)

    def _many(self, condition: Any) -> Sequence[Grant]:
        self._tx.settle()
        query = select(GRANTS).where(condition).order_by(GRANTS.c.number.desc()).limit(PAGE)
        return [_grant(row) for row in self._tx.connection.execute(query)]


def held() -> ColumnElement[bool]:
    """Accepted, or named at first: in force until its time is over."""
    waits = GRANTS.c.status == GrantStatus.OFFERED
    return (GRANTS.c.status == GrantStatus.ACCEPTED) | (waits & GRANTS.c.named_at.is_not(None))


def _grant(row: Row[Any]) -> Grant:
    columns = row._mapping
    acceptance = (
        Acceptance.model_construct(**{name: columns[name] for name in ACCEPTANCE})
        if columns["accepted_at"]
        else None
    )
    return Grant(**{name: columns[name] for name in PLAIN}, acceptance=acceptance)


def _columns(grant: Grant) -> dict[str, Any]:
    accepted = grant.acceptance
    columns: dict[str, Any] = {name: getattr(grant, name) for name in PLAIN}
    columns |= {name: getattr(accepted, name) if accepted else None for name in ACCEPTANCE}
    renewing = grant.renews is not None and grant.status is GrantStatus.OFFERED
    columns["open_key"] = None if grant.closed_at else _open_key(grant, renewing=renewing)
    return columns


def _open_key(grant: Grant, *, renewing: bool) -> str:
    place = f"{grant.organisation.hex}:{grant.holder.hex}:{grant.role.value}"
    return f"{place}:next" if renewing else place


def _decided_at(grant: Grant) -> Any:
    if grant.closed_at:
        return grant.closed_at
    return grant.acceptance.accepted_at if grant.acceptance else grant.offered_at
