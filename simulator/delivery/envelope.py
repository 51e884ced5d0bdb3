"""What is delivered, and what comes back."""

from dataclasses import dataclass, field
from typing import Literal, Protocol
from uuid import uuid4

from simulator.faults import Rule
from simulator.wire import Json

Kind = Literal["events_api", "interactive", "slash_commands"]


@dataclass(frozen=True, slots=True)
class Envelope:
    """One payload on its way; *label* names it in the wire panel, *name* is the same at each attempt."""

    kind: Kind
    payload: Json
    label: str
    accepts: bool = False
    retry_attempt: int = 0
    retry_reason: str = ""
    name: str = field(default_factory=lambda: uuid4().hex)


@dataclass(frozen=True, slots=True)
class Answer:
    """
    What the app said within its three seconds.

    *final* asks for no redelivery; *connection* tells which way the payload went.
    """

    arrived: bool
    body: Json = field(default_factory=dict)
    reason: str = ""
    final: bool = False
    connection: str = ""


class Transport(Protocol):
    """One way to reach the app."""

    async def send(self, envelope: Envelope, seconds: float, fault: Rule | None = None) -> Answer:
        """
        Deliver once, if need be the way *fault* says.

        Never raises for what the app or the network does.
        """
        ...
