"""The search: a question in, the sourced answers that fit it out; pure, in memory, without a network."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Self

import numpy as np

from bot.guidance.articles import Article, read_articles
from bot.guidance.concepts import Lexicon, read_lexicon
from bot.guidance.language import LANGUAGES, Language, detect_language
from bot.guidance.ranking import Coverage, Floats, Likeness, mix
from bot.guidance.shelf import FIELDS, Shelf, questions_of, texts_of

# A question that holds an idea of this field may be vague and full of strange words; one that holds none must
# look very much like a question that we answer.
_VAGUE_SCORE: Final = 0.30
_VAGUE_STRANGENESS: Final = 0.70
_PLAIN_SCORE: Final = 0.44
_PLAIN_STRANGENESS: Final = 0.34
_PLAIN_WORDS: Final = 0.30
# Who does not speak of Katso or of earlier days asks about today.
_PAST_IDEAS: Final = frozenset({"katso", "sub_id", "upgrade", "password", "before"})
_PAST_WEIGHT: Final = 0.85
_LONGEST: Final = 1_000


@dataclass(frozen=True, slots=True)
class Hit:
    """One answer that fits, and how well."""

    topic: str
    title: str
    score: float
    article: Article


@dataclass(frozen=True, slots=True)
class Answer:
    """What the guidance says to a question: best answers first, or nothing when it is not known."""

    known: bool
    answers: tuple[Hit, ...]


_UNKNOWN: Final = Answer(known=False, answers=())


class Guidance:
    """Every article, searchable in three languages."""

    def __init__(self, articles: Mapping[Language, Mapping[str, Article]], lexicon: Lexicon) -> None:
        self._articles = articles
        self._lexicon = lexicon
        self.topics = tuple(articles[LANGUAGES[0]])
        self._shelves = {language: Shelf(language, articles[language]) for language in LANGUAGES}
        # Ideas have no language, so each topic learns from the wordings of all three.
        self._idea_coverage = Coverage([self._ideas_of(topic) for topic in self.topics], FIELDS)
        questions = [
            (row, lexicon.ideas[language](text))
            for row, topic in enumerate(self.topics)
            for language in LANGUAGES
            for text in questions_of(articles[language][topic])
        ]
        self._idea_likeness = Likeness(questions, len(self.topics))
        shelf = articles[LANGUAGES[0]]
        weights = [_PAST_WEIGHT if shelf[topic].era == "katso" else 1.0 for topic in self.topics]
        self._today: Floats = np.asarray(weights, dtype=np.float32)

    @classmethod
    def load(cls) -> Self:
        """Read the package's articles and make them searchable."""
        return cls(read_articles(), read_lexicon())

    def article(self, topic: str, lang: Language) -> Article:
        """The article on *topic* in *lang*."""
        return self._articles[lang][topic]

    def ask(self, text: str, lang: Language | None = None, top: int = 3) -> Answer:
        """Answer *text* in *lang*, or in the language it seems to be written in; at most *top* answers."""
        text = text[:_LONGEST]
        written = detect_language(text)
        shown = lang or written
        asked = [language for language in dict.fromkeys((lang, written)) if language] or list(LANGUAGES)
        if any(self._elsewhere(text, language) for language in asked):
            return _UNKNOWN
        # When the asked language knows nothing, the question may be written in another one.
        for languages in (asked, [language for language in LANGUAGES if language not in asked]):
            found = [(language, self._scores(text, language)) for language in languages]
            found = [(language, scores) for language, scores in found if self._known(text, language, scores)]
            if found:
                language, scores = max(found, key=lambda pair: float(pair[1].max()))
                return Answer(known=True, answers=self._hits(scores, shown or language, top))
        return _UNKNOWN

    def _scores(self, text: str, language: Language) -> Floats:
        ideas = self._lexicon.ideas[language](text)
        scores = mix(
            (3, self._shelves[language].scores(text)),
            (2, self._idea_coverage.of(ideas)),
            (2, self._idea_likeness.of(ideas)),
        )
        return scores if _PAST_IDEAS & set(ideas) else scores * self._today

    def _elsewhere(self, text: str, language: Language) -> bool:
        """Whether *text* speaks of another field; against that, one idea of ours is not enough."""
        ideas = set(self._lexicon.ideas[language](text))
        return bool(ideas & self._lexicon.elsewhere) and len(ideas & self._lexicon.domain) < 2

    def _known(self, text: str, language: Language, scores: Floats) -> bool:
        words = self._shelves[language].content_words(text)
        if not words:
            return False
        best, strangeness = float(scores.max()), self._strangeness(words, language)
        ideas = set(self._lexicon.ideas[language](text))
        if ideas & self._lexicon.domain:
            return best >= _VAGUE_SCORE and strangeness <= _VAGUE_STRANGENESS
        # One everyday idea alone (`holiday`) proves nothing, unless the very words are ours.
        likely = len(ideas) > 1 or float(self._shelves[language].scores(text).max()) >= _PLAIN_WORDS
        return likely and best >= _PLAIN_SCORE and strangeness <= _PLAIN_STRANGENESS

    def _strangeness(self, words: list[str], language: Language) -> float:
        """The share of *words* that no article uses and no idea explains; bare numbers explain nothing."""
        shelf, ideas = self._shelves[language], self._lexicon.ideas[language]
        strange = sum(word.isdigit() or not (shelf.knows(word) or ideas.knows(word)) for word in words)
        return strange / len(words)

    def _hits(self, scores: Floats, language: Language, top: int) -> tuple[Hit, ...]:
        best = np.argsort(-scores, kind="stable")[:top]
        found = [(self._articles[language][self.topics[row]], float(scores[row])) for row in best]
        return tuple(Hit(article.topic, article.title, score, article) for article, score in found)

    def _ideas_of(self, topic: str) -> list[Counter[str]]:
        fields: list[Counter[str]] = [Counter() for _ in FIELDS]
        for language in LANGUAGES:
            for field, text in zip(fields, texts_of(self._articles[language][topic]), strict=True):
                field.update(self._lexicon.ideas[language](text))
        return fields
