"""How our copies of the registers stand: how old each is, what is read, what is not believed."""

from datetime import timedelta

from services.identity.register.refresher import Refresher, due
from services.identity.storage import organisations
from services.identity.storage import register_entries as entries
from services.identity.storage import register_runs as runs
from services.identity.storage.register_runs import COMPLETE
from shared.contracts.identity import RegisterCopy, RegisterName, RegisterStatus
from shared.storage.transaction import Transaction


def status(rows: Transaction, refresher: Refresher | None, *, oldest: timedelta) -> RegisterStatus:
    """How the copies stand that *refresher* reads, or that were brought; *oldest* is too old for one."""
    each = [_copy(rows, one, refresher, oldest) for one in RegisterName]
    # One that nobody reads and nobody brought is none of ours.
    copies = tuple(one for one in each if one.classification or one.latest is not None or one.entries)
    going, latest = runs.look(rows), runs.latest(rows, None)
    return RegisterStatus(
        address=refresher.server.address if refresher else "",
        read_at=min((one.read_at for one in copies if one.read_at), default=None),
        whole_at=min((one.whole_at for one in copies if one.whole_at), default=None),
        stale_at=min((one.stale_at for one in copies if one.stale_at), default=None),
        next_at=refresher.next(rows)[0] if refresher else None,
        entries=sum(one.entries for one in copies),
        customers=organisations.count(rows),
        going=runs.view(going) if going else None,
        latest=runs.view(latest) if latest else None,
        failed=next((one.failed for one in copies if one.failed), None),
        findings=sum(one.findings for one in copies),
        first_findings=runs.first_findings(rows),
        registers=copies,
    )


def _copy(
    rows: Transaction, register: RegisterName, refresher: Refresher | None, oldest: timedelta
) -> RegisterCopy:
    latest, read = runs.latest(rows, register), runs.latest(rows, register, outcome=COMPLETE)
    whole = runs.latest(rows, register, outcome=COMPLETE, whole=True)
    reads = refresher is not None and register in refresher.registers
    next_at = None
    if refresher is not None and reads:
        next_at = due(rows, register, refresher.timetable, refresher.now())[0]
    shown = runs.view(latest) if latest else None
    return RegisterCopy(
        register_name=register,
        classification=refresher.registers[register] if refresher is not None and reads else "",
        read_at=read.as_of if read else None,
        whole_at=whole.as_of if whole else None,
        stale_at=read.as_of + oldest if read else None,
        next_at=next_at,
        entries=entries.count(rows, register),
        without_business_id=entries.count_without_business_id(rows, register),
        latest=shown,
        failed=shown if shown is not None and shown.outcome != COMPLETE else None,
        findings=runs.count_findings(rows, register),
    )
