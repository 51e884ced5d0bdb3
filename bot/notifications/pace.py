"""What time brings about, and when: offers that wait or lapse, roles that end. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.notifications.audience import Fact
from bot.notifications.calm import is_rest_day
from bot.words.dates import FINLAND, end_of
from shared.contracts.roles import GrantView, Phase

OFFICE_OPENS = time(9)


@dataclass(frozen=True, slots=True)
class Pace:
    """How many days pass before something is said."""

    recall_after: int = 5
    last_call_before: int = 2
    ending_before: int = 30
    ending_soon_before: int = 7


def due(grant: GrantView, now: datetime, pace: Pace) -> Iterator[tuple[Fact, str]]:
    """The facts that time has brought about by *now*, each with the day that sets it apart."""
    match grant.phase:
        case Phase.WAITING:
            ends = _lapses(grant)
            last_call = _working_time(ends - timedelta(days=pace.last_call_before))
            if now >= last_call and last_call > grant.offered_at:
                yield Fact.LAPSING, _mark(ends)
            elif last_call > now >= grant.offered_at + timedelta(days=pace.recall_after):
                yield Fact.UNANSWERED, _mark(ends)
        case Phase.LAPSED:
            yield Fact.LAPSED, _mark(_lapses(grant))
        case Phase.IN_FORCE:
            ends = end_of(grant.valid_until)
            for fact, days in (
                (Fact.ENDING_SOON, pace.ending_soon_before),
                (Fact.ENDING, pace.ending_before),
            ):
                begins = ends - timedelta(days=days)
                # Who was granted a role for so short a time knows that it ends.
                if now >= begins and begins > (grant.proved_at or grant.offered_at):
                    yield fact, _mark(ends)
                    return
        case Phase.EXPIRED:
            yield Fact.EXPIRED, _mark(end_of(grant.valid_until))


def _mark(ends: datetime) -> str:
    return ends.astimezone(FINLAND).date().isoformat()


def _working_time(moment: datetime) -> datetime:
    """*moment*, or the morning of the last working day before it."""
    day: date = moment.astimezone(FINLAND).date()
    if not is_rest_day(day):
        return moment
    while is_rest_day(day):
        day -= timedelta(days=1)
    return datetime.combine(day, OFFICE_OPENS, FINLAND)


def _lapses(grant: GrantView) -> datetime:
    return min(grant.offer_ends_at, end_of(grant.valid_until))
