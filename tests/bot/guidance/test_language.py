"""Telling the language of a short message."""

import pytest

from bot.guidance.articles import read_articles
from bot.guidance.language import LANGUAGES, Language, detect_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Miten saan roolin?", "fi"),
        ("kuka antaa oikeudet", "fi"),
        ("valtuus", "fi"),
        ("Hur får jag en roll?", "sv"),
        ("fullmakt", "sv"),
        ("vem ger rättigheter", "sv"),
        ("How do I get a role?", "en"),
        ("who grants rights", "en"),
        ("don\u2019t know what to do", "en"),
    ],
)
def test_a_short_question_tells_its_language(text: str, language: Language) -> None:
    assert detect_language(text) == language


@pytest.mark.parametrize("text", ["", "   ", "1.2.246.10", "???", "🙂", "OID", "Katso"])
def test_what_tells_nothing_has_no_language(text: str) -> None:
    assert detect_language(text) is None


@pytest.mark.parametrize(
    "text", ["hölynpöly", "lopeta", "auta", "avbryt", "oikeudet", "xyzzy", "Wie bekomme ich eine Rolle?"]
)
def test_a_lone_sign_is_not_taken_for_a_language(text: str) -> None:
    assert detect_language(text) is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_nearly_every_way_of_asking_tells_its_language(language: Language) -> None:
    asks = [ask for article in read_articles()[language].values() for ask in (article.title, *article.asks)]
    right = [ask for ask in asks if detect_language(ask) in (language, None)]
    named = [ask for ask in asks if detect_language(ask) == language]

    assert len(right) / len(asks) > 0.95
    assert len(named) / len(asks) > 0.9
