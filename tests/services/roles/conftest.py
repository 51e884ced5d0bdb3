"""The roles service without a bus, on both databases."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import select

from services.roles.app import katso_table, matrix, policy
from services.roles.domain.catalogue import role_text
from services.roles.handlers import RolesHandlers
from services.roles.imported import ImportedKatso
from services.roles.readmodel import ReadModel
from services.roles.settings import RolesSettings
from services.roles.storage.tables import METADATA
from shared.contracts.base import Command, PersonId
from shared.contracts.identity import MemberAdded, OrganisationChanged
from shared.contracts.roles import (
    AcceptGrant,
    Grants,
    GrantView,
    ListGrants,
    OfferGrant,
    RevokeGrant,
    Role,
)
from shared.messaging.handling import marked
from shared.storage.database import Database
from tests.services.roles.factory import COUNTY, HOLDER, MAIN, NOW, OTHER_MAIN, an_actor, an_organisation
from tests.services.roles.street import Street, on_the_street
from tests.support.bus import BusServer
from tests.support.migrated import migrated

UNTIL = date(2027, 6, 30)


@dataclass
class Office:
    """The roles service without a bus."""

    database: Database
    handlers: RolesHandlers
    clock: list[datetime] = field(default_factory=lambda: [NOW])
    begun: int = 0

    async def decide(
        self, decide: Callable[..., GrantView], command: Command[GrantView], person: PersonId
    ) -> GrantView:
        actor = an_actor(person, identified_at=self.clock[0])
        answer = await self.database.decide_once(
            command,
            person=str(person),
            token_id=actor.token_id,
            decision=lambda tx: decide(tx, command, actor),
            foresee=dict(marked(self.handlers, "_foresees")).get(type(command)),
        )
        return GrantView.model_validate_json(answer)

    async def offer(
        self,
        *,
        by: PersonId = MAIN,
        holder: PersonId = HOLDER,
        role: Role = Role.READER,
        until: date = UNTIL,
    ) -> GrantView:
        command = OfferGrant(organisation=COUNTY, holder=holder, role=role, valid_until=until, inducted=True)
        return await self.decide(self.handlers.offer_grant, command, by)

    async def accept(self, grant: GrantView) -> GrantView:
        text = role_text(grant.role, "sv")
        command = AcceptGrant(grant=grant.id, language="sv", text_hash=text.sha256)
        return await self.decide(self.handlers.accept_grant, command, HOLDER)

    async def revoke(self, grant: GrantView) -> GrantView:
        command = RevokeGrant(grant=grant.id, reason="Left")
        return await self.decide(self.handlers.revoke_grant, command, MAIN)

    async def all_grants(self) -> Grants:
        """All but those by which the first main users were named."""
        actor = an_actor(MAIN)
        found = await self.database.read(lambda rows: self.handlers.list_grants(rows, ListGrants(), actor))
        return Grants(grants=tuple(one for one in found.grants if one.named_at is None))

    async def events(self) -> list[str]:
        table = METADATA.tables["events"]
        query = select(table.c.subject).order_by(table.c.revision)
        told = await self.database.read(lambda rows: [*rows.connection.execute(query).scalars()])
        return told[self.begun :]


@pytest.fixture
async def office(database_url: str) -> AsyncIterator[Office]:
    await asyncio.to_thread(migrated, "services.roles", database_url)
    database = Database(database_url, METADATA)
    model = ReadModel(
        matrix=matrix(RolesSettings()),
        register_oldest=timedelta(hours=36),
        policy=policy(RolesSettings()),
        imported=ImportedKatso(katso_table(RolesSettings())),
    )
    clock = [NOW]
    handlers = RolesHandlers(model, model.policy, lambda: clock[0])
    async with database.working():
        await database.decide(
            lambda tx: handlers.note_organisation(tx, OrganisationChanged(organisation=an_organisation()))
        )
        for person, main_user in ((MAIN, True), (OTHER_MAIN, True), (HOLDER, False)):
            member = MemberAdded(organisation=COUNTY, person=person, main_user=main_user)
            await database.decide(partial(handlers.note_member, event=member))
        opened = Office(database, handlers, clock)
        opened.begun = len(await opened.events())
        yield opened


@pytest.fixture
async def street(bus_server: BusServer, tmp_path: Path) -> AsyncIterator[Street]:
    """The roles service at work on a real bus."""
    async with on_the_street(bus_server, tmp_path) as known:
        yield known
