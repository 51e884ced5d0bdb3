"""Ordinary apps, in processes of their own, that know nothing but what a developer would tell them."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from simulator.running import Simulator, running
from simulator.timing import Timing
from tests.simulator.apps import node
from tests.support.bus import free_port
from tests.support.patience import PATIENCE

SHED = Path(__file__).parent / "shed"
MANIFEST = SHED / "manifest.json"
SECRET = "shed-signing-secret"
KINDS = ("python-asyncio", "python-threads", "javascript")


def command(kind: str, program: str = "app") -> Sequence[str | Path]:
    """How *program* is started in the manner of *kind*."""
    match kind:
        case "python-asyncio":
            return (sys.executable, SHED / f"async_{program}.py")
        case "python-threads":
            return (sys.executable, SHED / f"sync_{program}.py")
        case _:
            return (node.NODE, SHED / f"{program}.js")


def environment(kind: str) -> dict[str, str]:
    """A shell without proxies, without anybody's own Slack settings."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.lower().endswith("_proxy") and not name.startswith("SLACK_")
    }
    return kept | ({"NODE_PATH": str(node.modules())} if kind == "javascript" else {})


@dataclass(frozen=True)
class Process:
    """One app at work; *log* is where it prints."""

    running: asyncio.subprocess.Process
    log: Path

    def ended(self) -> str | None:
        """What it printed, if it is no more."""
        return None if self.running.returncode is None else self.log.read_text()


@asynccontextmanager
async def started(kind: str, log: Path, program: str = "app", **variables: str) -> AsyncIterator[Process]:
    """Run an app until the block ends."""
    with log.open("w") as output:
        process = await asyncio.create_subprocess_exec(
            *command(kind, program),
            env=environment(kind) | variables,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=output,
            stderr=output,
        )
    try:
        yield Process(process, log)
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()
        _show(log)


def _show(log: Path) -> None:
    """Print what the app printed: pytest shows it when the test fails."""
    sys.stdout.write(log.read_text())


# Events that nobody takes come again at once.
FAST = Timing(clock_factor=0.0001)


@asynccontextmanager
async def over_sockets(kind: str, log: Path, timing: Timing = FAST) -> AsyncIterator[Simulator]:
    async with running(manifest=MANIFEST, timing=timing) as simulator:
        variables = {
            "SLACK_API_URL": simulator.api_url,
            "SLACK_BOT_TOKEN": simulator.bot_token,
            "SLACK_APP_TOKEN": simulator.app_token,
        }
        async with started(kind, log, **variables):
            await simulator.wait_for_connections(timeout=PATIENCE)
            yield simulator


@asynccontextmanager
async def over_requests(kind: str, log: Path) -> AsyncIterator[Simulator]:
    port = free_port()
    async with running(
        manifest=MANIFEST,
        request_url=f"http://127.0.0.1:{port}/slack/events",
        signing_secret=SECRET,
        timing=FAST,
    ) as simulator:
        variables = {
            "SLACK_API_URL": simulator.api_url,
            "SLACK_BOT_TOKEN": simulator.bot_token,
            "SLACK_SIGNING_SECRET": SECRET,
            "PORT": str(port),
        }
        async with started(kind, log, **variables) as process:
            await listening(port, process)
            yield simulator


async def listening(port: int, process: Process) -> None:
    """Wait until somebody answers at *port*."""
    async with asyncio.timeout(PATIENCE):
        while (printed := process.ended()) is None:
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                await asyncio.sleep(0.05)
            else:
                writer.close()
                await writer.wait_closed()
                return
    raise AssertionError(f"the app ended: {printed}")
