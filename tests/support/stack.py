"""Everything, in processes of its own, started as a newcomer starts it."""

import asyncio
import contextlib
import json
import os
import re
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import psutil
from aiohttp import ClientSession

from simulator.town.inhabitants import Inhabitant, named
from simulator.town.morning import SESSION, Chatter, elements
from simulator.town.rehearsal import a_browser, log_in
from tests.support.patience import PATIENCE
from tests.support.ports import free_block

ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+/")
PAUSE = 0.05
STARTED_WITHIN = 3 * PATIENCE

T = TypeVar("T")


async def seen(look: Callable[[], Awaitable[T | None]], what: str = "it") -> T:
    """Look until there is something to see; say *what* was not seen otherwise."""
    try:
        async with asyncio.timeout(PATIENCE):
            while (sight := await look()) is None:  # noqa: ASYNC110  # it is across HTTP
                await asyncio.sleep(PAUSE)
            return sight
    except TimeoutError:
        raise AssertionError(f"{what} was never seen") from None


@dataclass(slots=True)
class Person:
    """Somebody of the town at the page of the simulator."""

    chatter: Chatter
    who: Inhabitant

    async def messages(self) -> list[dict[str, Any]]:
        """All that the app told this person, oldest first."""
        direct = await self.direct()
        found: list[dict[str, Any]] = (await self.chatter._get("messages", channel=direct))["messages"]
        return found

    async def direct(self) -> str:
        """The direct channel with the app."""
        channels = (await self.chatter.state())["channels"]
        return str(next(channel["id"] for channel in channels if channel["is_im"]))

    async def message(self, *words: str, after: int = 0) -> dict[str, Any]:
        """The newest message that holds all *words*, once there is one."""

        async def look() -> dict[str, Any] | None:
            for message in (await self.messages())[after:][::-1]:
                whole = json.dumps(message, ensure_ascii=False)
                if all(word in whole for word in words):
                    return message
            return None

        return await seen(look, f"a message with {words}")

    async def press(self, message: dict[str, Any], action: str) -> dict[str, Any]:
        """Press the button *action* of *message*."""
        button = next(one for one in elements(message["blocks"]) if one.get("action_id") == action)
        return await self.chatter.act(
            "press",
            container={"type": "message", "channel": await self.direct(), "ts": message["ts"]},
            block_id=button["block_id"],
            action_id=action,
            state={},
        )

    async def command(self, text: str) -> dict[str, Any]:
        """Type ``/kanta`` and *text*."""
        return await self.chatter.act("command", channel=await self.direct(), command="/kanta", text=text)

    async def say(self, text: str) -> None:
        """Write to the app."""
        await self.chatter.act("say", channel=await self.direct(), text=text)

    async def modals(self) -> list[str]:
        """The ids of the modals that are open."""
        return [view["id"] for view in (await self.chatter.state())["views"]]

    async def modal(self, *words: str, other_than: Collection[str] = ()) -> dict[str, Any]:
        """The modal on top, once it holds all *words* and is none of *other_than*."""

        async def look() -> dict[str, Any] | None:
            views = (await self.chatter.state())["views"]
            if not views or views[-1]["id"] in other_than:
                return None
            whole = json.dumps(views[-1], ensure_ascii=False)
            return views[-1] if all(word in whole for word in words) else None

        return await seen(look, f"a modal with {words}")

    async def home(self, *words: str) -> dict[str, Any]:
        """The Home tab, once it holds all *words*."""

        async def look() -> dict[str, Any] | None:
            home: dict[str, Any] | None = (await self.chatter.state())["home"]
            whole = json.dumps(home, ensure_ascii=False)
            return home if home and all(word in whole for word in words) else None

        await self.chatter.act("home")
        return await seen(look, f"a Home tab with {words}")

    async def identify(self) -> None:
        """Follow the link that the app sent, and log in as oneself."""
        await log_in(await seen(self.chatter.link, "a login link"), self.who)


@dataclass(slots=True)
class Stack:
    """What runs, and where."""

    process: asyncio.subprocess.Process
    url: str
    var: Path
    session: ClientSession
    environment: dict[str, str]
    first_words: str

    async def person(self, name: str) -> Person:
        """Somebody of the town."""
        who = named(name)
        async with self.session.get(f"{self.url}/") as response:
            found = SESSION.search(await response.text())
        assert found is not None
        return Person(Chatter(self.session, self.url, found[1], who.user), who)

    async def ekstranet(self, *arguments: str) -> tuple[int, str, str]:
        """Run an operator's command; give its exit status and what it wrote on both channels."""
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "cli.main",
            *arguments,
            env=self.environment,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        out, err = await asyncio.wait_for(process.communicate(), PATIENCE)
        return process.returncode or 0, out.decode(), err.decode()

    def child(self, module: str) -> psutil.Process:
        """The process that runs *module*."""
        for process in psutil.Process(self.process.pid).children(recursive=True):
            with contextlib.suppress(psutil.Error):
                if process.cmdline()[1:3] == ["-m", module]:
                    return process
        raise AssertionError(f"{module} does not run")

    def log(self, name: str) -> str:
        """What program *name* logged."""
        return (self.var / "logs" / f"{name}.log").read_text()


def environment(var: Path, port: int) -> dict[str, str]:
    """What a newcomer's shell holds, and where to keep things."""
    slack = {"SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET"}
    inherited = {
        key: value for key, value in os.environ.items() if not key.startswith("KANTA_") and key not in slack
    }
    return inherited | {
        "KANTA_VAR": str(var),
        "KANTA_FIRST_PORT": str(port),
        "KANTA_LANGUAGE": "en",
        "NO_COLOR": "1",
    }


@asynccontextmanager
async def running_stack(
    var: Path, *, port: int | None = None, **settings_besides: str
) -> AsyncIterator[Stack]:
    """Run everything with its data in *var*, and *settings_besides*, until the block ends."""
    settings = environment(var, port or free_block()) | settings_besides
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "cli.main",
        "start",
        env=settings,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    try:
        first = (await asyncio.wait_for(process.stdout.readline(), STARTED_WITHIN)).decode()
        address = ADDRESS.search(first)
        if address is None:
            assert process.stderr is not None
            raise AssertionError(f"it did not start: {(await process.stderr.read()).decode()}")
        async with a_browser() as session:
            yield Stack(process, address[0].rstrip("/"), var, session, settings, first)
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGINT)
            await asyncio.wait_for(process.wait(), PATIENCE)
