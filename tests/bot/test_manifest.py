"""The manifest says what the bot does, within what Slack takes."""

import subprocess
import sys
from typing import Any

import pytest
import yaml

from bot.calling import METHODS
from bot.manifest import METHOD_SCOPES, manifest, scopes
from shared.slackapp.manifest import problems

HERE = "https://bot.example"


def test_slack_takes_the_manifest_by_either_way() -> None:
    assert problems(manifest()) == []
    assert problems(manifest(HERE)) == []
    assert problems(manifest(HERE, socket=False, rotation=True)) == []


def test_every_method_that_is_called_is_asked_a_scope_for() -> None:
    assert set(METHOD_SCOPES) == set(METHODS)
    assert "team:read" not in scopes()
    assert {"chat:write", "commands", "im:history", "app_mentions:read"} <= set(scopes())


def test_requests_go_to_the_public_address_where_nobody_dials() -> None:
    content = manifest(HERE + "/", socket=False)

    assert content["features"]["slash_commands"][0]["url"] == f"{HERE}/slack/events"
    assert content["settings"]["event_subscriptions"]["request_url"] == f"{HERE}/slack/events"
    assert content["settings"]["interactivity"]["request_url"] == f"{HERE}/slack/events"
    assert content["oauth_config"]["redirect_urls"] == [f"{HERE}/slack/oauth_redirect"]
    with pytest.raises(ValueError, match="public address"):
        manifest(socket=False)


@pytest.mark.parametrize(
    ("path", "value", "complaint"),
    [
        (("display_information", "name"), "K" * 36, "name: not 1 to 35"),
        (("display_information", "description"), "d" * 141, "description: not 0 to 140"),
        (("display_information", "long_description"), "short", "long_description"),
        (("display_information", "background_color"), "blue", "background_color"),
        (("features", "bot_user", "display_name"), "", "display_name"),
        (("features", "agent_view", "agent_description"), "a" * 301, "agent_description"),
        (("features", "agent_view", "suggested_prompts"), [{}] * 5, "more than 4"),
        (("features", "slash_commands"), [{"command": "kanta", "description": "x"}], "not a command"),
        (("features", "shortcuts", 0, "name"), "n" * 25, "shortcuts[0].name"),
        (("features", "shortcuts", 0, "type"), "other", "neither global nor message"),
        (("oauth_config", "scopes", "bot"), ["everything"], "unknown everything"),
        (("oauth_config", "redirect_urls"), ["http://bot.example/x"], "not https"),
        (("settings", "event_subscriptions", "bot_events"), ["messages"], "unknown messages"),
        (("settings", "socket_mode_enabled"), False, "without Socket Mode"),
    ],
)
def test_what_slack_would_refuse_is_said(path: tuple[Any, ...], value: object, complaint: str) -> None:
    content: Any = yaml.safe_load(yaml.safe_dump(manifest(HERE)))
    place = content
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value

    assert any(complaint in each for each in problems(content))


def test_the_operator_prints_it() -> None:
    command = [sys.executable, "-m", "cli.main", "manifest", "--http", "--public-url", HERE]
    printed = subprocess.run(command, check=True, capture_output=True, text=True, timeout=60).stdout
    refused = subprocess.run(command[:-2], capture_output=True, text=True, timeout=60, check=False)

    assert yaml.safe_load(printed) == manifest(HERE, socket=False)
    assert refused.returncode == 2
