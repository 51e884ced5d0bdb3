"""Days and moments as people in Finland read them."""

from datetime import UTC, date, datetime

from bot.words.dates import dated, day, moment, today

SUMMER = datetime(2026, 7, 1, 21, 30, tzinfo=UTC)


def test_a_day_is_written_as_each_language_writes_it() -> None:
    when = date(2026, 11, 24)

    assert day(when, "fi") == "24.11.2026"
    assert day(when, "sv") == "24 november 2026"
    assert day(when, "en") == "24 November 2026"


def test_a_source_is_dated_as_exactly_as_it_is_known() -> None:
    assert dated("2020-01-29", "fi") == "29.1.2020"
    assert dated("2024-08", "fi") == "elokuu 2024"
    assert dated("2024-08", "sv") == "augusti 2024"
    assert dated("2019", "en") == "2019"
    assert dated("n.d.", "en") is None


def test_a_moment_is_told_in_finnish_time() -> None:
    assert moment(SUMMER, "fi") == "2.7.2026 klo 0.30"
    assert moment(SUMMER, "sv") == "2 juli 2026 kl. 0.30"
    assert moment(SUMMER, "en") == "2 July 2026 at 00:30"
    assert today(SUMMER) == date(2026, 7, 2)
