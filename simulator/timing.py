"""How long Slack waits, for what."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Timing:
    """Slack's own clocks; *clock_factor* shortens the waits between redeliveries of an event."""

    ack_seconds: float = 3.0
    trigger_seconds: float = 3.0
    response_url_seconds: float = 1800.0
    status_seconds: float = 120.0
    retry_after: tuple[float, ...] = (0.0, 60.0, 300.0)
    clock_factor: float = 1.0
