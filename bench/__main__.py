"""``python -m bench [--only NAME …] [--rounds N] [--seconds S] [--write]``."""

import argparse
import asyncio
import logging
import sys
import tempfile
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from pathlib import Path

from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from bench import accept, access, footprint, press, register, report
from bench.figures import Figure

Measurement = Callable[[Path], Awaitable[Sequence[Figure]]]


def measurements(rounds: int, seconds: float) -> dict[str, Measurement]:
    """Everything that can be measured, by name."""
    return {
        "access": partial(access.measure, rounds=rounds, seconds=seconds),
        "accept": partial(accept.measure, rounds=rounds),
        "press": press.measure,
        "start": footprint.starts,
        "memory": footprint.memory,
        "register": register.measure,
    }


async def run(chosen: dict[str, Measurement]) -> list[Figure]:
    """Measure one thing after another, each in a folder of its own."""
    figures: list[Figure] = []
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, transient=True) as progress:
        for name, measure in chosen.items():
            task = progress.add_task(name, total=None)
            with tempfile.TemporaryDirectory(prefix="kanta-bench-") as folder:
                figures += await measure(Path(folder))
            progress.remove_task(task)
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--only", nargs="*", choices=[*measurements(1, 1)], help="measure only these")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=2.0, help="how long each contender runs in a round")
    parser.add_argument("--write", action="store_true", help="write docs/bench.md")
    wishes = parser.parse_args()
    # nats-py logs a traceback each time that a server is not there yet.
    logging.getLogger("nats").setLevel(logging.CRITICAL)
    everything = measurements(wishes.rounds, wishes.seconds)
    figures = asyncio.run(run({name: everything[name] for name in wishes.only or everything}))
    report.show(figures)
    if wishes.write:
        report.write(figures, rounds=wishes.rounds)
    sys.exit(not all(figure.passes for figure in figures))


if __name__ == "__main__":
    main()
