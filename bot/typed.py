"""What people type after /kanta: words known in three languages, near misses, and who is mentioned."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from shared.contracts.base import Language

T = TypeVar("T")

# Each command's word in each language; the router knows commands by their English word.
WORDS: Mapping[str, Mapping[Language, str]] = {
    "grant": {"fi": "anna", "sv": "ge", "en": "grant"},
    "why": {"fi": "miksi", "sv": "varför", "en": "why"},
    "contacts": {"fi": "yhteyshenkilöt", "sv": "kontakter", "en": "contacts"},
    "roles": {"fi": "roolit", "sv": "roller", "en": "roles"},
    "mine": {"fi": "omat", "sv": "mina", "en": "mine"},
    "ask": {"fi": "kysy", "sv": "fråga", "en": "ask"},
    "migration": {"fi": "siirtymä", "sv": "övergång", "en": "migration"},
    "language": {"fi": "kieli", "sv": "språk", "en": "language"},
    "notifications": {"fi": "ilmoitukset", "sv": "aviseringar", "en": "notifications"},
    "organisations": {"fi": "organisaatiot", "sv": "organisationer", "en": "organisations"},
    "link": {"fi": "yhdistä", "sv": "koppla", "en": "link"},
    "unlink": {"fi": "irrota", "sv": "frånkoppla", "en": "unlink"},
    "help": {"fi": "ohje", "sv": "hjälp", "en": "help"},
}
# Slack shows everybody one hint of what can be typed, with these words: they tell no language.
HINTED: Language = "en"
NEAREST = 3
MENTION = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>")
_PUNCTUATION = re.compile(r"[^\w<>@#|]+")


@dataclass(frozen=True, slots=True)
class Known:
    """A command that was typed, and the language it was typed in."""

    command: str
    language: Language

    @property
    def spoken(self) -> Language | None:
        """The language that the word tells its typist to speak, if it tells one."""
        return None if self.language == HINTED else self.language


def understood(word: str) -> Known | None:
    """The command that *word* is, however its dots are typed."""
    folded = fold(word)
    return next((known for known in _every() if fold(WORDS[known.command][known.language]) == folded), None)


def near(word: str) -> Sequence[Known]:
    """The commands that somebody who typed *word* may have meant, nearest first."""
    folded = fold(word)
    found: dict[str, tuple[int, Known]] = {}
    for known in _every():
        far = distance(folded, fold(WORDS[known.command][known.language]))
        if far <= _reach(folded) and far < found.get(known.command, (99, known))[0]:
            found[known.command] = far, known
    return [known for _, known in sorted(found.values(), key=lambda pair: pair[0])][:NEAREST]


def matching(words: str, named: Mapping[T, Iterable[str]]) -> Sequence[T]:
    """
    Those of *named* that *words* may mean: the one whose name it is, else those whose names hold every word,
    else those whose names are a typing error away.
    """
    folded = fold(words)
    if not folded:
        return []
    names = {thing: [fold(name) for name in of] for thing, of in named.items()}
    if exactly := [thing for thing, of in names.items() if folded in of]:
        return exactly
    wanted = _parts(folded)
    holding = [
        thing
        for thing, of in names.items()
        if wanted and any(all(_begins(part, name) for part in wanted) for name in of)
    ]
    if holding:
        return holding
    far = {thing: min((distance(folded, name) for name in of), default=99) for thing, of in names.items()}
    close = [thing for thing in names if far[thing] <= _reach(folded)]
    return sorted(close, key=lambda thing: far[thing])[:NEAREST]


def mentioned(words: str) -> Sequence[str]:
    """
    The accounts that *words* mention, by Slack's own escaping.

    A name typed without it, ``@olle``, is only a name: it says nothing about who somebody is.
    """
    return list(dict.fromkeys(MENTION.findall(words)))


def without_mentions(words: str) -> str:
    return " ".join(MENTION.sub(" ", words).split())


def fold(word: str) -> str:
    """*word* without capitals and dots: who types *varfor* means *varför*."""
    pieces = unicodedata.normalize("NFKD", word.casefold())
    return " ".join("".join(each for each in pieces if not unicodedata.combining(each)).split())


def distance(one: str, other: str) -> int:
    """How many typing errors lie between: letters left out, put in, mistaken, or two changed round."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for place, letter in enumerate(one, start=1):
        earlier, before, row = before, row, [place]
        for at, its in enumerate(other, start=1):
            least = min(before[at] + 1, row[at - 1] + 1, before[at - 1] + (letter != its))
            if place > 1 and at > 1 and letter == other[at - 2] and one[place - 2] == its:
                least = min(least, earlier[at - 2] + 1)
            row.append(least)
    return row[-1]


def _every() -> Iterable[Known]:
    return (Known(command, language) for command, words in WORDS.items() for language in words)


def _reach(word: str) -> int:
    """How many typing errors are forgiven in *word*: a third of it, and no more than three."""
    return min(3, max(1, (len(word) + 1) // 3))


def _parts(folded: str) -> list[str]:
    return [part for part in _PUNCTUATION.split(folded) if part]


def _begins(part: str, name: str) -> bool:
    return any(word.startswith(part) for word in _parts(name.replace("_", " ").replace(".", " ")))
