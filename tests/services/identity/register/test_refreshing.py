"""When the register is read, and when a reading is believed."""

from datetime import UTC, datetime, time, timedelta

import pytest

from services.identity.domain.refreshing import Timetable, check_losses
from shared.contracts.identity import RegisterShrunk

TABLE = Timetable(night=time(3, 30), every=timedelta(hours=6), retry=timedelta(minutes=30))


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


def test_a_register_that_was_never_read_is_read_whole_at_once() -> None:
    assert TABLE.next(whole_at=None, read_at=None, failed_at=None) == (None, True)


def test_changes_are_read_between_nights_and_the_whole_each_night() -> None:
    noon = at(24, 10)

    assert TABLE.next(whole_at=noon, read_at=noon, failed_at=None) == (noon + timedelta(hours=6), False)
    # Half past three in Finland is half past one in UTC.
    assert TABLE.next(whole_at=noon, read_at=at(24, 22), failed_at=None) == (at(25, 1, 30), True)


def test_the_night_is_a_finnish_one_in_summer_too() -> None:
    evening = datetime(2026, 7, 1, 20, tzinfo=UTC)

    due, whole = TABLE.next(whole_at=evening, read_at=evening, failed_at=None)

    assert (due, whole) == (datetime(2026, 7, 2, 0, 30, tzinfo=UTC), True)


def test_a_process_puts_the_night_off_by_its_own_delay() -> None:
    late = Timetable(
        night=time(3, 30), every=timedelta(hours=24), retry=timedelta(minutes=30), jitter=timedelta(minutes=7)
    )

    assert late.next(whole_at=at(24, 2), read_at=at(24, 2), failed_at=None) == (at(25, 1, 37), True)


def test_after_a_failure_it_is_tried_again_only_after_a_while() -> None:
    assert TABLE.next(whole_at=None, read_at=None, failed_at=at(24, 10))[0] == at(24, 10, 30)
    assert TABLE.next(whole_at=at(24, 2), read_at=at(24, 2), failed_at=at(24, 9))[0] == at(24, 9, 30)


def test_a_failure_that_is_over_puts_nothing_off() -> None:
    assert TABLE.next(whole_at=at(24, 2), read_at=at(24, 10), failed_at=at(24, 9))[0] == at(24, 16)


@pytest.mark.parametrize(("gone", "entries"), [(20, 25), (8_000, 80_000)])
def test_some_entries_may_go(gone: int, entries: int) -> None:
    check_losses(gone=gone, entries=entries, allowed=False)


@pytest.mark.parametrize(("gone", "entries"), [(21, 25), (8_001, 80_000)])
def test_half_a_register_is_not_believed_unless_somebody_says_so(gone: int, entries: int) -> None:
    with pytest.raises(RegisterShrunk):
        check_losses(gone=gone, entries=entries, allowed=False)

    check_losses(gone=gone, entries=entries, allowed=True)
