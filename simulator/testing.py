"""Test a Slack app from pytest, with a workspace of its own: these names stay as they are.

    async with running(manifest=Path("manifest.json")) as workspace:
        ...  # start the app with workspace.bot_token, workspace.app_token and workspace.api_url
        aino = Person(workspace, "U0AINO")
        await aino.command("/hello")
        assert (await aino.message()).text == "Hello, Aino!"

`docs/simulator.md` tells the rest.
"""

from simulator.api.endpoint import Fault
from simulator.clock import Clock
from simulator.delivery.record import Delivered
from simulator.faults import Rule
from simulator.manifest import Manifest
from simulator.oauth.consent import Credentials
from simulator.person import Person, Refused
from simulator.reading import Unusable
from simulator.running import Simulator, running
from simulator.seed import Channel, User, Workspace
from simulator.timing import Timing
from simulator.workspace.messages import Message

__all__ = [
    "Channel",
    "Clock",
    "Credentials",
    "Delivered",
    "Fault",
    "Manifest",
    "Message",
    "Person",
    "Refused",
    "Rule",
    "Simulator",
    "Timing",
    "Unusable",
    "User",
    "Workspace",
    "running",
]
