"""Yesterday's workspace: one JSON line for each change, read again at the next start."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from simulator.wire import Json


class Journal:
    """An append-only file, or nothing at all when *path* is None."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._file: IO[str] | None = None

    def read(self) -> Iterator[tuple[str, Json]]:
        """Read what earlier runs wrote; a last line cut short by a crash is dropped from the file."""
        if self._path is None or not self._path.exists():
            return
        whole = 0
        with self._path.open("rb") as lines:
            for line in lines:
                if not line.endswith(b"\n"):
                    break
                entry = json.loads(line)
                whole += len(line)
                yield entry["kind"], entry["data"]
        with self._path.open("r+b") as file:
            file.truncate(whole)

    def write(self, kind: str, data: Json) -> None:
        if self._path is None:
            return
        if self._file is None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._file = self._path.open("a", encoding="utf-8")
        self._file.write(json.dumps({"kind": kind, "data": data}, ensure_ascii=False) + "\n")
        self._file.flush()

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None
