"""Messages are written piece by piece, people may stop that, and sessions tell how the work stands."""

from typing import Any

import pytest
from slack_sdk.models.messages.chunk import BlocksChunk, MarkdownTextChunk, PlanUpdateChunk, TaskUpdateChunk
from slack_sdk.web.async_client import AsyncWebClient

from simulator.running import Simulator, running
from tests.simulator.api.conftest import SEED, wide
from tests.simulator.api.ear import Ear
from tests.simulator.conftest import FAST, bot_client, refusal

TEXT = {"type": "markdown_text", "text": "Hello"}


@pytest.fixture
async def asked(simulator: Simulator) -> dict[str, Any]:
    """A question in the direct message with the app: where the answer goes."""
    said = await simulator.act("U0AINO", "say", text="How do I moor?")
    return {"channel": said["channel"], "thread_ts": said["ts"]}


async def test_an_answer_grows_and_is_whole_at_the_end(
    simulator: Simulator, client: AsyncWebClient, ear: Ear, asked: dict[str, Any]
) -> None:
    started = await client.chat_startStream(**asked, markdown_text="Tie a **bow")
    place = {"channel": asked["channel"], "ts": started["ts"]}
    await client.chat_appendStream(**place, markdown_text="line**.")
    during = simulator.messages("U0AINO")[-1]
    button = {"type": "button", "action_id": "good", "text": {"type": "plain_text", "text": "Good"}}
    done = await client.chat_stopStream(**place, blocks=[{"type": "actions", "elements": [button]}])
    late = await refusal(client, "chat.appendStream", **place, markdown_text="More")
    again = await refusal(client, "chat.stopStream", **place)

    assert (during.text, during.as_page()["streaming_state"]) == ("Tie a **bowline**.", "in_progress")
    assert done["message"]["streaming_state"] == "completed"
    assert [block["type"] for block in done["message"]["blocks"]] == ["markdown", "actions"]
    assert done["message"]["thread_ts"] == asked["thread_ts"]
    assert (late["error"], again["error"]) == ("message_not_in_streaming_state",) * 2
    events = [each.get("subtype") for each in await ear.events("message")]
    assert events == [None, None, "message_changed"]


async def test_the_sdks_own_streamer_is_understood(
    simulator: Simulator, client: AsyncWebClient, asked: dict[str, Any]
) -> None:
    streamer = await client.chat_stream(**asked, buffer_size=4)
    for piece in ("Tie ", "a ", "bowline."):
        await streamer.append(markdown_text=piece)
    await streamer.stop()

    assert simulator.messages("U0AINO")[-1].text == "Tie a bowline."


async def test_tasks_stand_among_the_text_or_together_in_a_plan(
    client: AsyncWebClient, asked: dict[str, Any]
) -> None:
    chunks = [
        PlanUpdateChunk(title="Mooring"),
        TaskUpdateChunk(id="1", title="Look at the wind", status="in_progress", details="West"),
        MarkdownTextChunk(text="Then:"),
        TaskUpdateChunk(id="2", title="Tie", status="pending"),
        TaskUpdateChunk(id="1", title="Look at the wind", status="complete"),
        BlocksChunk(blocks=[{"type": "divider"}]),
    ]
    shown = {}
    for mode in ("timeline", "plan"):
        started = await client.chat_startStream(**asked, task_display_mode=mode, chunks=chunks)
        done = await client.chat_stopStream(channel=asked["channel"], ts=started["ts"])
        shown[mode] = done["message"]["blocks"]

    assert [each["type"] for each in shown["timeline"]] == ["task_card", "markdown", "task_card", "divider"]
    assert [each["type"] for each in shown["plan"]] == ["plan", "markdown", "divider"]
    assert [(each["task_id"], each["status"]) for each in shown["plan"][0]["tasks"]] == [
        ("1", "complete"),
        ("2", "pending"),
    ]
    assert shown["plan"][0]["title"] == "Mooring"


async def test_a_person_stops_the_app_and_it_hears_of_that(
    simulator: Simulator, client: AsyncWebClient, ear: Ear, asked: dict[str, Any]
) -> None:
    started = await client.chat_startStream(**asked, markdown_text="Tie a")
    where: Any = {"channel": asked["channel"], "thread_ts": asked["thread_ts"]}
    await client.agents_sessions_setStatus(
        channel_id=where["channel"], thread_ts=where["thread_ts"], status="processing", title="Mooring"
    )
    busy = simulator.stage.statuses[where["channel"], where["thread_ts"]]
    stopped = await simulator.act("U0AINO", "stop", **where)
    place = {"channel": asked["channel"], "ts": started["ts"]}
    late = await refusal(client, "chat.appendStream", **place, markdown_text="bowline")

    assert busy
    assert stopped["stopped"] == [started["ts"]]
    assert late["error"] == "stopped_by_user"
    assert simulator.stage.statuses[where["channel"], where["thread_ts"]] == ""
    heard = await ear.events("agent_session_stopped")
    assert [(each["user"], each["streaming_message_ts"]) for each in heard] == [("U0AINO", [started["ts"]])]


async def test_a_session_has_a_title_that_changes(client: AsyncWebClient, asked: dict[str, Any]) -> None:
    thread = {"channel_id": asked["channel"], "thread_ts": asked["thread_ts"]}
    none = await refusal(client, "agents.sessions.rename", **thread, title="Knots")
    made = await client.agents_sessions_setStatus(**thread, status="active", title="Mooring")
    renamed = await client.agents_sessions_rename(**thread, title="Knots")
    closed = await client.agents_sessions_setStatus(**thread, status="closed", title="Ignored")

    assert none["error"] == "session_not_found"
    assert (made["status"], made["agent_status"], made["title"]) == ("active", "active", "Mooring")
    assert renamed["title"] == "Knots"
    assert (closed["status"], closed["title"]) == ("closed", "Knots")


@pytest.mark.parametrize(
    ("method", "arguments", "code"),
    [
        ("chat.startStream", {"channel": "C0NOWHERE", "chunks": [TEXT]}, "channel_not_found"),
        ("chat.startStream", {"channel": "C0QUAY", "chunks": [TEXT]}, "not_in_channel"),
        ("chat.startStream", {"channel": "C0WRECK", "chunks": [TEXT]}, "is_archived"),
        ("chat.startStream", {"channel": "C0GENERAL", "chunks": [TEXT]}, "missing_recipient_user_id"),
        (
            "chat.startStream",
            {"channel": "C0GENERAL", "recipient_user_id": "U0AINO"},
            "missing_recipient_team_id",
        ),
        (
            "chat.startStream",
            {"channel": "C0GENERAL", "recipient_user_id": "U0NOBODY", "recipient_team_id": "T0HARBOUR"},
            "user_not_found",
        ),
        (
            "chat.startStream",
            {"channel": "C0GENERAL", "recipient_user_id": "U0AINO", "recipient_team_id": "T0LIGHT"},
            "team_not_found",
        ),
        (
            "chat.startStream",
            {
                "channel": "C0GENERAL",
                "recipient_user_id": "U0AINO",
                "recipient_team_id": "T0HARBOUR",
                "chunks": [{"type": "task_update", "id": "1", "title": "x", "status": "done"}],
            },
            "invalid_chunks",
        ),
        (
            "chat.startStream",
            {
                "channel": "C0GENERAL",
                "recipient_user_id": "U0AINO",
                "recipient_team_id": "T0HARBOUR",
                "markdown_text": "x" * 12_001,
            },
            "invalid_arguments",
        ),
        ("chat.appendStream", {"channel": "C0GENERAL", "ts": "1.0"}, "message_not_found"),
        ("agents.sessions.setStatus", {"channel_id": "C0GENERAL", "status": "active"}, "thread_ts_required"),
        (
            "agents.sessions.setStatus",
            {"channel_id": "C0GENERAL", "thread_ts": "1.0", "status": "asleep"},
            "invalid_status",
        ),
        (
            "agents.sessions.setStatus",
            {"channel_id": "C0QUAY", "thread_ts": "1.0", "status": "active"},
            "not_authorized",
        ),
    ],
)
async def test_it_refuses(client: AsyncWebClient, method: str, arguments: dict[str, Any], code: str) -> None:
    assert (await refusal(client, method, **arguments))["error"] == code


async def test_what_is_being_written_is_neither_updated_nor_anybody_elses(
    simulator: Simulator, client: AsyncWebClient, asked: dict[str, Any]
) -> None:
    dm = asked["channel"]
    started = await client.chat_startStream(**asked, markdown_text="Tie a")
    updated = await refusal(client, "chat.update", channel=dm, ts=started["ts"], text="x")
    foreign = await refusal(client, "chat.appendStream", channel=dm, ts=asked["thread_ts"], chunks=[TEXT])
    empty = await refusal(client, "chat.appendStream", channel=dm, ts=started["ts"])
    rootless = await refusal(client, "chat.startStream", channel=dm, chunks=[TEXT])

    assert updated["error"] == "streaming_state_conflict"
    assert foreign["error"] == "message_not_owned_by_app"
    assert empty["error"] == "no_text"
    assert rootless["error"] == "channel_type_not_supported"


async def test_an_app_that_is_no_agent_has_no_sessions() -> None:
    manifest = wide()
    plain = manifest.model_copy(
        update={"features": manifest.features.model_copy(update={"agent_view": None})}
    )
    async with running(SEED, plain, timing=FAST) as simulator:
        answer = await refusal(
            bot_client(simulator), "agents.sessions.setStatus", channel_id="C0GENERAL", status="active"
        )

    assert answer["error"] == "feature_disabled"
