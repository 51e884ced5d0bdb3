"""A process that reads the register as identity does, and tells how long it took and how much memory."""

import asyncio
import hashlib
import logging
import resource
import sys
from datetime import time, timedelta
from time import perf_counter, process_time
from typing import Any

import structlog
from sqlalchemy import select

from bench.workers import take_orders
from services.identity.domain.refreshing import Timetable
from services.identity.domain.registers import ORGANISATIONS
from services.identity.register.client import reaching
from services.identity.register.refresher import Refresher, Told
from services.identity.storage import METADATA
from services.identity.storage.register_tables import ENTRIES
from shared.storage.database import Database
from shared.storage.transaction import Transaction

STATUSES = ("ACTIVE", "PROPOSAL", "DELETED")


async def main(address: str, url: str) -> None:
    # Answers to orders go to stdout, one line each: nothing else may.
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    database = Database(url, METADATA)
    timetable = Timetable(night=time(3, 30), every=timedelta(hours=6), retry=timedelta(minutes=30))
    async with database.working(), reaching(address, "v3") as server:
        refresher = Refresher(
            database=database,
            server=server,
            registers={ORGANISATIONS: "1.2.246.537.6.202"},
            statuses=STATUSES,
            timetable=timetable,
        )
        seen = {"rows": ""}

        async def carry_out(order: dict[str, Any]) -> dict[str, Any]:
            begun, busy = perf_counter(), process_time()
            run = await refresher.refresh(Told(ORGANISATIONS, order["whole"]))
            seconds = perf_counter() - begun
            if run.outcome != "complete":
                raise RuntimeError(f"{run.outcome} {run.detail}")
            before, seen["rows"] = seen["rows"], await database.read(_fingerprint)
            return {
                "seconds": seconds,
                "busy": process_time() - busy,
                "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
                "read": run.read,
                "added": run.added,
                "unchanged": run.unchanged,
                "changed": int(before != "" and before != seen["rows"]),
                "facts": await database.read(lambda rows: rows.revision()),
            }

        await take_orders(carry_out)


def _fingerprint(rows: Transaction) -> str:
    """The same as long as no row of the register's copy is written."""
    digest = hashlib.blake2b()
    query = select(ENTRIES.c.oid, ENTRIES.c.digest, ENTRIES.c.read_at, ENTRIES.c.trouble).order_by(
        ENTRIES.c.oid
    )
    for row in rows.connection.execute(query.execution_options(yield_per=1000)):
        digest.update(repr(tuple(row)).encode())
    return digest.hexdigest()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
