"""What a measurement comes to: a value beside its limit, and whether it is kept."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from statistics import median
from typing import TypeVar

T = TypeVar("T")


class Side(Enum):
    """On which side of its limit a value should be."""

    AT_LEAST = "≥"
    AT_MOST = "≤"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """
    One measured *value*, and the *limit* that it is held to.

    Without a limit it is only told, never failed: it is there to be compared with.
    """

    name: str
    value: float
    unit: str
    limit: float | None = None
    side: Side = Side.AT_LEAST
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """How many times as good as the limit asks: 1 is just enough, below 1 is a failure."""
        if self.limit is None:
            return None
        if self.side is Side.AT_LEAST:
            return self.value / self.limit
        return self.limit / self.value if self.value else float("inf")

    @property
    def passes(self) -> bool:
        """Is the limit kept? A figure without one always passes."""
        return self.ratio is None or self.ratio >= 1

    @property
    def verdict(self) -> str:
        if self.ratio is None:
            return ""
        return "PASS" if self.passes else "FAIL"


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast a closed loop of callers went: requests a second, and the times they waited, in ms."""

    rate: float
    p50: float
    p99: float


def pace(waits: Sequence[float], seconds: float) -> Pace:
    """The pace of calls that took *waits* seconds each, in *seconds* altogether."""
    if not waits:
        raise ValueError("nothing was measured")
    ordered = sorted(waits)
    return Pace(
        rate=len(ordered) / seconds,
        p50=1000 * ordered[len(ordered) // 2],
        p99=1000 * ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))],
    )


def middle(paces: Sequence[Pace]) -> Pace:
    """The median of several rounds, each number by itself."""
    return Pace(
        median(one.rate for one in paces), median(one.p50 for one in paces), median(one.p99 for one in paces)
    )


async def interleaved(
    contenders: Mapping[str, Callable[[], Awaitable[T]]], *, rounds: int
) -> dict[str, list[T]]:
    """
    Let every contender run in each round, one after another: A B A B, never A A B B.

    What a shared machine does meanwhile then falls on all of them, and ratios can be believed when
    absolute figures can't.
    """
    results: dict[str, list[T]] = {name: [] for name in contenders}
    for _ in range(rounds):
        for name, run in contenders.items():
            results[name].append(await run())
    return results
