"""What an app may use only for a while: triggers, response addresses and socket tickets."""

import secrets
from dataclasses import dataclass, field

from simulator.clock import Clock
from simulator.timing import Timing
from simulator.wire import SlackError

RESPONSE_USES = 5


@dataclass
class Triggers:
    """A trigger opens one view, within three seconds of the act that issued it."""

    timing: Timing
    clock: Clock = field(default_factory=Clock)
    _issued: dict[str, tuple[str, float]] = field(default_factory=dict)
    _spent: set[str] = field(default_factory=set)

    def issue(self, user: str) -> str:
        name = f"{int(self.clock.now() * 1000)}.{secrets.randbelow(10**12)}.{secrets.token_hex(16)}"
        self._issued[name] = (user, self.clock.monotonic())
        return name

    def check(self, trigger: object) -> str:
        """Find whose act *trigger* came from, without spending it."""
        if not isinstance(trigger, str) or trigger not in self._issued:
            raise SlackError("invalid_trigger_id")
        if trigger in self._spent:
            raise SlackError("exchanged_trigger_id")
        user, since = self._issued[trigger]
        if self.clock.monotonic() - since > self.clock.patience(self.timing.trigger_seconds):
            raise SlackError("expired_trigger_id")
        return user

    def spend(self, trigger: str) -> None:
        self._spent.add(trigger)

    def expire(self, trigger: object) -> None:
        """Let *trigger* be too old from now on."""
        if isinstance(trigger, str) and trigger in self._issued:
            self._issued[trigger] = (self._issued[trigger][0], float("-inf"))


@dataclass
class ResponseUrl:
    """Where an app answers one act: five times within half an hour."""

    user: str
    channel: str
    message_ts: str | None
    thread_ts: str | None
    since: float
    uses: int = 0


@dataclass
class ResponseUrls:
    """The addresses given out, by their secret."""

    timing: Timing
    clock: Clock = field(default_factory=Clock)
    _issued: dict[str, ResponseUrl] = field(default_factory=dict)

    def issue(
        self, user: str, channel: str, message_ts: str | None = None, thread_ts: str | None = None
    ) -> str:
        secret = secrets.token_urlsafe(18)
        self._issued[secret] = ResponseUrl(user, channel, message_ts, thread_ts, self.clock.monotonic())
        return secret

    def knows(self, secret: str) -> bool:
        return secret in self._issued

    def use(self, secret: str) -> ResponseUrl:
        address = self._issued.get(secret)
        if address is None:
            raise SlackError("invalid_url")
        if self.clock.monotonic() - address.since > self.timing.response_url_seconds:
            raise SlackError("expired_url")
        if address.uses >= RESPONSE_USES:
            raise SlackError("used_url")
        address.uses += 1
        return address


@dataclass
class SocketTickets:
    """Each lets one websocket in, once, and soon."""

    timing: Timing = field(default_factory=Timing)
    clock: Clock = field(default_factory=Clock)
    _open: dict[str, float] = field(default_factory=dict)

    def issue(self) -> str:
        ticket = secrets.token_urlsafe(18)
        self._open[ticket] = self.clock.monotonic()
        return ticket

    def take(self, ticket: str) -> bool:
        since = self._open.pop(ticket, None)
        good_for = self.clock.patience(self.timing.ticket_seconds)
        return since is not None and self.clock.monotonic() - since <= good_for
