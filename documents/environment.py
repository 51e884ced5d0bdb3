""".env.example: every setting, its default and what it is for."""

from collections.abc import Iterator
from enum import Enum
from pathlib import Path

from pydantic import SecretStr
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings

from bot.settings import BotSettings
from services.contacts.settings import ContactsSettings
from services.identity.settings import IdentitySettings
from services.roles.settings import RolesSettings
from shared.runtime.settings import ServiceSettings, Settings, StreamSettings

ROOMS: tuple[tuple[str, type[BaseSettings]], ...] = (
    ("Every program", Settings),
    ("Every service", ServiceSettings),
    ("The stream of facts", StreamSettings),
    ("identity", IdentitySettings),
    ("roles", RolesSettings),
    ("contacts", ContactsSettings),
    ("bot", BotSettings),
)
# Read where a settings class would come too late, or would have to be imported from another room.
BESIDES = (("KANTA_FIRST_PORT", "8400", "The first port that `ekstranet start` tries."),)


def variables() -> dict[str, tuple[str, FieldInfo]]:
    """Every environment variable, with the part that reads it first."""
    found: dict[str, tuple[str, FieldInfo]] = {}
    for room, settings in ROOMS:
        for name, info in settings.model_fields.items():
            found.setdefault(_variable(settings, name, info), (room, info))
    return found


def example() -> str:
    """The whole of .env.example."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield "# Made by `make docs` from the settings classes: do not edit, copy to `.env` instead."
    yield "# Everything has a default that works on one machine; a line without # changes it."
    before = None
    for name, (room, info) in variables().items():
        if room != before:
            yield from ["", f"# --- {room} " + "-" * (70 - len(room))]
            before = room
        yield from ["", f"# {info.description}", f"# {name}={_default(info)}"]
    yield from ["", "# --- The launcher " + "-" * 58]
    for name, default, description in BESIDES:
        yield from ["", f"# {description}", f"# {name}={default}"]


def _variable(settings: type[BaseSettings], name: str, info: FieldInfo) -> str:
    if isinstance(info.validation_alias, str):
        return info.validation_alias
    return f"{settings.model_config.get('env_prefix', '')}{name}".upper()


def _default(info: FieldInfo) -> str:
    match info.default:
        case None:
            return ""
        case bool() as switch:
            return "true" if switch else "false"
        case SecretStr() as secret:
            return secret.get_secret_value()
        case Enum() as word:
            return str(word.value)
        case Path() as path:
            return path.as_posix()
        case other:
            return str(other)
