"""When people are told what: quiet hours, working days, one digest a day. Pure: the clock is an argument."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from holidays import country_holidays

from bot.notifications.audience import Kind, Urgency
from bot.words.dates import FINLAND

# So long a person should have to answer in daylight before something runs out.
ANSWERING = timedelta(hours=4)
# Easter and Christmas together with weekends and free days of one's own choosing never come to this.
LONGEST_REST = 60


@dataclass(frozen=True, slots=True)
class Calm:
    """
    How a person wants to be told: times are on their own clock.

    *quiet_from* the same as *quiet_until* means that no hour is quiet; *rest_days* that weekends and Finnish
    public holidays are quiet from midnight to midnight.
    """

    zone: ZoneInfo = FINLAND
    quiet_from: time = time(18)
    quiet_until: time = time(8)
    rest_days: bool = True
    digest_at: time = time(8, 30)
    urgencies: Mapping[Kind, Urgency] = field(default_factory=dict)

    def hour_is_quiet(self, clock: time) -> bool:
        """Is it quiet at this time of a working day?"""
        begin, end = self.quiet_from, self.quiet_until
        return begin <= clock < end if begin <= end else clock >= begin or clock < end


NEVER_QUIET = Calm(quiet_from=time(0), quiet_until=time(0), rest_days=False)


@dataclass(frozen=True, slots=True)
class Note:
    """
    Something that somebody is still to be told.

    An *alone* one is a message of its own, even if it had to wait (an offer has buttons); others that had to
    wait come in the digest. *deadline* is when telling it is no use any more.
    """

    id: str
    noted_at: datetime
    urgency: Urgency
    alone: bool = False
    deadline: datetime | None = None


@dataclass(frozen=True, slots=True)
class Sending:
    """One message: when, and what it tells. A digest tells whatever has gathered by then."""

    at: datetime
    notes: tuple[Note, ...]
    digest: bool


def plan(
    notes: Iterable[Note], calm: Calm, now: datetime, last_digest: date | None = None
) -> tuple[Sending, ...]:
    """
    What to send to one person and when, soonest first; what is due has its time in the past.

    Every note is in exactly one sending, and but for those that cannot wait, none is in quiet hours.
    *last_digest* is the local day of the last one: there is no second on the same day.
    """
    sendings: list[Sending] = []
    gathered: list[tuple[datetime, Note]] = []
    for note in notes:
        at, in_digest = _when(note, calm, now, last_digest)
        if in_digest:
            gathered.append((at, note))
        else:
            sendings.append(Sending(at, (note,), digest=False))
    if gathered:
        first = min(at for at, _ in gathered)
        sendings.append(Sending(first, tuple(note for _, note in gathered), digest=True))
    return tuple(sorted(sendings, key=lambda sending: sending.at))


def _when(note: Note, calm: Calm, now: datetime, last_digest: date | None) -> tuple[datetime, bool]:
    quiet_then, quiet_now = is_quiet(note.noted_at, calm), is_quiet(now, calm)
    wants_now = note.urgency is Urgency.NOW
    if wants_now and note.deadline is not None:
        opening = quiet_ends(max(now, note.noted_at), calm)
        if opening + ANSWERING > note.deadline:
            return note.noted_at, False
    if wants_now and not quiet_then and not quiet_now:
        return note.noted_at, False
    if wants_now and note.alone:
        return quiet_ends(now if quiet_now else note.noted_at, calm), False
    if wants_now and not quiet_then:
        # It could not be told when it was time, and now it is quiet.
        return next_digest(now, calm, last_digest), True
    at = next_digest(note.noted_at, calm, last_digest)
    return (next_digest(now, calm, last_digest) if at <= now and quiet_now else at), True


def is_quiet(moment: datetime, calm: Calm) -> bool:
    """Would a message at *moment* disturb?"""
    local = moment.astimezone(calm.zone)
    if calm.rest_days and is_rest_day(local.date()):
        return True
    return calm.hour_is_quiet(local.time())


def quiet_ends(moment: datetime, calm: Calm) -> datetime:
    """The first moment from *moment* on that is not quiet."""
    if not is_quiet(moment, calm):
        return moment
    opening = calm.quiet_until if calm.quiet_from != calm.quiet_until else time()
    clocks = sorted({time(), opening})
    return _first(moment, calm, clocks, lambda at: not is_quiet(at, calm))


def next_digest(after: datetime, calm: Calm, last: date | None = None) -> datetime:
    """The first digest after *after*, on a day after *last*; on working days only, for those who rest."""

    def fits(at: datetime) -> bool:
        day = at.astimezone(calm.zone).date()
        return at > after and not is_quiet(at, calm) and (last is None or day > last)

    clock = calm.quiet_until if calm.hour_is_quiet(calm.digest_at) else calm.digest_at
    return _first(after, calm, [clock], fits)


def _first(after: datetime, calm: Calm, clocks: list[time], fits: Callable[[datetime], bool]) -> datetime:
    """The first of these times of day from *after* on that *fits*."""
    day = after.astimezone(calm.zone).date()
    for offset in range(LONGEST_REST):
        for clock in clocks:
            for at in _on(day + timedelta(days=offset), clock, calm.zone):
                if at >= after and fits(at):
                    return at
    raise ValueError("these settings leave no moment that is not quiet")


def _on(day: date, clock: time, zone: ZoneInfo) -> tuple[datetime, ...]:
    """
    The moments when the clocks of *zone* show *clock* on *day*: two in the hour that comes twice in autumn.

    An hour that is skipped in spring counts from before the change, as if the clocks had gone on.
    """
    early, late = (datetime.combine(day, clock.replace(fold=fold), zone).astimezone(UTC) for fold in (0, 1))
    return (early, late) if late > early else (early,)


def is_rest_day(day: date) -> bool:
    """Is *day* a weekend, a public holiday in Finland, or an eve on which offices are closed?"""
    return day.weekday() >= 5 or day in _finnish_holidays(day.year)


@cache
def _finnish_holidays(year: int) -> frozenset[date]:
    return frozenset(country_holidays("FI", years=year))
