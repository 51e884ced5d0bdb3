"""``python -m documents [--check]``: write the generated documents, or tell which of them are stale."""

import sys
from pathlib import Path

from bot import manifest
from documents import commands, simulator
from documents.environment import example
from documents.messages import page, schemas

ROOT = Path(__file__).resolve().parents[1]
SCHEMAS = Path("docs/schemas")


def documents() -> dict[Path, str]:
    """What every generated file should hold, by its path from the root."""
    files = {Path("docs/messages.md"): page(), Path(".env.example"): example()}
    files[Path("docs/commands.md")] = commands.page()
    files[Path("docs/simulator-wire.md")] = simulator.page()
    files[Path("bot/manifest.yaml")] = manifest.text(manifest.manifest())
    return files | {SCHEMAS / name: text for name, text in schemas().items()}


def stale() -> list[Path]:
    """The files that are missing, differ, or should no longer be there."""
    wanted = documents()
    wrong = [path for path, text in wanted.items() if _held(path) != text]
    return sorted([*wrong, *_left_over(wanted)])


def write() -> None:
    """Write every file anew, and remove what should no longer be there."""
    wanted = documents()
    for path, text in wanted.items():
        (ROOT / path).parent.mkdir(parents=True, exist_ok=True)
        (ROOT / path).write_text(text, encoding="utf-8")
    for path in _left_over(wanted):
        (ROOT / path).unlink()


def main() -> None:
    if sys.argv[1:] != ["--check"]:
        write()
    elif names := stale():
        sys.exit("stale, run `make docs`: " + ", ".join(map(str, names)))


def _held(path: Path) -> str | None:
    return (ROOT / path).read_text(encoding="utf-8") if (ROOT / path).exists() else None


def _left_over(wanted: dict[Path, str]) -> list[Path]:
    there = (path.relative_to(ROOT) for path in (ROOT / SCHEMAS).glob("*.json"))
    return [path for path in there if path not in wanted]


if __name__ == "__main__":
    main()
