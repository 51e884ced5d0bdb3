"""The door: `python -m simulator --manifest PATH --seed PATH`."""

import argparse
import asyncio
import json
import signal
import sys
from pathlib import Path

from simulator.clock import Clock
from simulator.oauth.consent import Credentials
from simulator.running import running
from simulator.timing import Timing


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="simulator", description="A Slack workspace on this machine.")
    parser.add_argument("--manifest", type=Path, required=True, help="the app manifest (YAML)")
    parser.add_argument("--seed", type=Path, required=True, help="who lives in the workspace (YAML)")
    parser.add_argument("--port", type=int, default=8400, help="0 takes a free port")
    parser.add_argument("--journal", type=Path, help="where messages and Home tabs outlive a restart")
    parser.add_argument("--request-url", help="deliver as signed requests to this URL, not over websockets")
    parser.add_argument("--signing-secret", help="what the requests are signed with")
    own = Credentials()
    parser.add_argument("--client-id", default=own.client_id, help="how the app is known when it installs")
    parser.add_argument("--client-secret", default=own.client_secret, help="how it proves that it is the app")
    parser.add_argument(
        "--redirect-url",
        action="append",
        default=[],
        help="where installing may lead back to, besides the manifest's addresses; may be repeated",
    )
    parser.add_argument("--provider-port", type=int, help="run the identity provider, too, on this port")
    parser.add_argument("--deliveries", type=Path, help="a file to write each delivery and its answer into")
    parser.add_argument("--pace", type=float, default=1.0, help="seconds here in one outside; 0 stands still")
    parser.add_argument("--clock-factor", type=float, default=1.0, help="shortens the waits of redelivery")
    return parser.parse_args()


async def _run(arguments: argparse.Namespace) -> None:
    stop = asyncio.Event()
    for each in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(each, stop.set)
    provider = None
    if arguments.provider_port is not None:
        from simulator.town.provider import start_provider

        provider = start_provider(arguments.provider_port)
    async with running(
        arguments.seed,
        arguments.manifest,
        port=arguments.port,
        journal=arguments.journal,
        request_url=arguments.request_url,
        signing_secret=arguments.signing_secret,
        timing=Timing(clock_factor=arguments.clock_factor),
        clock=Clock(arguments.pace),
        deliveries=arguments.deliveries,
        credentials=Credentials(arguments.client_id, arguments.client_secret),
        redirect_urls=arguments.redirect_url,
    ) as simulator:
        ready = {"url": simulator.url, "bot_token": simulator.bot_token, "app_token": simulator.app_token}
        sys.stdout.write(json.dumps(ready) + "\n")
        sys.stdout.flush()
        await stop.wait()
    if provider is not None:
        provider.stop()


if __name__ == "__main__":
    asyncio.run(_run(_arguments()))
