"""Ordinary apps are asked to come again, and lose their line, as happens to every app in Slack."""

import asyncio
from pathlib import Path

import pytest

from simulator.testing import Person, Refused, Rule, Simulator, Timing
from tests.simulator.apps.processes import KINDS, over_sockets
from tests.support.patience import PATIENCE

GENERAL = "C0GENERAL"


async def back(workspace: Simulator) -> None:
    """Wait until the app has come a second time."""
    sockets = workspace.stage.sockets
    await workspace.stage.feed.until(lambda: (sockets.served > 1 and sockets.count > 0) or None, PATIENCE)


async def insist(person: Person, text: str) -> None:
    """Give a command as a person does: again, if the app was just between two connections."""
    async with asyncio.timeout(PATIENCE):
        while True:
            await person.workspace.wait_for_connections(1, PATIENCE)
            try:
                return await person.command("/shed", text, GENERAL)
            except Refused as refused:
                if refused.code != "app_did_not_answer":
                    raise


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("reason", ["warning", "refresh_requested"])
async def test_an_app_that_is_asked_to_come_again_does(kind: str, reason: str, tmp_path: Path) -> None:
    async with over_sockets(kind, tmp_path / "app.log") as workspace:
        aino = Person(workspace, "U0AINO")
        await aino.command("/shed", "help", GENERAL)
        await workspace.disconnect(reason)
        await back(workspace)
        await insist(aino, "list")
        await aino.message("holds four tools", GENERAL, PATIENCE)
        used = [each.connection for each in workspace.deliveries.of("/shed")]

    assert used[-1] != used[0]


# Python's threaded client comes back, too, but takes forty seconds to notice.
@pytest.mark.parametrize("kind", ["python-asyncio", "javascript"])
async def test_an_app_whose_line_breaks_hears_later_what_it_missed(kind: str, tmp_path: Path) -> None:
    async with over_sockets(kind, tmp_path / "app.log", Timing()) as workspace:
        aino = Person(workspace, "U0AINO")
        workspace.faults.add(Rule(on="delivery", kind="reset", match="app_mention", count=1))
        await aino.say("@toolshed, are you there?", GENERAL)
        await back(workspace)
        # Slack tries again at once, in vain, and a minute later.
        tries = workspace.deliveries.of("app_mention")
        await workspace.advance(tries[-1].sent_at + 60.1 - workspace.clock.now())
        await aino.message("You called", GENERAL, PATIENCE)
        await workspace.settled()
        outcomes = [each.outcome for each in workspace.deliveries.of("app_mention")]

    assert outcomes == ["timeout", "connection_failed", "taken"]
