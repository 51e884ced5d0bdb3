"""Bad days: what the stand-in can be told to do wrong."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

STEPS = frozenset({"register", "authorize", "token", "ask", "unregister", "check", "transfer"})
EVERYWHERE = "*"


class KnobUnknown(ValueError):
    """There is no such knob, or it does not turn that far."""


@dataclass(slots=True)
class Knobs:
    """
    *incomplete* holds business IDs (or ``*``) whose registers do not answer; *fails* the status of a step.

    *clock* is how far this machine's clock is ahead of the world's, *latency* the seconds that a step takes.
    """

    incomplete: set[str] = field(default_factory=set)
    fails: dict[str, int] = field(default_factory=dict)
    invalid_grant: bool = False
    latency: dict[str, float] = field(default_factory=dict)
    clock: timedelta = timedelta()

    def is_incomplete(self, business_id: str) -> bool:
        return bool(self.incomplete & {EVERYWHERE, business_id})

    def turn(self, told: Mapping[str, Any]) -> None:
        """
        Set all knobs as *told*; those that are not named go back.

        Raises:
            KnobUnknown: nothing was changed.
        """
        fresh = Knobs(
            incomplete=set(_list(told.get("incomplete", []))),
            fails={_step(step): _status(status) for step, status in _map(told.get("fails", {})).items()},
            invalid_grant=told.get("invalid_grant") is True,
            latency={_step(step): _seconds(long) for step, long in _map(told.get("latency", {})).items()},
            clock=timedelta(seconds=_number(told.get("clock", 0))),
        )
        if unknown := set(told) - {"incomplete", "fails", "invalid_grant", "latency", "clock"}:
            raise KnobUnknown(", ".join(sorted(unknown)))
        self.incomplete, self.fails, self.invalid_grant = fresh.incomplete, fresh.fails, fresh.invalid_grant
        self.latency, self.clock = fresh.latency, fresh.clock


def _list(value: object) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise KnobUnknown("a list of words is needed")
    return value


def _map(value: object) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise KnobUnknown("steps with values are needed")
    return value


def _step(step: str) -> str:
    if step not in STEPS:
        raise KnobUnknown(step)
    return step


def _status(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 300 <= value <= 599:
        raise KnobUnknown("a status between 300 and 599 is needed")
    return value


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise KnobUnknown("a number is needed")
    return value


def _seconds(value: object) -> float:
    if not 0 <= (number := _number(value)) <= 60:
        raise KnobUnknown("at most a minute")
    return number
