"""Ratios, verdicts and rounds are reckoned as they are told."""

import pytest

from bench.figures import Figure, Pace, Side, interleaved, middle, pace
from bench.report import drawing, page


def test_twice_as_fast_as_asked_is_a_ratio_of_two() -> None:
    figure = Figure(name="checks", value=2000, unit="/s", limit=1000)

    assert figure.ratio == 2
    assert figure.verdict == "PASS"


def test_twice_as_slow_as_allowed_is_half() -> None:
    figure = Figure(name="start", value=1.6, unit="s", limit=0.8, side=Side.AT_MOST)

    assert figure.ratio == 0.5
    assert figure.verdict == "FAIL"


@pytest.mark.parametrize("side", Side)
def test_what_is_just_enough_passes(side: Side) -> None:
    assert Figure(name="x", value=5, unit="", limit=5, side=side).passes


def test_without_a_limit_nothing_is_judged() -> None:
    figure = Figure(name="disk", value=3, unit="/s")

    assert figure.ratio is None
    assert figure.verdict == ""
    assert figure.passes


def test_a_pace_knows_the_slow_ones() -> None:
    measured = pace([0.001] * 98 + [0.5, 0.5], seconds=2)

    assert measured == Pace(rate=50, p50=1, p99=500)


def test_a_pace_of_nothing_is_an_error() -> None:
    with pytest.raises(ValueError, match="nothing was measured"):
        pace([], seconds=1)


def test_one_bad_round_does_not_move_the_middle() -> None:
    assert middle([Pace(10, 1, 2), Pace(11, 1, 2), Pace(1, 90, 99)]) == Pace(10, 1, 2)


async def test_contenders_take_turns() -> None:
    order: list[str] = []

    async def run(name: str) -> int:
        order.append(name)
        return len(order)

    results = await interleaved({"a": lambda: run("a"), "b": lambda: run("b")}, rounds=3)

    assert order == ["a", "b", "a", "b", "a", "b"]
    assert results == {"a": [1, 3, 5], "b": [2, 4, 6]}


def test_the_page_says_what_failed() -> None:
    figures = [
        Figure(name="good & fast", value=9, unit="/s", limit=3),
        Figure(name="bad", value=1, unit="/s", limit=3),
    ]
    written = page(figures, rounds=3)

    assert "| good & fast | 9.00 /s | ≥ 3.00 /s | 3.00 | PASS |" in written
    assert "| bad | 1.00 /s | ≥ 3.00 /s | 0.33 | FAIL |" in written
    assert "good &amp; fast" in drawing(figures)
