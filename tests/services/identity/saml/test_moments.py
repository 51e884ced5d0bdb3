"""Moments of SAML are of UTC, wherever the machine stands."""

import time
from datetime import UTC, datetime

import pytest

from services.identity.saml.moments import moment

NOON = datetime(2026, 11, 27, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    ["2026-11-27T12:00:00Z", "2026-11-27T12:00:00", "2026-11-27T14:00:00+02:00", "2026-11-27T12:00:00.000Z"],
)
def test_a_moment_is_the_same_in_helsinki(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Europe/Helsinki")
    time.tzset()
    try:
        assert moment(text) == NOON
    finally:
        monkeypatch.undo()
        time.tzset()


def test_what_is_no_moment_is_refused() -> None:
    with pytest.raises(ValueError, match="Invalid"):
        moment("yesterday")
