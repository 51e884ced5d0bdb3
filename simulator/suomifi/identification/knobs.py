"""What the stand-in can be told to do wrong."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from simulator.suomifi.identification.names import LOA2
from simulator.suomifi.identification.tricks import TRICKS


class KnobUnknown(ValueError):
    """There is no such knob, or it does not turn that far."""


@dataclass(slots=True)
class Knobs:
    """
    *trick* is played on whoever logs in next; *clock* is how far this machine is ahead of the world.

    *level* is what everybody's login is worth; *partial* says that logouts reach only some services.
    """

    trick: str = ""
    clock: timedelta = field(default_factory=timedelta)
    level: str = LOA2
    partial: bool = False

    def turn(self, told: Mapping[str, Any]) -> None:
        """
        Set all knobs as *told*; those that are not named go back.

        Raises:
            KnobUnknown: nothing was changed.
        """
        trick, clock = told.get("trick", ""), told.get("clock", 0)
        if trick and trick not in TRICKS:
            raise KnobUnknown(f"trick is one of {', '.join(sorted(TRICKS))}")
        if isinstance(clock, bool) or not isinstance(clock, int | float):
            raise KnobUnknown("clock is a number of seconds")
        if unknown := set(told) - {"trick", "clock", "level", "partial"}:
            raise KnobUnknown(", ".join(sorted(unknown)))
        self.trick, self.clock = str(trick), timedelta(seconds=clock)
        self.level, self.partial = str(told.get("level", LOA2)), told.get("partial") is True
