"""What is made from the code is as the code says."""

import re

from documents.__main__ import documents, stale
from documents.environment import variables
from tests.house.tree import ROOT


def test_no_generated_document_is_stale() -> None:
    assert documents()
    assert [str(path) for path in stale()] == [], "run `make docs`"


def test_every_setting_says_what_it_is_for() -> None:
    assert [name for name, (_, info) in variables().items() if not info.description] == []


def test_the_settings_that_the_readme_names_are_there() -> None:
    known = set(re.findall(r"KANTA_[A-Z_]+", (ROOT / ".env.example").read_text(encoding="utf-8")))
    named = set(re.findall(r"KANTA_[A-Z_]+", (ROOT / "README.md").read_text(encoding="utf-8")))

    assert named
    assert named <= known


def test_the_examples_of_the_simulators_page_are_the_files_that_are_tested() -> None:
    page = (ROOT / "docs" / "simulator.md").read_text(encoding="utf-8")
    shown = dict(re.findall(r"```python\n# (tests/\S+)\n(.*?)\n```", page, re.DOTALL))

    assert len(shown) == 2
    assert {name: (ROOT / name).read_text(encoding="utf-8").rstrip() for name in shown} == shown


def test_decisions_are_numbered_once_and_dated() -> None:
    files = sorted((ROOT / "docs" / "decisions").glob("*.md"))

    assert [int(path.name[:4]) for path in files] == [*range(1, len(files) + 1)]
    for path in files:
        heading, _, date, *_ = path.read_text(encoding="utf-8").splitlines()
        assert heading.startswith(f"# {int(path.name[:4])}. "), path.name
        assert re.fullmatch(r"\*\*Decided\*\* \d{1,2} [A-Z][a-z]+ \d{4}\.", date), path.name
