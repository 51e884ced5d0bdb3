"""Bad days: what the code server can be told to do wrong."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any


class KnobUnknown(ValueError):
    """There is no such knob, or it does not turn that far."""


@dataclass(slots=True)
class Knobs:
    """
    *cut_short* are pages that end in the middle, *twice* codes that come once more and say something else.

    *cyclic* are codes that hang from each other in a circle, *stray* codes that hang from nothing. While it
    is *away* it hangs up; *fails* is the status that it answers with, *latency* the seconds that it takes.
    When it *grows* there is one entry more after each page. *renamed* codes have a new name since today.
    *unknown* are classifications that it says it does not have.
    """

    cut_short: set[int] = field(default_factory=set)
    twice: set[str] = field(default_factory=set)
    cyclic: list[str] = field(default_factory=list)
    stray: set[str] = field(default_factory=set)
    renamed: set[str] = field(default_factory=set)
    unknown: set[str] = field(default_factory=set)
    away: bool = False
    grows: bool = False
    fails: int = 0
    latency: float = 0.0

    def turn(self, told: Mapping[str, Any]) -> None:
        """
        Set all knobs as *told*; those that are not named go back.

        Raises:
            KnobUnknown: nothing was changed.
        """
        if unknown := set(told) - {one.name for one in fields(Knobs)}:
            raise KnobUnknown(", ".join(sorted(unknown)))
        fresh = Knobs(
            cut_short={*_list(told.get("cut_short", []), int)},
            twice={*_list(told.get("twice", []), str)},
            cyclic=_list(told.get("cyclic", []), str),
            stray={*_list(told.get("stray", []), str)},
            renamed={*_list(told.get("renamed", []), str)},
            unknown={*_list(told.get("unknown", []), str)},
            away=told.get("away") is True,
            grows=told.get("grows") is True,
            fails=int(_number(told.get("fails", 0), 599)),
            latency=_number(told.get("latency", 0), 60),
        )
        for one in fields(Knobs):
            setattr(self, one.name, getattr(fresh, one.name))


def _list(value: object, kind: Callable[..., Any]) -> list[Any]:
    if not isinstance(value, list) or not all(type(one) is kind for one in value):
        raise KnobUnknown(f"a list of {getattr(kind, '__name__', 'words')} is needed")
    return value


def _number(value: object, most: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= most:
        raise KnobUnknown(f"a number up to {most} is needed")
    return value
