"""What a person sees when the simulator is ready: where it is, who is there, and what to paste."""

import json
import os
import sys
from collections.abc import Iterator

from rich.console import Console
from rich.text import Text

from simulator.door.words import say
from simulator.running import Simulator
from simulator.seed import User

_PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")


def greet(console: Console, playing: Simulator, *, http: str | None, signing_secret: str | None) -> None:
    """Greet whoever started it. Lines that are to be pasted stand bare."""
    workspace = playing.stage.workspace
    console.rule(Text(say("greeting"), style="bold"), characters="─")
    console.print(Text(f"{playing.stage.manifest.name} · {workspace.name}", style="bold"))
    console.print()
    delivery = say("over_sockets") if http is None else say("over_requests", address=http)
    for name, value in (
        (say("open"), f"{playing.url}/"),
        (say("people"), ", ".join(map(_called, workspace.users))),
        (say("delivery"), delivery),
    ):
        console.print(Text(f"{name}: ", style="bold") + Text(value), soft_wrap=True)
    console.print()
    console.print(say("paste"))
    for line in environment(playing, signing_secret):
        console.print(Text(f"  {line}", style="cyan"), soft_wrap=True)
    console.print()
    console.print(Text(say("python"), style="bold"))
    console.print(
        Text('  AsyncApp(client=AsyncWebClient(token=…, base_url=os.environ["SLACK_API_URL"]), …)'),
        soft_wrap=True,
    )
    console.print(Text(say("javascript"), style="bold"))
    console.print(
        Text("  new App({ …, clientOptions: { slackApiUrl: process.env.SLACK_API_URL } })"), soft_wrap=True
    )
    console.print()
    console.print(say("end"))
    # Whoever sends it into a file wants to read it now, too.
    console.file.flush()


def tell_scripts(playing: Simulator) -> None:
    """Say the same to a program: one line of JSON on standard output, once all answers."""
    ready = {
        "url": playing.url,
        "api_url": playing.api_url,
        "bot_token": playing.bot_token,
        "app_token": playing.app_token,
        "session": playing.session,
    }
    sys.stdout.write(json.dumps(ready) + "\n")
    sys.stdout.flush()


def environment(playing: Simulator, signing_secret: str | None) -> Iterator[str]:
    """Write the shell lines that point an app here."""
    yield f"export SLACK_BOT_TOKEN={playing.bot_token}"
    if signing_secret is None:
        yield f"export SLACK_APP_TOKEN={playing.app_token}"
    else:
        yield f"export SLACK_SIGNING_SECRET={signing_secret}"
    yield f"export SLACK_API_URL={playing.url}/api/"
    proxies = [name for name in (*_PROXIES, *map(str.lower, _PROXIES)) if os.environ.get(name)]
    if proxies:
        yield f"unset {' '.join(proxies)}  # {say('without_proxy')}"


def _called(user: User) -> str:
    """Write a name, and what is particular about the account."""
    marks = [
        say(mark)
        for mark, holds in (
            ("admin", user.is_admin),
            ("guest", user.is_restricted),
            ("stranger", user.is_stranger),
            ("deleted", user.deleted),
        )
        if holds
    ]
    first = user.real_name.partition(" ")[0]
    return f"{first} ({', '.join([user.locale[:2], *marks])})"
