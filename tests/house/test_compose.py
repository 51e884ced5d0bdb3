"""The compose file, as far as it can be tried without containers."""

import asyncio
import os
import re
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import yaml

from documents.environment import variables
from shared.storage.migrations import upgrade
from tests.house.tree import ROOT, text_of
from tests.support.bus import BusServer
from tests.support.patience import PATIENCE

COMPOSE: dict[str, Any] = yaml.safe_load(text_of(ROOT / "docker-compose.yml"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = {name: service for name, service in SERVICES.items() if service["image"] == "kanta-ekstranet"}
# Documented by the image itself.
THEIRS = {"POSTGRES_PASSWORD"}
COMMANDS = {"keys", "migrate", "provision"}


@pytest.mark.parametrize("name", OURS)
def test_a_command_leads_to_a_door_that_is_there(name: str) -> None:
    match OURS[name]["command"]:
        case ["python", "-m", module]:
            assert find_spec(f"{module}.__main__") is not None
        case ["ekstranet", command, *_]:
            assert command in COMMANDS
        case other:
            pytest.fail(f"what is {other}?")


async def test_the_operators_commands_are_understood() -> None:
    for command in COMMANDS:
        process = await program("ekstranet", command, "--help", environment={})

        assert await asyncio.wait_for(process.wait(), PATIENCE) == 0


@pytest.mark.parametrize("name", SERVICES)
def test_every_variable_is_a_setting(name: str) -> None:
    given = set(SERVICES[name].get("environment", {}))

    assert given - set(variables()) - THEIRS == set()


def test_every_variable_asked_of_the_operator_is_a_setting() -> None:
    asked = set(re.findall(r"\$\{([A-Z_]+)", text_of(ROOT / "docker-compose.yml")))

    assert asked - set(variables()) - THEIRS == set()


@pytest.mark.parametrize("name", SERVICES)
def test_what_is_waited_for_can_come_about(name: str) -> None:
    for other, how in SERVICES[name].get("depends_on", {}).items():
        match how["condition"]:
            case "service_healthy":
                assert "healthcheck" in SERVICES[other]
            case "service_completed_successfully":
                assert SERVICES[other]["restart"] == "no"
            case condition:
                assert condition == "service_started"


def test_nothing_runs_before_the_stream_and_the_databases_are_there() -> None:
    for name in ("identity", "roles", "contacts", "bot"):
        assert {"provision", "migrate", "keys", "postgres", "nats"} <= before(name)


def before(name: str) -> set[str]:
    """All that *name* waits for, directly or not."""
    direct = set(SERVICES[name].get("depends_on", {}))
    return direct.union(*(before(other) for other in direct))


@pytest.mark.parametrize("name", OURS)
def test_a_program_of_ours_may_do_little(name: str) -> None:
    service = OURS[name]

    assert service["read_only"]
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]


def test_the_image_does_not_run_as_root() -> None:
    users = re.findall(r"^USER (\S+)$", text_of(ROOT / "Dockerfile"), re.MULTILINE)

    assert users
    assert users[-1] not in ("root", "0")


def test_only_loopback_ports_are_opened_and_only_named_volumes_used() -> None:
    ports = [port for service in SERVICES.values() for port in service.get("ports", ())]
    volumes = {volume.split(":")[0] for service in SERVICES.values() for volume in service.get("volumes", ())}

    assert all(port.startswith("127.0.0.1:") for port in ports)
    assert volumes == set(COMPOSE["volumes"])


async def test_a_health_check_tells_a_service_that_is_there_from_one_that_is_not(
    bus_server: BusServer, tmp_path: Path
) -> None:
    environment = {
        "KANTA_VAR": str(tmp_path),
        "KANTA_KEYS": str(bus_server.key_folder),
        "KANTA_NATS_URL": bus_server.url,
    }
    check = SERVICES["roles"]["healthcheck"]["test"][1:]

    missing = await program(*check, environment=environment)
    assert await asyncio.wait_for(missing.wait(), PATIENCE) == 1

    await asyncio.to_thread(upgrade, "services.roles", f"sqlite:///{tmp_path}/roles.db")
    roles = await program(*SERVICES["roles"]["command"], environment=environment)
    try:
        async with asyncio.timeout(PATIENCE):
            while (await (await program(*check, environment=environment)).wait()) != 0:
                pass
    finally:
        roles.terminate()
        left = await asyncio.wait_for(roles.wait(), 15)

    assert left == 0


async def program(name: str, *arguments: str, environment: dict[str, str]) -> asyncio.subprocess.Process:
    """Run one of the environment's own programs."""
    return await asyncio.create_subprocess_exec(
        Path(sys.executable).with_name(name),
        *arguments,
        cwd=ROOT,
        env=os.environ | environment,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
