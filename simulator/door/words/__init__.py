"""Every sentence of the command line, in fi, sv and en."""

import os
from functools import cache
from importlib.resources import files

import yaml

LANGUAGES = ("fi", "sv", "en")


def language() -> str:
    """The language that the terminal speaks, or English."""
    for variable in ("KANTA_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        spoken = os.environ.get(variable, "")[:2].lower()
        if spoken in LANGUAGES:
            return spoken
    return "en"


def say(key: str, **values: object) -> str:
    """The sentence *key* in the terminal's language."""
    return catalogue(language())[key].format(**values)


@cache
def catalogue(of: str) -> dict[str, str]:
    """All sentences of one language."""
    text = files(__name__).joinpath(f"{of}.yaml").read_text(encoding="utf-8")
    sentences: dict[str, str] = yaml.safe_load(text)
    return sentences
