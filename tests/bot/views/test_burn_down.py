"""The burn-down picture says what it shows, however long the way was."""

from datetime import timedelta

import pytest

from bot.views.burn_down import burn_down, sampled
from bot.words import LANGUAGES
from shared.blockkit.validation import Surface, validate_blocks
from shared.contracts.base import Language
from shared.contracts.legacy import Tally
from tests.bot.makers import NOW, an_organisation


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("days", [1, 20, 21, 400, 1460])
def test_a_picture_of_any_length_is_one_that_slack_takes(days: int, language: Language) -> None:
    history = [Tally(day=NOW.date() + timedelta(days=number), not_started=7) for number in range(days)]
    told = burn_down(an_organisation("Klinikka <!here>"), history, language)
    chart = told.blocks[-1]["chart"]

    assert validate_blocks(Surface.MESSAGE, [*told.blocks]) == []
    assert "<!here>" not in told.text
    assert "7" in told.text
    categories = chart["axis_config"]["categories"]
    assert len({*categories}) == len(categories) <= 20
    assert [one["label"] for one in chart["series"][0]["data"]] == categories


@pytest.mark.parametrize("days", [1, 19, 20, 21, 41, 1000])
def test_of_many_days_some_are_shown_and_the_newest_always(days: int) -> None:
    history = [Tally(day=NOW.date() + timedelta(days=number)) for number in range(days)]

    assert sampled(history)[-1] == history[-1]
    assert min(days, 10) <= len(sampled(history)) <= 20
