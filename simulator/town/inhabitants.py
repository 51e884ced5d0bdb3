"""Who lives in the demo town."""

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent
REGISTER = FOLDER / "register.json"
PEOPLE = FOLDER / "people.yaml"
WORKSPACE = FOLDER / "workspace.yaml"
KATSO = FOLDER / "katso.yaml"

# Only the end of these names is told in public.
KATSO_METHODS = {"sub": "katso/names/ac/password.katso.1", "strengthened": "katso/names/ac/otp.katso.1"}


@dataclass(frozen=True, slots=True)
class Inhabitant:
    """
    Somebody of the town: how they are called, where they chat, and where they are a main user.

    With a *katso_id* it is a login of theirs by that instead of by their bank.
    """

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
    codes: dict[str, str] = _read(KATSO)["personal_codes"]
    return tuple(_inhabitant(one, codes) for one in _read(path)["people"])


def katso_logins() -> tuple[Inhabitant, ...]:
    """The Katso IDs of the town's people, each as a login of theirs."""
    people = {one.name: one for one in inhabitants()}
    return tuple(
        replace(people[one["person"]], katso_id=one["id"], method=KATSO_METHODS[one["kind"]])
        for one in _read(KATSO)["katso_ids"]
    )


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


def _read(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return content


def _inhabitant(one: dict[str, Any], codes: dict[str, str]) -> Inhabitant:
    places = one.get("organisations", ())
    return Inhabitant(
        name=one["name"],
        language=one["language"],
        team=one["chat"]["team"],
        user=one["chat"]["user"],
        personal_code=one.get("personal_code") or codes[one["name"]],
        organisations=tuple(place["business_id"] for place in places),
        main_user_of=tuple(place["business_id"] for place in places if place.get("main_user")),
    )
