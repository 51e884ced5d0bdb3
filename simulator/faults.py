"""What goes wrong on purpose: rules that say which calls and deliveries, how, and how often."""

import random
from collections import Counter
from dataclasses import asdict, dataclass, field, fields
from fnmatch import fnmatchcase
from typing import Literal

from simulator.wire import Json, SlackError

ApiFault = Literal["answer", "reset", "timeout", "slow", "malformed"]
DeliveryFault = Literal[
    "duplicate", "reorder", "drop_ack", "delay", "silent", "reset", "disconnect", "expired_trigger"
]
API_FAULTS = ("answer", "reset", "timeout", "slow", "malformed")
DELIVERY_FAULTS = (
    "duplicate",
    "reorder",
    "drop_ack",
    "delay",
    "silent",
    "reset",
    "disconnect",
    "expired_trigger",
)
REASONS = ("warning", "refresh_requested", "link_disabled", "too_many_websockets")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """
    One thing that goes wrong.

    *on* is ``api`` (calls, by method; answers at a response address are ``response_url``) or ``delivery``
    (by the label in the wire panel), *match* a pattern for that name. *after* lets an API fault come when the
    effect has been had. *seconds* is how long a slow, timed out or delayed thing takes; *status*, *error* and
    *retry_after* are those of an ``answer``, *reason* that of a ``disconnect``.
    """

    on: Literal["api", "delivery"]
    kind: str
    match: str = "*"
    probability: float = 1.0
    count: int | None = None
    after: bool = False
    seconds: float | None = None
    status: int = 429
    error: str = "ratelimited"
    retry_after: int | None = None
    reason: str = "refresh_requested"

    def __post_init__(self) -> None:
        known = API_FAULTS if self.on == "api" else DELIVERY_FAULTS if self.on == "delivery" else ()
        if self.kind not in known:
            raise ValueError(f"{self.kind!r} cannot happen on {self.on!r}")
        if not 0 < self.probability <= 1:
            raise ValueError("a probability lies above 0 and at most at 1")
        if self.count is not None and self.count < 1:
            raise ValueError("a count is at least 1")
        if self.reason not in REASONS:
            raise ValueError(f"Slack knows no disconnect for {self.reason!r}")

    @classmethod
    def of(cls, given: Json) -> "Rule":
        """
        Read a rule as it comes over the wire.

        Raises:
            SlackError: invalid_rule, and why.
        """
        try:
            if unknown := given.keys() - {each.name for each in fields(cls)}:
                raise ValueError(f"a rule has no {', '.join(sorted(unknown))}")
            return cls(**given)
        except (TypeError, ValueError) as error:
            raise SlackError("invalid_rule", reason=str(error)) from error


@dataclass
class Faults:
    """The rules in force; the first that fits and falls due is the one that happens."""

    seed: int = 0
    injected: Counter[str] = field(default_factory=Counter)
    _rules: dict[int, tuple[Rule, int | None]] = field(default_factory=dict)
    _last: int = 0
    _dice: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self.sow(self.seed)

    def sow(self, seed: int) -> None:
        """Throw the dice anew, so that the same run goes wrong in the same places."""
        self.seed = seed
        self._dice = random.Random(seed)  # noqa: S311 - dice, no secret

    def add(self, rule: Rule) -> int:
        self._last += 1
        self._rules[self._last] = (rule, rule.count)
        return self._last

    def remove(self, number: int) -> None:
        self._rules.pop(number, None)

    def clear(self) -> None:
        self._rules.clear()

    def pick(self, on: str, name: str) -> Rule | None:
        """Find what goes wrong with *name* this time; nothing, mostly."""
        for number, (rule, left) in self._rules.items():
            if rule.on != on or not fnmatchcase(name, rule.match):
                continue
            if rule.probability < 1 and self._dice.random() >= rule.probability:
                continue
            if left is not None:
                if left == 1:
                    del self._rules[number]
                else:
                    self._rules[number] = (rule, left - 1)
            self.injected[f"{on} {rule.kind}{' after' if rule.after else ''}"] += 1
            return rule
        return None

    def as_json(self) -> Json:
        rules = [{"id": number, **asdict(rule), "left": left} for number, (rule, left) in self._rules.items()]
        return {"seed": self.seed, "rules": rules, "injected": dict(self.injected)}
