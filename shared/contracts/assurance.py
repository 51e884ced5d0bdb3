"""How sure it is who somebody is."""

from enum import StrEnum


class Level(StrEnum):
    """
    A level of assurance, after those of eIDAS (Regulation 910/2014, article 8).

    *basic* is anything below substantial, a password alone for instance: it is known, and proves nothing.
    """

    BASIC = "basic"
    SUBSTANTIAL = "substantial"
    HIGH = "high"

    def reaches(self, least: "Level") -> bool:
        """Whether this is as sure as *least*, or surer. Words compare by letters, so `<` would not tell."""
        order = list(Level)
        return order.index(self) >= order.index(least)
