"""The app as its manifest describes it: commands, shortcuts, scopes and events."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from simulator.reading import read


def _refuse_twins(field: str, names: Iterable[str]) -> None:
    known: set[str] = set()
    for name in names:
        if name in known:
            raise ValueError(f"{field} has {name} twice")
        known.add(name)


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class Command(_Part):
    """A slash command."""

    command: Annotated[str, StringConstraints(pattern=r"^/\S+$", max_length=32)]
    description: str = ""
    usage_hint: str = ""
    should_escape: bool = False


class Shortcut(_Part):
    """Something to start from anywhere, or from a message."""

    name: str
    callback_id: str
    description: str = ""
    type: Literal["global", "message"] = "global"


class Prompt(_Part):
    """A question that the app suggests."""

    title: str
    message: str


class _AppHome(_Part):
    home_tab_enabled: bool = False
    messages_tab_enabled: bool = True


class _BotUser(_Part):
    display_name: str = "App"


class _AgentView(_Part):
    agent_description: str = ""
    suggested_prompts: tuple[Prompt, ...] = ()


class _Features(_Part):
    app_home: _AppHome = _AppHome()
    bot_user: _BotUser = _BotUser()
    slash_commands: tuple[Command, ...] = ()
    shortcuts: tuple[Shortcut, ...] = ()
    agent_view: _AgentView | None = None
    assistant_view: _AgentView | None = None

    @model_validator(mode="after")
    def _check(self) -> Self:
        _refuse_twins("slash_commands", (each.command for each in self.slash_commands))
        _refuse_twins("shortcuts", (each.callback_id for each in self.shortcuts))
        return self


class _Scopes(_Part):
    bot: tuple[str, ...] = ()


class _Oauth(_Part):
    scopes: _Scopes = _Scopes()
    redirect_urls: tuple[str, ...] = ()


class _Subscriptions(_Part):
    bot_events: tuple[str, ...] = ()


class _Settings(_Part):
    event_subscriptions: _Subscriptions = _Subscriptions()
    org_deploy_enabled: bool = False
    token_rotation_enabled: bool = False


class _Display(_Part):
    name: str = "App"
    description: str = ""


class _Metadata(_Part):
    # Both versions write what the simulator reads in the same fields.
    major_version: Literal[1, 2] = 2


class Manifest(_Part):
    """What the simulator reads of an app manifest; the rest of the file is Slack's business."""

    metadata: _Metadata = Field(default_factory=_Metadata, alias="_metadata")
    display_information: _Display = _Display()
    features: _Features = _Features()
    oauth_config: _Oauth = _Oauth()
    settings: _Settings = Field(default_factory=_Settings)

    @property
    def name(self) -> str:
        return self.display_information.name

    @property
    def bot_name(self) -> str:
        return self.features.bot_user.display_name

    @property
    def scopes(self) -> frozenset[str]:
        return frozenset(self.oauth_config.scopes.bot)

    @property
    def events(self) -> frozenset[str]:
        return frozenset(self.settings.event_subscriptions.bot_events)

    @property
    def redirect_urls(self) -> tuple[str, ...]:
        return self.oauth_config.redirect_urls

    @property
    def token_rotation(self) -> bool:
        return self.settings.token_rotation_enabled

    @property
    def prompts(self) -> tuple[Prompt, ...]:
        view = self.features.agent_view or self.features.assistant_view
        return view.suggested_prompts if view else ()

    def command(self, name: str) -> Command | None:
        return next((each for each in self.features.slash_commands if each.command == name), None)

    def shortcut(self, callback_id: str) -> Shortcut | None:
        return next((each for each in self.features.shortcuts if each.callback_id == callback_id), None)


def load_manifest(source: Path | Mapping[str, Any]) -> Manifest:
    """
    Read the app manifest in the file (YAML or JSON) or the mapping *source*.

    Raises:
        Unusable: it is not there, cannot be read, or a field of it is wrong.
    """
    return read(source, Manifest)
