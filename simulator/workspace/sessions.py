"""What an agent is about, thread by thread."""

from dataclasses import dataclass
from typing import Literal, get_args

Status = Literal["active", "processing", "suspended", "closed"]
STATUSES: tuple[Status, ...] = get_args(Status)


@dataclass(frozen=True)
class Session:
    """One thread in which an agent works for somebody."""

    status: Status
    title: str = ""
    initiator: str | None = None
