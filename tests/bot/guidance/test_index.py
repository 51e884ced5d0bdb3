"""What the search promises, whatever is asked."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.guidance.articles import read_articles
from bot.guidance.index import Guidance
from bot.guidance.language import LANGUAGES, Language

GUIDANCE = Guidance.load()


@pytest.mark.parametrize(
    "text", ["", "   ", "?!", "🙂🙂", "xxxxxxx", "qwertyuiop asdfgh", "1234567", "och att det"]
)
@pytest.mark.parametrize("lang", [*LANGUAGES, None])
def test_what_says_nothing_is_not_known(text: str, lang: Language | None) -> None:
    answer = GUIDANCE.ask(text, lang)

    assert not answer.known
    assert answer.answers == ()


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("what's the weather", "en"),
        ("who won the hockey game", "en"),
        ("paljonko kello on", "fi"),
        ("recept på köttbullar", "sv"),
        ("tilaa pizza", "fi"),
        ("katso telkkaria", "fi"),
        ("watch the Katso video", "en"),
    ],
)
def test_a_question_about_something_else_is_not_known_in_any_language(text: str, lang: Language) -> None:
    assert not GUIDANCE.ask(text, lang).known
    assert not GUIDANCE.ask(text).known


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_single_word_may_give_several_answers(lang: Language) -> None:
    answer = GUIDANCE.ask("Katso", lang)

    assert answer.known
    assert len({hit.topic for hit in answer.answers}) == 3
    assert all("katso" in f"{hit.title} {hit.article.body}".lower() for hit in answer.answers)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_title_finds_its_own_article_first(lang: Language) -> None:
    lost = [
        topic
        for topic, article in read_articles()[lang].items()
        if (hits := GUIDANCE.ask(article.title, lang).answers) == () or hits[0].topic != topic
    ]

    assert lost == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_answer_is_in_the_language_asked_for_even_when_the_question_is_not(lang: Language) -> None:
    for question in (
        "Kuinka kauan valtuus on voimassa?",
        "Hur länge gäller en fullmakt?",
        "How long is a mandate valid?",
    ):
        answer = GUIDANCE.ask(question, lang)

        assert answer.answers[0].topic == "rol-09"
        assert answer.answers[0].article.language == lang


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Kuinka kauan valtuus on voimassa?", "fi"),
        ("Hur länge gäller en fullmakt?", "sv"),
        ("How long is a mandate valid?", "en"),
    ],
)
def test_without_a_language_the_answer_is_in_that_of_the_question(question: str, language: Language) -> None:
    assert GUIDANCE.ask(question).answers[0].article.language == language


@pytest.mark.parametrize("top", [1, 2, 5])
def test_as_many_answers_come_as_are_wanted_best_first(top: int) -> None:
    hits = GUIDANCE.ask("valtuus", "fi", top=top).answers
    scores = [hit.score for hit in hits]

    assert len(hits) == top
    assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize("lang", [*LANGUAGES, None])
def test_a_bare_oid_code_is_recognised(lang: Language | None) -> None:
    topics = [hit.topic for hit in GUIDANCE.ask("1.2.246.10.2048198.10.0", lang).answers]

    assert topics
    assert all(topic.startswith("oid-") for topic in topics[:1])


def test_case_and_punctuation_do_not_matter() -> None:
    loud = GUIDANCE.ask("KUKA ANTAA VALTUUDEN?!!", "fi")
    quiet = GUIDANCE.ask("kuka antaa valtuuden", "fi")

    assert loud == quiet


@settings(max_examples=200, deadline=None)
@given(text=st.text(max_size=300), lang=st.sampled_from([*LANGUAGES, None]))
def test_whatever_is_typed_gets_an_answer_in_bounds(text: str, lang: Language | None) -> None:
    answer = GUIDANCE.ask(text, lang)

    assert answer.known == bool(answer.answers)
    assert len(answer.answers) <= 3
    assert all(0 <= hit.score <= 1 for hit in answer.answers)
    assert all(hit.article.topic == hit.topic and hit.article.title == hit.title for hit in answer.answers)


def test_a_very_long_message_is_answered_by_its_beginning() -> None:
    answer = GUIDANCE.ask("Kuinka kauan valtuus on voimassa? " + "la " * 50_000, "fi")

    assert answer == GUIDANCE.ask(("Kuinka kauan valtuus on voimassa? " + "la " * 50_000)[:1_000], "fi")


@pytest.mark.parametrize(
    ("question", "lang"),
    [("en pääse kirjautumaan", "fi"), ("jag kan inte logga in", "sv"), ("cannot log in", "en")],
)
def test_who_does_not_speak_of_the_past_is_answered_about_today(question: str, lang: Language) -> None:
    assert GUIDANCE.ask(question, lang).answers[0].topic == "id-01"


@pytest.mark.parametrize(
    ("question", "lang"),
    [
        ("miten katsoon kirjauduttiin ennen vuotta 2020", "fi"),
        ("hur loggade man in med katso före år 2020", "sv"),
        ("how did we log in with katso before 2020", "en"),
    ],
)
def test_who_speaks_of_the_past_is_answered_about_it(question: str, lang: Language) -> None:
    assert GUIDANCE.ask(question, lang).answers[0].topic == "id-04"
