"""The copy of the national register, as rows."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Update, bindparam, func, insert, select, update

from services.identity.domain.hierarchy import Span, together
from services.identity.domain.register import RegisterEntry
from services.identity.storage.register_tables import ENTRIES, SEEN
from shared.contracts.identity import RegisterState
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


def held(tx: Transaction, oids: Sequence[str]) -> dict[str, Held]:
    """What we hold of *oids*."""
    columns = (ENTRIES.c.oid, ENTRIES.c.digest, ENTRIES.c.state, ENTRIES.c.state_since, ENTRIES.c.read_at)
    return {
        row.oid: Held(row.digest, row.state, row.state_since, row.read_at)
        for piece in _pieces(oids)
        for row in tx.connection.execute(select(*columns).where(ENTRIES.c.oid.in_(piece)))
    }


def put(
    tx: Transaction, entries: Iterable[tuple[RegisterEntry, str]], before: Mapping[str, Held], at: datetime
) -> None:
    """Write down *entries*, each with its digest, over what was held of them *before*."""
    new: list[dict[str, Any]] = []
    changed: list[dict[str, Any]] = []
    for entry, digest in entries:
        row = entry.said() | {"digest": digest, "read_at": at}
        was = before.get(entry.oid)
        row["state_since"] = was.state_since if was is not None and was.state is entry.state else at
        if was is None:
            new.append(row | {"trouble": ""})
        else:
            changed.append(row | {"its_oid": entry.oid})
    if new:
        tx.connection.execute(insert(ENTRIES), new)
    if changed:
        tx.connection.execute(_CHANGE, changed)


def lose_unseen(tx: Transaction, at: datetime) -> None:
    """Note of every entry that stood, and that the reading has not seen, that the register has it no more."""
    values = {"state": RegisterState.ABSENT, "state_since": at, "read_at": at, "digest": "", "trouble": ""}
    tx.connection.execute(update(ENTRIES).where(*_unseen()).values(values))


def count_unseen(tx: Transaction) -> int:
    """How many entries that stood in the register were not seen by the reading."""
    return tx.connection.execute(select(func.count()).select_from(ENTRIES).where(*_unseen())).scalar_one()


def count(tx: Transaction) -> int:
    """How many entries the register has."""
    there = ENTRIES.c.state != RegisterState.ABSENT
    return tx.connection.execute(select(func.count()).select_from(ENTRIES).where(there)).scalar_one()


def parents(tx: Transaction) -> dict[str, str | None]:
    """Every entry that the register has, and what it hangs from."""
    there = ENTRIES.c.state != RegisterState.ABSENT
    query = select(ENTRIES.c.oid, ENTRIES.c.parent).where(there)
    return {row[0]: row[1] for row in tx.connection.execute(query)}


def troubles(tx: Transaction) -> dict[str, str]:
    """The entries that are not believed, and why."""
    query = select(ENTRIES.c.oid, ENTRIES.c.trouble).where(ENTRIES.c.trouble != "")
    return {row[0]: row[1] for row in tx.connection.execute(query)}


def put_troubles(tx: Transaction, found: Mapping[str, str]) -> None:
    """Write down why entries are not believed; an empty code says that one is."""
    if found:
        rows = [{"its_oid": oid, "why": code} for oid, code in found.items()]
        tx.connection.execute(_TROUBLE, rows)


def standings(tx: Transaction, oids: Collection[str]) -> dict[str, Standing]:
    """Those of *oids* that we hold, each with what it hangs from."""
    rows = dict(_rows(tx, oids))
    wanted = {row.parent for row in rows.values()} - {None}
    above: dict[str, EntryRow] = {}
    for _ in range(LONGEST_WAY_UP):
        fresh = dict(_rows(tx, wanted - set(above)))
        above |= fresh
        wanted = {row.parent for row in fresh.values()} - {None} - set(above)
        if not wanted:
            break
    return {oid: Standing(row, _above(row, above)) for oid, row in rows.items()}


def of_text(tx: Transaction, oid: str, business_id: str | None) -> list[EntryRow]:
    """
    The branch that an OID or a business ID names: that provider, and what hangs over and beneath it.

    One more than LARGEST_BRANCH says that there is more.
    """
    if business_id is None:
        query = select(ENTRIES.c.business_id).where(ENTRIES.c.oid == oid)
        business_id = tx.connection.execute(query).scalar_one_or_none()
    if business_id is None:
        return []
    own = select(ENTRIES).where(ENTRIES.c.business_id == business_id).order_by(ENTRIES.c.level, ENTRIES.c.oid)
    found = {row.oid: row for row in tx.connection.execute(own.limit(LARGEST_BRANCH + 1))}
    wanted = {row.parent for row in found.values()} - {None} - set(found)
    for _ in range(LONGEST_WAY_UP):
        fresh = dict(_rows(tx, wanted))
        found |= fresh
        wanted = {row.parent for row in fresh.values()} - {None} - set(found)
    for oids in _pieces([row.oid for row in found.values() if row.business_id == business_id]):
        hanging = select(ENTRIES).where(ENTRIES.c.parent.in_(oids)).order_by(ENTRIES.c.oid)
        found |= {row.oid: row for row in tx.connection.execute(hanging.limit(LARGEST_BRANCH + 1))}
    return [*found.values()][: LARGEST_BRANCH + 1]


_CHANGED: dict[str, Any] = {
    column.name: bindparam(column.name) for column in ENTRIES.c if column.name not in ("oid", "trouble")
}
_CHANGE: Update = update(ENTRIES).where(ENTRIES.c.oid == bindparam("its_oid")).values(_CHANGED)
_TROUBLE: Update = (
    update(ENTRIES).where(ENTRIES.c.oid == bindparam("its_oid")).values(trouble=bindparam("why"))
)


def _unseen() -> tuple[Any, Any]:
    # What the register said was deleted stays so, since when it did: not every listing tells of such entries.
    there = ENTRIES.c.state.not_in([RegisterState.ABSENT, RegisterState.DELETED])
    return there, ~select(SEEN.c.oid).where(SEEN.c.oid == ENTRIES.c.oid).exists()


def _rows(tx: Transaction, oids: Collection[str | None]) -> Iterator[tuple[str, EntryRow]]:
    for piece in _pieces([oid for oid in oids if oid is not None]):
        for row in tx.connection.execute(select(ENTRIES).where(ENTRIES.c.oid.in_(piece))):
            yield row.oid, row


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
