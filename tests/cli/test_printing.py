"""Moments as the operator's language writes them."""

from datetime import UTC, datetime

import pytest

from cli.printing import moment


@pytest.mark.parametrize(
    ("language", "written"),
    [("fi", "27.11.2026 11.23"), ("sv", "2026-11-27 11:23"), ("en", "27/11/2026, 11:23")],
)
def test_a_moment_is_told_as_each_language_writes_it(
    language: str, written: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KANTA_LANGUAGE", language)

    assert moment(datetime(2026, 11, 27, 9, 23, tzinfo=UTC)) == written
