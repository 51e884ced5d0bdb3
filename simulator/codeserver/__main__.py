"""The stand-in's door: ``python -m simulator.codeserver [--entries 80000] [--port 8405]``."""

import argparse
import asyncio
import json
import signal
import sys

from simulator.codeserver.app import CodeServer, running
from simulator.codeserver.entries import Crowd, Town, read_practitioners, read_town


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="simulator.codeserver", description="The national code server, played on this machine."
    )
    parser.add_argument("--entries", type=int, default=0, help="how many entries; 0 serves the demo town")
    parser.add_argument("--port", type=int, default=8405, help="the port on the loopback address")
    return parser.parse_args()


async def _run(arguments: argparse.Namespace) -> None:
    stop = asyncio.Event()
    for each in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(each, stop.set)
    if arguments.entries:
        played = CodeServer(Crowd(arguments.entries), Town())
    else:
        played = CodeServer(read_town(), read_practitioners())
    async with running(played, arguments.port) as server:
        sys.stdout.write(json.dumps({"url": f"{server.url}/codeserver", "session": server.session}) + "\n")
        sys.stdout.flush()
        await stop.wait()


if __name__ == "__main__":
    asyncio.run(_run(_arguments()))
