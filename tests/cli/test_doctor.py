"""What the doctor says of the line between the bot and Slack."""

from datetime import UTC, datetime, timedelta

import pytest

from cli.doctor import about_the_line
from shared.contracts.health import BotHealth

NOW = datetime(2026, 11, 26, 12, 0, 0, tzinfo=UTC)


def heard(seconds_ago: float) -> datetime:
    return NOW - timedelta(seconds=seconds_ago)


@pytest.mark.parametrize(
    ("health", "well", "code"),
    [
        (BotHealth(connected=False), False, "bot.not_connected"),
        (BotHealth(connected=True, connections=2, last_heard=heard(3)), True, "bot.connected"),
        (BotHealth(connected=True, connections=2, last_heard=heard(61)), False, "bot.line_silent"),
        (BotHealth(connected=True, connections=1), False, "bot.line_silent"),
        (BotHealth(connected=True, transport="requests", last_heard=heard(9999)), True, "bot.listening"),
    ],
)
def test_a_line_on_which_nothing_is_heard_is_not_well(health: BotHealth, well: bool, code: str) -> None:
    finding = about_the_line(health, NOW)

    assert (finding.well, finding.code) == (well, code)


def test_the_doctor_tells_since_when_and_how_often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KANTA_LANGUAGE", "en")
    health = BotHealth(connected=True, connections=2, since=heard(60), last_heard=heard(3), reconnects=7)

    advice = about_the_line(health, NOW).advice

    assert advice.startswith("Websockets: 2.")
    assert advice.endswith("replaced: 7.")
