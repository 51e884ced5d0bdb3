"""The register's commands over a real bus: who may, what is no message, what is sent again or meanwhile."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from services.identity.app import run
from services.identity.settings import IdentitySettings
from shared.contracts.base import DeadlinePassed, Malformed, Refusal, Request, RequestIdReused, Unavailable
from shared.contracts.identity import (
    AdoptOrganisation,
    BeginRegisterImport,
    FinishRegisterImport,
    GetRegisterStatus,
    ImportRegisterPage,
    OrganisationUnknown,
    RefreshRegister,
    RegisterEntryInvalid,
    RegisterName,
    RegisterNotConfigured,
    RegisterRunGoing,
    RegisterRunUnknown,
    RegisterStatus,
    ShowRegisterEntry,
)
from shared.messaging.accounts import Account
from shared.messaging.bus import Bus
from shared.messaging.connection import Connection
from simulator.codeserver.app import CodeServer, running
from simulator.codeserver.entries import read_town
from simulator.codeserver.wire import concept
from tests.services.identity.register.conftest import COUNTY, oid
from tests.support.bus import BusServer, free_port
from tests.support.migrated import migrated
from tests.support.patience import PATIENCE


@dataclass(frozen=True, slots=True)
class Post:
    """Identity on a bus beside a code server, and an operator who asks."""

    server: CodeServer
    operator: Connection
    bus: Bus

    async def status(self) -> RegisterStatus:
        return await self.bus.call(GetRegisterStatus())

    async def idle(self) -> RegisterStatus:
        """The registers' status once nobody reads, and each was read at least once."""
        async with asyncio.timeout(PATIENCE):
            while (status := await self.status()).going is not None or not _read_after(status, 0):
                pass
        return status

    async def raw(self, request: type[Request[Any]], body: bytes) -> str:
        """What is answered to *body*: the code of a refusal, or nothing."""
        answer = await self.operator.request(request.subject, body, headers=None, patience=5)
        return str((answer.headers or {}).get("Kanta-Refusal", ""))


def settings_of(bus_server: BusServer, address: str) -> IdentitySettings:
    folder = bus_server.key_folder.parent
    settings = IdentitySettings(
        var=folder,
        keys=bus_server.key_folder,
        nats_url=bus_server.url,
        identity_database_url=f"sqlite:///{folder / 'identity.db'}",
        identity_port=free_port(),
        register_address=address,
        register_jitter_minutes=0,
    )
    migrated("services.identity", settings.database("identity"))
    return settings


@pytest.fixture
async def post(bus_server: BusServer) -> AsyncIterator[Post]:
    async with (
        running(CodeServer(read_town())) as server,
        bus_server.connect(Account.IDENTITY) as connection,
        run(connection, settings_of(bus_server, f"{server.url}/codeserver")),
        bus_server.connect(Account.OPERATOR) as operator,
    ):
        found = Post(server, operator, Bus(operator))
        await found.idle()
        yield found


COMMANDS: tuple[Request[Any], ...] = (
    RefreshRegister(whole=True),
    BeginRegisterImport(source="x", fetched_at=datetime(2026, 1, 1, tzinfo=UTC)),
    FinishRegisterImport(run=1, total=1),
    ImportRegisterPage(concept_codes=(), fetched_at=datetime(2026, 1, 1, tzinfo=UTC)),
    AdoptOrganisation(business_id=COUNTY),
    GetRegisterStatus(),
    ShowRegisterEntry(text=COUNTY),
)


async def test_nobody_but_the_operator_is_answered_about_the_register(
    post: Post, bus_server: BusServer
) -> None:
    before = await post.status()
    for account in (Account.BOT, Account.ROLES, Account.CONTACTS):
        async with bus_server.connect(account) as connection:
            for command in COMMANDS:
                with pytest.raises(Unavailable):
                    await Bus(connection).call(command)

    after = await post.status()
    assert (after.latest, after.customers) == (before.latest, before.customers)


@pytest.mark.parametrize("request_type", [RefreshRegister, ImportRegisterPage, ShowRegisterEntry])
async def test_what_is_no_message_is_refused_by_name(post: Post, request_type: type[Request[Any]]) -> None:
    latest = (await post.status()).latest
    wrong = [b"", b"{", b"[]", b"\xff", b'{"text": 1, "whole": "perhaps", "concept_codes": 3}']

    assert {await post.raw(request_type, body) for body in wrong} == {"base.malformed"}
    assert (await post.status()).latest == latest


async def test_the_same_command_sent_again_reads_once_and_is_answered_alike(post: Post) -> None:
    asked = len(post.server.asked)
    command = RefreshRegister(whole=True)

    first = await post.bus.call(command)
    one = await settled_after(post, first)
    listings = len(post.server.asked) - asked
    second = await post.bus.call(command)

    assert second == first
    assert (await post.status()).latest == one.latest
    assert len(post.server.asked) - asked == listings


async def test_one_request_id_for_two_wishes_is_refused(post: Post) -> None:
    the_id = uuid4()
    await post.bus.call(AdoptOrganisation(business_id=COUNTY, request_id=the_id))

    with pytest.raises(RequestIdReused):
        await post.bus.call(AdoptOrganisation(business_id="9100007-2", request_id=the_id))


async def test_a_command_after_its_deadline_is_void(post: Post) -> None:
    latest = (await post.status()).latest
    late = RefreshRegister(whole=True, deadline=datetime.now(UTC) - timedelta(seconds=1))

    with pytest.raises(DeadlinePassed):
        await post.bus.call(late)
    assert (await post.status()).latest == latest


async def test_while_a_reading_goes_on_no_other_is_begun_and_questions_are_answered(post: Post) -> None:
    before = await post.status()
    post.server.knobs.latency = 0.5
    await post.bus.call(RefreshRegister(whole=True))
    async with asyncio.timeout(PATIENCE):
        while (await post.status()).going is None:
            pass

    with pytest.raises(RegisterRunGoing):
        await post.bus.call(RefreshRegister(whole=True))
    with pytest.raises(RegisterRunGoing):
        await post.bus.call(BeginRegisterImport(source="files", fetched_at=datetime.now(UTC)))
    branch = await post.bus.call(ShowRegisterEntry(text=COUNTY))
    adopted = await post.bus.call(AdoptOrganisation(business_id=COUNTY))

    assert branch.entries[0].oid == oid(COUNTY)
    assert adopted.business_id == COUNTY
    after = await settled_after(post, before)
    assert after.latest is not None
    assert after.latest.outcome == "complete"


async def test_files_are_taken_in_page_by_page_by_whoever_began(post: Post) -> None:
    town = read_town()
    codes = tuple(concept(one, "v3") for one in town.entries)
    now = datetime.now(UTC)
    run = await post.bus.call(BeginRegisterImport(source="files", fetched_at=now))
    page = ImportRegisterPage(concept_codes=codes, fetched_at=now, run=run.id, number=1)

    first, again = await post.bus.call(page), await post.bus.call(page)
    finished = await post.bus.call(FinishRegisterImport(run=run.id, total=len(codes)))

    assert (first.unchanged, again) == (len(codes), first)
    assert (finished.outcome, finished.read, finished.gone) == ("complete", len(codes), 0)
    with pytest.raises(RegisterRunUnknown):
        await post.bus.call(FinishRegisterImport(run=run.id, total=len(codes)))
    with pytest.raises(RegisterEntryInvalid):
        await post.bus.call(BeginRegisterImport(source="f", fetched_at=now + timedelta(hours=1)))


async def test_what_nobody_knows_is_refused_and_no_crash(post: Post) -> None:
    for text in ("", "1.2.3", "9100001-4", "'; DROP TABLE register_entries; --", "x" * 200):
        with pytest.raises(OrganisationUnknown):
            await post.bus.call(ShowRegisterEntry(text=text))
    with pytest.raises(Malformed):
        await post.bus.call(ShowRegisterEntry(text="\0"))
    with pytest.raises(OrganisationUnknown):
        await post.bus.call(AdoptOrganisation(business_id="1234567-1"))


@pytest.mark.parametrize("code", ["1234567-8", "9100001", "", "FI-1", "1" * 20])
async def test_a_business_id_that_cannot_be_is_refused_by_name(post: Post, code: str) -> None:
    before = await post.status()
    with pytest.raises(Refusal) as refused:
        await post.bus.call(AdoptOrganisation(business_id=code))

    assert refused.value.code == "identity.business_id_invalid"
    assert await post.status() == before


async def test_where_no_register_is_read_a_reading_is_refused(bus_server: BusServer) -> None:
    async with (
        bus_server.connect(Account.IDENTITY) as connection,
        run(connection, settings_of(bus_server, "")),
        bus_server.connect(Account.OPERATOR) as operator,
    ):
        bus = Bus(operator)
        with pytest.raises(RegisterNotConfigured):
            await bus.call(RefreshRegister(whole=True))

        status = await bus.call(GetRegisterStatus())

    assert (status.address, status.entries, status.going) == ("", 0, None)


async def settled_after(post: Post, before: RegisterStatus) -> RegisterStatus:
    """The status once readings of both registers that are newer than *before* are over."""
    last = before.latest.id if before.latest else 0
    async with asyncio.timeout(PATIENCE):
        while True:
            status = await post.status()
            if status.going is None and _read_after(status, last):
                return status


def _read_after(status: RegisterStatus, run: int) -> bool:
    """Whether each register was read after reading number *run*."""
    latest = [one.latest for one in status.registers if one.latest is not None and one.latest.id > run]
    return len(latest) == len(RegisterName)
