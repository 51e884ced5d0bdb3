"""The articles: every topic in three languages, sourced, honest about what is not confirmed."""

import re
from importlib.resources import files

import pytest

from bot.guidance.articles import Article, BadArticle, parse, read_articles
from bot.guidance.language import LANGUAGES, Language

PARTS = {
    "id": 12,
    "rol": 25,
    "oid": 11,
    "dep": 20,
    "tst": 6,
    "acc": 7,
    "con": 6,
    "bil": 2,
    "end": 4,
    "ven": 3,
    "prb": 5,
}
TOPICS = [f"{part}-{number:02}" for part, size in PARTS.items() for number in range(1, size + 1)]
UNCONFIRMED = {"id-10", "rol-19", "rol-24", "oid-11", "con-04", "con-05", "prb-02"}
NOT_CONFIRMED = {
    "fi": re.compile(r"\bei ole\b.*\bvahvist", re.IGNORECASE | re.DOTALL),
    "sv": re.compile(r"\binte\b.*\bbekräfta", re.IGNORECASE | re.DOTALL),
    "en": re.compile(r"\bnot confirmed\b", re.IGNORECASE),
}
NEXT_STEP = {"fi": "Seuraavaksi: ", "sv": "Nästa steg: ", "en": "Next: "}
KATSO_HAS_ENDED = {"fi": "Katso on päättynyt", "sv": "Katso har upphört", "en": "Katso has ended"}
DATE = re.compile(r"n\.d\.|\d{4}(-\d\d){0,2}")
# A term in one language, where its topic must carry it: (topic, fi, sv, en).
TERMS = [
    ("rol-09", "valtuus", "fullmakt", "mandate"),
    ("rol-11", "asiointivaltuu", "ärendefullmakt", "mandate for transactions"),
    ("rol-11", "valtuutusoikeu", "fullmaktsrätt", "right to create a mandate"),
    ("rol-13", "edustamisvaltuu", "representationsfullmakt", "mandates to represent"),
    ("rol-08", "valtuuspyyn", "begäran om fullmakt", "mandate request"),
    ("rol-03", "virkailijavaltuuttamispalvelu", "tjänstemannabefullmäktigande", "provided by officials"),
    ("rol-15", "pääkäyttäj", "huvudanvändare", "main user"),
    ("rol-24", "valtuusasi", "fullmaktsärende", "mandate theme"),
    ("id-01", "mobiilivarmen", "mobilcertifikat", "mobile certificate"),
    ("id-05", "alitunnist", "underkod", "Sub-ID"),
    ("oid-03", "OID", "OID-kod", "OID code"),
    ("oid-10", "Y-tunnu", "FO-nummer", "Business ID"),
    ("oid-01", "SOTE-organisaatiorekisteri", "SOTE-organisationsregistret", "SOTE organisation register"),
    ("acc-01", "liityntäpiste", "anslutningspunkt", "access point"),
    ("dep-05", "käyttöönottokoe", "införandeprov", "deployment test"),
    ("con-04", "tietosuojavastaava", "dataskyddsombud", "data protection officer"),
    ("end-01", "irtisanomi", "uppsägning", "termination"),
]
ARTICLES = read_articles()
EVERY = [article for shelf in ARTICLES.values() for article in shelf.values()]


def name_of(article: Article) -> str:
    return f"{article.topic}.{article.language}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_topic_is_answered_in_every_language(language: Language) -> None:
    assert sorted(ARTICLES[language]) == sorted(TOPICS)


def test_no_file_is_left_unread() -> None:
    written = [entry.name for entry in files("bot.guidance").joinpath("articles").iterdir()]

    assert len(written) == len(EVERY) == len(TOPICS) * len(LANGUAGES)


@pytest.mark.parametrize("article", EVERY, ids=name_of)
def test_an_article_is_short_sourced_dated_and_ends_with_a_next_step(article: Article) -> None:
    sentences = re.findall(r"[^.!?]+[.!?](?=\s|$)", article.body)

    assert 5 < len(article.title) <= 75
    assert re.search(r"https?://\S+", article.source)
    assert DATE.fullmatch(article.as_of)
    assert 4 <= len(article.asks) <= 8
    assert len(set(article.asks)) == len(article.asks)
    assert 2 <= len(sentences) <= 11
    assert len(article.body) <= 600
    assert NEXT_STEP[article.language] in article.body


@pytest.mark.parametrize("article", EVERY, ids=name_of)
def test_what_is_not_confirmed_says_so_and_what_is_confirmed_does_not(article: Article) -> None:
    says_so = NOT_CONFIRMED[article.language].search(article.body) is not None

    assert article.confirmed == (article.topic not in UNCONFIRMED)
    assert says_so != article.confirmed


@pytest.mark.parametrize("article", [a for a in EVERY if a.era == "katso"], ids=name_of)
def test_an_answer_about_katso_says_that_katso_has_ended(article: Article) -> None:
    assert KATSO_HAS_ENDED[article.language] in article.body


@pytest.mark.parametrize("topic", TOPICS)
def test_the_languages_agree_on_source_date_era_and_certainty(topic: str) -> None:
    facts = {(a.source, a.as_of, a.era, a.confirmed) for a in (ARTICLES[lang][topic] for lang in LANGUAGES)}

    assert len(facts) == 1


@pytest.mark.parametrize("topic", TOPICS)
def test_the_languages_name_the_same_addresses_and_dates(topic: str) -> None:
    def told(article: Article) -> tuple[list[str], list[str]]:
        return (
            sorted(re.findall(r"[\w.-]+@[\w-]+\.fi", article.body)),
            sorted(re.findall(r"\b\d{1,2}\.\d{1,2}\.\d{4}\b", article.title + " " + article.body)),
        )

    finnish, swedish, english = (told(ARTICLES[language][topic]) for language in LANGUAGES)

    assert finnish == swedish == english


@pytest.mark.parametrize(("topic", "fi", "sv", "en"), TERMS)
def test_the_terms_are_those_of_the_glossary(topic: str, fi: str, sv: str, en: str) -> None:
    terms: dict[Language, str] = {"fi": fi, "sv": sv, "en": en}
    for language, term in terms.items():
        article = ARTICLES[language][topic]

        assert term.lower() in f"{article.title} {article.body}".lower(), language


def test_no_two_topics_share_a_title_in_one_language() -> None:
    for shelf in ARTICLES.values():
        titles = [article.title for article in shelf.values()]

        assert len(set(titles)) == len(titles)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("rol-01.de.md", "---\ntitle: x\n---\ny\n"),
        ("rol-01.fi.md", "no header"),
        ("rol-01.fi.md", "---\ntitle: only\n---\nbody\n"),
        (
            "rol-01.fi.md",
            "---\ntitle: t\nsource: s\nas_of: n.d.\nera: now\nconfirmed: true\nasks: [a]\n---\nbody\n",
        ),
        (
            "rol-01.fi.md",
            "---\ntitle: t\nsource: s\nas_of: n.d.\nera: any\nconfirmed: true\nasks: a\n---\nbody\n",
        ),
        (
            "rol-01.fi.md",
            "---\ntitle: t\nsource: s\nas_of: n.d.\nera: any\nconfirmed: true\nasks: [a]\n---\n\n",
        ),
    ],
)
def test_a_malformed_article_is_refused(name: str, text: str) -> None:
    with pytest.raises(BadArticle, match=re.escape(name)):
        parse(name, text)
