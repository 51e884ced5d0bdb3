"""What the house tests look at: the files that are kept in the history."""

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@cache
def tracked(*endings: str) -> tuple[Path, ...]:
    """Every tracked file, or those with one of *endings*."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True
    ).stdout
    files = (ROOT / name for name in listed.split("\0") if name)
    return tuple(path for path in files if path.is_file() and (not endings or path.suffix in endings))


@cache
def text_of(path: Path) -> str:
    """What a file says; nothing if it is no text."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""
