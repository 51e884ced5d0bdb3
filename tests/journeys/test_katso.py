"""A Katso sub-ID that must be upgraded: a role is offered to it, and accepted by its person once they did."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from services.identity import app as identity_app
from services.identity.settings import IdentitySettings
from services.identity.settle import settle_files
from services.roles import app as roles_app
from services.roles.domain.catalogue import role_text
from services.roles.settings import RolesSettings
from shared.contracts.assurance import Level
from shared.contracts.identity import (
    BeginIdentification,
    ChatAccount,
    ChatAccountNotLinked,
    FindOrganisations,
    FindPeople,
    Intent,
    MintCommandToken,
    MintReadToken,
)
from shared.contracts.roles import AcceptGrant, CheckAccess, OfferGrant, Role
from shared.messaging.accounts import Account
from shared.messaging.bus import Bus
from simulator.town.inhabitants import KATSO_METHODS, PEOPLE, REGISTER, inhabitants
from simulator.town.provider import RunningProvider, start_provider
from simulator.town.rehearsal import Browser, a_browser, log_in
from tests.support.bus import BusServer, free_port
from tests.support.migrated import migrated

AINO, VILLE = ChatAccount(team="T0TOWN", user="U0AINO"), ChatAccount(team="T0TOWN", user="U0VILLE")
SUB_ID, AT_THE_BANK = "ville1 password.katso.1", "Ville Virtaesimerkki"
# Made up, of the series that nobody is given.
CODE = "010180-9026"
ANNOUNCED = f"""
people:
  - name: {AT_THE_BANK}
    katso_id: ville1
    language: fi
    chat: {{team: T0TOWN, user: U0VILLE}}
    organisations: [{{business_id: 9100001-3}}]
"""


@dataclass(frozen=True, slots=True)
class Acting:
    """The bot, acting for whoever is linked to a chat account."""

    bus: Bus
    chat: ChatAccount

    async def for_reading(self) -> str:
        return (await self.bus.call(MintReadToken(chat=self.chat))).token

    async def for_command(self, subject: str, body_hash: str) -> str:
        wish = MintCommandToken(chat=self.chat, command=subject, body_hash=body_hash)
        return (await self.bus.call(wish)).token


@dataclass(frozen=True, slots=True)
class Office:
    """Identity and roles at work, as the bot and an operator meet them."""

    bot: Bus
    operator: Bus

    async def link(self, chat: ChatAccount) -> str:
        intent = Intent(kind="link", request_id=uuid4())
        wish = BeginIdentification(chat=chat, chat_name="x", language="fi", intent=intent)
        return (await self.bot.call(wish)).url


@pytest.fixture
def provider() -> Iterator[RunningProvider]:
    """A gateway that has Katso among its means."""
    somebody = replace(inhabitants()[0], personal_code=CODE, name=AT_THE_BANK)
    sub_id = replace(somebody, katso_id="ville1", method=KATSO_METHODS["sub"])
    running = start_provider(people=[*inhabitants(), somebody, sub_id])
    yield running
    running.stop()


@pytest.fixture
async def office(bus_server: BusServer, tmp_path: Path, provider: RunningProvider) -> AsyncIterator[Office]:
    common = {"var": tmp_path, "keys": bus_server.key_folder, "nats_url": bus_server.url}
    identity = IdentitySettings(
        **common,  # type: ignore[arg-type]  # each of its own kind
        identity_port=free_port(),
        oidc_issuer=provider.issuer,
        katso_login_until=date.today() + timedelta(days=365),
    )
    roles = RolesSettings(**common)  # type: ignore[arg-type]  # as above
    for package, settings in (("services.identity", identity), ("services.roles", roles)):
        await asyncio.to_thread(migrated, package, settings.database(package.rpartition(".")[2]))
    file = tmp_path / "ville.yaml"
    await asyncio.to_thread(file.write_text, ANNOUNCED)
    for people in (PEOPLE, file):
        await settle_files(identity, register=REGISTER, people=people)
    async with AsyncExitStack() as stack:
        connections = [
            await stack.enter_async_context(bus_server.connect(account))
            for account in (Account.ROLES, Account.IDENTITY, Account.BOT, Account.OPERATOR)
        ]
        await stack.enter_async_context(identity_app.run(connections[1], identity))
        await stack.enter_async_context(roles_app.run(connections[0], roles))
        yield Office(Bus(connections[2]), Bus(connections[3]))


async def test_what_was_offered_to_a_sub_id_is_accepted_by_its_person_after_the_upgrade(
    office: Office,
) -> None:
    await log_in(await office.link(AINO), "Aino")
    (county,) = (await office.operator.call(FindOrganisations(text="9100001-3"))).organisations
    (ville,) = (await office.operator.call(FindPeople(text=AT_THE_BANK))).people
    offered = await office.bot.call(
        OfferGrant(
            organisation=county.id,
            holder=ville.id,
            role="technical_contact",
            valid_until=date.today() + timedelta(days=30),
            inducted=True,
        ),
        on_behalf=Acting(office.bot, AINO),
    )
    question = CheckAccess(organisation=county.id, person=ville.id, action="systems.edit")

    async def accept() -> Level | None:
        text = role_text(Role.TECHNICAL_CONTACT, "fi")
        wish = AcceptGrant(grant=offered.id, language="fi", text_hash=text.sha256)
        accepted = await office.bot.call(wish, on_behalf=Acting(office.bot, VILLE))
        assert accepted.acceptance is not None
        return accepted.acceptance.level

    link = await office.link(VILLE)
    async with a_browser() as session:
        browser = Browser(session)
        await browser.open(link)
        await browser.send(sub=SUB_ID)
        told = browser.heading
        with pytest.raises(ChatAccountNotLinked):
            await accept()
        before = (await office.operator.call(question)).allowed
        await browser.open(link)
        await browser.send(sub=AT_THE_BANK)
        await browser.send(answer="yes")

    assert told == "Alitunniste pitää ensin vahventaa"
    assert await accept() is Level.SUBSTANTIAL
    after = (await office.operator.call(question)).allowed
    assert (before, after) == (False, True)
    (same,) = (await office.operator.call(FindPeople(text=AT_THE_BANK))).people
    assert same.id == ville.id
