"""How long Slack waits, for what."""

from dataclasses import dataclass

# How long whoever tests an app waits for what it does, unless they say otherwise: long enough for a machine
# that is busy, and for nobody whose app is well.
PATIENCE = 30.0


@dataclass(frozen=True, slots=True)
class Timing:
    """
    Slack's own clocks; *clock_factor* shortens the waits between redeliveries of an event.

    A websocket lives for *connection_seconds*; *warning_seconds* before its end the app is warned, and after
    it is asked to come again it has *grace_seconds* to finish. How long a ticket for a websocket is good, and
    how often Slack pings, is not published: these are guesses.
    """

    ack_seconds: float = 3.0
    trigger_seconds: float = 3.0
    response_url_seconds: float = 1800.0
    status_seconds: float = 120.0
    retry_after: tuple[float, ...] = (0.0, 60.0, 300.0)
    clock_factor: float = 1.0
    connection_seconds: float = 18060.0
    warning_seconds: float = 10.0
    grace_seconds: float = 1.0
    ticket_seconds: float = 30.0
    ping_seconds: float = 20.0
