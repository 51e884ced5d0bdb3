"""How entries hang together."""

from datetime import date

from services.identity.domain.hierarchy import CYCLIC, UNKNOWN, Span, together, troubles
from shared.contracts.identity import RegisterState

ACTIVE, DELETED = RegisterState.ACTIVE, RegisterState.DELETED


def test_what_hangs_from_a_top_is_well() -> None:
    assert troubles({"top": None, "unit": "top", "sub": "unit"}) == {}


def test_a_circle_is_no_way_up_neither_for_its_own_nor_for_those_beneath() -> None:
    parents = {"a": "b", "b": "c", "c": "a", "under": "a", "top": None, "unit": "top"}

    assert troubles(parents) == {"a": CYCLIC, "b": CYCLIC, "c": CYCLIC, "under": CYCLIC}


def test_an_entry_may_not_hang_from_itself() -> None:
    assert troubles({"a": "a"}) == {"a": CYCLIC}


def test_who_hangs_from_nothing_known_is_found_and_so_is_what_hangs_from_it() -> None:
    assert troubles({"a": "nowhere", "b": "a"}) == {"a": UNKNOWN, "b": UNKNOWN}


def test_a_way_up_of_a_hundred_thousand_steps_is_walked() -> None:
    parents: dict[str, str | None] = {str(number): str(number + 1) for number in range(100_000)}

    assert troubles(parents | {"100000": None}) == {}


def test_one_is_valid_only_while_all_that_one_hangs_from_are() -> None:
    above = [Span(ACTIVE, date(2020, 1, 1), None), Span(ACTIVE, date(2024, 1, 1), date(2027, 1, 1))]

    assert together(above) == Span(ACTIVE, date(2024, 1, 1), date(2027, 1, 1))
    assert together([*above, Span(DELETED, None, None)]) == Span(DELETED, date(2024, 1, 1), date(2027, 1, 1))
    assert together([]) is None
