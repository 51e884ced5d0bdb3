"""Nothing is lost, nothing comes twice, and nobody is disturbed but for what cannot wait."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.notifications.audience import Urgency
from bot.notifications.calm import (
    ANSWERING,
    NEVER_QUIET,
    Calm,
    Note,
    is_quiet,
    is_rest_day,
    next_digest,
    plan,
    quiet_ends,
)
from bot.words.dates import FINLAND

OFFICE = Calm()


def at(text: str, zone: ZoneInfo = FINLAND) -> datetime:
    """A moment on the clocks of *zone*."""
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def a_note(text: str, urgency: Urgency = Urgency.NOW, **more: object) -> Note:
    return Note("n", at(text), urgency, **more)  # type: ignore[arg-type]  # fields of a note


def test_evenings_nights_and_weekends_are_quiet() -> None:
    assert not is_quiet(at("2026-11-24T08:00"), OFFICE)
    assert not is_quiet(at("2026-11-24T17:59"), OFFICE)
    assert is_quiet(at("2026-11-24T18:00"), OFFICE)
    assert is_quiet(at("2026-11-25T07:59"), OFFICE)
    assert is_quiet(at("2026-11-28T12:00"), OFFICE)


@pytest.mark.parametrize("day", ["2026-12-06", "2026-12-24", "2026-06-19", "2027-01-06", "2027-03-26"])
def test_finnish_holidays_are_quiet_all_day(day: str) -> None:
    assert is_rest_day(date.fromisoformat(day))
    assert is_quiet(at(f"{day}T12:00"), OFFICE)


def test_an_ordinary_wednesday_is_no_rest_day() -> None:
    assert not is_rest_day(date(2026, 11, 25))


def test_quiet_ends_after_christmas_and_the_weekend() -> None:
    # 24 to 26 December 2026 is Thursday to Saturday.
    assert quiet_ends(at("2026-12-23T18:00"), OFFICE) == at("2026-12-28T08:00")
    assert next_digest(at("2026-12-23T18:00"), OFFICE) == at("2026-12-28T08:30")


@pytest.mark.parametrize(
    ("evening", "morning"),
    [
        ("2026-03-27T20:00", "2026-03-30T08:30"),  # the clocks go on in the night to Sunday 29 March
        ("2026-10-23T20:00", "2026-10-26T08:30"),  # and back in the night to Sunday 25 October
        ("2028-02-28T20:00", "2028-02-29T08:30"),  # a leap day is a Tuesday like others
    ],
)
def test_the_digest_comes_by_the_wall_clock(evening: str, morning: str) -> None:
    assert next_digest(at(evening), OFFICE) == at(morning)


def test_the_digest_comes_by_the_readers_own_clock() -> None:
    stockholm = ZoneInfo("Europe/Stockholm")
    calm = Calm(zone=stockholm)

    assert next_digest(at("2026-11-24T09:10"), calm) == at("2026-11-24T08:30", stockholm)


def test_an_hour_that_is_skipped_or_comes_twice_does_not_hold_anything_up() -> None:
    night = Calm(quiet_from=time(20), quiet_until=time(3, 30), digest_at=time(3, 45), rest_days=False)

    spring, autumn = at("2026-03-29T01:00"), at("2026-10-25T01:00")
    assert quiet_ends(spring, night) - spring <= timedelta(hours=3)
    assert quiet_ends(autumn, night) == at("2026-10-25T03:30").astimezone(UTC)
    again = at("2026-10-25T03:15").replace(fold=1)
    assert quiet_ends(again.astimezone(UTC), night) - again.astimezone(UTC) == timedelta(minutes=15)


def test_an_offer_waits_for_the_morning_if_there_is_time() -> None:
    evening, note = at("2026-11-24T20:00"), a_note("2026-11-24T20:00", alone=True)
    pressing = a_note("2026-11-24T20:00", alone=True, deadline=at("2026-11-25T09:00"))

    assert [each.at for each in plan([note], OFFICE, evening)] == [at("2026-11-25T08:00")]
    assert [each.at for each in plan([pressing], OFFICE, evening)] == [evening]


def test_other_news_of_the_evening_come_with_the_digest() -> None:
    evening = at("2026-11-24T20:00")
    notes = [a_note("2026-11-24T20:00"), a_note("2026-11-24T12:00", Urgency.DIGEST)]

    (sending,) = plan(notes, OFFICE, evening)

    assert sending.digest
    assert sending.at == at("2026-11-25T08:30")
    assert sending.notes == tuple(notes)


def test_there_is_no_second_digest_on_one_day() -> None:
    changed = Calm(digest_at=time(15))
    note = a_note("2026-11-24T09:00", Urgency.DIGEST)

    (sending,) = plan([note], changed, at("2026-11-24T16:00"), last_digest=date(2026, 11, 24))

    assert sending.at == at("2026-11-25T15:00")


def test_what_could_not_be_told_in_time_does_not_come_in_the_night() -> None:
    (sending,) = plan([a_note("2026-11-24T17:00")], OFFICE, at("2026-11-24T23:00"))

    assert (sending.digest, sending.at) == (True, at("2026-11-25T08:30"))


ZONES = st.sampled_from(
    [ZoneInfo(name) for name in ("Europe/Helsinki", "Europe/Stockholm", "Asia/Tokyo", "America/St_Johns")]
)
CLOCKS = st.integers(0, 24 * 4 - 1).map(lambda quarter: time(quarter // 4, quarter % 4 * 15))
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2032, 12, 31), timezones=st.just(UTC))
CALMS = st.builds(
    Calm,
    zone=ZONES,
    quiet_from=CLOCKS,
    quiet_until=CLOCKS,
    rest_days=st.booleans(),
    digest_at=CLOCKS,
)


@st.composite
def situations(draw: st.DrawFn) -> tuple[list[Note], Calm, datetime, date | None]:
    now, calm = draw(MOMENTS), draw(CALMS)
    ages = draw(st.lists(st.integers(0, 60 * 24 * 9), max_size=6))
    notes = [
        Note(
            str(number),
            now - timedelta(minutes=age),
            draw(st.sampled_from([Urgency.NOW, Urgency.DIGEST])),
            draw(st.booleans()),
            draw(st.none() | st.integers(-600, 60 * 24 * 20).map(lambda left: now + timedelta(minutes=left))),
        )
        for number, age in enumerate(ages)
    ]
    last = draw(st.none() | st.integers(0, 3))
    day = now.astimezone(calm.zone).date()
    return notes, calm, now, None if last is None else day - timedelta(days=last)


def cannot_wait(note: Note, calm: Calm, now: datetime) -> bool:
    opening = quiet_ends(max(now, note.noted_at), calm)
    return note.urgency is Urgency.NOW and note.deadline is not None and opening + ANSWERING > note.deadline


@settings(deadline=None)
@given(situations())
@example(([a_note("2026-03-29T02:59")], OFFICE, at("2026-03-29T03:01"), None))
@example(([a_note("2026-10-25T03:30", alone=True)], OFFICE, at("2026-10-25T03:30"), None))
@example(([a_note("2028-02-29T00:00", Urgency.DIGEST)], NEVER_QUIET, at("2028-02-29T00:00"), None))
def test_everything_is_told_once_and_only_what_cannot_wait_disturbs(
    situation: tuple[list[Note], Calm, datetime, date | None],
) -> None:
    notes, calm, now, last = situation
    sendings = plan(notes, calm, now, last)

    told = [note.id for sending in sendings for note in sending.notes]
    assert sorted(told) == sorted(note.id for note in notes)
    assert sum(sending.digest for sending in sendings) <= 1
    assert [sending.at for sending in sendings] == sorted(sending.at for sending in sendings)
    for sending in sendings:
        sent_at = max(sending.at, now)
        urgent = not sending.digest and cannot_wait(sending.notes[0], calm, now)
        assert urgent or not is_quiet(sent_at, calm)
        assert sending.digest or all(note.urgency is Urgency.NOW for note in sending.notes)
        assert sent_at - now < timedelta(days=12)
        if sending.digest and last is not None:
            assert sent_at.astimezone(calm.zone).date() > last


@settings(deadline=None)
@given(situations())
def test_waiting_as_long_as_the_plan_says_is_enough(
    situation: tuple[list[Note], Calm, datetime, date | None],
) -> None:
    notes, calm, now, last = situation
    for sending in plan(notes, calm, now, last):
        if sending.at > now:
            again = plan(sending.notes, calm, sending.at, last)
            assert all(each.at <= sending.at for each in again)
