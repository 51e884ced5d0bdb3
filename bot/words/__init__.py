"""Every sentence that the bot says, in Finnish, Swedish and English; one file per feature and language."""

import string
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import yaml
from babel import Locale

from shared.contracts.base import Language

LANGUAGES: tuple[Language, ...] = ("fi", "sv", "en")

Sentence = str | Mapping[str, str]


def say(key: str, language: Language, /, **parameters: str | int) -> str:
    """
    The sentence *key*, a feature's name and a word (``grants.card``), in *language*.

    A sentence with plural forms takes the form that fits the parameter *count*. Parameters are put in as
    they are: whatever people typed must have passed ``plain`` or ``bare`` before.
    """
    feature, _, word = key.partition(".")
    sentence = sentences(feature, language)[word]
    if not isinstance(sentence, str):
        forms = sentence
        sentence = forms[Locale.parse(language).plural_form(int(parameters["count"]))]
    return string.Formatter().vformat(sentence, (), parameters)


def has(key: str) -> bool:
    """Tell whether there is a sentence *key*."""
    feature, _, word = key.partition(".")
    return word in sentences(feature, "en")


@cache
def sentences(feature: str, language: Language) -> Mapping[str, Sentence]:
    """All sentences of a feature."""
    source = files("bot.words").joinpath(f"{feature}.{language}.yaml").read_text(encoding="utf-8")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    # Either loader is a safe one; libyaml's is ten times as fast.
    found: Mapping[str, Sentence] = yaml.load(source, Loader=loader)  # noqa: S506
    return found
