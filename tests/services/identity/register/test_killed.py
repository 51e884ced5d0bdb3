"""Identity is killed outright while it reads the register."""

import asyncio
import os
import sys
from datetime import timedelta
from pathlib import Path

from sqlalchemy import func, select
from yarl import URL

from services.identity.domain.refreshing import LEASE
from services.identity.domain.registers import ORGANISATIONS
from services.identity.register.client import reaching
from services.identity.register.refresher import Refresher, Told
from services.identity.storage import METADATA
from services.identity.storage.register_runs import COMPLETE
from services.identity.storage.register_tables import ENTRIES, RUNS
from shared.storage.database import Database
from simulator.codeserver.app import CodeServer, running
from simulator.codeserver.entries import Crowd
from tests.services.identity.conftest import Clock
from tests.services.identity.register.conftest import REGISTERS, STATUSES, TIMETABLE
from tests.support.bus import BusServer, free_port
from tests.support.migrated import migrated
from tests.support.stack import seen

MANY = 4_000


async def test_who_comes_after_it_goes_on_where_it_was(bus_server: BusServer, tmp_path: Path) -> None:
    url, clock = f"sqlite:///{tmp_path}/identity.db", Clock()
    migrated("services.identity", url)
    database = Database(url, METADATA)

    async def pages() -> int:
        found = await database.read(lambda rows: rows.connection.execute(select(RUNS.c.page)).scalar())
        return found or 0

    async def three() -> int | None:
        return taken if (taken := await pages()) >= 3 else None

    async with running(CodeServer(Crowd(MANY), clock=clock)) as server, database.working():
        server.knobs.latency = 0.3
        address = f"{server.url}/codeserver"
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "services.identity",
            env=os.environ
            | {
                "KANTA_VAR": str(tmp_path),
                "KANTA_KEYS": str(bus_server.key_folder),
                "KANTA_NATS_URL": bus_server.url,
                "KANTA_IDENTITY_PORT": str(free_port()),
                "KANTA_REGISTER_ADDRESS": address,
            },
        )
        try:
            await seen(three, "three pages")
        finally:
            process.kill()
            await process.wait()
        before = await pages()
        server.knobs.latency = 0.0
        server.asked.clear()
        clock.ahead = LEASE + timedelta(seconds=1)

        async with reaching(address, "v3") as client:
            run = await Refresher(
                database=database,
                server=client,
                registers=REGISTERS,
                statuses=STATUSES,
                timetable=TIMETABLE,
                now=clock,
            ).refresh(Told(ORGANISATIONS, True))

        held = await database.read(
            lambda rows: rows.connection.execute(select(func.count()).select_from(ENTRIES)).scalar_one()
        )
        assert (run.outcome, run.read, held) == (COMPLETE, MANY, MANY)
        # The page that was taken last is looked at again, to hear how many there are; none before it.
        asked = [URL(one).query for one in server.asked]
        assert min(int(one["page"]) for one in asked if one["status"] == "ACTIVE") == before
