"""The table of events and interactions says what really comes, and all of it."""

import ast
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from slack_sdk.web.async_client import AsyncWebClient

import simulator
from shared.slackapp import EVENTS as KNOWN
from shared.slackapp import SCOPES
from simulator.running import Simulator, running
from simulator.spoken import EVENTS, INTERACTIONS
from simulator.testing import Person, Timing
from simulator.wire import Json
from tests.simulator.conftest import bot_client
from tests.simulator.doorkeeper import plain, written

MANIFEST: Json = {
    "display_information": {"name": "Listener"},
    "features": {
        "app_home": {"home_tab_enabled": True},
        "bot_user": {"display_name": "Listener"},
        "slash_commands": [{"command": "/listen"}],
        "shortcuts": [
            {"name": "Anywhere", "callback_id": "anywhere", "type": "global"},
            {"name": "Here", "callback_id": "here", "type": "message"},
        ],
    },
    "oauth_config": {"scopes": {"bot": sorted(SCOPES)}},
    "settings": {"event_subscriptions": {"bot_events": list(EVENTS)}},
}
# Nobody answers: what counts is what was sent.
DEAF = Timing(ack_seconds=0.01, retry_after=())
ORGANISATION = {"type": "external_select", "action_id": "organisation", "min_query_length": 0}


def heard(news: Iterator[Json]) -> set[str]:
    """The names of what was sent to the app."""
    names = set()
    for item in news:
        if item.get("direction") != "to_app":
            continue
        kind, payload = item["body"]["type"], item["body"]["payload"]
        if kind == "slash_commands":
            names.add(kind)
        elif kind == "interactive":
            names.add(payload["type"])
        else:
            event = payload["event"]
            family = {"channel": "channels", "group": "groups"}.get(event.get("channel_type"))
            where = family or event.get("channel_type")
            names.add(f"message.{where}" if event["type"] == "message" else event["type"])
    return names


@pytest.fixture
async def workspace() -> AsyncIterator[Simulator]:
    async with running(manifest=MANIFEST, timing=DEAF) as workspace:
        yield workspace


async def in_rooms(workspace: Simulator, client: AsyncWebClient, aino: Person) -> None:
    """All that happens in and to rooms."""
    said = await aino.say("@listener hello", "C0GENERAL")
    for name in ("eyes", "eyes"):
        await aino.act("react", channel="C0GENERAL", ts=said["ts"], name=name)
    await aino.say("hello", "C0BOARD")
    await aino.say("hello")
    group = (await client.conversations_open(users=["U0AINO", "U0BERTIL"]))["channel"]["id"]
    await aino.say("hello", group)
    await aino.act("invite", channel="C0RANDOM", person=workspace.stage.bot)
    await aino.act("remove", channel="C0RANDOM", person="U0CELIA")
    await aino.act("remove", channel="C0RANDOM", person=workspace.stage.bot)
    for private in (False, True):
        room = (await client.conversations_create(name=f"room-{private}".lower(), is_private=private))[
            "channel"
        ]
        await client.conversations_invite(channel=room["id"], users="U0AINO")
        await client.conversations_rename(channel=room["id"], name=f"again-{private}".lower())
        await aino.act("archive", channel=room["id"])
        await aino.act("archive", channel=room["id"], back=True)
        await aino.act("remove", channel=room["id"], person=workspace.stage.bot)
    uploaded = await client.files_upload_v2(channel="C0GENERAL", filename="note.txt", content="note")
    await client.files_delete(file=uploaded["file"]["id"])
    await aino.act("stop", channel=said["channel"], thread_ts=said["ts"])


async def in_front(workspace: Simulator, client: AsyncWebClient, aino: Person) -> None:
    """All that people start themselves; the app does not answer, so each act is refused."""
    act = workspace.act
    await aino.act("home")
    await act("U0AINO", "command", command="/listen")
    await act("U0AINO", "shortcut", callback_id="anywhere")
    said = await aino.message("hello", "C0BOARD")
    await act("U0AINO", "shortcut", callback_id="here", channel=said.channel, ts=said.ts)
    view: Json = {
        "type": "modal",
        "title": plain("Ask"),
        "submit": plain("Send"),
        "notify_on_close": True,
        "blocks": [
            written("organisation", ORGANISATION, optional=True),
            {"type": "actions", "elements": [{"type": "button", "action_id": "go", "text": plain("Go")}]},
        ],
    }
    trigger = workspace.stage.triggers.issue("U0AINO")
    opened = (await client.views_open(trigger_id=trigger, view=view))["view"]
    where = {"type": "view", "view_id": opened["id"]}
    button = opened["blocks"][1]
    await act("U0AINO", "press", container=where, block_id=button["block_id"], action_id="go")
    await act(
        "U0AINO", "suggest", container=where, block_id="organisation", action_id="organisation", query="x"
    )
    await act("U0AINO", "submit", view_id=opened["id"], state={})
    await act("U0AINO", "close", view_id=opened["id"])


async def to_accounts(aino: Person) -> None:
    """People come and change, and in the end the app goes."""
    new = {"id": "U0NEW", "name": "new", "real_name": "New Example", "email": "new@village.example"}
    await aino.act("welcome", person=new)
    await aino.act("rename", real_name="Aino Muutos")
    await aino.act("uninstall")


async def test_every_event_and_interaction_of_the_table_really_comes(workspace: Simulator) -> None:
    client, aino = bot_client(workspace), Person(workspace, "U0AINO")
    with workspace.stage.feed.subscribed("U0AINO") as queue:
        await in_rooms(workspace, client, aino)
        await in_front(workspace, client, aino)
        await to_accounts(aino)
        await workspace.settled()
        news = [queue.get_nowait() for _ in range(queue.qsize())]

    assert heard(item for item in news if item) == EVENTS.keys() | INTERACTIONS.keys()


def test_no_event_in_the_code_is_missing_from_the_table() -> None:
    folder = Path(simulator.__file__).parent
    named = {
        node.value
        for path in folder.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and node.value in KNOWN
    }

    assert named <= EVENTS.keys()
