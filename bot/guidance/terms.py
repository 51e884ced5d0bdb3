"""Cuts a text into what the search counts: stems of its words, and runs of four letters inside them."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, Protocol

import snowballstemmer

from bot.guidance.language import STOP_WORDS, Language

# simplemma finds a few more Finnish base forms, but its Finnish table alone takes 430 MB and three seconds;
# runs of letters find the same words for nothing.
_ALGORITHM: Final[dict[Language, str]] = {"fi": "finnish", "sv": "swedish", "en": "english"}
_TOKEN: Final = re.compile(r"[^\W_]+(?:[.:-][^\W_]+)*")
_RUN: Final = 4


class _Stemmer(Protocol):
    def stemWord(self, word: str) -> str: ...  # noqa: N802 - the library's name


@lru_cache(maxsize=3)
def _stemmer(language: Language) -> _Stemmer:
    stemmer: _Stemmer = snowballstemmer.stemmer(_ALGORITHM[language])
    return stemmer


@lru_cache(maxsize=20_000)
def stem(word: str, language: Language) -> str:
    """The stem of one lower-case *word*."""
    return _stemmer(language).stemWord(word)


def tokens(text: str) -> list[str]:
    """Every word of *text* in lower case; `suomi.fi`, `y-tunnus` and `1.2.246` stay whole."""
    return _TOKEN.findall(text.lower().replace("\u2019", " ").replace("'", " "))


def content_words(text: str, language: Language) -> list[str]:
    """The words of *text* that mean something: no stop words, and `kanta-ekstranet` is two words."""
    found = (part for word in tokens(text) for part in word.split("-"))
    return [word for word in found if word not in STOP_WORDS[language] and (len(word) > 1 or word.isdigit())]


def stems(text: str, language: Language) -> list[str]:
    """The stems of the content words of *text*, in order."""
    return [stem(word, language) for word in content_words(text, language)]


def runs(text: str, language: Language) -> Iterator[str]:
    """Every run of four letters in the content words of *text*, word ends marked by a space."""
    for word in content_words(text, language):
        padded = f" {word} "
        if len(padded) <= _RUN:
            yield padded
        else:
            yield from (padded[at : at + _RUN] for at in range(len(padded) - _RUN + 1))
