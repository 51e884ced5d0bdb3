"""The same app in two languages and three ways, over websockets and requests: people see the same."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest

from simulator.running import Simulator
from tests.simulator.apps.people import play
from tests.simulator.apps.processes import KINDS, over_requests, over_sockets

Reach = Callable[[str, Path], AbstractAsyncContextManager[Simulator]]
EXPECTED = Path(__file__).with_name("transcript.txt")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("reach", [over_sockets, over_requests], ids=["sockets", "requests"])
async def test_people_see_the_same_whatever_the_app_is_made_with(
    kind: str, reach: Reach, tmp_path: Path
) -> None:
    async with reach(kind, tmp_path / "app.log") as simulator:
        told = await play(simulator)

    assert told == EXPECTED.read_text(encoding="utf-8")
