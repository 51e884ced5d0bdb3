"""A process that takes the register in from a file as identity does, and tells how long it took."""

import asyncio
import logging
import resource
import sys
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import structlog

from bench.workers import take_orders
from cli.register import pieces_of
from cli.register_files import files_at
from services.identity.register_desk import RegisterDesk
from services.identity.storage import METADATA
from shared.contracts.identity import BeginRegisterImport, FinishRegisterImport, ImportRegisterPage
from shared.messaging.accounts import Account
from shared.messaging.actors import Actor
from shared.storage.database import Database


async def main(url: str) -> None:
    # Answers to orders go to stdout, one line each: nothing else may.
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    database, desk, operator = Database(url, METADATA), RegisterDesk(), Actor(caller=Account.OPERATOR)
    async with database.working():

        async def carry_out(order: dict[str, Any]) -> dict[str, Any]:
            begun, busy = perf_counter(), process_time()
            files, now = files_at(Path(order["file"])), datetime.now(UTC)
            begin = BeginRegisterImport(source=files.source, fetched_at=now)
            run = await database.decide(lambda tx: desk.begin_register_import(tx, begin, operator))
            total = 0
            for number, piece in enumerate(pieces_of(files.concepts()), start=1):
                page = ImportRegisterPage(
                    concept_codes=tuple(piece), fetched_at=now, run=run.id, number=number
                )
                await database.decide(lambda tx: desk.import_register_page(tx, page, operator))  # noqa: B023
                total += len(piece)
            finish = FinishRegisterImport(run=run.id, total=total)
            done = await database.decide(lambda tx: desk.finish_register_import(tx, finish, operator))
            if done.outcome != "complete":
                raise RuntimeError(f"{done.outcome} {done.detail}")
            return {
                "seconds": perf_counter() - begun,
                "busy": process_time() - busy,
                "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
                "read": done.read,
                "added": done.added,
            }

        await take_orders(carry_out)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
