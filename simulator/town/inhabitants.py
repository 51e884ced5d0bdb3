"""Who lives in the demo town."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent
REGISTER = FOLDER / "register.json"
PEOPLE = FOLDER / "people.yaml"
WORKSPACE = FOLDER / "workspace.yaml"


@dataclass(frozen=True, slots=True)
class Inhabitant:
    """Somebody of the town: how they are called, where they chat, and where they are a main user."""

    name: str
    language: str
    team: str
    user: str
    personal_code: str = field(repr=False)
    organisations: tuple[str, ...]
    main_user_of: tuple[str, ...]
    katso_id: str = ""
    method: str = ""


def inhabitants(path: Path = PEOPLE) -> tuple[Inhabitant, ...]:
    """Everybody in the file at *path*."""
    content: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return tuple(_inhabitant(one) for one in content["people"])


def main_users() -> tuple[Inhabitant, ...]:
    """The town's main users."""
    return tuple(one for one in inhabitants() if one.main_user_of)


def named(name: str) -> Inhabitant:
    """
    The inhabitant of this name, or of this first name.

    Raises:
        KeyError: nobody is called so.
    """
    for one in inhabitants():
        if name in (one.name, one.name.partition(" ")[0]):
            return one
    raise KeyError(name)


def _inhabitant(one: dict[str, Any]) -> Inhabitant:
    places = one.get("organisations", ())
    return Inhabitant(
        name=one["name"],
        language=one["language"],
        team=one["chat"]["team"],
        user=one["chat"]["user"],
        personal_code=one["personal_code"],
        organisations=tuple(place["business_id"] for place in places),
        main_user_of=tuple(place["business_id"] for place in places if place.get("main_user")),
    )
