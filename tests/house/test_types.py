"""Everything is checked by mypy, and what it is told to pass over says why."""

import re

import pytest
from mypy.main import process_options

from tests.house.tree import ROOT, text_of, tracked

# Apps as strangers write them, each with imports of its own: see pyproject.toml.
UNCHECKED = ROOT / "tests" / "simulator" / "apps" / "shed"
# Written in pieces, so that this file does not hold what it looks for.
IGNORED = "# type: " + "ignore"
REASONED = re.compile(IGNORED + r"\[[a-z-]+(, [a-z-]+)*\]  ?# \S+")


def test_mypy_is_told_of_every_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    sources, options = process_options([])
    checked = {ROOT / source.path for source in sources if source.path}

    assert options.disallow_untyped_defs
    assert {path.parent for path in tracked(".py") if path not in checked} == {UNCHECKED}


def test_what_mypy_passes_over_has_a_code_and_a_reason() -> None:
    assert [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path in tracked(".py")
        for line in text_of(path).splitlines()
        if IGNORED in line and not REASONED.search(line)
    ] == []
