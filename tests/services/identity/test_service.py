"""The whole service on a real bus: linking, acting, and never letting a personal code out."""

import asyncio
import io
import json
import logging
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
import structlog

from services.identity.app import run
from services.identity.settings import IdentitySettings
from services.identity.settle import settle_files
from shared.contracts.health import GetIdentityHealth
from shared.contracts.identity import (
    ActorToken,
    AdoptOrganisation,
    BeginIdentification,
    ChatAccount,
    ChatAccountNotLinked,
    FindOrganisations,
    FindPeople,
    GetAffiliations,
    GetChatIdentity,
    GetSigningKeys,
    ImportRegisterPage,
    Intent,
    MintCommandToken,
    MintReadToken,
    SearchPeople,
)
from shared.messaging.accounts import Account
from shared.messaging.bus import Bus
from shared.runtime.logs import start_logging
from simulator.town.inhabitants import PEOPLE, REGISTER
from simulator.town.provider import RunningProvider
from simulator.town.rehearsal import LoginFailed, log_in
from tests.services.identity.conftest import AINO, NOBODY
from tests.services.identity.test_codes import TEST_CODES
from tests.support.bus import BusServer, free_port
from tests.support.migrated import migrated
from tests.support.patience import PATIENCE


class OnBehalf:
    """The bot, acting for whoever is linked to a chat account."""

    def __init__(self, bus: Bus, chat: ChatAccount) -> None:
        self.bus, self.chat = bus, chat

    async def for_reading(self) -> str:
        return (await self.bus.call(MintReadToken(chat=self.chat))).token

    async def for_command(self, subject: str, body_hash: str) -> str:
        wish = MintCommandToken(chat=self.chat, command=subject, body_hash=body_hash)
        token: ActorToken = await self.bus.call(wish)
        return token.token


@pytest.fixture
def bus_settings(tmp_path: Path, bus_server: BusServer, provider: RunningProvider) -> IdentitySettings:
    settings = IdentitySettings(
        var=tmp_path,
        keys=bus_server.key_folder,
        nats_url=bus_server.url,
        identity_database_url=f"sqlite:///{tmp_path / 'identity.db'}",
        identity_port=free_port(),
        oidc_issuer=provider.issuer,
        log_level="debug",
    )
    migrated("services.identity", settings.database("identity"))
    return settings


async def test_from_a_link_in_chat_to_acting_as_oneself(
    bus_settings: IdentitySettings, bus_server: BusServer
) -> None:
    await settle_files(bus_settings, register=REGISTER, people=PEOPLE)
    async with (
        bus_server.connect(Account.IDENTITY) as connection,
        run(connection, bus_settings),
        bus_server.connect(Account.BOT) as bot,
    ):
        bus = Bus(bot)
        aino = OnBehalf(bus, AINO)
        with pytest.raises(ChatAccountNotLinked):
            await bus.call(GetAffiliations(), on_behalf=aino)
        wish = BeginIdentification(
            chat=AINO, chat_name="aino", language="fi", intent=Intent(kind="link", request_id=uuid4())
        )
        link, same = await bus.call(wish), await bus.call(wish)
        await log_in(link.url, "Aino")

        mine = await bus.call(GetAffiliations(), on_behalf=aino)
        county = mine.affiliations[0].organisation
        colleagues = await bus.call(SearchPeople(organisation=county.id), on_behalf=aino)
        behind = await bus.call(GetChatIdentity(chat=AINO))

    assert link == same
    assert [(one.organisation.name, one.main_user) for one in mine.affiliations] == [
        ("Esimerkkilän hyvinvointialue", True)
    ]
    assert len(colleagues.people) == 8
    assert behind.linked


async def test_an_operator_loads_the_register_once_however_often_it_is_sent(
    bus_settings: IdentitySettings, bus_server: BusServer
) -> None:
    page = json.loads(REGISTER.read_text(encoding="utf-8"))
    async with (
        bus_server.connect(Account.IDENTITY) as connection,
        run(connection, bus_settings) as service,
        bus_server.connect(Account.OPERATOR) as operator,
    ):
        bus = Bus(operator)
        wish = ImportRegisterPage.model_validate(
            {"concept_codes": page["conceptCodes"], "fetched_at": "2026-01-01T00:00:00Z"}
        )
        first, second = await bus.call(wish), await bus.call(wish)
        adopted = await bus.call(AdoptOrganisation(business_id="9100001-3"))
        found = await bus.call(FindOrganisations(text="9100001-3"))
        async with asyncio.timeout(PATIENCE):
            while (health := await bus.call(GetIdentityHealth())).waiting:
                await service.database.read(lambda rows: rows.waiting())

    assert (first.added, first.unchanged) == (10, 0)
    assert second == first
    assert found.organisations == (adopted,)
    assert health.revision == 1


@pytest.fixture
def logs(bus_settings: IdentitySettings) -> Iterator[io.StringIO]:
    """All that is logged during the test, as in production but for its place."""
    written = io.StringIO()
    start_logging(bus_settings, program="identity", to=written)
    structlog.configure(cache_logger_on_first_use=False)
    yield written
    structlog.reset_defaults()
    structlog.contextvars.clear_contextvars()


async def test_a_personal_code_comes_out_nowhere(
    bus_settings: IdentitySettings,
    bus_server: BusServer,
    tmp_path: Path,
    logs: io.StringIO,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    await settle_files(bus_settings, register=REGISTER, people=PEOPLE)
    said = ""
    async with (
        bus_server.connect(Account.IDENTITY) as connection,
        run(connection, bus_settings),
        bus_server.connect(Account.BOT) as bot,
        bus_server.connect(Account.OPERATOR) as operator,
    ):
        for chat, name in ((AINO, "Aino"), (NOBODY, "Björn"), (NOBODY, "Carita")):
            intent = Intent(kind="link", request_id=uuid4())
            wish = BeginIdentification(chat=chat, chat_name="x", language="fi", intent=intent)
            try:
                await log_in((await Bus(bot).call(wish)).url, name)
            except LoginFailed as failed:
                said += str(failed)
            said += (await Bus(bot).call(GetChatIdentity(chat=chat))).model_dump_json()
        for text in TEST_CODES:
            said += (await Bus(operator).call(FindPeople(text=text))).model_dump_json()
        said += (await Bus(bot).call(MintReadToken(chat=AINO))).model_dump_json()

    with sqlite3.connect(tmp_path / "identity.db") as rows:
        written = "\n".join(rows.iterdump())
    rows.close()
    for code in TEST_CODES:
        for place in (said, written, logs.getvalue(), caplog.text):
            assert code not in place
    assert "person.vouched_for" in logs.getvalue()
    assert "identity.somebody_else" in logs.getvalue()
    assert '"people":[]' in said


async def test_only_identity_itself_has_the_private_key(
    bus_settings: IdentitySettings, bus_server: BusServer
) -> None:
    async with (
        bus_server.connect(Account.IDENTITY) as connection,
        run(connection, bus_settings),
        bus_server.connect(Account.ROLES) as roles,
    ):
        keys = await Bus(roles).call(GetSigningKeys())

    assert len(keys.keys) == 1
    assert "d" not in keys.keys[0]
