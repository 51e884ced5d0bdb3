"""Who has chosen a language is spoken to in it; anybody else is answered as they ask."""

import pytest

from bot.speech import Tongue, of_locale, other_than, spoken


def test_what_a_person_chose_comes_first() -> None:
    assert spoken(Tongue(chosen="sv", registered="fi"), heard="en", workspace="fi", locale="en") == "sv"


def test_who_chose_nothing_is_answered_as_they_ask() -> None:
    assert spoken(Tongue(registered="fi"), heard="sv", workspace="fi") == "sv"


def test_after_that_the_organisation_the_workspace_and_the_account_are_asked() -> None:
    assert spoken(Tongue(registered="sv"), workspace="fi", locale="en") == "sv"
    assert spoken(Tongue(), workspace="fi", locale="sv") == "fi"
    assert spoken(Tongue(), locale="sv") == "sv"
    assert spoken(Tongue()) == "en"


def test_who_writes_in_another_language_than_they_chose_may_want_to_change_that() -> None:
    assert other_than(Tongue(chosen="fi"), "sv") == "sv"
    assert other_than(Tongue(chosen="fi"), "fi") is None
    assert other_than(Tongue(chosen="fi"), None) is None
    assert other_than(Tongue(registered="fi"), "sv") is None


@pytest.mark.parametrize(
    ("locale", "language"),
    [
        ("fi-FI", "fi"),
        ("sv_SE", "sv"),
        ("SV", "sv"),
        ("en-GB", "en"),
        ("de-DE", None),
        ("", None),
        (None, None),
    ],
)
def test_a_locale_is_one_of_our_languages_or_says_nothing(locale: str | None, language: str | None) -> None:
    assert of_locale(locale) == language
