"""The log that the service keeps of every question. Personal codes are cut after the birth date."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime

_CODE = re.compile(r"(?<![0-9])([0-9]{6})(?:[-+A-FU-Ya-fu-y]|%2[Bb])[0-9]{3}[0-9A-Za-z]")


@dataclass(frozen=True, slots=True)
class Entry:
    """One call: its step, its id, who called, and how it ended."""

    at: datetime
    step: str
    request_id: str
    client: str
    target: str
    status: int

    def shown(self) -> Mapping[str, object]:
        return asdict(self) | {"at": self.at.isoformat()}


@dataclass(slots=True)
class Journal:
    """What was asked, oldest first."""

    entries: list[Entry] = field(default_factory=list)

    def note(
        self, *, at: datetime, step: str, request_id: str, client: str, target: str, status: int
    ) -> None:
        self.entries.append(Entry(at, step, request_id, client, masked(target), status))


def masked(text: str) -> str:
    """The text with every personal code cut after the birth date, as the service does it."""
    return _CODE.sub(r"\1*****", text)
