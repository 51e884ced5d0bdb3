"""The command line: what the simulator is asked to play, and how it ends."""

import asyncio
import errno
import signal
import sys
from dataclasses import replace
from pathlib import Path
from typing import Annotated, NoReturn
from urllib.parse import urlsplit

import typer
from rich.console import Console

from simulator.clock import Clock
from simulator.door.faults import BadFault, parse_fault
from simulator.door.greeting import greet, tell_scripts
from simulator.door.words import language, say
from simulator.oauth.consent import Credentials
from simulator.reading import Unusable
from simulator.running import Simulator, running
from simulator.timing import Timing

MANIFESTS = ("manifest.json", "manifest.yaml", "manifest.yml")
LOOPBACK = ("127.0.0.1", "localhost")
_HOUR = 3600.0

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command(help=say("help"))
def simulator(
    manifest: Annotated[
        Path | None, typer.Option(help=say("help_manifest"), rich_help_panel=say("panel_app"))
    ] = None,
    http: Annotated[str | None, typer.Option(help=say("help_http"), rich_help_panel=say("panel_app"))] = None,
    signing_secret: Annotated[
        str | None, typer.Option(help=say("help_signing_secret"), rich_help_panel=say("panel_app"))
    ] = None,
    seed: Annotated[
        Path | None, typer.Option(help=say("help_seed"), rich_help_panel=say("panel_world"))
    ] = None,
    client_id: Annotated[
        str, typer.Option(help=say("help_client_id"), rich_help_panel=say("panel_app"))
    ] = Credentials().client_id,
    client_secret: Annotated[
        str, typer.Option(help=say("help_client_secret"), rich_help_panel=say("panel_app"))
    ] = Credentials().client_secret,
    redirect_url: Annotated[
        list[str] | None, typer.Option(help=say("help_redirect_url"), rich_help_panel=say("panel_app"))
    ] = None,
    port: Annotated[
        int, typer.Option(help=say("help_port"), rich_help_panel=say("panel_world"), min=0, max=65535)
    ] = 8400,
    journal: Annotated[
        Path | None, typer.Option(help=say("help_journal"), rich_help_panel=say("panel_world"))
    ] = None,
    deliveries: Annotated[
        Path | None, typer.Option(help=say("help_deliveries"), rich_help_panel=say("panel_world"))
    ] = None,
    strict: Annotated[
        bool,
        typer.Option("--strict/--lenient", help=say("help_strict"), rich_help_panel=say("panel_trouble")),
    ] = True,
    pace: Annotated[
        float, typer.Option(help=say("help_pace"), rich_help_panel=say("panel_trouble"), min=0, max=1_000_000)
    ] = 1.0,
    clock_factor: Annotated[
        float, typer.Option(help=say("help_clock_factor"), rich_help_panel=say("panel_trouble"), min=0.0)
    ] = 1.0,
    fault: Annotated[
        list[str] | None, typer.Option(help=say("help_fault"), rich_help_panel=say("panel_trouble"))
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help=say("help_json"))] = False,
) -> None:
    if (http is None) != (signing_secret is None):
        _stop(say("together"))
    if http is not None and urlsplit(http).hostname not in LOOPBACK:
        _stop(say("not_this_machine"))
    timing = Timing(clock_factor=clock_factor)
    if not strict:
        timing = replace(timing, ack_seconds=_HOUR, trigger_seconds=_HOUR, response_url_seconds=24 * _HOUR)
    try:
        faults = [parse_fault(each) for each in fault or ()]
        serving = running(
            seed,
            manifest or _manifest_here(),
            port=port,
            journal=journal,
            request_url=http,
            signing_secret=signing_secret,
            timing=timing,
            clock=Clock(pace),
            deliveries=deliveries,
            credentials=Credentials(client_id, client_secret),
            redirect_urls=redirect_url or (),
            limits=strict,
        )

        async def serve() -> None:
            stop = asyncio.Event()
            for each in (signal.SIGINT, signal.SIGTERM):
                asyncio.get_running_loop().add_signal_handler(each, stop.set)
            async with serving as playing:
                for method, answer in faults:
                    playing.fail_next(method, answer)
                _ready(playing, as_json=as_json, http=http, signing_secret=signing_secret)
                await stop.wait()

        asyncio.run(serve())
    except BadFault as refusal:
        _stop(say(refusal.key, **refusal.values))
    except Unusable as refusal:
        _stop(refusal.sentence(language()))
    except OSError as failure:
        if failure.errno not in (errno.EADDRINUSE, errno.EACCES):
            raise
        _stop(say("port_taken" if failure.errno == errno.EADDRINUSE else "port_refused", port=port))


def _manifest_here() -> Path:
    found = next((Path(name) for name in MANIFESTS if Path(name).is_file()), None)
    return found or _stop(say("no_manifest"))


def _ready(playing: Simulator, *, as_json: bool, http: str | None, signing_secret: str | None) -> None:
    if as_json:
        tell_scripts(playing)
    else:
        greet(Console(highlight=False), playing, http=http, signing_secret=signing_secret)


def _stop(sentence: str) -> NoReturn:
    """Say why it cannot start, and end."""
    sys.stderr.write(sentence + "\n")
    raise typer.Exit(1)


def main() -> None:
    """Run the command that was typed."""
    app(prog_name="python -m simulator")
