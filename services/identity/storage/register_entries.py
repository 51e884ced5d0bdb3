"""The copies of the national registers, as rows."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Update, bindparam, func, insert, select, update

from services.identity.domain import codes
from services.identity.domain.hierarchy import Span, together
from services.identity.domain.register import RegisterEntry
from services.identity.domain.registers import ORGANISATIONS, PRACTITIONERS, best
from services.identity.storage.register_tables import ENTRIES, SEEN
from shared.contracts.identity import RegisterName, RegisterState
from shared.storage.transaction import Transaction

# SQLite takes 32,766 parameters, PostgreSQL twice as many; a statement is best kept far below.
PIECE = 500
LONGEST_WAY_UP = 30
LARGEST_BRANCH = 200

EntryRow = Row[Any]


@dataclass(frozen=True, slots=True)
class Held:
    """What we hold of an entry: enough to tell whether another version of it says something new."""

    digest: str
    state: RegisterState
    state_since: datetime
    read_at: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """An entry with what it hangs from, all together; *missing* says that the way up leads nowhere."""

    entry: EntryRow
    above: Span | None


def held(tx: Transaction, register: RegisterName, oids: Sequence[str]) -> dict[str, Held]:
    """What we hold of *oids* in *register*."""
    columns = (ENTRIES.c.oid, ENTRIES.c.digest, ENTRIES.c.state, ENTRIES.c.state_since, ENTRIES.c.read_at)
    return {
        row.oid: Held(row.digest, row.state, row.state_since, row.read_at)
        for piece in _pieces(oids)
        for row in tx.connection.execute(select(*columns).where(_in(register), ENTRIES.c.oid.in_(piece)))
    }


def put(
    tx: Transaction,
    register: RegisterName,
    entries: Iterable[tuple[RegisterEntry, str]],
    before: Mapping[str, Held],
    at: datetime,
) -> None:
    """Write down *entries* of *register*, each with its digest, over what was held of them *before*."""
    new: list[dict[str, Any]] = []
    changed: list[dict[str, Any]] = []
    for entry, digest in entries:
        row = entry.said() | {"register_name": register, "digest": digest, "read_at": at}
        was = before.get(entry.oid)
        row["state_since"] = was.state_since if was is not None and was.state is entry.state else at
        if was is None:
            new.append(row | {"trouble": ""})
        else:
            changed.append(row | {"its_oid": entry.oid, "its_register": register})
    if new:
        tx.connection.execute(insert(ENTRIES), new)
    if changed:
        tx.connection.execute(_CHANGE, changed)


def lose_unseen(tx: Transaction, register: RegisterName, at: datetime) -> None:
    """Note of every entry of *register* that the reading has not seen that the register has it no more."""
    values = {"state": RegisterState.ABSENT, "state_since": at, "read_at": at, "digest": "", "trouble": ""}
    tx.connection.execute(update(ENTRIES).where(*_unseen(register)).values(values))


def count_unseen(tx: Transaction, register: RegisterName) -> int:
    """How many entries that stood in *register* were not seen by the reading."""
    query = select(func.count()).select_from(ENTRIES).where(*_unseen(register))
    return tx.connection.execute(query).scalar_one()


def count(tx: Transaction, register: RegisterName) -> int:
    """How many entries *register* has."""
    query = select(func.count()).select_from(ENTRIES).where(_in(register), _THERE)
    return tx.connection.execute(query).scalar_one()


def count_without_business_id(tx: Transaction, register: RegisterName) -> int:
    """How many entries of *register* name no business ID."""
    nameless = ENTRIES.c.business_id == ""
    query = select(func.count()).select_from(ENTRIES).where(_in(register), _THERE, nameless)
    return tx.connection.execute(query).scalar_one()


def parents(tx: Transaction, register: RegisterName) -> dict[str, str | None]:
    """Every entry that *register* has, and what it hangs from."""
    query = select(ENTRIES.c.oid, ENTRIES.c.parent).where(_in(register), _THERE)
    return {row[0]: row[1] for row in tx.connection.execute(query)}


def troubles(tx: Transaction, register: RegisterName) -> dict[str, str]:
    """The entries of *register* that are not believed, and why."""
    query = select(ENTRIES.c.oid, ENTRIES.c.trouble).where(_in(register), ENTRIES.c.trouble != "")
    return {row[0]: row[1] for row in tx.connection.execute(query)}


def put_troubles(tx: Transaction, register: RegisterName, found: Mapping[str, str]) -> None:
    """Write down why entries of *register* are not believed; an empty code says that one is."""
    if found:
        rows = [{"its_oid": oid, "its_register": register, "why": code} for oid, code in found.items()]
        tx.connection.execute(_TROUBLE, rows)


def standings(tx: Transaction, business_ids: Collection[str], day: date) -> dict[str, Standing]:
    """
    By business ID, the entry that speaks for it on *day*, with what it hangs from; of those that we hold.

    A provider goes by the OID that its business ID makes, a practitioner by the business ID that they name.
    """
    found: dict[str, list[EntryRow]] = {}
    for row in _rows(tx, ORGANISATIONS, {codes.provider_oid(one) for one in business_ids}):
        found.setdefault(row.business_id, []).append(row)
    for piece in _pieces([*business_ids]):
        named = select(ENTRIES).where(_in(PRACTITIONERS), ENTRIES.c.business_id.in_(piece))
        for row in tx.connection.execute(named):
            found.setdefault(row.business_id, []).append(row)
    spoken = {business_id: best(rows, day) for business_id, rows in found.items()}
    above = {register: _all_above(tx, register, spoken.values()) for register in RegisterName}
    return {one: Standing(row, _above(row, above[row.register_name])) for one, row in spoken.items()}


def of_text(tx: Transaction, oid: str, business_id: str | None) -> list[EntryRow]:
    """
    The branch that an OID or a business ID names: that provider, and what hangs over and beneath it.

    Of a business ID that is in both registers, both. One more than LARGEST_BRANCH says that there is more.
    """
    found: dict[tuple[str, str], EntryRow] = {}
    for register in RegisterName:
        found |= {(register, row.oid): row for row in _branch(tx, register, oid, business_id)}
    return [*found.values()][: LARGEST_BRANCH + 1]


_THERE = ENTRIES.c.state != RegisterState.ABSENT
_CHANGED: dict[str, Any] = {
    column.name: bindparam(column.name)
    for column in ENTRIES.c
    if column.name not in ("oid", "register_name", "trouble")
}
_ITS = (ENTRIES.c.register_name == bindparam("its_register"), ENTRIES.c.oid == bindparam("its_oid"))
_CHANGE: Update = update(ENTRIES).where(*_ITS).values(_CHANGED)
_TROUBLE: Update = update(ENTRIES).where(*_ITS).values(trouble=bindparam("why"))


def _in(register: RegisterName) -> ColumnElement[bool]:
    return ENTRIES.c.register_name == register


def _unseen(register: RegisterName) -> tuple[ColumnElement[bool], ...]:
    # What the register said was deleted stays so, since when it did: not every listing tells of such entries.
    there = ENTRIES.c.state.not_in([RegisterState.ABSENT, RegisterState.DELETED])
    return _in(register), there, ~select(SEEN.c.oid).where(SEEN.c.oid == ENTRIES.c.oid).exists()


def _branch(tx: Transaction, register: RegisterName, oid: str, business_id: str | None) -> list[EntryRow]:
    own = select(ENTRIES).where(_in(register)).order_by(ENTRIES.c.level, ENTRIES.c.oid)
    if business_id is None:
        query = select(ENTRIES.c.business_id).where(_in(register), ENTRIES.c.oid == oid)
        business_id = tx.connection.execute(query).scalar_one_or_none()
    # Entries that name no business ID have nothing in common.
    same = ENTRIES.c.business_id == business_id if business_id else ENTRIES.c.oid == oid
    found = {row.oid: row for row in tx.connection.execute(own.where(same).limit(LARGEST_BRANCH + 1))}
    beneath = [*found]
    found |= _all_above(tx, register, found.values())
    for oids in _pieces(beneath):
        hanging = select(ENTRIES).where(_in(register), ENTRIES.c.parent.in_(oids)).order_by(ENTRIES.c.oid)
        found |= {row.oid: row for row in tx.connection.execute(hanging.limit(LARGEST_BRANCH + 1))}
    return [*found.values()]


def _rows(tx: Transaction, register: RegisterName, oids: Collection[str]) -> Iterator[EntryRow]:
    for piece in _pieces([*oids]):
        yield from tx.connection.execute(select(ENTRIES).where(_in(register), ENTRIES.c.oid.in_(piece)))


def _all_above(tx: Transaction, register: RegisterName, rows: Collection[EntryRow]) -> dict[str, EntryRow]:
    """What those of *rows* that are in *register* hang from, and all that this hangs from."""
    above: dict[str, EntryRow] = {}
    fresh = [row for row in rows if row.register_name is register]
    for _ in range(LONGEST_WAY_UP):
        wanted = {row.parent for row in fresh} - {None} - set(above)
        if not wanted:
            break
        fresh = [*_rows(tx, register, wanted)]
        above |= {row.oid: row for row in fresh}
    return above


def _above(row: EntryRow, known: Mapping[str, EntryRow]) -> Span | None:
    spans: list[Span] = []
    here = row
    while here.parent is not None:
        if here.parent not in known or len(spans) == LONGEST_WAY_UP:
            spans.append(Span(RegisterState.ABSENT, None, None))
            break
        here = known[here.parent]
        # What is in trouble holds up nothing.
        state = RegisterState.ABSENT if here.trouble else here.state
        spans.append(Span(state, here.valid_from, here.valid_until))
    return together(spans)


def _pieces(oids: Sequence[str]) -> Iterator[Sequence[str]]:
    for first in range(0, len(oids), PIECE):
        yield oids[first : first + PIECE]
