"""What time brings about is said at its time: once kindly, once more before the end, 30 and 7 days ahead."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.notifications.audience import Fact
from bot.notifications.calm import is_rest_day
from bot.notifications.pace import Pace, due
from bot.words.dates import FINLAND, end_of
from shared.contracts.roles import GrantStatus, GrantView, Phase
from tests.bot.makers import a_grant, a_person, an_organisation

PACE = Pace()
OFFERED = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)  # a Monday
CLINIC, OLLE, MAIJA = an_organisation(), a_person("Olle", "U1"), a_person("Maija", "U2")
A_DAY = timedelta(days=1)


def an_offer(phase: Phase = Phase.WAITING, until: date = date(2027, 11, 2)) -> GrantView:
    ends = OFFERED + 14 * A_DAY
    return a_grant(
        CLINIC, OLLE, MAIJA, offered_at=OFFERED, offer_ends_at=ends, phase=phase, valid_until=until
    )


def a_role(until: date, phase: Phase = Phase.IN_FORCE) -> GrantView:
    return an_offer(phase, until).model_copy(update={"status": GrantStatus.ACCEPTED})


def facts(grant: GrantView, now: datetime) -> list[Fact]:
    return [fact for fact, _ in due(grant, now, PACE)]


def test_an_offer_is_recalled_after_five_days_and_once_more_before_it_lapses() -> None:
    assert facts(an_offer(), OFFERED + 5 * A_DAY - timedelta(seconds=1)) == []
    assert facts(an_offer(), OFFERED + 5 * A_DAY) == [Fact.UNANSWERED]
    # Two days before the end is a Saturday: Friday morning then.
    assert facts(an_offer(), datetime(2026, 11, 13, 8, 59, tzinfo=FINLAND)) == [Fact.UNANSWERED]
    assert facts(an_offer(), datetime(2026, 11, 13, 9, 0, tzinfo=FINLAND)) == [Fact.LAPSING]
    assert facts(an_offer(Phase.LAPSED), OFFERED + 15 * A_DAY) == [Fact.LAPSED]


def test_an_offer_of_a_short_role_lapses_with_it() -> None:
    short = an_offer(until=date(2026, 11, 6))

    assert facts(short, datetime(2026, 11, 4, 23, 0, tzinfo=FINLAND)) == []
    assert facts(short, datetime(2026, 11, 5, 0, 0, tzinfo=FINLAND)) == [Fact.LAPSING]


def test_a_role_that_ends_is_told_thirty_and_seven_days_before() -> None:
    role = a_role(date(2027, 11, 2))
    ends = end_of(date(2027, 11, 2))

    assert facts(role, ends - 30 * A_DAY - timedelta(seconds=1)) == []
    assert facts(role, ends - 30 * A_DAY) == [Fact.ENDING]
    assert facts(role, ends - 7 * A_DAY) == [Fact.ENDING_SOON]
    assert facts(a_role(date(2027, 11, 2), Phase.EXPIRED), ends) == [Fact.EXPIRED]


def test_who_was_granted_a_role_for_three_weeks_is_told_once() -> None:
    role = a_role(date(2026, 11, 23))

    assert facts(role, OFFERED) == []
    assert facts(role, datetime(2026, 11, 17, 12, 0, tzinfo=FINLAND)) == [Fact.ENDING_SOON]


@pytest.mark.parametrize("phase", [Phase.DECLINED, Phase.WITHDRAWN, Phase.REVOKED, Phase.RELINQUISHED])
def test_time_has_nothing_to_say_of_what_people_decided(phase: Phase) -> None:
    assert facts(an_offer(phase), OFFERED + 400 * A_DAY) == []


@settings(deadline=None)
@given(st.dates(date(2026, 1, 1), date(2031, 12, 31)), st.integers(1, 28))
def test_the_last_call_leaves_the_holder_a_working_moment(day: date, days: int) -> None:
    ends = datetime.combine(day, datetime.min.time(), FINLAND) + timedelta(hours=12)
    offer = a_grant(
        CLINIC, OLLE, MAIJA, offered_at=ends - 14 * A_DAY, offer_ends_at=ends, valid_until=date(2035, 1, 1)
    )
    called = [
        hour
        for hour in (ends - timedelta(hours=each) for each in range(14 * 24))
        if Fact.LAPSING in facts(offer, hour)
    ]

    first = min(called)
    assert first <= ends - 2 * A_DAY + timedelta(hours=1)
    assert not is_rest_day(first.astimezone(FINLAND).date())
