"""The demo town's door: its workspace and its identity provider, in one process."""

import argparse
import asyncio
import signal
from pathlib import Path

from simulator.door.greeting import tell_scripts
from simulator.running import running
from simulator.town.inhabitants import WORKSPACE
from simulator.town.provider import start_provider


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="simulator.town", description="The demo town on this machine.")
    parser.add_argument("--manifest", type=Path, required=True, help="the app manifest")
    parser.add_argument("--port", type=int, default=8400, help="the page's and the API's port")
    parser.add_argument("--provider-port", type=int, default=0, help="the identity provider's port")
    parser.add_argument("--journal", type=Path, help="where messages and Home tabs outlive a restart")
    return parser.parse_args()


async def _run(arguments: argparse.Namespace) -> None:
    stop = asyncio.Event()
    for each in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(each, stop.set)
    provider = start_provider(arguments.provider_port)
    try:
        async with running(
            WORKSPACE, arguments.manifest, port=arguments.port, journal=arguments.journal
        ) as town:
            tell_scripts(town)
            await stop.wait()
    finally:
        provider.stop()


if __name__ == "__main__":
    asyncio.run(_run(_arguments()))
