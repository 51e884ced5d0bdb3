"""Commands are known in three languages, typing errors are forgiven, and only Slack says who is mentioned."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.typed import WORDS, Known, distance, matching, mentioned, near, understood, without_mentions

ACTIONS = {
    "billing.read": ("billing.read", "Laskutustiedot: lue", "Billing data: read"),
    "billing.edit": ("billing.edit", "Laskutustiedot: muokkaa", "Billing data: edit"),
    "systems.edit": ("systems.edit", "Järjestelmät: muokkaa", "Systems: edit"),
}


def test_every_command_is_known_by_its_word_in_each_language() -> None:
    for command, words in WORDS.items():
        for language, word in words.items():
            assert understood(word) == Known(command, language)
            assert understood(word.upper()) == Known(command, language)


@pytest.mark.parametrize(
    ("typed", "command"),
    [("varfor", "why"), ("hjalp", "help"), ("sprak", "language"), ("yhteyshenkilot", "contacts")],
)
def test_dots_left_out_are_no_error(typed: str, command: str) -> None:
    known = understood(typed)

    assert known is not None
    assert known.command == command


@pytest.mark.parametrize(
    ("typed", "command"),
    [
        ("grnat", "grant"),
        ("varföe", "why"),
        ("wyh", "why"),
        ("kontakte", "contacts"),
        ("yhteyshenkilö", "contacts"),
        ("langauge", "language"),
        ("roolti", "roles"),
    ],
)
def test_a_typing_error_leads_to_what_was_meant(typed: str, command: str) -> None:
    assert understood(typed) is None
    assert near(typed)[0].command == command


@pytest.mark.parametrize("typed", ["dance", "weather", "xyzzy", ""])
def test_a_word_that_is_like_nothing_leads_nowhere(typed: str) -> None:
    assert near(typed) == []


def test_a_near_miss_is_in_the_language_it_is_nearest_to() -> None:
    assert near("roolti")[0].language == "fi"
    assert near("rollre")[0].language == "sv"


def test_things_are_found_by_code_by_name_and_by_beginnings() -> None:
    assert matching("systems.edit", ACTIONS) == ["systems.edit"]
    assert matching("laskutustiedot: MUOKKAA", ACTIONS) == ["billing.edit"]
    assert matching("laskutus", ACTIONS) == ["billing.read", "billing.edit"]
    assert matching("jarjestelmat", ACTIONS) == ["systems.edit"]
    assert matching("system.edti", ACTIONS) == ["systems.edit"]
    assert matching("dance", ACTIONS) == []
    assert matching("", ACTIONS) == []


def test_only_what_slack_escaped_is_a_mention() -> None:
    assert mentioned("<@U0OLLE|olle> archive <@W1>") == ["U0OLLE", "W1"]
    assert mentioned("@olle olle@example.fi <#C1|olle> &lt;@U0OLLE&gt;") == []
    assert without_mentions("<@U0OLLE|olle>  archive keeper") == "archive keeper"


@given(st.text(max_size=12), st.text(max_size=12))
def test_the_distance_is_a_number_of_errors(one: str, other: str) -> None:
    far = distance(one, other)

    assert (far == 0) == (one == other)
    assert far == distance(other, one)
    assert abs(len(one) - len(other)) <= far <= max(len(one), len(other))
