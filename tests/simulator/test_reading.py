"""Manifests and seeds as people write them, right and wrong."""

import json
from pathlib import Path

import pytest

from simulator.manifest import load_manifest
from simulator.reading import Unusable
from simulator.seed import DEFAULT_SEED, load_seed
from simulator.wire import Json

MANIFEST = """
_metadata:
  major_version: {version}
display_information:
  name: Bell
  something_new: tolerated
features:
  slash_commands:
    - command: /ring
      url: https://bell.example/slack/events
oauth_config:
  scopes:
    bot: [commands]
    user: [search:read]
  redirect_urls: [https://bell.example/oauth]
functions: {{}}
"""


@pytest.mark.parametrize("version", [1, 2])
def test_both_versions_are_read_and_what_is_not_known_is_tolerated(tmp_path: Path, version: int) -> None:
    path = tmp_path / "manifest.yml"
    path.write_text(MANIFEST.format(version=version))

    manifest = load_manifest(path)

    assert manifest.name == "Bell"
    assert manifest.scopes == {"commands"}
    assert manifest.command("/ring") is not None


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (
            {"_metadata": {"major_version": 3}},
            "_metadata.major_version of the file {} should be one of these: 1 or 2",
        ),
        (
            {"features": {"slash_commands": [{"description": "x"}]}},
            "lacks the field features.slash_commands[0].command",
        ),
        (
            {"features": {"slash_commands": {"command": "/x"}}},
            "features.slash_commands of the file {} should be a list",
        ),
        ({"features": {"slash_commands": [{"command": "x"}]}}, "features.slash_commands[0].command"),
        (
            {"features": {"app_home": {"home_tab_enabled": "perhaps"}}},
            "features.app_home.home_tab_enabled of the file {} should be true or false",
        ),
        (
            {"features": {"shortcuts": [{"name": "x", "callback_id": "x", "type": "local"}]}},
            "features.shortcuts[0].type of the file {} should be one of these: 'global' or 'message'",
        ),
        (
            {"features": {"shortcuts": [{"name": "x", "callback_id": "x"}] * 2}},
            "shortcuts has x twice",
        ),
        (
            {"oauth_config": {"scopes": {"bot": [1]}}},
            "oauth_config.scopes.bot[0] of the file {} should be text",
        ),
        ({"settings": ["x"]}, "settings of the file {} should be a group of named fields"),
        (["x"], "should have named fields at its top level"),
    ],
)
def test_a_wrong_field_is_named(tmp_path: Path, content: Json, sentence: str) -> None:
    path = tmp_path / "manifest.json"
    path.write_text(json.dumps(content))

    with pytest.raises(Unusable) as caught:
        load_manifest(path)

    assert sentence.format(path) in str(caught.value)


def test_a_file_that_is_no_file_says_so(tmp_path: Path) -> None:
    broken_yaml, broken_json = tmp_path / "a.yaml", tmp_path / "b.json"
    broken_yaml.write_text("features:\n  - [")
    broken_json.write_text("{\n,}")

    said = []
    for path in (tmp_path / "none.yaml", broken_yaml, broken_json, tmp_path):
        with pytest.raises(Unusable) as caught:
            load_manifest(path)
        said.append(str(caught.value))

    assert said[0].startswith(f"The file {tmp_path / 'none.yaml'} cannot be read")
    assert "line 2" in said[1] or "line 3" in said[1]
    assert "line 2" in said[2]
    assert "cannot be read" in said[3]


def test_a_slip_of_the_pen_in_a_seed_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "seed.yaml"
    path.write_text(DEFAULT_SEED.read_text().replace("is_admin", "is_amdin"))

    with pytest.raises(Unusable) as caught:
        load_seed(path)

    assert "users[0].is_amdin" in str(caught.value)
    assert "käyttää" not in caught.value.sentence("en")
    assert caught.value.sentence("fi").startswith("Tiedostossa")


def test_a_manifest_may_be_a_mapping() -> None:
    manifest = load_manifest({"display_information": {"name": "Bell"}})

    with pytest.raises(Unusable) as caught:
        load_manifest({"settings": 1})

    assert manifest.name == "Bell"
    assert str(caught.value).startswith("The field settings of the file manifest should be")
