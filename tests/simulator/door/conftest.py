"""The simulator as a process of its own, started as a stranger starts it."""

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from simulator.wire import Json
from tests.support.patience import PATIENCE

ROOT = Path(__file__).resolve().parents[3]
MANIFEST: Json = {
    "display_information": {"name": "Bell"},
    "features": {
        "bot_user": {"display_name": "Bell"},
        "slash_commands": [{"command": "/ring", "description": "Ring"}],
    },
    "oauth_config": {"scopes": {"bot": ["chat:write", "commands"]}},
}


def environment(**more: str) -> dict[str, str]:
    """A shell that speaks English and knows no proxy."""
    kept = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    return kept | {"KANTA_LANGUAGE": "en", "PYTHONUNBUFFERED": "1", "COLUMNS": "200", **more}


@asynccontextmanager
async def started(
    *arguments: str, command: Sequence[str] = ("-m", "simulator"), cwd: Path = ROOT, **more: str
) -> AsyncIterator[asyncio.subprocess.Process]:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *command,
        *arguments,
        cwd=cwd,
        env=environment(**more),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def line_of(process: asyncio.subprocess.Process, words: str = "") -> str:
    """The next line that it prints with *words* in it."""
    assert process.stdout is not None
    async with asyncio.timeout(PATIENCE):
        while line := (await process.stdout.readline()).decode():
            if words in line:
                return line.rstrip("\n")
    assert process.stderr is not None
    raise AssertionError(f"no line has {words!r}, but: {(await process.stderr.read()).decode()}")


async def ready(process: asyncio.subprocess.Process) -> Json:
    """What it says with --json."""
    said: Json = json.loads(await line_of(process))
    return said
