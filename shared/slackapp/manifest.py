"""What Slack would refuse of an app manifest, by its limits (docs.slack.dev, November 2026)."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from shared.slackapp.names import EVENTS, SCOPES

Json = dict[str, Any]

COMMAND = re.compile(r"/[a-z0-9_-]{1,31}")
COLOUR = re.compile(r"#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})")
LOOPBACK = {"127.0.0.1", "localhost"}
MOST_COMMANDS = 50
# Slack takes five global shortcuts and five of messages.
MOST_SHORTCUTS = 5
MOST_PROMPTS = 4


def problems(manifest: Json) -> list[str]:
    """Say where *manifest* is wrong, each by its path; nothing if Slack would take it."""
    return [*_display(manifest), *_features(manifest), *_oauth(manifest), *_settings(manifest)]


def _display(manifest: Json) -> Iterator[str]:
    shown = manifest.get("display_information", {})
    yield from _length(shown.get("name"), 1, 35, "display_information.name")
    yield from _length(shown.get("description", ""), 0, 140, "display_information.description")
    if (long := shown.get("long_description")) is not None:
        yield from _length(long, 175, 4000, "display_information.long_description")
    if (colour := shown.get("background_color")) is not None and not COLOUR.fullmatch(colour):
        yield "display_information.background_color: not a colour"


def _features(manifest: Json) -> Iterator[str]:
    features = manifest.get("features", {})
    yield from _length(
        features.get("bot_user", {}).get("display_name"), 1, 80, "features.bot_user.display_name"
    )
    agent = features.get("agent_view") or {}
    yield from _length(agent.get("agent_description", ""), 0, 300, "features.agent_view.agent_description")
    if len(agent.get("suggested_prompts", ())) > MOST_PROMPTS:
        yield f"features.agent_view.suggested_prompts: more than {MOST_PROMPTS}"
    commands = features.get("slash_commands", [])
    if len(commands) > MOST_COMMANDS:
        yield f"features.slash_commands: more than {MOST_COMMANDS}"
    for index, each in enumerate(commands):
        where = f"features.slash_commands[{index}]"
        if not COMMAND.fullmatch(each.get("command", "")):
            yield f"{where}.command: not a command"
        yield from _length(each.get("description"), 1, 2000, f"{where}.description")
        yield from _length(each.get("usage_hint", ""), 0, 1000, f"{where}.usage_hint")
    yield from _shortcuts(features.get("shortcuts", []))


def _shortcuts(shortcuts: list[Json]) -> Iterator[str]:
    for kind in ("global", "message"):
        if len([each for each in shortcuts if each.get("type") == kind]) > MOST_SHORTCUTS:
            yield f"features.shortcuts: more than {MOST_SHORTCUTS} of type {kind}"
    for index, each in enumerate(shortcuts):
        where = f"features.shortcuts[{index}]"
        if each.get("type") not in ("global", "message"):
            yield f"{where}.type: neither global nor message"
        yield from _length(each.get("name"), 1, 24, f"{where}.name")
        yield from _length(each.get("callback_id"), 1, 255, f"{where}.callback_id")
        yield from _length(each.get("description"), 1, 150, f"{where}.description")


def _oauth(manifest: Json) -> Iterator[str]:
    oauth = manifest.get("oauth_config", {})
    for scope in oauth.get("scopes", {}).get("bot", ()):
        if scope not in SCOPES:
            yield f"oauth_config.scopes.bot: unknown {scope}"
    for address in oauth.get("redirect_urls", ()):
        yield from _address(address, "oauth_config.redirect_urls")


def _settings(manifest: Json) -> Iterator[str]:
    settings = manifest.get("settings", {})
    subscriptions, interactivity = settings.get("event_subscriptions", {}), settings.get("interactivity", {})
    for event in subscriptions.get("bot_events", ()):
        if event not in EVENTS:
            yield f"settings.event_subscriptions.bot_events: unknown {event}"
    commands = manifest.get("features", {}).get("slash_commands", [])
    asked: dict[str, Any] = {
        "settings.event_subscriptions.request_url": subscriptions.get("request_url"),
        "settings.interactivity.request_url": interactivity.get("request_url"),
    } | {f"features.slash_commands[{index}].url": each.get("url") for index, each in enumerate(commands)}
    for where, address in asked.items():
        if address is not None:
            yield from _address(address, where)
        elif not settings.get("socket_mode_enabled"):
            yield f"{where}: missing, without Socket Mode"


def _address(address: str, where: str) -> Iterator[str]:
    asked = urlsplit(address)
    if asked.scheme != "https" and asked.hostname not in LOOPBACK:
        yield f"{where}: not https"


def _length(text: object, least: int, most: int, where: str) -> Iterator[str]:
    if not isinstance(text, str) or not least <= len(text) <= most:
        yield f"{where}: not {least} to {most} characters"
