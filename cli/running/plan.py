"""What runs on this machine, with which settings, and after what."""

import os
import socket
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from shared.runtime.settings import Settings

FIRST_PORT = 8400
SERVICES = ("identity", "roles", "contacts")
PACKAGES = {
    "identity": "services.identity",
    "roles": "services.roles",
    "contacts": "services.contacts",
    "bot": "bot",
}


@dataclass(frozen=True, slots=True)
class Ports:
    """Where things listen, on the loopback address only."""

    page: int
    identity: int
    provider: int
    bus: int
    suomifi: int
    identification: int
    codeserver: int

    @classmethod
    def free(cls, first: int = FIRST_PORT) -> "Ports":
        """Seven ports that nobody uses, the usual ones if possible."""
        found: list[int] = []
        port = first
        while len(found) < 7 and port < first + 400:
            if _is_free(port):
                found.append(port)
            port += 1
        return cls(*found)


@dataclass(frozen=True, slots=True)
class Program:
    """A process of ours: its name, its command, and the variables it gets besides our own."""

    name: str
    command: tuple[str, ...]
    variables: Mapping[str, str] = field(default_factory=dict)

    def environment(self) -> dict[str, str]:
        """The whole environment. slack_sdk would send even loopback requests through a proxy."""
        inherited = {key: value for key, value in os.environ.items() if not key.lower().endswith("_proxy")}
        return inherited | dict(self.variables)


@dataclass(frozen=True, slots=True)
class Plan:
    """One machine's worth of programs."""

    settings: Settings
    ports: Ports
    simulated: bool
    # Whether people log in with Suomi.fi itself (SAML): then it is played, too. Otherwise nobody loads XML.
    by_suomifi: bool = False

    @property
    def folder(self) -> Path:
        return self.settings.var.resolve()

    @property
    def address(self) -> str:
        """The one address to open."""
        return f"http://127.0.0.1:{self.ports.page}/"

    @property
    def bus_url(self) -> str:
        return f"nats://127.0.0.1:{self.ports.bus}"

    def common(self) -> dict[str, str]:
        """Variables that every program gets."""
        return {
            "KANTA_VAR": str(self.folder),
            "KANTA_NATS_URL": self.bus_url,
            "KANTA_IDENTITY_PORT": str(self.ports.identity),
            "PYTHONUNBUFFERED": "1",
        } | self._world_outside()

    def preparations(self) -> tuple[Program, ...]:
        """What is done once, before anything runs: databases, and the demo town's register and people."""
        steps = [self._python("migrate", "cli.main", "migrate")]
        if self.simulated:
            town = ("--register", "simulator/town/register.json", "--people", "simulator/town/people.yaml")
            steps.append(self._python("settle", "services.identity", "settle", *_absolute(town)))
        return tuple(steps)

    def provisioning(self) -> Program:
        """Makes the stream, once the bus is there."""
        return self._python("provision", "cli.main", "provision")

    def world(self) -> tuple[Program, ...]:
        """What stands in for the world outside."""
        if not self.simulated:
            return ()
        return (
            self._python(
                "simulator",
                "simulator.town",
                *_absolute(("--manifest", "bot/manifest.yaml")),
                "--port",
                str(self.ports.page),
                "--provider-port",
                str(self.ports.provider),
                "--suomifi-port",
                str(self.ports.suomifi),
                "--codeserver-port",
                str(self.ports.codeserver),
                "--login-pages",
                f"http://127.0.0.1:{self.ports.identity}",
                "--journal",
                str(self.folder / "workspace.jsonl"),
                *(("--identification-port", str(self.ports.identification)) if self.by_suomifi else ()),
            ),
        )

    def ours(self) -> tuple[Program, ...]:
        """Our own programs."""
        return (*(self._python(name, PACKAGES[name]) for name in SERVICES), self._python("bot", "bot"))

    def introductions(self) -> tuple[Program, ...]:
        """What comes once everything answers: main users link their accounts, Katso roles are taken in."""
        if not self.simulated:
            return ()
        listing = _absolute(("simulator/town/katso.csv",))
        return (
            self._python("morning", "simulator.town.morning", "--url", self.address),
            self._python("katso", "cli.main", "migration", "import", *listing, "--organisation", "9100001-3"),
        )

    def _python(self, name: str, module: str, *arguments: str) -> Program:
        return Program(name, (sys.executable, "-m", module, *arguments), self.common())

    def _world_outside(self) -> dict[str, str]:
        if not self.simulated:
            return {}
        return {
            "KANTA_SLACK_API_URL": f"http://127.0.0.1:{self.ports.page}",
            "KANTA_OIDC_ISSUER": f"http://127.0.0.1:{self.ports.provider}",
            "KANTA_OIDC_CLIENT_SECRET": "demo",
            "KANTA_SAML_PROVIDER_METADATA": f"http://127.0.0.1:{self.ports.identification}/metadata",
            "KANTA_MANDATES": "true",
            "KANTA_MANDATES_ADDRESS": f"http://127.0.0.1:{self.ports.suomifi}",
            "KANTA_REGISTER_ADDRESS": f"http://127.0.0.1:{self.ports.codeserver}/codeserver",
            # Not secrets: the simulator's fixed tokens, good on this machine only.
            "SLACK_BOT_TOKEN": "xoxb-simulator-bot",
            "SLACK_APP_TOKEN": "xapp-simulator-app",
            # In a play people come and go at any hour.
            "KANTA_BOT_QUIET_HOURS": "none",
        }


def _absolute(options: tuple[str, ...]) -> tuple[str, ...]:
    root = Path(__file__).resolve().parents[2]
    return tuple(word if word.startswith("--") else str(root / word) for word in options)


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True
