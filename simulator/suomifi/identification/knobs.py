"""What the stand-in can be told to do wrong."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from simulator.suomifi.identification.keys import CIPHERS, GCM
from simulator.suomifi.identification.names import LOA2
from simulator.suomifi.identification.tricks import TRICKS


class KnobUnknown(ValueError):
    """There is no such knob, or it does not turn that far."""


@dataclass(slots=True)
class Knobs:
    """
    *trick* is played on whoever logs in next; *clock* is how far this machine is ahead of the world.

    *level* is what everybody's login is worth; *partial* says that logouts reach only some services;
    *cipher* seals what is said.
    """

    trick: str = ""
    clock: timedelta = field(default_factory=timedelta)
    level: str = LOA2
    partial: bool = False
    cipher: str = GCM

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
        if unknown := set(told) - {"trick", "clock", "level", "partial", "cipher"}:
            raise KnobUnknown(", ".join(sorted(unknown)))
        if (cipher := told.get("cipher", GCM)) not in CIPHERS:
            raise KnobUnknown(f"cipher is one of {', '.join(CIPHERS)}")
        self.cipher = str(cipher)
        self.trick, self.clock = str(trick), timedelta(seconds=clock)
        self.level, self.partial = str(told.get("level", LOA2)), told.get("partial") is True
