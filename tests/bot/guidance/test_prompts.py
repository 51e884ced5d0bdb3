"""Every question that is suggested has an answer, and those suggested fit the person."""

import pytest

from bot.guidance.index import Guidance
from bot.prompting import Standing, fitting
from bot.views.guidance import prompts
from bot.words import LANGUAGES
from shared.contracts.base import Language


@pytest.fixture(scope="module")
def guidance() -> Guidance:
    return Guidance.load()


EVERYBODY = [
    Standing(linked=linked, offer_waits=waits, holds_role=holds, main_user=main)
    for linked in (True, False)
    for waits in (True, False)
    for holds in (True, False)
    for main in (True, False)
]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_suggested_question_is_answered(guidance: Guidance, language: Language) -> None:
    names = {name for standing in EVERYBODY for name in fitting(standing)}
    asked = [question for name in sorted(names) for question, _ in prompts([name], language)]

    assert [question for question in asked if not guidance.ask(question, language).known] == []


def test_there_is_always_something_to_ask_and_never_more_than_slack_shows() -> None:
    assert {len(fitting(standing)) for standing in EVERYBODY} <= {2, 3, 4}


def test_the_most_pressing_comes_first() -> None:
    assert fitting(Standing(offer_waits=True, main_user=True))[0] == "accept"
    assert fitting(Standing(linked=False))[0] == "identify"
    assert "grant" not in fitting(Standing(holds_role=True))
