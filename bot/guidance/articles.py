"""The articles as data: read from the package once, checked on reading, never changed afterwards."""

from dataclasses import dataclass
from importlib.resources import files
from typing import Final, Literal, cast, get_args

import yaml

from bot.guidance.language import LANGUAGES, Language

Era = Literal["katso", "suomifi", "any"]
_FENCE: Final = "---\n"
_FIELDS: Final = frozenset({"title", "source", "as_of", "era", "confirmed", "asks"})
# libyaml reads the 303 headers in a tenth of the time; the pure loader is there for builds without it.
SafeLoader: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class BadArticle(ValueError):
    """An article whose header or body is not as agreed."""


@dataclass(frozen=True, slots=True)
class Article:
    """One answer in one language, with where it comes from and how sure it is."""

    topic: str
    language: Language
    title: str
    source: str
    as_of: str
    era: Era
    confirmed: bool
    asks: tuple[str, ...]
    body: str


def parse(name: str, text: str) -> Article:
    """Read the article of the file *name*, which is `<topic>.<language>.md`."""
    topic, _, language = name.removesuffix(".md").rpartition(".")
    if language not in LANGUAGES:
        raise BadArticle(f"{name}: the language is not one of {', '.join(LANGUAGES)}")
    parts = text.split(_FENCE, 2)
    if len(parts) != 3 or parts[0]:
        raise BadArticle(f"{name}: no header")
    # The loader is one of the two safe ones above, which build plain data only.
    header = yaml.load(parts[1], Loader=SafeLoader)  # noqa: S506
    if not isinstance(header, dict) or header.keys() != _FIELDS:
        raise BadArticle(f"{name}: the header has other fields than agreed")
    if header["era"] not in get_args(Era) or not isinstance(header["confirmed"], bool):
        raise BadArticle(f"{name}: unknown era, or confirmed is not true or false")
    if not isinstance(header["asks"], list) or not all(isinstance(ask, str) for ask in header["asks"]):
        raise BadArticle(f"{name}: asks is not a list of texts")
    body = parts[2].strip()
    if not body:
        raise BadArticle(f"{name}: no body")
    return Article(
        topic=topic,
        language=language,
        title=str(header["title"]),
        source=str(header["source"]),
        as_of=str(header["as_of"]),
        era=cast(Era, header["era"]),
        confirmed=header["confirmed"],
        asks=tuple(header["asks"]),
        body=body,
    )


def read_articles() -> dict[Language, dict[str, Article]]:
    """Every article of the package, by language and topic, in the order of topics."""
    shelves: dict[Language, dict[str, Article]] = {language: {} for language in LANGUAGES}
    room = files("bot.guidance").joinpath("articles")
    for entry in sorted(room.iterdir(), key=lambda file: file.name):
        if entry.name.endswith(".md"):
            article = parse(entry.name, entry.read_text(encoding="utf-8"))
            shelves[article.language][article.topic] = article
    return shelves
