"""Who may be a main user of an organisation, or act for it: by its kind, the day, and what they can show."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import Field

from shared.contracts.identity import OrganisationKind
from shared.contracts.roles import Capacity, Ground, PolicyRow
from shared.contracts.tables import Sentence, Strict, TableInvalid, believed


@dataclass(frozen=True, slots=True)
class Shown:
    """Something that a person can show: on this *ground*, for this *capacity*."""

    ground: Ground
    capacity: Capacity


@dataclass(frozen=True, slots=True)
class Answer:
    """
    In which capacities somebody may act, each with the grounds that count for it.

    *passed_over* was shown and does not count: *row* is where that stands.
    """

    row: PolicyRow
    by: Mapping[Capacity, tuple[Ground, ...]]
    passed_over: frozenset[Shown]

    def may(self, capacity: Capacity) -> bool:
        return bool(self.by[capacity])


@dataclass(frozen=True, slots=True)
class Policy:
    """The table: for every kind of organisation and every day exactly one row."""

    label: str
    rows: Mapping[OrganisationKind, tuple[PolicyRow, ...]]

    def row(self, kind: OrganisationKind, day: date) -> PolicyRow:
        """The row that applies to *kind* on *day*."""
        return next(row for row in self.rows[kind] if row.ends is None or day <= row.ends)

    def counts_until(
        self, kind: OrganisationKind, day: date, ground: Ground, capacity: Capacity
    ) -> date | None:
        """
        The last day on which *ground*, which counts for *capacity* on *day*, goes on counting.

        None if nothing in the table ends it.
        """
        last = day - timedelta(days=1)
        for row in self.rows[kind]:
            if row.ends is not None and row.ends < day:
                continue
            if ground not in grounds(row, capacity):
                return last
            if row.ends is None:
                return None
            last = row.ends
        return last


def who_may(policy: Policy, kind: OrganisationKind, day: date, shown: Iterable[Shown]) -> Answer:
    """
    In which capacities, and why, somebody who can show these things may act for an organisation of *kind*.

    A main user acts for the organisation, too. Nothing that is shown takes anything away.
    """
    row, everything = policy.row(kind, day), frozenset(shown)
    counting = {one for one in everything if one.ground in grounds(row, one.capacity)}
    as_main_user = _grounds(counting, Capacity.MAIN_USER)
    acting = dict.fromkeys((*_grounds(counting, Capacity.ACT_FOR), *as_main_user))
    by = {Capacity.MAIN_USER: as_main_user, Capacity.ACT_FOR: tuple(acting)}
    return Answer(row, by, everything - counting)


def grounds(row: PolicyRow, capacity: Capacity) -> tuple[Ground, ...]:
    """What counts for *capacity* by *row*."""
    return row.main_user if capacity is Capacity.MAIN_USER else row.act_for


def _grounds(counting: Iterable[Shown], capacity: Capacity) -> tuple[Ground, ...]:
    held = {one.ground for one in counting if one.capacity is capacity}
    return tuple(ground for ground in Ground if ground in held)


class _Source(Strict):
    source: Sentence
    dated: Sentence = Field(alias="date")
    sure: Literal["read", "code", "default"]


class _Period(_Source):
    begins: date | None = Field(default=None, alias="from")
    ends: date | None = Field(default=None, alias="until")


class _Row(_Source):
    kind: OrganisationKind
    period: str
    main_user: tuple[Ground, ...]
    act_for: tuple[Ground, ...]


class _Table(Strict):
    label: Sentence
    periods: Annotated[dict[str, _Period], Field(min_length=1)]
    rows: tuple[_Row, ...]


def read_policy(document: object, katso_until: date | None = None) -> Policy:
    """
    The table in *document*, the content of a YAML file.

    The last period in which roles in Katso count ends with *katso_until*, if that is given.

    Raises:
        TableInvalid: something in it is wrong; half a table is none.
    """
    read = believed(_Table, document)
    _check_periods(read.periods)
    if katso_until is not None:
        read = _moved(read, katso_until)
        _check_periods(read.periods)
    found: dict[tuple[OrganisationKind, str], PolicyRow] = {}
    for row in read.rows:
        place = f"{row.kind} in {row.period}"
        if row.period not in read.periods:
            raise TableInvalid(f"{place}: there is no such period")
        if (row.kind, row.period) in found:
            raise TableInvalid(f"{place} has two rows")
        found[row.kind, row.period] = _row(row, read.periods[row.period])
    for kind in OrganisationKind:
        for period in read.periods:
            if (kind, period) not in found:
                raise TableInvalid(f"{kind} in {period} has no row")
    rows = {kind: tuple(found[kind, period] for period in read.periods) for kind in OrganisationKind}
    return Policy(read.label, rows)


def _check_periods(periods: Mapping[str, _Period]) -> None:
    several = list(periods.items())
    if several[0][1].begins is not None or several[-1][1].ends is not None:
        raise TableInvalid("periods: the first has no beginning, and the last no end")
    for (name, before), (_, after) in pairwise(several):
        if before.ends is None or after.begins != before.ends + timedelta(days=1):
            raise TableInvalid(f"periods.{name}: the next begins on the day after its last")
        if before.begins is not None and before.begins > before.ends:
            raise TableInvalid(f"periods.{name}: it ends before it begins")


def _moved(table: _Table, katso_until: date) -> _Table:
    counting = {row.period for row in table.rows if Ground.KATSO_ROLE in (*row.main_user, *row.act_for)}
    last = next((name for name in reversed(table.periods) if name in counting), None)
    if last is None:
        raise TableInvalid("periods: roles in Katso count in none of them")
    names = list(table.periods)
    moved = {last: table.periods[last].model_copy(update={"ends": katso_until})}
    for following in names[names.index(last) + 1 :][:1]:
        first = katso_until + timedelta(days=1)
        moved[following] = table.periods[following].model_copy(update={"begins": first})
    return table.model_copy(update={"periods": table.periods | moved})


def _row(row: _Row, period: _Period) -> PolicyRow:
    return PolicyRow(**row.model_dump(), begins=period.begins, ends=period.ends)
