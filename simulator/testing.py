"""Test a Slack app from pytest, with a workspace of its own: these names stay as they are.

    async with running(manifest=Path("manifest.json")) as workspace:
        ...  # start the app with workspace.bot_token, workspace.app_token and workspace.api_url
        await workspace.act("U0AINO", "command", command="/hello")
        message = await workspace.wait_for_message("U0AINO")

`docs/simulator.md` tells the rest.
"""

from simulator.api.endpoint import Fault
from simulator.manifest import Manifest
from simulator.reading import Unusable
from simulator.running import Simulator, running
from simulator.seed import Channel, User, Workspace
from simulator.timing import Timing
from simulator.workspace.messages import Message

__all__ = [
    "Channel",
    "Fault",
    "Manifest",
    "Message",
    "Simulator",
    "Timing",
    "Unusable",
    "User",
    "Workspace",
    "running",
]
