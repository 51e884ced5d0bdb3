"""What no file of this project may be or hold."""

import re
import tomllib

import pytest

from shared.contracts.health import VERSION
from tests.house.tree import ROOT, text_of, tracked

LONGEST = 300

# Written in pieces, so that this file does not hold what it looks for.
HOSTS = (
    "pypi" + ".org",
    "pythonhosted" + ".org",
    "docker" + ".io",
    "ghcr" + ".io",
    "quay" + ".io",
    "npmjs" + ".com",
)
OPTIONS = ("--index" + "-url", "--extra-index" + "-url", "--find" + "-links", "PIP_INDEX" + "_URL")
PLACES = ("/work" + "/", "/root" + "/", "/home" + "/", "/tmp" + "/rules")
TOOLS = (
    "chat" + "gpt",
    "cop" + "ilot",
    "clau" + "de",
    "anthro" + "pic",
    "open" + "ai",
    "ll" + "m",
    "sub" + "agent",
)

AMERICAN = (
    "organiz" + "ation",
    "authoriz" + "e",
    "authoriz" + "ation",
    "behavi" + "or",
    "recogniz" + "e",
    "catalog" + "s",
)
PROSE = {".md", ".yaml", ".txt"}


def lines_with(pattern: str, *endings: str) -> list[str]:
    """Where *pattern* stands, in files with *endings*."""
    sought = re.compile(pattern, re.IGNORECASE)
    return [
        f"{path.relative_to(ROOT)}:{number}"
        for path in tracked(*endings)
        for number, line in enumerate(text_of(path).splitlines(), start=1)
        if sought.search(line)
    ]


def any_of(words: tuple[str, ...]) -> str:
    return "|".join(re.escape(word) for word in words)


def test_no_file_is_longer_than_fits_a_head() -> None:
    lengths = {
        str(path.relative_to(ROOT)): len(text_of(path).splitlines()) for path in tracked(".py", ".js", ".css")
    }
    long = {name for name, length in lengths.items() if length > LONGEST}

    assert long == set()


def test_nothing_names_a_registry_or_an_index() -> None:
    assert lines_with(any_of(HOSTS + OPTIONS)) == []


def test_nothing_names_a_place_on_one_machine() -> None:
    assert lines_with(rf"(?<![\w.:/-])({any_of(PLACES)})") == []


def test_the_project_speaks_of_itself_alone() -> None:
    assert lines_with(rf"\b({any_of(TOOLS)})\b") == []


@pytest.mark.parametrize("word", AMERICAN)
def test_what_people_read_is_spelt_as_in_britain(word: str) -> None:
    # Names of other people's fields and pages stay as they are: those stand in code quotes or addresses.
    found = [
        place
        for place in lines_with(rf"(?<![`/\w-]){word}", *PROSE)
        if "/words/" in place or "/articles/" in place or place.startswith(("docs/", "README"))
    ]

    assert found == []


def test_every_version_is_pinned() -> None:
    project = tomllib.loads(text_of(ROOT / "pyproject.toml"))
    wanted = [
        *project["project"]["dependencies"],
        *(name for extra in project["project"]["optional-dependencies"].values() for name in extra),
        *project["build-system"]["requires"],
    ]
    pinned = {
        _name(line.partition("==")[0])
        for line in text_of(ROOT / "constraints.txt").splitlines()
        if "==" in line
    }

    assert wanted
    assert {_name(one) for one in wanted} - pinned == set()


def _name(requirement: str) -> str:
    """A distribution's name as installers compare names."""
    bare = re.split(r"[\[<>=!~; ]", requirement.strip())[0]
    return re.sub(r"[-_.]+", "-", bare).lower()


def test_the_services_tell_the_version_of_the_package() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    assert project["version"] == VERSION
