"""Every sentence exists in three languages, says the same, and fits where it is shown."""

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

import shared.contracts.contacts
import shared.contracts.identity
import shared.contracts.roles_refusals  # noqa: F401  # so that every refusal is known
from bot.views.refusals import sentence
from bot.words import LANGUAGES, Sentence, has, say, sentences
from shared.contracts.base import Language, Refusal, Unavailable

BOT = Path(__file__).parents[3] / "bot"
FEATURES = sorted({path.name.split(".")[0] for path in (BOT / "words").glob("*.yaml")})
SLOTS = {"_title": 24, "_submit": 24, "_button": 75, "_label": 2000, "_placeholder": 150, "_hint": 2000}
# The same in two languages, and right.
SAME = {
    "languages.fi",
    "languages.sv",
    "languages.en",
    "offering.organisation_label",
    "grants.closed",
    "grants.phase_in_force",
    "home.held_row",
    "home.my_role",
}
GLOSSARY: dict[Language, tuple[str, ...]] = {
    "fi": ("pääkäyttäjä", "yhteyshenkilö", "vahva tunnistautuminen", "Y-tunnus", "perehdyt", "asiakastuke"),
    "sv": (
        "huvudanvändare",
        "kontaktperson",
        "stark autentisering",
        "FO-numret",
        "träder i kraft",
        "kundsupport",
    ),
    "en": ("main user", "contact person", "strong identification", "Business ID", "comes into force"),
}


def forms(found: Sentence) -> list[str]:
    return [found] if isinstance(found, str) else list(found.values())


def parameters(found: Sentence) -> set[str]:
    names = {name for form in forms(found) for _, name, _, _ in string.Formatter().parse(form) if name}
    return names if isinstance(found, str) else names | {"count"}


def every() -> Iterator[tuple[str, str, Language, Sentence]]:
    for feature in FEATURES:
        for language in LANGUAGES:
            for word, found in sentences(feature, language).items():
                yield feature, word, language, found


@pytest.mark.parametrize("feature", FEATURES)
def test_the_three_languages_have_the_same_sentences_with_the_same_parameters(feature: str) -> None:
    fi, sv, en = ({w: parameters(s) for w, s in sentences(feature, each).items()} for each in LANGUAGES)

    assert fi == sv == en


def test_every_sentence_fits_its_slot() -> None:
    too_long = [
        (feature, word, language)
        for feature, word, language, found in every()
        for slot, limit in SLOTS.items()
        if word.endswith(slot) and any(len(form) > limit for form in forms(found))
    ]

    assert too_long == []


def test_confirmations_fit_their_small_buttons() -> None:
    assert all(
        len(say(f"common.{word}_button", each)) <= 24 for word in ("close", "cancel") for each in LANGUAGES
    )
    assert all(len(say("common.continue_button", each)) <= 30 for each in LANGUAGES)


def test_nothing_is_left_untranslated() -> None:
    alike = set()
    for feature in FEATURES:
        fi, sv, en = (sentences(feature, each) for each in LANGUAGES)
        for word in fi:
            if len({str(fi[word]), str(sv[word]), str(en[word])}) < 3:
                alike.add(f"{feature}.{word}")

    assert alike <= SAME


def test_every_sentence_that_code_names_is_there() -> None:
    code = "\n".join(path.read_text() for path in BOT.rglob("*.py") if "guidance/" not in str(path))
    named = set(re.findall(r'\bsay\(\s*"([a-z]+\.[a-z_0-9]+)"', code))

    assert len(named) > 50
    assert {key for key in named if not has(key)} == set()


def keys_in(path: Path) -> Iterator[str]:
    """Patterns of the keys that a file of code names, whole or put together."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.Constant(value=str() as text):
                yield re.escape(text)
            case ast.JoinedStr(values=parts):
                yield "".join(
                    re.escape(str(part.value)) if isinstance(part, ast.Constant) else "[a-z0-9_]+"
                    for part in parts
                )


def test_every_sentence_is_said_somewhere() -> None:
    beginnings = tuple(f"{feature}\\." for feature in FEATURES)
    named = {key for path in BOT.rglob("*.py") for key in keys_in(path) if key.startswith(beginnings)}
    said = re.compile("|".join(sorted(named)))
    unsaid = {
        f"{feature}.{word}" for feature, word, _, _ in every() if not said.fullmatch(f"{feature}.{word}")
    }

    assert unsaid == set()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", sorted(Refusal.known))
def test_every_refusal_has_a_sentence_of_its_own(code: str, language: Language) -> None:
    found = sentence(Refusal.known[code](minutes=15, limit=1000, latest="2051-11-24"), language)

    assert has(f"refusals.{code.replace('.', '_')}")
    assert "{" not in found
    assert len(found) <= 200


def test_what_nobody_expected_is_said_with_a_reference() -> None:
    assert "abc123" in sentence(RuntimeError("secret"), "en", reference="abc123")
    assert "secret" not in sentence(RuntimeError("secret"), "en", reference="abc123")
    assert "Mitään ei ole hävinnyt" in sentence(Unavailable("rpc.roles"), "fi")


def test_plural_forms_follow_the_language() -> None:
    assert say("home.several", "fi", count=2) == "2 haltijaa"
    assert say("home.also_waiting", "sv", count=1) == "(1 erbjudande väntar)"
    assert say("home.also_waiting", "sv", count=3) == "(3 erbjudanden väntar)"


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_of_the_trade_are_those_of_the_glossary(language: Language) -> None:
    spoken = "\n".join(
        form for _, _, of, found in every() if of == language for form in forms(found)
    ).casefold()

    assert [term for term in GLOSSARY[language] if term.casefold() not in spoken] == []
