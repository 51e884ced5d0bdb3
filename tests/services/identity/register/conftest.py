"""Fixtures: identity beside a code server of its own, which may have bad days."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import time, timedelta
from typing import Any

import pytest
from aiohttp import ClientSession
from sqlalchemy import select

from services.identity.domain.refreshing import Timetable
from services.identity.domain.registers import ORGANISATIONS, PRACTITIONERS
from services.identity.register.client import CodeServer as Client
from services.identity.register.client import reaching
from services.identity.register.refresher import Refresher, Told
from services.identity.storage import organisations
from services.identity.storage.register_runs import RunRow
from services.identity.storage.register_tables import ENTRIES, FINDINGS, RUNS
from shared.contracts.identity import AdoptOrganisation, OrganisationView, RegisterName, RegisterStatus
from simulator.codeserver.app import CodeServer, running
from simulator.codeserver.entries import Register, read_practitioners, read_town
from tests.services.identity.conftest import BOT, Town, at_work

COUNTY, PHARMACY, STALE, MERGED = "9100001-3", "9100007-2", "9100012-8", "9100013-6"
REGISTERS = {ORGANISATIONS: "1.2.246.537.6.202", PRACTITIONERS: "1.2.246.537.6.203.2014"}
STATUSES = ("ACTIVE", "PROPOSAL", "DELETED")
TIMETABLE = Timetable(night=time(3, 30), every=timedelta(hours=6), retry=timedelta(minutes=30))


@dataclass(slots=True)
class Reading:
    """Identity, the code server that it reads, and one process of perhaps several that reads it."""

    town: Town
    server: CodeServer
    client: Client
    refreshers: list[Refresher] = field(default_factory=list)

    def refresher(self) -> Refresher:
        """Another process that reads."""
        return Refresher(
            database=self.town.database,
            server=self.client,
            registers=REGISTERS,
            statuses=STATUSES,
            timetable=TIMETABLE,
            now=self.town.clock,
        )

    async def refresh(
        self,
        *,
        whole: bool = True,
        allow_losses: bool = False,
        register: RegisterName = ORGANISATIONS,
    ) -> RunRow:
        return await self.refresher().refresh(Told(register, whole, allow_losses))

    async def adopt(self, business_id: str = COUNTY) -> OrganisationView:
        wish = AdoptOrganisation(business_id=business_id)
        handlers = self.town.handlers
        return await self.town.database.decide(lambda tx: handlers.adopt_organisation(tx, wish, BOT))

    async def customer(self, business_id: str = COUNTY) -> OrganisationView:
        found = await self.town.database.read(lambda rows: organisations.known_as(rows, business_id))
        assert found is not None
        return found

    async def status(self) -> RegisterStatus:
        return await self.town.database.read(self.town.handlers._status)

    async def rows(self, table: Any) -> Sequence[Any]:
        """All rows of a table, by their keys."""
        query = select(table).order_by(*table.primary_key)
        return await self.town.database.read(lambda rows: rows.connection.execute(query).all())

    async def entry(self, oid: str) -> Any:
        return next((row for row in await self.rows(ENTRIES) if row.oid == oid), None)

    async def findings(self) -> set[tuple[str, str, bool]]:
        """What was ever found wrong: where, what, and whether it still is."""
        return {(row.oid, row.code, row.gone_at is None) for row in await self.rows(FINDINGS)}

    async def outcomes(self) -> list[str]:
        return [row.outcome for row in await self.rows(RUNS)]


def oid(business_id: str, unit: int = 0) -> str:
    return f"1.2.246.10.{business_id.replace('-', '')}.10.{unit}"


@pytest.fixture
def register() -> Register:
    return read_town()


@pytest.fixture
def practitioners() -> Register:
    return read_practitioners()


@pytest.fixture
async def reading(
    settings: Any, clock: Any, register: Register, practitioners: Register
) -> AsyncIterator[Reading]:
    """Nobody and nothing in identity yet, and a code server with the demo town's registers."""
    async with (
        at_work(settings, clock) as town,
        running(CodeServer(register, practitioners, clock=clock)) as server,
        reaching(f"{server.url}/codeserver", "v3") as client,
        ClientSession() as http,
    ):
        quick = Client(
            http=http,
            address=client.address,
            version="v3",
            pauses=(0.0,),
        )
        yield Reading(town, server, quick)
