"""The roles service at work on a real bus, and those who use it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import uuid4

from bot.accepting import once_heard
from services.roles import app
from services.roles.domain.catalogue import role_text
from services.roles.settings import RolesSettings
from shared.contracts.base import Event
from shared.contracts.identity import ChatAccount, Intent, MemberAdded, OrganisationChanged, PersonIdentified
from shared.contracts.roles import (
    AcceptGrant,
    CheckAccess,
    GetMyGrants,
    GrantView,
    OfferGrant,
    Role,
)
from shared.messaging.accounts import Account
from shared.messaging.bus import Bus
from shared.messaging.connection import Connection, Fact
from tests.services.roles.factory import COUNTY, HOLDER, MAIN, an_organisation
from tests.support.bus import BusServer
from tests.support.identity import Behalf, Signer, signing
from tests.support.migrated import migrated

UNTIL = date.today() + timedelta(days=300)


@dataclass
class Street:
    """The roles service at work, and those who use it."""

    bot: Connection
    operator: Connection
    identity: Connection
    signer: Signer
    revision: int = 0

    async def announce(self, *events: Event) -> None:
        """Announce as identity does."""
        for event in events:
            self.revision += 1
            numbered = event.model_copy(update={"revision": self.revision})
            await self.identity.announce(
                [Fact(str(event.event_id), event.subject, numbered.model_dump_json().encode())]
            )

    async def settled(self) -> None:
        """Wait until roles has heard all that was announced."""
        me = self.person(MAIN)
        await once_heard(lambda: Bus(self.bot).call(GetMyGrants(), on_behalf=me))

    def person(self, person: object, **known: object) -> Behalf:
        return self.signer.on_behalf(person, **{"known": self.revision} | known)  # type: ignore[arg-type]  # an id

    async def offer(self) -> GrantView:
        command = OfferGrant(
            organisation=COUNTY, holder=HOLDER, role="technical_contact", valid_until=UNTIL, inducted=True
        )
        return await Bus(self.bot).call(command, on_behalf=self.person(MAIN))

    async def allowed(self) -> bool:
        request = CheckAccess(organisation=COUNTY, person=HOLDER, action="systems.edit")
        return (await Bus(self.operator).call(request)).allowed


@asynccontextmanager
async def on_the_street(bus_server: BusServer, tmp_path: Path) -> AsyncIterator[Street]:
    """The roles service, settled, until the block ends."""
    settings = RolesSettings(var=tmp_path, nats_url=bus_server.url, keys=bus_server.key_folder)
    await asyncio.to_thread(migrated, "services.roles", settings.database("roles"))
    signer = Signer()
    async with AsyncExitStack() as stack:
        bot, operator, identity, roles = [
            await stack.enter_async_context(bus_server.connect(account))
            for account in (Account.BOT, Account.OPERATOR, Account.IDENTITY, Account.ROLES)
        ]
        await stack.enter_async_context(signing(identity, signer))
        await stack.enter_async_context(app.run(roles, settings))
        known = Street(bot, operator, identity, signer)
        await known.announce(
            OrganisationChanged(organisation=an_organisation(fetched_at=datetime.now(UTC))),
            MemberAdded(organisation=COUNTY, person=MAIN, main_user=True),
            MemberAdded(organisation=COUNTY, person=HOLDER, main_user=False),
            *(an_identification(person) for person in (MAIN, HOLDER)),
        )
        await known.settled()
        yield known


def an_identification(person: object) -> PersonIdentified:
    now = datetime.now(UTC)
    return PersonIdentified(
        person=person,  # type: ignore[arg-type]  # an id
        identified_at=now,
        method="loa2",
        chat=ChatAccount(team="T", user="U"),
        linked_at=now,
        intent=Intent(kind="link", request_id=uuid4()),
    )


def an_acceptance_of(grant: GrantView) -> AcceptGrant:
    return AcceptGrant(grant=grant.id, language="fi", text_hash=role_text(Role(grant.role), "fi").sha256)
