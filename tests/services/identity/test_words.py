"""Every sentence of the login pages exists in every language."""

import string

import pytest

from services.identity.words import EVERYTHING, LANGUAGES, problem, say
from shared.contracts.base import Refusal
from shared.contracts.identity import (
    IdentificationFailed,
    IdentificationLinkSpent,
    IdentifiedAsSomebodyElse,
    MandatesCancelled,
    MandatesMisconfigured,
    MandatesNotAnswered,
    MandatesNothingChosen,
    MandatesRefused,
    MandatesSessionOver,
    PersonUnknown,
)


@pytest.mark.parametrize("key", EVERYTHING)
def test_a_sentence_exists_in_every_language_with_the_same_parts(key: str) -> None:
    said = EVERYTHING[key]
    parts = {
        language: {part for _, part, _, _ in string.Formatter().parse(text) if part}
        for language, text in said.items()
    }

    assert set(said) == set(LANGUAGES)
    assert all(text.strip() for text in said.values())
    assert len({frozenset(one) for one in parts.values()}) == 1


REFUSALS = (
    IdentificationLinkSpent,
    IdentifiedAsSomebodyElse,
    PersonUnknown,
    IdentificationFailed,
    MandatesCancelled,
    MandatesMisconfigured,
    MandatesNotAnswered,
    MandatesNothingChosen,
    MandatesRefused,
    MandatesSessionOver,
)


@pytest.mark.parametrize("refusal", REFUSALS)
def test_every_refusal_of_a_login_has_a_title_a_text_and_a_next_step(refusal: type[Refusal]) -> None:
    for part in ("title", "text", "next"):
        assert f"{refusal.code}.{part}" in EVERYTHING
        assert say(f"{problem(refusal.code, '')}.{part}", "sv")


def test_a_closer_sentence_is_taken_where_there_is_one() -> None:
    assert problem("identity.identification_failed", "cancelled").endswith(".cancelled")
    assert problem("identity.identification_failed", "nonce") == "identity.identification_failed"
    assert problem("something.else", "") == "page.crashed"
