"""Where grants, their decisions and what we know of identity are kept. The only SQL of this service."""

from collections.abc import Iterator, Sequence
from dataclasses import fields
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    Row,
    Select,
    String,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    bindparam,
    insert,
    select,
    update,
)

from services.roles.domain.grants import Grant
from services.roles.domain.ladder import Standing
from shared.contracts.base import OrganisationId, PersonId
from shared.contracts.identity import OrganisationKind, OrganisationView, RegisterState
from shared.contracts.roles import Acceptance, GrantId, GrantStatus, Role
from shared.contracts.roles_refusals import GrantNotFound
from shared.messaging.actors import Actor
from shared.storage.tables import metadata
from shared.storage.transaction import Transaction
from shared.storage.types import UtcDateTime, words
from shared.storage.upsert import upsert

METADATA = metadata()
PAGE = 50

GRANTS = Table(
    "grants",
    METADATA,
    Column("id", Uuid, primary_key=True),
    # The number of the fact that announced the offer: unique, and in the order in which offers were made.
    Column("number", BigInteger, nullable=False, unique=True),
    Column("organisation", Uuid, nullable=False),
    Column("holder", Uuid, nullable=False),
    Column("role", words(Role), nullable=False),
    Column("granted_by", Uuid, nullable=False),
    Column("inducted_by", Uuid, nullable=False),
    Column("offered_at", UtcDateTime, nullable=False),
    Column("offer_ends_at", UtcDateTime, nullable=False),
    Column("valid_until", Date, nullable=False),
    Column("ends_at", UtcDateTime, nullable=False),
    Column("status", words(GrantStatus), nullable=False),
    Column("version", Integer, nullable=False),
    Column("closed_at", UtcDateTime),
    Column("closed_by", Uuid),
    Column("reason", String(1000)),
    Column("accepted_at", UtcDateTime),
    Column("text_version", Integer),
    Column("text_hash", String(64)),
    Column("language", String(2)),
    Column("identified_at", UtcDateTime),
    Column("method", String(200)),
    # Set while the grant is open: one open grant for each organisation, holder and role. Emptied when a
    # grant is closed, or when another is offered after it ran out.
    Column("open_key", String(120), unique=True),
    Index("ix_grants_holder", "holder"),
    Index("ix_grants_organisation", "organisation", "number"),
)

DECISIONS = Table(
    "decisions",
    METADATA,
    Column("grant_id", Uuid, ForeignKey("grants.id"), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("status", words(GrantStatus), nullable=False),
    Column("decided_at", UtcDateTime, nullable=False),
    Column("person", Uuid, nullable=False),
    Column("program", String(20), nullable=False),
    Column("token_id", String(36), nullable=False),
    Column("identified_at", UtcDateTime),
    Column("method", String(200), nullable=False),
    Column("evidence", Text, nullable=False),
)

ORGANISATIONS = Table(
    "organisations",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("business_id", String(9), nullable=False),
    Column("oid", String(80)),
    Column("name", String(300), nullable=False),
    Column("kind", words(OrganisationKind), nullable=False),
    Column("state", words(RegisterState), nullable=False),
    Column("valid_from", Date),
    Column("valid_until", Date),
    Column("fetched_at", UtcDateTime),
)

MEMBERS = Table(
    "members",
    METADATA,
    Column("organisation", Uuid, primary_key=True),
    Column("person", Uuid, primary_key=True),
    Column("main_user", Boolean(create_constraint=False), nullable=False),
    UniqueConstraint("person", "organisation"),
)

STANDINGS = Table(
    "standings",
    METADATA,
    Column("person", Uuid, primary_key=True),
    Column("identified_at", UtcDateTime),
    Column("linked_at", UtcDateTime),
)

ACCEPTANCE = tuple(Acceptance.model_fields)
PLAIN = tuple(field.name for field in fields(Grant) if field.name != "acceptance")

# Made once: making a statement costs more than running it.
FIND = select(GRANTS).where(GRANTS.c.id == bindparam("this"))
TAKE = FIND.with_for_update()
ADD = insert(GRANTS)
NOTE = insert(DECISIONS)
PUT = update(GRANTS).where(GRANTS.c.id == bindparam("this"))


# What a decision changes; the offer itself stands as it was made.
DECIDED = ("status", "version", "closed_at", "closed_by", "reason", "open_key", *ACCEPTANCE)


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

    def find(self, grant_id: GrantId) -> Grant:
        """
        Read a grant.

        Raises:
            GrantNotFound: there is none.
        """
        return self._one(FIND, grant_id)

    def add(self, grant: Grant, *, number: int) -> None:
        """Keep a new offer. *number* is that of the fact that announces it."""
        self._tx.connection.execute(ADD, _columns(grant) | {"number": number})

    def put(self, grant: Grant) -> None:
        """Keep what was decided on *grant*."""
        columns = _columns(grant)
        decided = {name: columns[name] for name in DECIDED}
        self._tx.connection.execute(PUT, decided | {"this": grant.id})

    def note(self, grant: Grant, actor: Actor, evidence: str) -> None:
        """Write down who decided, how surely it was they, and what exactly was decided."""
        self._tx.later(
            NOTE,
            {
                "grant_id": grant.id,
                "version": grant.version,
                "status": grant.status,
                "decided_at": _decided_at(grant),
                "person": actor.somebody(),
                "program": actor.caller.value,
                "token_id": actor.token_id,
                "identified_at": actor.identified_at,
                "method": actor.method,
                "evidence": evidence,
            },
        )

    def open_one(self, grant: Grant) -> Grant | None:
        """The grant that stands where *grant* would, if any; it may have run out."""
        query = select(GRANTS).where(GRANTS.c.open_key == _open_key(grant)).with_for_update()
        row = self._tx.connection.execute(query).one_or_none()
        return _grant(row) if row else None

    def give_way(self, grant: Grant) -> None:
        """Let another offer stand in the place of *grant*, which has run out."""
        self._tx.connection.execute(update(GRANTS).where(GRANTS.c.id == grant.id).values(open_key=None))

    def of_holder(self, person: PersonId) -> Sequence[Grant]:
        """A person's grants, newest first, at most a page."""
        return self._many(GRANTS.c.holder == person)

    def page(
        self, organisation: OrganisationId | None, before: str | None
    ) -> tuple[Sequence[Grant], str | None]:
        """A page of grants, newest first, and how to ask for the next."""
        conditions = [GRANTS.c.organisation == organisation] if organisation else []
        if before and before.isdigit():
            conditions.append(GRANTS.c.number < int(before))
        query = select(GRANTS).where(*conditions).order_by(GRANTS.c.number.desc()).limit(PAGE)
        rows = self._tx.connection.execute(query).all()
        return [_grant(row) for row in rows], str(rows[-1].number) if len(rows) == PAGE else None

    def everything(self) -> Iterator[Grant]:
        """All grants, for the read model."""
        for row in self._tx.connection.execution_options(yield_per=5000).execute(select(GRANTS)):
            yield _grant(row)

    def _one(self, query: Select[Any], grant_id: GrantId) -> Grant:
        row = self._tx.connection.execute(query, {"this": grant_id}).one_or_none()
        if row is None:
            raise GrantNotFound
        return _grant(row)

    def _many(self, condition: Any) -> Sequence[Grant]:
        query = select(GRANTS).where(condition).order_by(GRANTS.c.number.desc()).limit(PAGE)
        return [_grant(row) for row in self._tx.connection.execute(query)]


class Known:
    """Our copy of what identity announced."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def note_organisation(self, organisation: OrganisationView) -> None:
        values = organisation.model_dump()
        upsert(self._tx.connection, ORGANISATIONS, values, key=["id"])

    def note_member(self, organisation: OrganisationId, person: PersonId, *, main_user: bool) -> None:
        values = {"organisation": organisation, "person": person, "main_user": main_user}
        upsert(self._tx.connection, MEMBERS, values, key=["organisation", "person"])

    def note_standing(self, person: PersonId, standing: Standing) -> None:
        values = {"person": person, "identified_at": standing.identified_at, "linked_at": standing.linked_at}
        upsert(self._tx.connection, STANDINGS, values, key=["person"])

    def is_member(self, organisation: OrganisationId, person: PersonId) -> bool:
        return self._membership(organisation, person) is not None

    def is_main_user(self, organisation: OrganisationId, person: PersonId) -> bool:
        return bool(self._membership(organisation, person))

    def organisations(self) -> Iterator[OrganisationView]:
        for row in self._tx.connection.execute(select(ORGANISATIONS)):
            yield OrganisationView.model_validate(dict(row._mapping))

    def members(self) -> Iterator[tuple[OrganisationId, PersonId, bool]]:
        for row in self._tx.connection.execute(select(MEMBERS)):
            yield row.organisation, row.person, row.main_user

    def standings(self) -> Iterator[tuple[PersonId, Standing]]:
        for row in self._tx.connection.execute(select(STANDINGS)):
            yield row.person, Standing(row.identified_at, row.linked_at)

    def _membership(self, organisation: OrganisationId, person: PersonId) -> bool | None:
        query = select(MEMBERS.c.main_user).where(
            MEMBERS.c.organisation == organisation, MEMBERS.c.person == person
        )
        found: bool | None = self._tx.connection.execute(query).scalar_one_or_none()
        return found


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
    columns["open_key"] = None if grant.closed_at else _open_key(grant)
    return columns


def _open_key(grant: Grant) -> str:
    return f"{grant.organisation.hex}:{grant.holder.hex}:{grant.role.value}"


def _decided_at(grant: Grant) -> Any:
    if grant.closed_at:
        return grant.closed_at
    return grant.acceptance.accepted_at if grant.acceptance else grant.offered_at
