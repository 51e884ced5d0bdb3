"""Rooms are made, entered, left, renamed and closed, and the app hears of it."""

from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from simulator.running import Simulator, running
from tests.simulator.api.conftest import SEED, wide
from tests.simulator.api.ear import Ear
from tests.simulator.conftest import FAST, bot_client, refusal


async def test_the_app_makes_a_room_invites_people_and_closes_it(client: AsyncWebClient, ear: Ear) -> None:
    made = await client.conversations_create(name="harbour-watch")
    channel = made["channel"]["id"]
    await client.conversations_setTopic(channel=channel, topic="Who is on watch?")
    purposed = await client.conversations_setPurpose(channel=channel, purpose="Watches")
    invited = await client.conversations_invite(channel=channel, users=["U0AINO", "U0BERTIL"])
    await client.conversations_kick(channel=channel, user="U0BERTIL")
    renamed = await client.conversations_rename(channel=channel, name="night-watch")
    await client.conversations_archive(channel=channel)
    shown = (await client.conversations_info(channel=channel))["channel"]
    open_ones = await client.conversations_list(exclude_archived=True)

    assert purposed["purpose"] == "Watches"
    assert invited["channel"]["num_members"] == 3
    assert renamed["channel"]["name"] == "night-watch"
    assert (shown["topic"]["value"], shown["is_archived"]) == ("Who is on watch?", True)
    assert channel not in {each["id"] for each in open_ones["channels"]}
    joined = await ear.events("member_joined_channel")
    assert [(each["user"], each["inviter"]) for each in joined] == [
        ("U0AINO", "U0SIMULATOR"),
        ("U0BERTIL", "U0SIMULATOR"),
    ]
    assert [each["user"] for each in await ear.events("member_left_channel")] == ["U0BERTIL"]
    assert [each["channel"]["name"] for each in await ear.events("channel_created")] == ["harbour-watch"]
    assert [each["channel"]["name"] for each in await ear.events("channel_rename")] == ["night-watch"]
    assert [each["channel"] for each in await ear.events("channel_archive")] == [channel]


async def test_what_happens_to_a_room_is_a_line_in_it(client: AsyncWebClient) -> None:
    await client.conversations_invite(channel="C0GENERAL", users=["U0GUEST"])
    history = await client.conversations_history(channel="C0GENERAL")

    assert history["messages"][0]["subtype"] == "channel_join"
    assert history["messages"][0]["inviter"] == "U0SIMULATOR"


async def test_the_app_joins_and_leaves_and_hears_of_its_own_coming(client: AsyncWebClient, ear: Ear) -> None:
    await client.conversations_join(channel="C0QUAY")
    again = await client.conversations_join(channel="C0QUAY")
    mine = await client.users_conversations()
    await client.conversations_leave(channel="C0QUAY")
    gone = await client.conversations_leave(channel="C0QUAY")

    assert again["warning"] == "already_in_channel"
    assert "C0QUAY" in {each["id"] for each in mine["channels"]}
    assert gone["not_in_channel"] is True
    assert [each["user"] for each in await ear.events("member_joined_channel")] == ["U0SIMULATOR"]
    assert [each["channel"] for each in await ear.events("channel_left")] == ["C0QUAY"]


async def test_people_invite_the_app_and_throw_it_out(simulator: Simulator, ear: Ear) -> None:
    invited = await simulator.act("U0AINO", "invite", channel="C0QUAY", person="U0SIMULATOR")
    thrown = await simulator.act("U0AINO", "remove", channel="C0QUAY", person="U0SIMULATOR")

    assert (invited["ok"], thrown["ok"]) == (True, True)
    assert [each["inviter"] for each in await ear.events("member_joined_channel")] == ["U0AINO"]
    assert [each["actor_id"] for each in await ear.events("channel_left")] == ["U0AINO"]


async def test_people_archive_a_room_and_nobody_speaks_there(
    simulator: Simulator, client: AsyncWebClient, ear: Ear
) -> None:
    await simulator.act("U0AINO", "archive", channel="C0GENERAL")
    spoken = await simulator.act("U0AINO", "say", channel="C0GENERAL", text="Hello")
    answer = await refusal(client, "chat.postMessage", channel="C0GENERAL", text="Hello")
    await simulator.act("U0AINO", "archive", channel="C0GENERAL", back=True)
    await client.chat_postMessage(channel="C0GENERAL", text="Hello")

    assert spoken["error"] == "is_archived"
    assert answer["error"] == "is_archived"
    assert [each["user"] for each in await ear.events("channel_unarchive")] == ["U0AINO"]


@pytest.mark.parametrize(
    ("method", "arguments", "code"),
    [
        ("conversations.create", {}, "invalid_name_required"),
        ("conversations.create", {"name": "x" * 81}, "invalid_name_maxlength"),
        ("conversations.create", {"name": "---"}, "invalid_name_punctuation"),
        ("conversations.create", {"name": "Harbour"}, "invalid_name_specials"),
        ("conversations.create", {"name": "quay"}, "name_taken"),
        ("conversations.join", {"channel": "C0WRECK"}, "is_archived"),
        ("conversations.join", {"channel": "C0BRIDGE"}, "channel_not_found"),
        ("conversations.join", {"channel": "C0DOCK"}, "method_not_supported_for_channel_type"),
        ("conversations.invite", {"channel": "C0GENERAL"}, "no_user"),
        ("conversations.invite", {"channel": "C0QUAY", "users": "U0CELIA"}, "not_in_channel"),
        ("conversations.invite", {"channel": "C0WRECK", "users": "U0CELIA"}, "is_archived"),
        ("conversations.invite", {"channel": "C0GENERAL", "users": "U0NOBODY"}, "user_not_found"),
        ("conversations.invite", {"channel": "C0GENERAL", "users": "U0SIMULATOR"}, "cant_invite_self"),
        ("conversations.invite", {"channel": "C0GENERAL", "users": "U0AINO"}, "already_in_channel"),
        ("conversations.invite", {"channel": "C0GENERAL", "users": "U0GONE"}, "cant_invite"),
        ("conversations.invite", {"channel": "C0GENERAL", "users": "U0FAR"}, "no_external_invite_permission"),
        ("conversations.invite", {"channel": "C0GENERAL", "users": "U0SINGLE"}, "ura_max_channels"),
        ("conversations.kick", {"channel": "C0GENERAL", "user": "U0SIMULATOR"}, "cant_kick_self"),
        ("conversations.kick", {"channel": "C0GENERAL", "user": "U0AINO"}, "cant_kick_from_general"),
        ("conversations.kick", {"channel": "C0DOCK", "user": "U0CELIA"}, "not_in_channel"),
        ("conversations.leave", {"channel": "C0GENERAL"}, "cant_leave_general"),
        ("conversations.archive", {"channel": "C0WRECK"}, "already_archived"),
        ("conversations.archive", {"channel": "C0GENERAL"}, "cant_archive_general"),
        ("conversations.archive", {"channel": "C0QUAY"}, "not_in_channel"),
        ("conversations.unarchive", {"channel": "C0DOCK"}, "not_archived"),
        ("conversations.rename", {"channel": "C0DOCK", "name": "new"}, "not_authorized"),
        ("conversations.setTopic", {"channel": "C0DOCK", "topic": "x" * 251}, "too_long"),
        ("conversations.setTopic", {"channel": "C0QUAY", "topic": "x"}, "not_in_channel"),
        ("conversations.setPurpose", {"channel": "C0WRECK", "purpose": "x"}, "is_archived"),
        ("conversations.mark", {"channel": "C0DOCK", "ts": "yesterday"}, "invalid_timestamp"),
        ("conversations.close", {"channel": "C0DOCK"}, "method_not_supported_for_channel_type"),
        ("chat.postMessage", {"channel": "C0WRECK", "text": "x"}, "is_archived"),
        ("chat.postMessage", {"channel": "C0NEWS", "text": "x"}, "restricted_action_read_only_channel"),
        ("chat.postEphemeral", {"channel": "C0NEWS", "text": "x", "user": "U0AINO"}, "restricted_action"),
    ],
)
async def test_it_refuses(client: AsyncWebClient, method: str, arguments: dict[str, Any], code: str) -> None:
    assert (await refusal(client, method, **arguments))["error"] == code


async def test_a_room_shared_with_outsiders_says_so(client: AsyncWebClient) -> None:
    shown = (await client.conversations_info(channel="C0FERRY"))["channel"]

    assert (shown["is_ext_shared"], shown["is_shared"]) == (True, True)


async def test_rooms_are_as_they_were_after_a_restart(tmp_path: Any) -> None:
    journal = tmp_path / "journal"
    async with running(SEED, wide(), journal=journal, timing=FAST) as first:
        client = bot_client(first)
        made = await client.conversations_create(name="harbour-watch", is_private=True)
        await client.conversations_invite(channel=made["channel"]["id"], users=["U0AINO"])
    async with running(SEED, wide(), journal=journal, timing=FAST) as second:
        members = await bot_client(second).conversations_members(channel=made["channel"]["id"])

    assert members["members"] == ["U0AINO", "U0SIMULATOR"]
