"""Every sentence that the operator reads, in Finnish, Swedish and English."""

import os
from functools import cache
from importlib.resources import files
from typing import get_args

import yaml

from shared.contracts.base import Language


def language() -> Language:
    """The operator's language: KANTA_LANGUAGE, or what the terminal speaks, or English."""
    for variable in ("KANTA_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        spoken = os.environ.get(variable, "")[:2].lower()
        for known in get_args(Language):
            if spoken == known:
                return known  # type: ignore[no-any-return]  # one of the three
    return "en"


def say(key: str, **parameters: object) -> str:
    """The sentence *key* in the operator's language."""
    return catalogue(language())[key].format(**parameters)


@cache
def catalogue(of: Language) -> dict[str, str]:
    """All sentences of one language; a feature may have a file of its own (``migration.fi.yaml``)."""
    sentences: dict[str, str] = {}
    for path in files("cli.words").iterdir():
        if path.name == f"{of}.yaml" or path.name.endswith(f".{of}.yaml"):
            sentences |= yaml.safe_load(path.read_text(encoding="utf-8"))
    return sentences
