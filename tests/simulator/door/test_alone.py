"""The simulator without the project around it."""

import json
import shutil
from pathlib import Path

import aiohttp

from tests.simulator.door.conftest import MANIFEST, ROOT, ready, started

# Runs the simulator where nothing of the project can be imported but what lies in the folder itself.
ALONE = """
import runpy, sys
from importlib.machinery import PathFinder

OURS = ("bench", "bot", "cli", "documents", "services", "shared", "simulator", "tests")

class OnlyHere:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] not in OURS:
            return None
        found = PathFinder.find_spec(name, ["."] if path is None else path)
        if found is None:
            raise ModuleNotFoundError(name)
        return found

sys.meta_path.insert(0, OnlyHere())
runpy.run_module("simulator", run_name="__main__", alter_sys=True)
"""


async def test_it_runs_with_nothing_else_of_the_project_importable(tmp_path: Path) -> None:
    unwanted = shutil.ignore_patterns("town", "__pycache__")
    shutil.copytree(ROOT / "simulator", tmp_path / "simulator", ignore=unwanted)
    for name in ("blockkit", "slackapp"):
        shutil.copytree(ROOT / "shared" / name, tmp_path / "shared" / name, ignore=unwanted)
    shutil.copy(ROOT / "shared" / "__init__.py", tmp_path / "shared")
    (tmp_path / "manifest.json").write_text(json.dumps(MANIFEST))

    async with started("--port", "0", "--json", command=("-c", ALONE), cwd=tmp_path) as process:
        said = await ready(process)
        async with aiohttp.ClientSession(said["url"]) as session:
            page = await (await session.get("/")).text()
            api = await (await session.get("/api/auth.test", params={"token": said["bot_token"]})).json()

    assert "<html" in page
    assert api["ok"] is True
