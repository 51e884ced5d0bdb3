"""What is delivered, and what comes back."""

from dataclasses import dataclass, field
from typing import Literal, Protocol

from simulator.wire import Json

Kind = Literal["events_api", "interactive", "slash_commands"]


@dataclass(frozen=True, slots=True)
class Envelope:
    """One payload on its way; *label* names it in the wire panel."""

    kind: Kind
    payload: Json
    label: str
    accepts: bool = False
    retry_attempt: int = 0
    retry_reason: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the app said within its three seconds; *final* asks for no redelivery."""

    arrived: bool
    body: Json = field(default_factory=dict)
    reason: str = ""
    final: bool = False


class Transport(Protocol):
    """One way to reach the app."""

    async def send(self, envelope: Envelope, seconds: float) -> Answer:
        """Deliver once; never raises for what the app or the network does."""
        ...
