"""Finds the ideas in a text, whatever words name them: `firma`, `yritys` and `company` are one idea."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

import yaml

from bot.guidance.articles import SafeLoader
from bot.guidance.language import LANGUAGES, Language
from bot.guidance.terms import tokens


class Ideas:
    """The word lists of one language."""

    def __init__(self, lists: Mapping[str, list[str]]) -> None:
        self._whole: dict[str, list[str]] = {}
        self._beginnings: dict[str, list[str]] = {}
        self._parts: list[tuple[str, str]] = []
        for idea, spellings in lists.items():
            for spelling in spellings:
                if spelling.startswith("~"):
                    self._parts.append((spelling[1:], idea))
                elif spelling.startswith("="):
                    self._whole.setdefault(spelling[1:], []).append(idea)
                else:
                    self._beginnings.setdefault(spelling, []).append(idea)

    def __call__(self, text: str) -> Counter[str]:
        """Count the ideas in *text*; stop words take part, since `who` and `when` are ideas too."""
        words = tokens(text)
        found: Counter[str] = Counter()
        for word, following in zip(words, [*words[1:], ""], strict=False):
            found.update(self._of_word(word))
            if following:
                found.update(self._longest(f"{word}_{following}", above=len(word) + 1))
        return found

    def knows(self, word: str) -> bool:
        """Whether any idea hides in a single *word*."""
        return bool(self._of_word(word))

    def _of_word(self, word: str) -> set[str]:
        ideas = {idea for part, idea in self._parts if part in word}
        ideas.update(self._whole.get(word, ()))
        ideas.update(self._longest(word))
        return ideas

    def _longest(self, word: str, above: int = 1) -> list[str]:
        for length in range(len(word), above, -1):
            ideas = self._beginnings.get(word[:length])
            if ideas is not None:
                return ideas
        return []


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Every idea of `concepts.yaml`, and which of them are of this field or of quite another."""

    ideas: Mapping[Language, Ideas]
    domain: frozenset[str]
    elsewhere: frozenset[str]


def read_lexicon() -> Lexicon:
    """Read the word lists of every language."""
    text = files("bot.guidance").joinpath("concepts.yaml").read_text(encoding="utf-8")
    groups = yaml.load(text, Loader=SafeLoader)  # noqa: S506 - a safe loader, only faster
    lists = {idea: spellings for group in groups.values() for idea, spellings in group.items()}
    return Lexicon(
        ideas={
            language: Ideas({idea: spellings[language] for idea, spellings in lists.items()})
            for language in LANGUAGES
        },
        domain=frozenset(groups["domain"]),
        elsewhere=frozenset(groups["elsewhere"]),
    )
