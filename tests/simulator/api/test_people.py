"""People of every kind are shown as Slack shows them, and what becomes of them is told."""

from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from simulator.running import Simulator, running
from tests.simulator.api.conftest import SEED, wide
from tests.simulator.api.ear import Ear
from tests.simulator.conftest import FAST, bot_client, refusal

NEW = {"id": "U0DORA", "name": "dora", "real_name": "Dora Example", "email": "dora@harbour.example"}


@pytest.mark.parametrize(
    ("user", "flags"),
    [
        ("U0AINO", set[str]()),
        ("U0GUEST", {"is_restricted"}),
        ("U0SINGLE", {"is_restricted", "is_ultra_restricted"}),
        ("U0OTHER", {"is_stranger"}),
        ("U0GONE", {"deleted"}),
        ("U0ROBOT", {"is_bot"}),
    ],
)
async def test_each_kind_of_account_has_its_flags(client: AsyncWebClient, user: str, flags: set[str]) -> None:
    shown = (await client.users_info(user=user))["user"]
    names = ("is_restricted", "is_ultra_restricted", "is_stranger", "deleted", "is_bot")

    assert {name for name in names if shown[name]} == flags
    assert (shown["team_id"] != "T0HARBOUR") is shown["is_stranger"]
    assert ("email" in shown["profile"]) is not (shown["is_stranger"] or shown["is_bot"])


@pytest.mark.parametrize(
    ("method", "arguments", "code"),
    [
        ("conversations.open", {"users": "U0GONE"}, "user_disabled"),
        ("conversations.open", {"users": "U0ROBOT"}, "invalid_user_combination"),
        ("conversations.open", {"users": "U0FAR"}, "invalid_user_combination"),
        ("conversations.open", {"users": "U0NOBODY"}, "user_not_found"),
        ("conversations.open", {"users": ",".join(["U0AINO"] * 9)}, "too_many_users"),
        ("users.lookupByEmail", {"email": "other@elsewhere.example"}, "users_not_found"),
        ("chat.postMessage", {"channel": "U0GONE", "text": "x"}, "channel_not_found"),
        ("chat.postMessage", {"channel": "U0ROBOT", "text": "x"}, "channel_not_found"),
        ("users.profile.get", {"user": "U0NOBODY"}, "user_not_found"),
        ("users.getPresence", {"user": "U0NOBODY"}, "invalid_arguments"),
        ("usergroups.users.list", {"usergroup": "S0NONE"}, "no_such_subteam"),
        ("team.info", {"team": "T0NONE"}, "team_not_found"),
        ("bots.info", {"bot": "B0NONE"}, "bot_not_found"),
    ],
)
async def test_it_refuses(client: AsyncWebClient, method: str, arguments: dict[str, Any], code: str) -> None:
    assert (await refusal(client, method, **arguments))["error"] == code


async def test_an_outsider_who_shares_a_channel_is_written_to(client: AsyncWebClient) -> None:
    assert (await client.conversations_open(users=["U0OTHER"]))["ok"] is True


async def test_whoever_is_deactivated_is_gone_for_the_app_too(
    simulator: Simulator, client: AsyncWebClient, ear: Ear
) -> None:
    refused = await simulator.act("U0BERTIL", "deactivate", person="U0CELIA")
    await simulator.act("U0AINO", "deactivate", person="U0CELIA")
    act = await simulator.act("U0CELIA", "say", text="Hello")
    opened = await refusal(client, "conversations.open", users="U0CELIA")
    await simulator.act("U0AINO", "reactivate", person="U0CELIA")

    assert refused["error"] == "not_an_admin"
    assert act["error"] == "account_inactive"
    assert opened["error"] == "user_disabled"
    changes = await ear.events("user_change")
    assert [(each["user"]["id"], each["user"]["deleted"]) for each in changes] == [
        ("U0CELIA", True),
        ("U0CELIA", False),
    ]


async def test_a_new_name_and_a_new_colleague_are_told(simulator: Simulator, ear: Ear) -> None:
    await simulator.act("U0BERTIL", "rename", real_name="Bertil Nyexempel")
    welcomed = await simulator.act("U0AINO", "welcome", person=NEW)
    twice = await simulator.act("U0AINO", "welcome", person=NEW)
    said = await simulator.act("U0DORA", "say", text="Hello")

    assert welcomed["ok"] is True
    assert twice["error"] == "already_in_team"
    assert said["ok"] is True
    assert [each["user"]["real_name"] for each in await ear.events("user_change")] == ["Bertil Nyexempel"]
    assert [each["user"]["profile"]["email"] for each in await ear.events("team_join")] == [NEW["email"]]


async def test_accounts_are_as_they_were_after_a_restart(tmp_path: Any) -> None:
    journal = tmp_path / "journal"
    async with running(SEED, wide(), journal=journal, timing=FAST) as first:
        await first.act("U0AINO", "deactivate", person="U0CELIA")
        await first.act("U0AINO", "welcome", person=NEW)
    async with running(SEED, wide(), journal=journal, timing=FAST) as second:
        client = bot_client(second)
        celia = await client.users_info(user="U0CELIA")
        dora = await client.users_info(user="U0DORA")

    assert celia["user"]["deleted"] is True
    assert dora["user"]["name"] == "dora"


async def test_the_workspace_tells_of_its_groups_pictures_and_presence(
    simulator: Simulator, client: AsyncWebClient
) -> None:
    groups = await client.usergroups_list(include_users=True, include_count=True)
    pilots = await client.usergroups_users_list(usergroup="S0PILOTS")
    everyone = await client.usergroups_users_list(usergroup="S0PILOTS", include_disabled=True)
    emoji = await client.emoji_list()
    away = await client.users_getPresence(user="U0AINO")
    with simulator.stage.feed.subscribed("U0AINO"):
        here = await client.users_getPresence(user="U0AINO")
    profile = await client.users_profile_get(user="U0AINO")

    assert [(each["handle"], each["user_count"]) for each in groups["usergroups"]] == [("pilots", 2)]
    assert pilots["users"] == ["U0AINO"]
    assert everyone["users"] == ["U0AINO", "U0GONE"]
    assert list(emoji["emoji"]) == ["anchor-drop"]
    assert (away["presence"], here["presence"]) == ("away", "active")
    assert profile["profile"]["email"] == "aino@harbour.example"


async def test_a_client_may_try_out_answers_and_errors(client: AsyncWebClient) -> None:
    tried = await client.api_test(foo="bar")
    failed = await refusal(client, "api.test", error="my_error")

    assert tried["args"] == {"foo": "bar"}
    assert (failed["error"], failed["args"]) == ("my_error", {"error": "my_error"})
