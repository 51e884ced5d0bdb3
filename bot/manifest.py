"""What Slack is told of the app: written from what the bot does, never by hand."""

from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from bot import features
from bot.calling import METHODS
from bot.router import OTHERWISE, Kind, marks

Json = dict[str, Any]

COMMAND = "/kanta"
EVENTS_PATH = "/slack/events"
REDIRECT_PATH = "/slack/oauth_redirect"
HEAD = "# Written by `make docs` from what the bot does: see bot/manifest.py.\n"

# The scopes that each method of the sender needs; a few need none.
METHOD_SCOPES: dict[str, tuple[str, ...]] = {
    "agents.sessions.setStatus": ("assistant:write",),
    "assistant.threads.setStatus": ("assistant:write",),
    "assistant.threads.setSuggestedPrompts": ("assistant:write",),
    "auth.test": (),
    "chat.delete": ("chat:write",),
    "chat.postEphemeral": ("chat:write",),
    "chat.postMessage": ("chat:write",),
    "chat.update": ("chat:write",),
    "conversations.history": ("im:history",),
    "conversations.info": ("channels:read", "groups:read", "im:read"),
    "conversations.open": ("im:write",),
    "conversations.replies": ("im:history",),
    "users.info": ("users:read",),
    "users.list": ("users:read",),
    "views.open": (),
    "views.publish": (),
    "views.update": (),
}
# What Slack calls the events that the bot answers, and the scopes that it wants for them.
EVENTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "agent_session_stopped": ("agent_session_stopped", ("assistant:write",)),
    "app_context_changed": ("app_context_changed", ("assistant:write",)),
    "app_home_opened": ("app_home_opened", ()),
    "app_mention": ("app_mention", ("app_mentions:read",)),
    "message": ("message.im", ("im:history",)),
    "messages_opened": ("app_home_opened", ()),
    "team_join": ("team_join", ("users:read",)),
    "user_change": ("user_change", ("users:read",)),
}
# Answered before any feature: see `places.gone`.
LEAVING = ("app_uninstalled", "tokens_revoked")


def manifest(public_url: str | None = None, *, socket: bool = True, rotation: bool = False) -> Json:
    """
    The manifest of the app.

    With a *public_url* it may be installed from the bot's pages there; without a *socket* Slack's requests
    go there, too. Where tokens have *rotation* they expire after twelve hours.

    Raises:
        ValueError: there is neither a socket nor an address.
    """
    if not socket and not public_url:
        raise ValueError("without Socket Mode Slack has to know the bot's public address")
    words = _words()
    requests = None if socket else f"{(public_url or '').rstrip('/')}{EVENTS_PATH}"
    command = {
        "command": COMMAND,
        "description": words["command"],
        "usage_hint": words["usage_hint"],
        "should_escape": True,
    }
    subscriptions: Json = {"bot_events": list(events())}
    interactivity: Json = {"is_enabled": True}
    if requests is not None:
        command["url"] = requests
        subscriptions = {"request_url": requests} | subscriptions
        interactivity |= {"request_url": requests, "message_menu_options_url": requests}
    oauth: Json = {"scopes": {"bot": list(scopes())}}
    if public_url:
        oauth = {"redirect_urls": [public_url.rstrip("/") + REDIRECT_PATH]} | oauth
    return {
        "_metadata": {"major_version": 2, "minor_version": 1},
        "display_information": {
            "name": words["name"],
            "description": words["description"],
            "background_color": "#0b3d5c",
            "long_description": words["long_description"],
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": words["name"], "always_online": True},
            "agent_view": {
                "agent_description": words["agent_description"],
                "suggested_prompts": [{"title": each, "message": each} for each in words["prompts"]],
            },
            "slash_commands": [command],
            "shortcuts": shortcuts(),
        },
        "oauth_config": oauth,
        "settings": {
            "event_subscriptions": subscriptions,
            "interactivity": interactivity,
            "org_deploy_enabled": bool(public_url),
            "socket_mode_enabled": socket,
            "token_rotation_enabled": rotation,
        },
    }


def text(content: Json) -> str:
    """The manifest as the YAML that Slack takes."""
    return HEAD + yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=100)


def shortcuts() -> list[Json]:
    """Every shortcut that a feature answers, in the order of their words."""
    answered, words = _answered(Kind.SHORTCUT), _words()["shortcuts"]
    if answered != set(words):
        raise ValueError(f"shortcuts without words, or words without shortcuts: {answered ^ set(words)}")
    return [
        {
            "name": each["name"],
            "type": each["type"],
            "callback_id": name,
            "description": each["description"],
        }
        for name, each in words.items()
    ]


def events() -> tuple[str, ...]:
    """Every event that the bot answers, as Slack calls it."""
    return tuple(sorted({EVENTS[name][0] for name in _answered(Kind.EVENT)} | set(LEAVING)))


@cache
def scopes() -> tuple[str, ...]:
    """What the bot asks for: what its methods, its events and its command need, and no more."""
    of_methods = {scope for method in METHODS for scope in METHOD_SCOPES[method]}
    of_events = {scope for name in _answered(Kind.EVENT) for scope in EVENTS[name][1]}
    return tuple(sorted(of_methods | of_events | {"commands"}))


def _answered(kind: Kind) -> set[str]:
    classes = (one for one in vars(features).values() if isinstance(one, type))
    return {name for one in classes for of, name in marks(one) if of is kind} - {OTHERWISE}


@cache
def _words() -> Json:
    found: Json = yaml.safe_load(files("bot").joinpath("manifest_words.yaml").read_text(encoding="utf-8"))
    return found
