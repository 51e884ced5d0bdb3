"""
Who answers what: features mark their methods, the router finds the one by an exact name.

A feature is a class with methods such as ``@on_press("grant.accept") async def accept(self, press)``.
Forms return an `Outcome`, searches return options, all others return nothing.
"""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from bot.views.text import Block


class Kind(Enum):
    """What people can do to us."""

    PRESS = auto()
    FORM = auto()
    SEARCH = auto()
    WORD = auto()
    SHORTCUT = auto()
    EVENT = auto()


@dataclass(frozen=True, slots=True)
class Wrong:
    """Answers of a form that cannot stand: a sentence for each block id."""

    fields: dict[str, str]


@dataclass(frozen=True, slots=True)
class Show:
    """A modal to show in the place of the form."""

    view: Block


Outcome = Wrong | Show | None
Answering = Callable[..., Awaitable[Any]]

OTHERWISE = "*"


def _marker(kind: Kind) -> Callable[..., Callable[[Answering], Answering]]:
    def mark(*names: str) -> Callable[[Answering], Answering]:
        def decorate(method: Answering) -> Answering:
            method.__dict__.setdefault("_turns", []).extend((kind, name) for name in names)
            return method

        return decorate

    return mark


on_press = _marker(Kind.PRESS)
on_form = _marker(Kind.FORM)
on_search = _marker(Kind.SEARCH)
on_word = _marker(Kind.WORD)
on_shortcut = _marker(Kind.SHORTCUT)
on_event = _marker(Kind.EVENT)


def marks(feature: type) -> list[tuple[Kind, str]]:
    """What the methods of *feature* are marked to answer."""
    found: list[tuple[Kind, str]] = []
    for name in dir(feature):
        found += getattr(getattr(feature, name), "_turns", ())
    return found


class Router:
    """The table of all that features answer."""

    def __init__(self, features: Iterable[object]) -> None:
        self._table: dict[tuple[Kind, str], Answering] = {}
        for feature in features:
            for name in dir(type(feature)):
                for turn in getattr(getattr(type(feature), name), "_turns", ()):
                    if turn in self._table:
                        raise TypeError(f"two features answer {turn}")
                    self._table[turn] = getattr(feature, name)

    def find(self, kind: Kind, name: str) -> Answering | None:
        """The method that answers *name*, or the one that answers whatever nobody else does."""
        return self._table.get((kind, name)) or self._table.get((kind, OTHERWISE))

    def names(self, kind: Kind) -> set[str]:
        return {name for of, name in self._table if of is kind}
