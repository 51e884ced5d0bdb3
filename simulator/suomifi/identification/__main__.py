"""The door: ``python -m simulator.suomifi.identification --service http://127.0.0.1:8401/saml/metadata``."""

import argparse
import asyncio
import json
import signal
import sys
from pathlib import Path

from simulator.suomifi.census import CENSUS, read_census
from simulator.suomifi.identification.app import Citizen, StandIn, running


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="simulator.suomifi.identification",
        description="Suomi.fi e-Identification (SAML 2.0), played on this machine.",
    )
    parser.add_argument("--census", type=Path, default=CENSUS, help="the people to pick from (YAML)")
    parser.add_argument("--port", type=int, default=8405, help="the port on the loopback address")
    parser.add_argument(
        "--service", action="append", required=True, help="the address of the metadata of a service"
    )
    return parser.parse_args()


async def _run(arguments: argparse.Namespace) -> None:
    stop = asyncio.Event()
    for each in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(each, stop.set)
    people = [Citizen(one.name, one.code) for one in read_census(arguments.census).people.values()]
    async with running(StandIn(people, arguments.service), arguments.port) as stand_in:
        sys.stdout.write(json.dumps({"url": stand_in.url, "session": stand_in.session}) + "\n")
        sys.stdout.flush()
        await stop.wait()


if __name__ == "__main__":
    asyncio.run(_run(_arguments()))
