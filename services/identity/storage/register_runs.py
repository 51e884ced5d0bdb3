"""Readings of the registers, what the one that goes on has seen, and what was found wrong: as rows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, delete, func, insert, select, update

from services.identity.storage.register_entries import PIECE
from services.identity.storage.register_tables import FINDINGS, RUNS, SEEN
from shared.contracts.identity import RegisterFinding, RegisterName, RegisterRun
from shared.storage.transaction import Transaction

RunRow = Row[Any]
COMPLETE = "complete"
SHOWN_FINDINGS = 100


@dataclass(frozen=True, slots=True)
class Seen:
    """What a reading saw under an OID, and why it was refused, if it was."""

    oid: str
    digest: str
    code: str = ""
    detail: str = ""


def going(tx: Transaction) -> RunRow | None:
    """The reading that goes on, locked."""
    query = select(RUNS).where(RUNS.c.going == 1).with_for_update()
    return tx.connection.execute(query).one_or_none()


def look(rows: Transaction) -> RunRow | None:
    """The reading that goes on, as it is now."""
    return rows.connection.execute(select(RUNS).where(RUNS.c.going == 1)).one_or_none()


def start(tx: Transaction, **values: object) -> RunRow:
    """Begin a reading."""
    counts = dict.fromkeys(
        ("listing", "page", "items", "read", "added", "changed", "unchanged", "refused", "gone", "restarts"),
        0,
    )
    tx.connection.execute(delete(SEEN))
    row = {"outcome": "", "detail": "", "going": 1, **counts, **values}
    made = tx.connection.execute(insert(RUNS).values(row))
    return get(tx, made.inserted_primary_key[0])  # type: ignore[index]  # a row was inserted, so it has a key


def change(tx: Transaction, run: int, **values: object) -> RunRow:
    """Note how a reading goes."""
    tx.connection.execute(update(RUNS).where(RUNS.c.id == run).values(values))
    return get(tx, run)


def end(tx: Transaction, run: int, at: datetime, outcome: str, detail: str = "", **values: object) -> RunRow:
    """A reading is over; what it saw is forgotten."""
    tx.connection.execute(delete(SEEN))
    return change(
        tx,
        run,
        finished_at=at,
        outcome=outcome,
        detail=detail[:200],
        going=None,
        leased_until=None,
        **values,
    )


def forget_seen(tx: Transaction) -> None:
    """Begin a reading's listings anew."""
    tx.connection.execute(delete(SEEN))


def seen(tx: Transaction, oids: Sequence[str]) -> dict[str, str]:
    """The digests that the reading has seen of *oids*."""
    query = select(SEEN.c.oid, SEEN.c.digest).where(SEEN.c.oid.in_(oids))
    return {row[0]: row[1] for row in tx.connection.execute(query)}


def see(tx: Transaction, new: Sequence[Seen], again: Sequence[Seen]) -> None:
    """Note what a page held: what is *new*, and what was seen before and is now refused."""
    if new:
        rows = [{"oid": one.oid, "digest": one.digest, "code": one.code, "detail": one.detail} for one in new]
        tx.connection.execute(insert(SEEN), rows)
    for one in again:
        same = update(SEEN).where(SEEN.c.oid == one.oid)
        tx.connection.execute(same.values(code=one.code, detail=one.detail))


def refused(tx: Transaction) -> dict[str, tuple[str, str]]:
    """The entries that the reading refused: why, and where in them."""
    query = select(SEEN.c.oid, SEEN.c.code, SEEN.c.detail).where(SEEN.c.code != "")
    return {row[0]: (row[1], row[2]) for row in tx.connection.execute(query)}


def all_seen(tx: Transaction) -> set[str]:
    """Every OID that the reading has seen."""
    return set(tx.connection.execute(select(SEEN.c.oid)).scalars())


def latest(
    tx: Transaction, register: RegisterName | None, *, outcome: str | None = None, whole: bool = False
) -> RunRow | None:
    """The latest reading of *register*, or any, that is over; of one *outcome*, and *whole*, if so asked."""
    query = select(RUNS).where(RUNS.c.going.is_(None)).order_by(RUNS.c.id.desc()).limit(1)
    if register is not None:
        query = query.where(RUNS.c.register_name == register)
    if outcome is not None:
        query = query.where(RUNS.c.outcome == outcome)
    if whole:
        query = query.where(RUNS.c.whole)
    return tx.connection.execute(query).one_or_none()


def open_findings(tx: Transaction, register: RegisterName) -> dict[tuple[str, str], int]:
    """The numbers of what is wrong in *register* just now, by OID and code."""
    query = select(FINDINGS.c.id, FINDINGS.c.oid, FINDINGS.c.code).where(*_open(register))
    return {(row.oid, row.code): row.id for row in tx.connection.execute(query)}


def find(tx: Transaction, run: RunRow, wrong: Mapping[str, tuple[str, str]]) -> None:
    """Note what *run* found wrong: each OID with a code, and where in the entry."""
    found = {"register_name": run.register_name, "run": run.id, "found_at": run.as_of}
    rows = [found | {"oid": oid, "code": code, "detail": detail} for oid, (code, detail) in wrong.items()]
    if rows:
        tx.connection.execute(insert(FINDINGS), rows)


def close(tx: Transaction, numbers: Iterable[int], at: datetime) -> None:
    """Note that what was found wrong is no longer."""
    all_of_them = [*numbers]
    for first in range(0, len(all_of_them), PIECE):
        some = FINDINGS.c.id.in_(all_of_them[first : first + PIECE])
        tx.connection.execute(update(FINDINGS).where(some).values(gone_at=at))


def count_findings(tx: Transaction, register: RegisterName) -> int:
    """How many entries of *register* are not believed just now."""
    query = select(func.count()).select_from(FINDINGS).where(*_open(register))
    return tx.connection.execute(query).scalar_one()


def first_findings(tx: Transaction) -> tuple[RegisterFinding, ...]:
    """What is wrong just now, the oldest first."""
    query: Select[Any] = select(FINDINGS).where(FINDINGS.c.gone_at.is_(None)).order_by(FINDINGS.c.id)
    rows = tx.connection.execute(query.limit(SHOWN_FINDINGS))
    return tuple(RegisterFinding.model_validate(row, from_attributes=True) for row in rows)


def view(row: RunRow) -> RegisterRun:
    """A reading as others see it."""
    return RegisterRun.model_validate(row, from_attributes=True)


def get(tx: Transaction, run: int) -> RunRow:
    """The reading of this number."""
    return tx.connection.execute(select(RUNS).where(RUNS.c.id == run)).one()


def _open(register: RegisterName) -> tuple[ColumnElement[bool], ...]:
    return FINDINGS.c.register_name == register, FINDINGS.c.gone_at.is_(None)
