"""The workspace's time: real, faster, or moved by hand."""

import asyncio
import time

import pytest

from simulator.clock import Clock
from tests.support.patience import PATIENCE


async def test_a_clock_that_stands_still_moves_only_by_hand() -> None:
    clock = Clock(pace=0)
    before = clock.now()
    happened: list[str] = []
    clock.call_later(20, lambda: happened.append("later"))
    clock.call_later(10, lambda: happened.append("sooner"))
    clock.call_later(15, lambda: happened.append("never")).cancel()

    await clock.advance(9.5)
    early = list(happened)
    await clock.advance(60)

    assert early == []
    assert happened == ["sooner", "later"]
    assert clock.now() - before == pytest.approx(69.5)


async def test_sleepers_are_woken_in_their_order_and_see_their_own_time() -> None:
    clock = Clock(pace=0)
    seen: list[float] = []

    async def sleep(seconds: float) -> None:
        await clock.sleep(seconds)
        seen.append(clock.monotonic())

    async with asyncio.TaskGroup() as tasks:
        for seconds in (30, 10, 20):
            tasks.create_task(sleep(seconds))
        await asyncio.sleep(0)
        await clock.advance(30)

    assert seen == [10, 20, 30]


async def test_a_limit_holds_on_the_clock_it_is_set_by() -> None:
    clock = Clock(pace=0)

    async def limited() -> str:
        try:
            async with clock.within(3):
                await asyncio.Event().wait()
        except TimeoutError:
            return "late"
        return "never"

    waiting = asyncio.create_task(limited())
    await asyncio.sleep(0)
    await clock.advance(3)

    assert await waiting == "late"


async def test_a_fast_clock_makes_a_minute_short_and_leaves_an_app_its_three_seconds() -> None:
    clock = Clock(pace=6000)
    began = time.monotonic()

    await clock.sleep(60)

    assert time.monotonic() - began < 2
    assert clock.monotonic() >= 60
    assert clock.patience(3) == 3 * 6000


async def test_the_pace_can_change_while_somebody_waits() -> None:
    clock = Clock(pace=0)
    sleeping = asyncio.create_task(clock.sleep(3600))
    await asyncio.sleep(0)

    clock.set_pace(1_000_000)
    await asyncio.wait_for(sleeping, PATIENCE)

    assert clock.monotonic() >= 3600


async def test_time_does_not_run_backwards() -> None:
    with pytest.raises(ValueError, match="backwards"):
        await Clock().advance(-1)
    with pytest.raises(ValueError, match="pace"):
        Clock(pace=-1)
