"""Tokens: renewed before they expire, sealed with keys that can be changed, given up when Slack says so."""

from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from bot.app import in_conversation
from bot.installations.vault import Unreadable, Vault
from bot.sender import Said, SlackSaysNo
from bot.settings import BotSettings
from shared.contracts.identity import ChatAccount
from tests.bot.installations.scene import KEY, settings_for, staged
from tests.bot.makers import TEAM
from tests.support.bus import free_port

MAIJA, OTHER_MAIJA = ChatAccount(team=TEAM, user="U0MAIJA"), ChatAccount(team="T0OTHER", user="W0MAIJA")
NEW_KEY = Fernet.generate_key().decode()


def test_what_is_sealed_for_one_place_opens_for_no_other() -> None:
    vault = Vault([KEY])
    sealed = vault.seal("T1", "xoxb-secret")

    assert vault.open("T1", sealed) == "xoxb-secret"
    assert "secret" not in sealed
    with pytest.raises(Unreadable):
        vault.open("T2", sealed)
    with pytest.raises(Unreadable):
        Vault([NEW_KEY]).open("T1", sealed)
    assert Vault([NEW_KEY, KEY]).open("T1", sealed) == "xoxb-secret"


async def test_a_token_is_renewed_well_before_it_expires(database_url: str, tmp_path: Path) -> None:
    async with staged(database_url, tmp_path, token_rotation_enabled=True) as scene:
        async with scene.browser() as browser:
            await browser.install(f"{TEAM}:U0MAIJA")
        first = scene.slack.stage.token
        await scene.bot.kit.sender.post(MAIJA, Said("With the first"))
        await scene.slack.advance(11 * 3600)
        await scene.bot.kit.sender.post(MAIJA, Said("With the second"))
        await scene.slack.advance(2 * 3600)
        await scene.bot.kit.sender.post(MAIJA, Said("The first is no more"))
        held = [token for token in scene.slack.slack.app.tokens.held.values() if token.team == TEAM]

    assert first is not None
    assert [each.text for each in scene.slack.messages("U0MAIJA")] == [
        "With the first",
        "With the second",
        "The first is no more",
    ]
    assert len(held) == 2


async def test_a_change_of_keys_loses_no_workspace(database_url: str, tmp_path: Path) -> None:
    async with staged(database_url, tmp_path) as scene:
        async with scene.browser() as browser:
            await browser.install(f"{TEAM}:U0MAIJA")
        for keys in (f"{NEW_KEY},{KEY}", NEW_KEY):
            settings = settings_for(scene.slack, database_url, free_port(), tmp_path, keys)
            async with in_conversation(scene.town, settings, pace=0.0) as bot:
                await bot.kit.sender.post(MAIJA, Said("Sealed anew"))

    assert len(scene.slack.messages("U0MAIJA")) == 2


async def test_a_lost_key_is_no_crash_but_no_token_either(database_url: str, tmp_path: Path) -> None:
    async with staged(database_url, tmp_path) as scene:
        async with scene.browser() as browser:
            await browser.install(f"{TEAM}:U0MAIJA")
        settings = settings_for(scene.slack, database_url, free_port(), tmp_path, NEW_KEY)
        async with in_conversation(scene.town, settings, pace=0.0) as bot:
            with pytest.raises(SlackSaysNo, match="not_installed"):
                await bot.kit.sender.post(MAIJA, Said("?"))


async def test_a_token_that_slack_does_not_take_is_given_up(database_url: str, tmp_path: Path) -> None:
    """The word of leaving may never come: nobody heard it, or the subscription was lost."""
    async with staged(database_url, tmp_path) as scene:
        async with scene.browser() as browser:
            await browser.install(f"{TEAM}:U0MAIJA")
        token = scene.slack.stage.token
        assert token is not None
        scene.slack.slack.app.tokens.end(token, "account_inactive")
        with pytest.raises(SlackSaysNo, match="account_inactive"):
            await scene.bot.kit.sender.post(MAIJA, Said("?"))
        with pytest.raises(SlackSaysNo, match="not_installed"):
            await scene.bot.kit.sender.post(MAIJA, Said("?"))


async def test_an_organisations_installation_speaks_in_its_workspaces(
    database_url: str, tmp_path: Path
) -> None:
    async with staged(database_url, tmp_path, org_deploy_enabled=True) as scene:
        async with scene.browser() as browser:
            await browser.install("E0ORG:W0MAIJA")
        with pytest.raises(SlackSaysNo, match="not_installed"):
            await scene.bot.kit.sender.post(OTHER_MAIJA, Said("Which organisation is it of?"))
        await scene.slack.act("W0MAIJA", "shortcut", callback_id="grant.begin")
        modal = await scene.slack.wait_for_view("W0MAIJA")
        await scene.bot.kit.sender.post(OTHER_MAIJA, Said("Of that one"))
        await scene.slack.act("W0MAIJA", "uninstall")
        await scene.out_of("T0OTHER")
        with pytest.raises(SlackSaysNo, match="not_installed"):
            await scene.bot.kit.sender.post(OTHER_MAIJA, Said("Not any more"))

    assert modal["team_id"] == "T0OTHER"
    assert "Of that one" in [each.text for each in scene.slack.messages("W0MAIJA")]


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"slack_client_secret": ""}, "go together"),
        ({"bot_token_keys": ""}, "kept sealed"),
        ({"bot_token_keys": "abc"}, "no key"),
        ({"bot_public_url": "http://bot.example"}, "https"),
        ({"SLACK_BOT_TOKEN": "xoxe.xoxb-1-" + "A" * 20}, "real Slack token"),
    ],
)
def test_settings_that_would_be_unsafe_are_refused(change: dict[str, str], complaint: str) -> None:
    right = {
        "SLACK_BOT_TOKEN": "",
        "slack_client_id": "1.2",
        "slack_client_secret": "s",
        "bot_token_keys": KEY,
        "slack_api_url": "http://127.0.0.1:9",
    }
    BotSettings.model_validate(right)
    with pytest.raises(ValueError, match=complaint):
        BotSettings.model_validate(right | change)
