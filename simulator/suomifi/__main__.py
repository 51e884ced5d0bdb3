"""The stand-in's door: ``python -m simulator.suomifi --redirect-uri http://127.0.0.1:8401/mandates/callback``."""

import argparse
import asyncio
import json
import signal
import sys
from pathlib import Path

from simulator.suomifi.app import StandIn, running
from simulator.suomifi.census import CENSUS, CensusInvalid, read_census


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="simulator.suomifi", description="Suomi.fi's mandates, played on this machine."
    )
    parser.add_argument(
        "--census", type=Path, default=CENSUS, help="clients, organisations and people (YAML)"
    )
    parser.add_argument("--port", type=int, default=8404, help="the port on the loopback address")
    parser.add_argument(
        "--redirect-uri",
        action="append",
        default=[],
        help="an address that clients have browsers sent back to",
    )
    return parser.parse_args()


async def _run(arguments: argparse.Namespace) -> None:
    stop = asyncio.Event()
    for each in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(each, stop.set)
    try:
        census = read_census(arguments.census).returning_to(*arguments.redirect_uri)
    except (CensusInvalid, OSError) as error:
        raise SystemExit(f"{arguments.census}: {error}") from None
    async with running(StandIn(census), arguments.port) as stand_in:
        sys.stdout.write(json.dumps({"url": stand_in.url, "session": stand_in.session}) + "\n")
        sys.stdout.flush()
        await stop.wait()


if __name__ == "__main__":
    asyncio.run(_run(_arguments()))
