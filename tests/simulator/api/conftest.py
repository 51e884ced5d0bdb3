"""One harbour with people and rooms of every kind, and an app that may do everything."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from simulator.api.documented import reference
from simulator.manifest import Manifest, load_manifest
from simulator.running import Simulator, running
from tests.simulator.api.ear import Ear, listening
from tests.simulator.conftest import FAST, MANIFEST, bot_client

SEED = Path(__file__).parent / "seed.yaml"
EVENTS = (
    "agent_session_stopped",
    "app_mention",
    "channel_archive",
    "channel_created",
    "channel_left",
    "channel_rename",
    "channel_unarchive",
    "file_created",
    "file_deleted",
    "file_shared",
    "group_archive",
    "group_left",
    "group_rename",
    "member_joined_channel",
    "member_left_channel",
    "message.channels",
    "message.groups",
    "message.im",
    "message.mpim",
    "reaction_added",
    "reaction_removed",
    "team_join",
    "user_change",
)


def wide() -> Manifest:
    """The small app's manifest, with every scope that any method asks for and every event."""
    manifest = load_manifest(MANIFEST)
    scopes = {scope for row in reference().methods.values() for scope in row.scopes}
    written = manifest.model_dump()
    written["oauth_config"]["scopes"]["bot"] = sorted(scopes | manifest.scopes)
    written["settings"]["event_subscriptions"]["bot_events"] = EVENTS
    return Manifest.model_validate(written)


@pytest.fixture
async def simulator() -> AsyncIterator[Simulator]:
    async with running(SEED, wide(), timing=FAST) as simulator:
        yield simulator


@pytest.fixture
def client(simulator: Simulator) -> AsyncWebClient:
    return bot_client(simulator)


@pytest.fixture
async def ear(simulator: Simulator) -> AsyncIterator[Ear]:
    async with listening(simulator) as ear:
        yield ear
