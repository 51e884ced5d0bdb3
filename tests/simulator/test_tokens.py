"""How long a token lasts, and how the app is thrown out."""

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from simulator.running import Simulator
from tests.simulator.conftest import bot_client
from tests.simulator.installing import allowed, exchanged, rotating, slack
from tests.simulator.test_workspaces import overhearing

__all__ = ["rotating", "slack"]


async def test_installing_again_keeps_the_token(slack: Simulator) -> None:
    first = await exchanged(slack, await allowed(slack, "T0PIER:U0ELLA"))
    again = await exchanged(slack, await allowed(slack, "T0PIER:U0ELLA", scope="im:write"))

    assert again["access_token"] == first["access_token"]
    assert again["scope"] == "chat:write,im:write,users:read"


async def test_a_token_that_rotates_expires_and_is_refreshed_once(rotating: Simulator) -> None:
    first = await exchanged(rotating, await allowed(rotating, "T0PIER:U0ELLA"))
    client = AsyncWebClient(base_url=f"{rotating.url}/api/")
    renew = {"client_id": "1.2", "client_secret": "secret", "grant_type": "refresh_token"}
    second = await client.oauth_v2_access(**renew, refresh_token=first["refresh_token"])
    both = [await bot_client(rotating, each["access_token"]).auth_test() for each in (first, second)]
    with pytest.raises(SlackApiError) as spent:
        await client.oauth_v2_access(**renew, refresh_token=first["refresh_token"])
    await rotating.advance(43_200)
    with pytest.raises(SlackApiError) as expired:
        await bot_client(rotating, second["access_token"]).auth_test()
    third = await client.oauth_v2_access(**renew, refresh_token=second["refresh_token"])

    assert (first["expires_in"], first["refresh_token"][:7]) == (43_200, "xoxe-1-")
    assert len({each["bot_id"] for each in both}) == 1
    assert spent.value.response["error"] == "invalid_refresh_token"
    assert expired.value.response["error"] == "token_expired"
    assert (await bot_client(rotating, third["access_token"]).auth_test())["team_id"] == "T0PIER"


async def test_an_organisation_lets_the_app_into_all_its_workspaces(rotating: Simulator) -> None:
    installed = await exchanged(rotating, await allowed(rotating, "E0COAST:W0AINO"))
    me = await bot_client(rotating, installed["access_token"]).auth_test()

    assert (installed["team"], installed["is_enterprise_install"]) == (None, True)
    assert installed["enterprise"] == {"id": "E0COAST", "name": "Coast"}
    assert (me["is_enterprise_install"], me["enterprise_id"]) == (True, "E0COAST")


async def test_an_interaction_of_an_organisations_app_names_no_workspace(rotating: Simulator) -> None:
    await rotating.act("W0AINO", "uninstall")
    await exchanged(rotating, await allowed(rotating, "E0COAST:W0AINO"))
    with overhearing(rotating) as heard:
        await rotating.act("W0AINO", "shortcut", callback_id="door")

    shortcut = heard[-1]
    assert (shortcut["team"], shortcut["is_enterprise_install"]) == (None, True)
    assert shortcut["enterprise"] == {"id": "E0COAST", "name": "Coast"}
    assert (shortcut["user"]["id"], shortcut["user"]["team_id"]) == ("W0AINO", "T0LIGHT")


async def test_an_admin_throws_the_app_out_and_the_app_hears_of_it(slack: Simulator) -> None:
    manifest = slack.slack.app.manifest
    subscribed = manifest.events
    with overhearing(slack) as heard:
        member = await slack.act("W0DAVID", "uninstall")
        done = await slack.act("W0AINO", "uninstall")
        again = await slack.act("W0AINO", "uninstall")
        await slack.act("W0DAVID", "say", text="Is anybody there?")
        await slack.settled()
    with pytest.raises(SlackApiError) as dead:
        await bot_client(slack, "xoxb-simulator-bot-T0LIGHT").auth_test()
    other = await bot_client(slack).auth_test()

    assert {"tokens_revoked", "app_uninstalled"} <= subscribed
    assert (member["error"], done["ok"], again["error"]) == ("not_allowed", True, "app_not_installed")
    assert {each["event"]["type"] for each in heard} == {"tokens_revoked", "app_uninstalled"}
    assert {each["team_id"] for each in heard} == {"T0LIGHT"}
    assert dead.value.response["error"] == "account_inactive"
    assert other["team_id"] == "T0HARBOUR"


async def test_the_app_gives_its_token_back(slack: Simulator) -> None:
    client = bot_client(slack)
    tried = await client.auth_revoke(test=True)
    done = await client.auth_revoke()
    with pytest.raises(SlackApiError) as dead:
        await client.auth_test()

    assert (tried["revoked"], done["revoked"]) == (False, True)
    assert dead.value.response["error"] == "token_revoked"
