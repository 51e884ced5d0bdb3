"""A process that is watched: its log kept, its readiness noticed, its death answered."""

import asyncio
import contextlib
import ctypes
import signal
import time
from pathlib import Path

from cli.running.plan import Program

READY = (b'"program.ready"', b'"url"')
FIRST_PAUSE = 0.2
LONGEST_PAUSE = 10.0
STEADY_AFTER = 30.0
LARGEST_LOG = 5_000_000
PR_SET_PDEATHSIG = 1


class CannotStart(Exception):
    """A program ended before it was ready; its log says why."""


class Child:
    """One program, kept alive until it is told to leave."""

    def __init__(self, program: Program, logs: Path) -> None:
        self.program = program
        self.log = logs / f"{program.name}.log"
        self.ready = asyncio.Event()
        self.starts = 0
        self._process: asyncio.subprocess.Process | None = None
        self._leaving = False

    async def keep_alive(self) -> None:
        """Start the program, and start it again, after a pause that grows, whenever it dies."""
        pause = FIRST_PAUSE
        while not self._leaving:
            began = time.monotonic()
            await self._run_once()
            self.ready.clear()
            if self._leaving:
                return
            pause = FIRST_PAUSE if time.monotonic() - began > STEADY_AFTER else min(pause * 2, LONGEST_PAUSE)
            await asyncio.sleep(pause)

    async def leave(self, *, grace: float) -> None:
        """Ask the program to leave; make it, after *grace* seconds."""
        self._leaving = True
        process = self._process
        if process is None or process.returncode is not None:
            return
        with contextlib.suppress(ProcessLookupError):
            process.terminate()
        try:
            async with asyncio.timeout(grace):
                await process.wait()
        except TimeoutError:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()

    async def _run_once(self) -> None:
        self.starts += 1
        self._process = await start(self.program)
        if self.log.exists() and self.log.stat().st_size > LARGEST_LOG:
            self.log.replace(self.log.with_suffix(".log.1"))
        with self.log.open("ab") as log:
            assert self._process.stdout is not None  # noqa: S101  # asked for below, so it is there
            async for line in self._process.stdout:
                log.write(line)
                log.flush()
                if not self.ready.is_set() and any(sign in line for sign in READY):
                    self.ready.set()
        await self._process.wait()


async def start(program: Program) -> asyncio.subprocess.Process:
    """Start *program*, its output in one pipe; it gets no Ctrl-C of ours, and dies if we are killed."""
    return await asyncio.create_subprocess_exec(
        *program.command,
        env=program.environment(),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        start_new_session=True,
        preexec_fn=_die_with_parent,
        limit=1_000_000,
    )


async def run_through(program: Program, logs: Path) -> None:
    """
    Run *program* to its end.

    Raises:
        CannotStart: it failed.
    """
    process = await start(program)
    output, _ = await process.communicate()
    (logs / f"{program.name}.log").write_bytes(output)
    if process.returncode:
        raise CannotStart(program.name)


def _die_with_parent() -> None:
    with contextlib.suppress(OSError, AttributeError):  # not on Linux: then only a kill -9 of us is not seen
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
