"""`ekstranet start`, as the operator sees it."""

import asyncio
import os
import sys

import typer
from rich.console import Console

from cli.asking import complain
from cli.running import supervisor
from cli.running.child import CannotStart
from cli.running.plan import Plan, Ports
from cli.words import say
from shared.runtime.settings import Settings

SLACK = ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET")


def start_everything() -> None:
    """Run everything on this machine until Ctrl-C."""
    simulated = not any(os.environ.get(name) for name in SLACK)
    first = int(os.environ.get("KANTA_FIRST_PORT", "8400"))
    plan = Plan(
        settings=Settings(),
        ports=Ports.free(first),
        simulated=simulated,
        by_suomifi=os.environ.get("KANTA_LOGIN") == "saml",
    )
    console = Console(stderr=True)

    with console.status(say("preparing")) as status:

        async def ready() -> None:
            (plan.folder / "nats" / "url").write_text(plan.bus_url)
            status.stop()
            sys.stdout.write(say("running" if simulated else "running_slack", address=plan.address) + "\n")
            sys.stdout.flush()

        try:
            asyncio.run(supervisor.run(plan, tell=lambda step: status.update(say(step)), ready=ready))
        except supervisor.AlreadyRunning:
            status.stop()
            complain("start.already_running", "already_running", folder=plan.folder)
            raise typer.Exit(1) from None
        except CannotStart as failure:
            status.stop()
            complain("start.cannot_start", "cannot_start", program=failure, folder=plan.folder / "logs")
            raise typer.Exit(1) from None
