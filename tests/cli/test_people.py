"""What an operator sees of people and organisations, and does about them: over a real bus."""

import asyncio
import json
import re
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from cli.main import app
from services.identity.app import run as identity
from services.identity.settings import IdentitySettings
from services.identity.settle import settle_files
from services.identity.storage import METADATA, chats
from services.roles.app import run as roles
from services.roles.settings import RolesSettings
from shared.contracts.identity import ChatAccount, FindPeople
from shared.messaging.accounts import Account
from shared.messaging.bus import Bus
from shared.storage.database import Database
from simulator.town.inhabitants import PEOPLE, REGISTER
from tests.support.bus import BusServer, free_port
from tests.support.migrated import migrated
from tests.support.patience import PATIENCE

AINO = ChatAccount(team="T0TOWN", user="U0AINO")
COUNTY = "9100001-3"
LOGGED = re.compile(r"(\x1b\[\d+m)*\d{4}-\d\d-\d\d \d\d:\d\d:\d\d")
Ekstranet = Callable[..., Any]


@pytest.fixture
async def ekstranet(
    tmp_path: Path, bus_server: BusServer, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Ekstranet]:
    """The command, on a machine where identity and roles run and Aino has linked her account."""
    common = {"var": tmp_path, "keys": bus_server.key_folder, "nats_url": bus_server.url}
    of_identity = IdentitySettings.model_validate(common | {"identity_port": free_port()})
    of_roles = RolesSettings.model_validate(common)
    migrated("services.identity", of_identity.database("identity"))
    migrated("services.roles", of_roles.database("roles"))
    await settle_files(of_identity, register=REGISTER, people=PEOPLE)
    for name, value in (("VAR", tmp_path), ("KEYS", bus_server.key_folder), ("NATS_URL", bus_server.url)):
        monkeypatch.setenv(f"KANTA_{name}", str(value))
    monkeypatch.setenv("KANTA_LANGUAGE", "en")
    monkeypatch.setenv("COLUMNS", "200")
    database = Database(of_identity.database("identity"), METADATA)
    async with AsyncExitStack() as stack:
        for account in (Account.IDENTITY, Account.ROLES):
            connection = await stack.enter_async_context(bus_server.connect(account))
            running = identity(connection, of_identity) if account is Account.IDENTITY else None
            await stack.enter_async_context(running or roles(connection, of_roles))
        operator = await stack.enter_async_context(bus_server.connect(Account.OPERATOR))
        found = await Bus(operator).call(FindPeople(text="U0AINO"))
        person = found.people[0].id
        async with database.working():
            await database.decide(lambda tx: chats.link(tx, AINO, person, datetime.now(UTC)))

        async def told(*words: str) -> Any:
            result: Result = await asyncio.to_thread(CliRunner().invoke, app, words)
            if result.exit_code:
                return result.exit_code
            # The services of this very process log where the command prints.
            lines = [line for line in result.output.splitlines() if not LOGGED.match(line)]
            return json.loads("\n".join(lines)) if "--json" in words else "\n".join(lines)

        yield told


async def test_somebody_is_found_and_shown_with_their_account(ekstranet: Ekstranet) -> None:
    (found,) = await ekstranet("identity", "people", "find", "Aino Mallila", "--json")
    shown = await ekstranet("identity", "people", "show", "U0AINO")

    assert found["chat"] == {"team": "T0TOWN", "user": "U0AINO"}
    assert "210281-9988" not in f"{found} {shown}"
    assert "T0TOWN/U0AINO" in shown
    assert "may act" in shown
    assert "Nobody is known" in await ekstranet("identity", "people", "find", "Nobody At All")


async def test_sessions_are_ended_and_links_removed(ekstranet: Ekstranet) -> None:
    (ended,) = await ekstranet("identity", "sessions", "end", "Aino Mallila", "--json")
    (listed,) = await ekstranet("identity", "links", "list", "Aino Mallila", "--json")
    left = await ekstranet("identity", "links", "unlink", "Aino Mallila", "T0TOWN/U0AINO", "--json")
    again = await ekstranet("identity", "links", "unlink", "Aino Mallila", "T0TOWN/U0AINO")

    assert ended["waits"] == listed["waits"] == "signed_out"
    assert left == []
    assert again == 1
    assert "has linked no chat account" in await ekstranet("identity", "links", "list", "Aino Mallila")


async def test_an_organisation_is_shown_with_its_register_and_its_main_users(ekstranet: Ekstranet) -> None:
    shown: Any = None
    async with asyncio.timeout(PATIENCE):
        # Roles has to hear of the town first.
        while not isinstance(shown, dict) or len(shown["main_users"]) < 2:
            shown = await ekstranet("organisations", "show", COUNTY, "--json")
    table = await ekstranet("organisations", "show", COUNTY)

    assert {one["name"] for one in shown["main_users"]} == {"Aino Mallila", "Björn Exempelström"}
    assert (shown["kind"], shown["state"]) == ("public", "active")
    assert "public organisation" in table
    assert "in force" in table


async def test_the_table_of_levels_in_force_is_shown_with_its_sources(ekstranet: Ekstranet) -> None:
    told = await ekstranet("identity", "levels", "--json")
    shown = await ekstranet("identity", "levels")

    levels = {one["name"]: (one["level"], one["sure"], bool(one["source"])) for one in told["methods"]}
    assert levels["http://ftn.ficora.fi/2017/loa2"] == ("substantial", "code", True)
    assert levels["*/names/ac/password.katso.1"][0] == "basic"
    assert (told["label"], told["file"], told["least"], told["unlisted"]) == (
        "project-default",
        "",
        "substantial",
        "refused",
    )
    assert "Table project-default, from: the project's own table" in shown
    assert "loa3" in shown
    assert "Other ways to log in are refused." in shown
