"""The demo town's door: workspace, identity provider, Suomi.fi and code server, in one process."""

import argparse
import asyncio
import json
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from pathlib import Path

from simulator.codeserver import app as codeserver
from simulator.codeserver.entries import read_practitioners, read_town
from simulator.door.greeting import tell_scripts
from simulator.running import running
from simulator.suomifi import app as suomifi
from simulator.suomifi.census import CENSUS, read_census
from simulator.town.inhabitants import WORKSPACE, inhabitants
from simulator.town.provider import start_provider


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="simulator.town", description="The demo town on this machine.")
    parser.add_argument("--manifest", type=Path, required=True, help="the app manifest")
    parser.add_argument("--port", type=int, default=8400, help="the page's and the API's port")
    parser.add_argument("--provider-port", type=int, default=0, help="the identity provider's port")
    parser.add_argument("--suomifi-port", type=int, default=0, help="the port of Suomi.fi's mandates")
    parser.add_argument("--codeserver-port", type=int, default=0, help="the code server's port")
    parser.add_argument(
        "--login-pages", default="http://127.0.0.1:8401", help="where Suomi.fi sends browsers back to"
    )
    parser.add_argument(
        "--identification-port",
        type=int,
        help="the port of Suomi.fi e-Identification, to have it played, too",
    )
    parser.add_argument("--journal", type=Path, help="where messages and Home tabs outlive a restart")
    return parser.parse_args()


async def _run(arguments: argparse.Namespace) -> None:
    stop = asyncio.Event()
    for each in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(each, stop.set)
    back = f"{arguments.login_pages.rstrip('/')}/mandates/callback"
    mandates = suomifi.StandIn(read_census(CENSUS).returning_to(back))
    registers = codeserver.CodeServer(read_town(), read_practitioners())
    provider = start_provider(arguments.provider_port)
    try:
        async with (
            suomifi.running(mandates, arguments.suomifi_port),
            _identification(arguments),
            codeserver.running(registers, arguments.codeserver_port) as register,
            running(WORKSPACE, arguments.manifest, port=arguments.port, journal=arguments.journal) as town,
        ):
            # Whoever wants a bad day at Suomi.fi finds in the log where to ask for it, and with what.
            _tell(suomifi=mandates.url, session=mandates.session)
            _tell(codeserver=register.url, session=register.session)
            tell_scripts(town)
            await stop.wait()
    finally:
        provider.stop()


@asynccontextmanager
async def _identification(arguments: argparse.Namespace) -> AsyncIterator[None]:
    """Suomi.fi e-Identification for the town's people, if it is wanted."""
    if arguments.identification_port is None:
        yield
        return
    # A third of a second of XML, for those alone who log in by it.
    await asyncio.to_thread(import_module, "simulator.suomifi.identification.app")
    from simulator.suomifi.identification.app import Citizen, StandIn, running

    people = [Citizen(one.name, one.personal_code) for one in inhabitants()]
    stand_in = StandIn(people, [f"{arguments.login_pages.rstrip('/')}/saml/metadata"])
    async with running(stand_in, arguments.identification_port):
        _tell(identification=stand_in.url, session=stand_in.session)
        yield


def _tell(**facts: str) -> None:
    sys.stdout.write(json.dumps(facts) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(_run(_arguments()))
