"""Start everything, keep it running, end it."""

import asyncio
import contextlib
import fcntl
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

from cli.running.child import CannotStart, Child, run_through
from cli.running.plan import Plan, Program
from shared.messaging import nats_server

PATIENCE = 120.0
GRACE = 2.0

Tell = Callable[[str], None]


class AlreadyRunning(Exception):
    """Another start uses the same folder."""


async def run(plan: Plan, *, tell: Tell, ready: Callable[[], Awaitable[None]]) -> None:
    """
    Run *plan* until Ctrl-C or SIGTERM; *tell* hears of each step, *ready* is awaited when all answer.

    Raises:
        AlreadyRunning, CannotStart: it does not run; nothing is left behind.
    """
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    logs = plan.folder / "logs"
    logs.mkdir(parents=True, exist_ok=True)
    with _alone(plan.folder):
        async with _everything(plan, logs, tell, stop):
            if not stop.is_set():
                await ready()
            await stop.wait()
            tell("leaving")


@asynccontextmanager
async def _everything(plan: Plan, logs: Path, tell: Tell, stop: asyncio.Event) -> AsyncIterator[None]:
    children: list[Child] = []
    tasks: list[asyncio.Task[None]] = []

    def launch(*programs: Program) -> list[Child]:
        launched = [Child(program, logs) for program in programs]
        children.extend(launched)
        tasks.extend(asyncio.create_task(child.keep_alive()) for child in launched)
        return launched

    try:
        tell("preparing")
        config = await asyncio.to_thread(
            nats_server.write_config,
            plan.folder / "nats",
            key_folder=plan.settings.key_folder.resolve(),
            port=plan.ports.bus,
        )
        launch(Program("nats", (str(nats_server.binary()), "--config", str(config))))
        world = launch(*plan.world())
        # One after another: provisioning looks into the databases, and two first connections to a file clash.
        await _prepare(plan, logs)
        await run_through(plan.provisioning(), logs)
        tell("starting")
        ours = launch(*plan.ours())
        await _all_ready([*world, *ours], stop)
        if not stop.is_set():
            tell("introducing")
            for step in plan.introductions():
                await run_through(step, logs)
        yield
    finally:
        bus, others = children[:1], children[1:]
        await asyncio.gather(*(child.leave(grace=GRACE) for child in others))
        await asyncio.gather(*(child.leave(grace=GRACE) for child in bus))
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _prepare(plan: Plan, logs: Path) -> None:
    for step in plan.preparations():
        await run_through(step, logs)


async def _all_ready(children: list[Child], stop: asyncio.Event) -> None:
    """Wait until all are ready, or until somebody has had enough."""

    async def all_of_them() -> None:
        for child in children:
            await child.ready.wait()

    waits, stopped = asyncio.create_task(all_of_them()), asyncio.create_task(_until(stop))
    done, _ = await asyncio.wait({waits, stopped}, timeout=PATIENCE, return_when=asyncio.FIRST_COMPLETED)
    for task in (waits, stopped):
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
    if not done:
        late = next(child for child in children if not child.ready.is_set())
        raise CannotStart(late.program.name)


async def _until(stop: asyncio.Event) -> None:
    await stop.wait()


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    with (folder / "start.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise AlreadyRunning from None
        yield
