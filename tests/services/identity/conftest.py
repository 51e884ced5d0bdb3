"""Fixtures for the identity service: the demo town moved in, with its login pages and its provider."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select

from services.identity import keys, settle
from services.identity.handlers import Handlers
from services.identity.pages import Pages, serving
from services.identity.provider import Provider, reaching
from services.identity.settings import IdentitySettings
from services.identity.storage import METADATA, chats, people
from services.identity.storage.tables import PEOPLE
from shared.contracts.base import Event, Language, PersonId
from shared.contracts.identity import (
    BeginIdentification,
    ChatAccount,
    ChatIdentity,
    IdentificationLink,
    Intent,
    PersonIdentified,
    PersonView,
)
from shared.messaging.accounts import Account
from shared.messaging.actors import Actor
from shared.storage.database import Database
from simulator.town.inhabitants import PEOPLE as PEOPLE_FILE
from simulator.town.inhabitants import REGISTER
from simulator.town.provider import RunningProvider, start_provider
from simulator.town.rehearsal import Browser, a_browser
from tests.services.identity.odd_provider import Odd, an_odd_provider, settings_for
from tests.support.bus import free_port
from tests.support.migrated import migrated

AINO = ChatAccount(team="T0TOWN", user="U0AINO")
BJORN = ChatAccount(team="T0TOWN", user="U0BJORN")
NOBODY = ChatAccount(team="T0TOWN", user="U0NOBODY")
BOT = Actor(caller=Account.BOT)


@dataclass(slots=True)
class Clock:
    """Goes as the world's does, ahead of it by *ahead*: the provider's clock is the world's."""

    ahead: timedelta = field(default_factory=timedelta)

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead


@dataclass(frozen=True, slots=True)
class Town:
    """Identity without its bus: decisions and readings go straight to its database."""

    database: Database
    handlers: Handlers
    clock: Clock
    settings: IdentitySettings

    async def begin(
        self,
        chat: ChatAccount = AINO,
        *,
        chat_name: str = "Aino",
        language: Language = "fi",
        intent: Intent | None = None,
    ) -> IdentificationLink:
        wish = BeginIdentification(
            chat=chat,
            chat_name=chat_name,
            language=language,
            intent=intent or Intent(kind="accept", request_id=uuid4()),
        )
        return await self.database.decide(lambda tx: self.handlers.begin_identification(tx, wish, BOT))

    async def behind(self, chat: ChatAccount) -> ChatIdentity:
        return await self.database.read(lambda rows: chats.identity(rows, chat))

    async def person(self, name: str) -> PersonView:
        def one(rows: Any) -> PersonView:
            found = rows.connection.execute(select(PEOPLE.c.id).where(PEOPLE.c.name == name)).scalar_one()
            return people.get(rows, PersonId(found))

        return await self.database.read(one)

    async def facts(self, kind: type[Event] | None = None) -> list[Event]:
        """What has been announced, oldest first; of one kind, or all."""
        events = METADATA.tables["events"]

        def read(rows: Any) -> list[Event]:
            found = rows.connection.execute(select(events).order_by(events.c.revision)).all()
            return [Event.known[row.subject].model_validate_json(row.payload) for row in found]

        everything = await self.database.read(read)
        return [one for one in everything if kind is None or isinstance(one, kind)]


async def nothing_changed(town: Town) -> bool:
    """Whether Aino's account is as it was before anybody logged in."""
    aino = await town.behind(AINO)
    return not aino.linked and await town.facts(PersonIdentified) == []


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def provider() -> Iterator[RunningProvider]:
    """The town's identity provider."""
    running = start_provider()
    yield running
    running.stop()


@pytest.fixture
def settings(tmp_path: Path, database_url: str, provider: RunningProvider) -> IdentitySettings:
    return IdentitySettings(
        var=tmp_path,
        keys=tmp_path / "keys",
        identity_database_url=database_url,
        identity_port=free_port(),
        oidc_issuer=provider.issuer,
    )


@asynccontextmanager
async def at_work(settings: IdentitySettings, clock: Clock) -> AsyncIterator[Town]:
    """Identity with nobody and nothing in it, until the block ends."""
    url = settings.database("identity")
    migrated("services.identity", url)
    database = Database(url, METADATA)
    handlers = Handlers(
        signing=keys.Signing(settings.key_folder),
        public_url=settings.login_url,
        link_lifetime=timedelta(minutes=settings.link_minutes),
        now=clock,
    )
    async with database.working():
        yield Town(database, handlers, clock, settings)


@asynccontextmanager
async def settled(settings: IdentitySettings, clock: Clock) -> AsyncIterator[Town]:
    """Identity with the demo town in it, until the block ends."""
    async with at_work(settings, clock) as town:
        await move_in(town)
        yield town


async def move_in(town: Town) -> None:
    """Settle the demo town."""
    concepts, file = settle.read_register(REGISTER), settle.read_people(PEOPLE_FILE)
    codes = keys.codes(town.settings.key_folder)
    now = town.clock()
    await town.database.decide(lambda tx: settle.settle(tx, concepts, file, codes, now))


@pytest.fixture
async def empty_town(settings: IdentitySettings, clock: Clock) -> AsyncIterator[Town]:
    """Identity with nobody and nothing in it."""
    async with at_work(settings, clock) as town:
        yield town


@pytest.fixture
async def town(empty_town: Town) -> Town:
    """Identity with the demo town in it."""
    await move_in(empty_town)
    return empty_town


@asynccontextmanager
async def open_pages(town: Town, **changes: Any) -> AsyncIterator[None]:
    """The login pages of *town*, until the block ends."""
    async with reaching(town.settings, town.clock) as provider:
        pages = Pages(
            database=town.database,
            provider=provider,
            codes=keys.codes(town.settings.key_folder),
            https=False,
            now=town.clock,
            **changes,
        )
        async with serving(pages, host="127.0.0.1", port=town.settings.identity_port):
            yield


@pytest.fixture
async def open_town(town: Town) -> AsyncIterator[Town]:
    """The demo town with its login pages open."""
    async with open_pages(town):
        yield town


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with a_browser() as session:
        yield Browser(session)


@pytest.fixture
async def second_browser() -> AsyncIterator[Browser]:
    async with a_browser() as session:
        yield Browser(session)


@pytest.fixture
async def odd() -> AsyncIterator[Odd]:
    """A provider that can be told to misbehave."""
    async with an_odd_provider() as provider:
        yield provider


@pytest.fixture
async def client(odd: Odd, clock: Clock) -> AsyncIterator[Provider]:
    """Its client."""
    async with reaching(settings_for(odd), clock) as provider:
        yield provider
