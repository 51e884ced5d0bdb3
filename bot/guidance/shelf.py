"""The articles of one language, ready to be searched by their words."""

from collections import Counter
from collections.abc import Mapping
from typing import Final

from bot.guidance.articles import Article
from bot.guidance.language import Language
from bot.guidance.ranking import Coverage, Floats, Likeness, mix
from bot.guidance.terms import content_words, runs, stem, stems

# (weight, length penalty) of asks, title and body: what people ask says more than what we answer.
FIELDS: Final = ((2.0, 0.3), (3.0, 0.3), (1.0, 0.6))


class Shelf:
    """Searches one language: letter runs catch inflected and compound words, stems keep the order honest."""

    def __init__(self, language: Language, articles: Mapping[str, Article]) -> None:
        self.language = language
        books = list(articles.values())
        by_runs = [[Counter(runs(text, language)) for text in texts_of(book)] for book in books]
        by_stems = [[Counter(stems(text, language)) for text in texts_of(book)] for book in books]
        questions = [
            (row, Counter(runs(text, language)))
            for row, book in enumerate(books)
            for text in questions_of(book)
        ]
        self._run_coverage = Coverage(by_runs, FIELDS)
        self._stem_coverage = Coverage(by_stems, FIELDS)
        self._likeness = Likeness(questions, len(books))
        self._stems = frozenset(term for fields in by_stems for field in fields for term in field)

    def scores(self, text: str) -> Floats:
        """How well the words of each article answer *text*, 0 to 1."""
        found = Counter(runs(text, self.language))
        return mix(
            (1, self._run_coverage.of(found)),
            (1, self._stem_coverage.of(stems(text, self.language))),
            (1, self._likeness.of(found)),
        )

    def knows(self, word: str) -> bool:
        """Whether some article uses *word*."""
        return stem(word, self.language) in self._stems

    def content_words(self, text: str) -> list[str]:
        """The words of *text* that mean something in this language."""
        return content_words(text, self.language)


def texts_of(article: Article) -> tuple[str, str, str]:
    """The fields of an article, in the order of `FIELDS`; a full stop keeps questions apart."""
    return " . ".join(article.asks), article.title, article.body


def questions_of(article: Article) -> tuple[str, ...]:
    """The questions that an article answers, as people put them."""
    return article.title, *article.asks
