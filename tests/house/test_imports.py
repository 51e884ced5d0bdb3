"""Which package is whose, and who may import whom."""

import importlib
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.tree import ROOT

PACKAGES = ("bench", "bot", "cli", "documents", "services", "shared", "simulator", "tests")


@pytest.mark.parametrize("name", PACKAGES)
def test_a_package_is_the_one_of_this_repository(name: str) -> None:
    # Names so plain may belong to something installed, too.
    module = importlib.import_module(name)

    assert module.__file__ is not None
    assert Path(module.__file__).is_relative_to(ROOT)


def test_every_import_contract_is_kept() -> None:
    program = Path(sys.executable).with_name("lint-imports")
    result = subprocess.run([program, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)

    assert result.returncode == 0, result.stdout
