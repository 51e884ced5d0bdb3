"""Who lives in the workspace: read from YAML, checked, frozen."""

from pathlib import Path
from typing import Annotated, Self

import yaml
from pydantic import BeforeValidator, TypeAdapter, model_validator
from pydantic.dataclasses import dataclass

from simulator.wire import BOT_USER_ID

APP_MEMBER = "@app"


def _text(value: object) -> object:
    return str(value) if isinstance(value, int) else value


Name = Annotated[str, BeforeValidator(_text)]


@dataclass(frozen=True)
class User:
    """One account: a member, a guest (*is_restricted*), or from another workspace (*is_stranger*)."""

    id: str
    name: Name
    real_name: str
    email: str
    locale: str = "en-GB"
    tz: str = "Europe/Helsinki"
    is_admin: bool = False
    deleted: bool = False
    is_restricted: bool = False
    is_stranger: bool = False
    is_bot: bool = False


@dataclass(frozen=True)
class Channel:
    """A room for many; `@app` among the members means that the app has been invited."""

    id: str
    name: Name
    members: tuple[str, ...] = ()
    is_private: bool = False


@dataclass(frozen=True)
class Workspace:
    """The whole seed."""

    team_id: str
    domain: str
    name: str
    users: tuple[User, ...]
    channels: tuple[Channel, ...] = ()

    @model_validator(mode="after")
    def _check(self) -> Self:
        known = {user.id for user in self.users}
        if len(known) != len(self.users):
            raise ValueError("two users share an id")
        if len({channel.id for channel in self.channels}) != len(self.channels):
            raise ValueError("two channels share an id")
        for channel in self.channels:
            strangers = set(channel.members) - known - {APP_MEMBER, BOT_USER_ID}
            if strangers:
                raise ValueError(f"{channel.name} has unknown members: {sorted(strangers)}")
        return self


def load_seed(path: Path) -> Workspace:
    """Read a workspace from the YAML file at *path*."""
    return TypeAdapter(Workspace).validate_python(yaml.safe_load(path.read_text(encoding="utf-8")))
