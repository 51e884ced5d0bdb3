"""In which order holders are invited, and together with whom."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from services.roles.domain.legacy import Legacy, Progress
from services.roles.domain.mapping import Target
from shared.contracts.legacy import LegacyState
from shared.contracts.roles import Role


@dataclass(frozen=True, slots=True)
class Standing:
    """A legacy grant, what it comes to, and where it stands."""

    legacy: Legacy
    target: Target
    progress: Progress


def in_order(standings: Iterable[Standing], alone: Iterable[Role] = ()) -> list[Standing]:
    """
    All *standings*, holder by holder: main users first, then those who alone hold a role, then those whose
    grants end soonest; by name where all that is equal.
    """
    of_holder: dict[str, list[Standing]] = {}
    for standing in standings:
        of_holder.setdefault(standing.legacy.holder_key, []).append(standing)
    lone = frozenset(alone)
    ordered = sorted(of_holder.values(), key=lambda several: _rank(several, lone))
    return [one for several in ordered for one in several]


def held_by_one(standings: Iterable[Standing]) -> frozenset[Role]:
    """Roles that only one holder had in Katso: with that one gone, nobody has them."""
    pairs = {
        (role, one.legacy.holder_key)
        for one in standings
        if one.progress.state is not LegacyState.NOT_NEEDED
        for role in one.target.roles
    }
    counts = Counter(role for role, _ in pairs)
    return frozenset(role for role, count in counts.items() if count == 1)


def planned(standings: Sequence[Standing], size: int) -> Mapping[str, int]:
    """The wave of each holder, by key, who can be invited: *size* to a wave, in order, from 1."""
    keys = dict.fromkeys(
        one.legacy.holder_key for one in in_order(standings, held_by_one(standings)) if one.progress.offerable
    )
    return {key: place // size + 1 for place, key in enumerate(keys)}


def next_wave(standings: Sequence[Standing], size: int) -> tuple[int | None, list[Standing]]:
    """
    Whom an invitation reaches now: the first planned wave that is not invited whole, or the next *size*
    holders where nothing is planned. None is the number of what was not planned.
    """
    ready = [one for one in in_order(standings, held_by_one(standings)) if one.progress.offerable]
    numbers = [one.legacy.wave for one in ready if one.legacy.wave is not None]
    if numbers:
        first = min(numbers)
        return first, [one for one in ready if one.legacy.wave == first]
    keys = list(dict.fromkeys(one.legacy.holder_key for one in ready))[:size]
    return None, [one for one in ready if one.legacy.holder_key in keys]


def day_of(number: int, first_day: date, every_days: int) -> date:
    return first_day + timedelta(days=(number - 1) * every_days)


def _rank(several: Sequence[Standing], lone: frozenset[Role]) -> tuple[bool, bool, date, str, str]:
    roles = {role for one in several for role in one.target.roles}
    ends = min((one.legacy.valid_until or date.max for one in several), default=date.max)
    first = several[0].legacy
    return Role.MAIN_USER not in roles, not roles & lone, ends, first.holder.casefold(), first.holder_key
