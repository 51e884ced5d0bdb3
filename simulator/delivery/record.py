"""Every envelope and what came of it: in a list that forgets the oldest, and in a file if one is named."""

import json
from collections import deque
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO

from simulator.wire import Json

MOST = 5000


@dataclass(slots=True, kw_only=True)
class Delivered:
    """
    One attempt to hand over one payload.

    *name* is the same for each attempt at one payload, *connection* the websocket or the URL it went over,
    *ms* how long the app took, in its own time. Until the answer is in, *outcome* is ``under way``; then
    ``taken``, or why not.
    """

    name: str
    kind: str
    label: str
    attempt: int
    sent_at: float
    reason: str = ""
    connection: str = ""
    outcome: str = "under way"
    ms: float | None = None
    answer: Json | None = None
    fault: str = ""


@dataclass
class Deliveries:
    """The record of one app's deliveries, oldest first."""

    path: Path | None = None
    _kept: deque[Delivered] = field(default_factory=lambda: deque(maxlen=MOST))
    _file: IO[str] | None = None

    def begin(self, delivered: Delivered) -> Delivered:
        self._kept.append(delivered)
        return delivered

    def end(self, delivered: Delivered) -> None:
        """Write *delivered* down, now that it is known what came of it."""
        if self.path is None:
            return
        if self._file is None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._file = self.path.open("a", encoding="utf-8")
        self._file.write(json.dumps(asdict(delivered), ensure_ascii=False) + "\n")
        self._file.flush()

    def __iter__(self) -> Iterator[Delivered]:
        return iter(tuple(self._kept))

    def __len__(self) -> int:
        return len(self._kept)

    def of(self, label: str) -> list[Delivered]:
        """Those whose label begins with *label*."""
        return [each for each in self if each.label.startswith(label)]

    def waits(self) -> list[float]:
        """How long the app took over each that it answered, in milliseconds, sorted."""
        return sorted(each.ms for each in self if each.outcome == "taken" and each.ms is not None)

    def as_json(self) -> list[Json]:
        return [asdict(each) for each in self]

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None
