"""Takes readings of a register in, page by page; concludes from a reading when it is complete."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.identity.domain import hierarchy
from services.identity.domain.refreshing import LEASE, RESUMABLE, check_losses
from services.identity.domain.register import check_fetched_at
from services.identity.domain.registers import FORMS, ORGANISATIONS, Form
from services.identity.register import customers
from services.identity.register.reading import Reading, read_page
from services.identity.storage import register_entries as entries
from services.identity.storage import register_runs as runs
from services.identity.storage.register_runs import COMPLETE, RunRow, Seen
from shared.contracts.base import Refusal
from shared.contracts.identity import (
    ImportReport,
    RegisterEntryInvalid,
    RegisterName,
    RegisterOidTwice,
    RegisterRead,
    RegisterRunGoing,
    RegisterRunUnknown,
    RegisterTotalChanged,
)
from shared.storage.transaction import Transaction

# How a reading ended that nobody went on with.
ABANDONED = "abandoned"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A reading that somebody wants: of which register, from where, as of when, by which process."""

    register: RegisterName
    source: str
    whole: bool
    as_of: datetime
    runner: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page that was read: of which listing, which number, how many entries the listing has."""

    listing: int
    number: int
    total: int | None
    readings: Sequence[Reading]
    items: int


def begin(tx: Transaction, wish: Wish, now: datetime) -> RunRow:
    """
    Begin a reading, or go on with one of the same source that was interrupted.

    Raises:
        RegisterRunGoing: somebody else reads just now.
        RegisterEntryInvalid: we know newer things, or it is of a moment that has not been.
    """
    check_fetched_at(wish.as_of, now)
    last = runs.latest(tx, wish.register, outcome=COMPLETE)
    if last is not None and wish.as_of < last.as_of:
        raise RegisterEntryInvalid(field="fetched_at")
    if (other := runs.going(tx)) is not None:
        if other.runner != wish.runner and other.leased_until is not None and other.leased_until > now:
            raise RegisterRunGoing
        alike = (other.register_name, other.source, other.whole) == (wish.register, wish.source, wish.whole)
        if alike and now - other.started_at < RESUMABLE:
            return runs.change(tx, other.id, runner=wish.runner, leased_until=now + LEASE)
        runs.end(tx, other.id, now, ABANDONED)
    return runs.start(
        tx,
        register_name=wish.register,
        whole=wish.whole,
        source=wish.source,
        as_of=wish.as_of,
        started_at=now,
        runner=wish.runner,
        leased_until=now + LEASE,
    )


def take_page(tx: Transaction, number: int, page: Page, now: datetime) -> RunRow:
    """
    Take a whole page in, and note that it was; a page that was taken before is passed over.

    Raises:
        RegisterRunUnknown: the reading is over, or another process goes on with it.
        RegisterTotalChanged: the listing is not as long as it was when it was begun.
    """
    run = _going(tx, number)
    if (page.listing, page.number) <= (run.listing, run.page):
        return run
    same_listing = page.listing == run.listing and run.page > 0
    if same_listing and run.total != page.total:
        raise RegisterTotalChanged(read=run.total, total=page.total)
    report, seen, again = _take(tx, run.register_name, page.readings, run.as_of, in_run=True)
    runs.see(tx, seen, again)
    return runs.change(
        tx,
        run.id,
        listing=page.listing,
        page=page.number,
        total=page.total,
        items=(run.items if same_listing else 0) + page.items,
        read=run.read + page.items,
        added=run.added + report.added,
        changed=run.changed + report.changed,
        unchanged=run.unchanged + report.unchanged,
        refused=run.refused + len(report.refused),
        leased_until=now + LEASE,
    )


def check_listing(run: RunRow) -> None:
    """
    Make sure that as much was read of a listing as it said that it has.

    Raises:
        RegisterTotalChanged: entries moved between pages while they were read.
    """
    if run.total is not None and run.items != run.total:
        raise RegisterTotalChanged(read=run.items, total=run.total)


def begin_anew(tx: Transaction, number: int, now: datetime) -> RunRow:
    """Forget what a reading has seen: its pages did not fit together. What it took in stays."""
    run = _going(tx, number)
    runs.forget_seen(tx)
    counts = dict.fromkeys(
        ("listing", "page", "items", "read", "added", "changed", "unchanged", "refused"), 0
    )
    return runs.change(
        tx, run.id, **counts, total=None, restarts=run.restarts + 1, as_of=now, leased_until=now + LEASE
    )


def conclude(tx: Transaction, number: int, now: datetime, *, allow_losses: bool = False) -> RunRow:
    """
    A reading is complete: what it did not see of its register is gone, if it was whole; what does not fit is
    not believed.

    Customers of whom that changes something are told of, one by one; and that the register was read, once.

    Raises:
        RegisterRunUnknown: it is over.
        RegisterShrunk: so much is gone that this is not believed.
    """
    run = _going(tx, number)
    register: RegisterName = run.register_name
    gone = 0
    if run.whole:
        gone = entries.count_unseen(tx, register)
        check_losses(gone=gone, entries=entries.count(tx, register), allowed=allow_losses)
        entries.lose_unseen(tx, register, run.as_of)
    _weigh(tx, run)
    customers.compare(tx, register, run.as_of)
    tx.publish(RegisterRead(as_of=run.as_of, whole=run.whole, run=run.id, register_name=register))
    return runs.end(tx, run.id, now, COMPLETE, gone=gone)


def stop(tx: Transaction, number: int, refusal: Refusal, now: datetime) -> None:
    """Note that a reading was stopped, and by what. Nothing is concluded from it."""
    run = runs.going(tx)
    if run is not None and run.id == number:
        said = ", ".join(f"{key}={value}" for key, value in refusal.parameters.items())
        runs.end(tx, number, now, refusal.code, said)


def take_by_hand(
    tx: Transaction,
    concepts: Sequence[Mapping[str, Any]],
    fetched_at: datetime,
    now: datetime,
    form: Form = FORMS[ORGANISATIONS],
) -> ImportReport:
    """
    Take in a page by itself, of a register that is written in *form*.

    What cannot be read is refused by itself. Customers on it count as read at *fetched_at*; of others nothing
    is concluded.

    Raises:
        RegisterEntryInvalid: the page is of a moment that has not been.
    """
    check_fetched_at(fetched_at, now)
    readings = read_page(concepts, form=form)
    last = runs.latest(tx, form.register, outcome=COMPLETE)
    if last is not None and fetched_at < last.as_of:
        refused = tuple((one.key, one.code) for one in readings if one.entry is None)
        return ImportReport(added=0, changed=0, unchanged=len(readings) - len(refused), refused=refused)
    report, _, _ = _take(tx, form.register, readings, fetched_at, in_run=False)
    _weigh_by_hand(tx, form.register, readings)
    own = sorted({one.entry.business_id for one in readings if one.entry is not None})
    customers.compare(tx, form.register, fetched_at, own, renew=True)
    return report


def _take(
    tx: Transaction, register: RegisterName, readings: Sequence[Reading], at: datetime, *, in_run: bool
) -> tuple[ImportReport, list[Seen], list[Seen]]:
    keys = [one.key for one in readings]
    before = entries.held(tx, register, keys)
    earlier = runs.seen(tx, keys) if in_run else {}
    counts = {"added": 0, "changed": 0, "unchanged": 0}
    fresh: list[tuple[Any, str]] = []
    new: list[Seen] = []
    again: list[Seen] = []
    refused: list[tuple[str, str]] = []
    for one in readings:
        reading = one
        if one.key in earlier and earlier[one.key] != one.digest:
            reading = one.refused(RegisterOidTwice.code)
        seen = Seen(reading.key, reading.digest, reading.code, reading.detail)
        if one.key not in earlier:
            new.append(seen)
        elif reading.entry is None:
            again.append(seen)
        if reading.entry is None:
            refused.append((reading.key, reading.code))
            continue
        was = before.get(one.key)
        if was is not None and (was.digest == reading.digest or was.read_at > at):
            counts["unchanged"] += 1
            continue
        counts["added" if was is None else "changed"] += 1
        fresh.append((reading.entry, reading.digest))
    entries.put(tx, register, fresh, before, at)
    return ImportReport(**counts, refused=tuple(refused)), new, again


def _weigh(tx: Transaction, run: RunRow) -> None:
    """Find out which entries are not believed; note what is new about that, and what is over."""
    register, refused = run.register_name, runs.refused(tx)
    hanging = hierarchy.troubles(entries.parents(tx, register))
    wrong = refused | {oid: (code, "") for oid, code in hanging.items() if oid not in refused}
    before = entries.troubles(tx, register)
    found = runs.open_findings(tx, register)
    if not run.whole:
        # What this reading did not look at is as wrong as it was; where it hangs is found out anew.
        seen = runs.all_seen(tx)
        kept = {
            (oid, code)
            for oid, code in found
            if oid not in seen and code not in (hierarchy.CYCLIC, hierarchy.UNKNOWN)
        }
        wrong = {oid: (code, "") for oid, code in kept} | wrong
    held = entries.held(tx, register, [*wrong])
    now_wrong = {oid: code for oid, (code, _) in wrong.items() if oid in held}
    changes = {oid: "" for oid in before if oid not in now_wrong}
    changes |= {oid: code for oid, code in now_wrong.items() if before.get(oid) != code}
    entries.put_troubles(tx, register, changes)
    runs.close(tx, (found[one] for one in found if one[1] != wrong.get(one[0], ("",))[0]), run.as_of)
    runs.find(tx, run, {oid: why for oid, why in wrong.items() if (oid, why[0]) not in found})


def _weigh_by_hand(tx: Transaction, register: RegisterName, readings: Sequence[Reading]) -> None:
    """Believe what can be read now, and no longer what can't; where it hangs is left to whole readings."""
    before = entries.troubles(tx, register)
    held = entries.held(tx, register, [one.key for one in readings])
    of_hierarchy = (hierarchy.CYCLIC, hierarchy.UNKNOWN)
    changes = {
        one.key: one.code
        for one in readings
        if one.key in held and before.get(one.key, "") not in (one.code, *of_hierarchy)
    }
    entries.put_troubles(tx, register, changes)


def _going(tx: Transaction, number: int) -> RunRow:
    run = runs.going(tx)
    if run is None or run.id != number:
        raise RegisterRunUnknown
    return run
