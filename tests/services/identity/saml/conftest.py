"""Fixtures for logins by SAML: the demo town, its login pages, and Suomi.fi as it is played here."""

from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

import pytest

from services.identity import keys
from services.identity.pages import Pages, serving
from services.identity.saml.keys import new_pair
from services.identity.saml.way import leading
from services.identity.settings import IdentitySettings
from services.identity.storage import refused_logins
from simulator.suomifi.identification.app import Citizen, StandIn, running
from simulator.suomifi.identification.keys import Keys
from simulator.town.inhabitants import inhabitants
from simulator.town.rehearsal import Browser
from tests.services.identity.conftest import AINO, Clock, Town, settled

KEYS = Keys.fresh()
OURS = new_pair("identity")


@dataclass(frozen=True, slots=True)
class Place:
    """Everything that takes part: identity with its pages, and the provider."""

    town: Town
    provider: StandIn

    def play(self, trick: str = "", **knobs: object) -> None:
        """Turn the provider's knobs."""
        self.provider.knobs.turn({"trick": trick, **knobs})

    async def log_in(self, browser: Browser, name: str = "Aino Mallila") -> None:
        """Open a fresh link in *browser*, and pick somebody."""
        await browser.open((await self.town.begin(AINO, language="en")).url)
        await browser.pick(name)

    async def refusals(self) -> list[tuple[str, str]]:
        """The rows about refused logins: why, and at whose word."""
        found = await self.town.database.read(
            lambda rows: refused_logins.listed(rows, self.town.clock() - timedelta(hours=1))
        )
        return [(one.why, one.provider) for one in found]

    async def linked(self, browser: Browser) -> None:
        """Log in as Aino in *browser*, all the way to the last page."""
        await self.log_in(browser)
        await browser.send(answer="yes")


@pytest.fixture
def settings(settings: IdentitySettings) -> IdentitySettings:
    return settings.model_copy(update={"login": "saml"})


@asynccontextmanager
async def playing(
    settings: IdentitySettings,
    clock: Clock,
    *,
    changed: Mapping[str, object] | None = None,
    host: str = "127.0.0.1",
) -> AsyncIterator[Place]:
    """The town and the provider, until the block ends."""
    people = [Citizen(one.name, one.personal_code) for one in inhabitants()]
    settings.key_folder.mkdir(exist_ok=True, parents=True)
    files = {"saml_key": OURS.key, "saml_certificate": OURS.certificate}
    for name, text in files.items():
        (settings.key_folder / name).write_text(text)
    settings = settings.model_copy(update={name: settings.key_folder / name for name in files})
    async with AsyncExitStack() as stack:
        provider = await stack.enter_async_context(
            running(StandIn(people, [f"{settings.login_url}/saml/metadata"], keys=KEYS), host=host)
        )
        there = {"saml_provider_metadata": f"{provider.url}/metadata"}
        settings = settings.model_copy(update=there | dict(changed or {}))
        town = await stack.enter_async_context(settled(settings, clock))
        way = await stack.enter_async_context(leading(settings, town.database, clock))
        pages = Pages(
            database=town.database,
            provider=way,
            codes=keys.codes(settings.key_folder),
            https=False,
            now=clock,
        )
        await stack.enter_async_context(serving(pages, host="127.0.0.1", port=settings.identity_port))
        yield Place(town, provider)


@pytest.fixture
async def place(settings: IdentitySettings, clock: Clock) -> AsyncIterator[Place]:
    async with playing(settings, clock) as found:
        yield found


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """One database is enough here: that both take part in a login is shown elsewhere."""
    return sqlite_url
