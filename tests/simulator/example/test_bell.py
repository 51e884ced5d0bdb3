"""The bell's own tests: a workspace for each, and nothing mocked."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler

from simulator.testing import Person, Simulator, running
from tests.simulator.example.bell import bell

MANIFEST = Path(__file__).with_name("manifest.json")


@pytest.fixture
async def workspace() -> AsyncIterator[Simulator]:
    async with running(manifest=MANIFEST) as workspace:
        app = bell(workspace.bot_token, workspace.api_url)
        handler = AsyncSocketModeHandler(app, workspace.app_token)
        await handler.connect_async()  # type: ignore[no-untyped-call]  # Bolt leaves it untyped
        await workspace.wait_for_connections()
        yield workspace
        await handler.close_async()  # type: ignore[no-untyped-call]  # likewise


async def test_it_rings_and_rings_again(workspace: Simulator) -> None:
    aino = Person(workspace, "U0AINO")

    await aino.command("/ring")
    rung = await aino.message("Ding!")
    await aino.press(rung, "again")
    again = await aino.message("Ding, dong!")

    assert again.ts == rung.ts


async def test_it_rings_once_although_slack_asks_it_to_wait(workspace: Simulator) -> None:
    aino = Person(workspace, "U0AINO")
    workspace.fail_next("chat.postMessage")

    await aino.command("/ring")
    await aino.message("Ding!")

    assert [message.text for message in workspace.messages("U0AINO")] == ["Ding!"]


async def test_it_acknowledges_long_before_three_seconds_are_over(workspace: Simulator) -> None:
    await Person(workspace, "U0AINO").command("/ring")

    (delivery,) = workspace.deliveries.of("/ring")
    assert delivery.outcome == "taken"
    assert delivery.ms is not None
    assert delivery.ms < 1000
