"""Roles is killed outright in the middle of a wave: all of it was sent, or none, and it can be sent again."""

import asyncio
import os
import sqlite3
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from shared.contracts.base import PersonId
from shared.contracts.identity import MemberAdded, OrganisationChanged
from shared.contracts.legacy import (
    DescribeMigration,
    ImportLegacyGrants,
    Invitation,
    InviteHolders,
    MigrationView,
)
from shared.contracts.roles import ListGrants
from shared.messaging.accounts import Account
from shared.messaging.bus import Bus
from tests.services.roles.factory import COUNTY, MAIN, OTHER_MAIN, an_organisation
from tests.services.roles.legacy_town import a_row
from tests.services.roles.street import UNTIL, Street
from tests.support.bus import BusServer
from tests.support.identity import Signer, signing
from tests.support.stack import seen

ROLES = (sys.executable, "-m", "services.roles")
WAVE = 40
MOMENTS = ("while it decides", "when it has decided")


@dataclass
class Scene:
    """Roles in a process of its own, with a wave ready to be sent."""

    street: Street
    environment: dict[str, str]
    file: Path

    @asynccontextmanager
    async def roles(self) -> AsyncIterator[asyncio.subprocess.Process]:
        """The service at work; killed at the end, if it has not been before."""
        process = await asyncio.create_subprocess_exec(*ROLES, env=self.environment)
        try:
            yield process
        finally:
            if process.returncode is None:
                process.kill()
            await process.wait()

    async def prepared(self) -> MigrationView:
        """Everybody is a member, and the listing was taken in; give the first wave."""
        people = [PersonId(uuid4()) for _ in range(WAVE)]
        await self.street.announce(
            OrganisationChanged(organisation=an_organisation(fetched_at=datetime.now(UTC))),
            MemberAdded(organisation=COUNTY, person=MAIN, main_user=True),
            MemberAdded(organisation=COUNTY, person=OTHER_MAIN, main_user=True),
            *(MemberAdded(organisation=COUNTY, person=person, main_user=False) for person in people),
        )
        await seen(self.quiet, "all facts")
        rows = tuple(
            a_row(line=number + 2, katso_id=f"K{number:06}", holder=f"Holder {number}", person=person)
            for number, person in enumerate(people)
        )
        operator = Bus(self.street.operator)
        await operator.call(ImportLegacyGrants(organisation=COUNTY, rows=rows))
        found = await operator.call(DescribeMigration(organisation=COUNTY))
        await seen(self.quiet, "all facts")
        return found

    async def quiet(self) -> bool | None:
        """Everything has been heard, and everything told."""
        heard = self.rows("SELECT revision FROM sources WHERE name = 'identity'")
        untold = self.rows("SELECT count(*) FROM events WHERE NOT sent")
        return (heard, untold) == ([self.street.revision], [0]) or None

    def rows(self, query: str) -> list[object]:
        if not self.file.exists():
            return []
        with closing(sqlite3.connect(self.file)) as database:
            return [row[0] for row in database.execute(query)]

    async def comes(self, moment: str) -> None:
        """Wait until the service decides on the wave, or has decided."""

        def spin() -> None:
            until = datetime.now(UTC) + timedelta(seconds=20)
            with closing(sqlite3.connect(self.file, timeout=0, isolation_level=None)) as database:
                while datetime.now(UTC) < until:
                    if moment == MOMENTS[1]:
                        if database.execute("SELECT count(*) FROM legacy_offers").fetchone()[0]:
                            return
                        continue
                    try:
                        database.execute("BEGIN IMMEDIATE")
                    except sqlite3.OperationalError:
                        return  # Somebody writes: nothing but the wave is left to do.
                    database.execute("ROLLBACK")
            raise AssertionError("it never came")

        await asyncio.to_thread(spin)

    def offers(self) -> int:
        return len(self.rows("SELECT id FROM grants WHERE role = 'technical_contact'"))


@pytest.fixture
async def scene(bus_server: BusServer, tmp_path: Path) -> AsyncIterator[Scene]:
    environment = os.environ | {
        "KANTA_NATS_URL": bus_server.url,
        "KANTA_KEYS": str(bus_server.key_folder),
        "KANTA_VAR": str(tmp_path),
        "KANTA_MIGRATION_WAVE_SIZE": "25",
    }
    migrate = await asyncio.create_subprocess_exec(*ROLES, "migrate", env=environment)
    assert await migrate.wait() == 0
    async with AsyncExitStack() as stack:
        bot, operator, identity = [
            await stack.enter_async_context(bus_server.connect(account))
            for account in (Account.BOT, Account.OPERATOR, Account.IDENTITY)
        ]
        signer = Signer()
        await stack.enter_async_context(signing(identity, signer))
        yield Scene(Street(bot, operator, identity, signer), environment, tmp_path / "roles.db")


@pytest.mark.timeout(240)
@pytest.mark.parametrize("moment", MOMENTS)
async def test_a_wave_of_a_killed_service_is_whole_or_was_not_sent_and_goes_on_by_itself(
    scene: Scene, moment: str
) -> None:
    street = scene.street
    async with scene.roles() as roles:
        wave = [one.id for one in (await scene.prepared()).next_wave]
        command = InviteHolders(
            organisation=COUNTY,
            legacy=tuple(wave),
            valid_until=UNTIL,
            inducted=True,
            deadline=datetime.now(UTC) + timedelta(seconds=100),
        )
        sent = asyncio.create_task(Bus(street.bot).call(command, on_behalf=street.person(MAIN)))
        await scene.comes(moment)
        roles.kill()
        await roles.wait()
        left_behind = scene.offers()
    async with scene.roles():
        first: Invitation = await sent
        same = await Bus(street.bot).call(command, on_behalf=street.person(MAIN))
        anew = command.model_copy(update={"request_id": uuid4()})
        another = await Bus(street.bot).call(anew, on_behalf=street.person(OTHER_MAIN))
        await seen(scene.quiet, "all facts")
        listed = (await Bus(street.operator).call(ListGrants(organisation=COUNTY))).grants

    assert left_behind in ((0, len(wave)) if moment == MOMENTS[0] else (len(wave),))
    assert len({grant.holder for grant in first.offered}) == len(first.offered) == len(wave) == 25
    assert same == first
    assert another.offered == ()
    assert {one.code for one in another.skipped} == {"migration.invited"}
    assert {one.id for one in first.offered} <= {one.id for one in listed}
    told = scene.rows("SELECT count(*) FROM events WHERE subject = 'event.roles.v1.grant.offered'")
    assert told == [scene.offers()] == [len(wave)]
