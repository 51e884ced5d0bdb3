"""
Where a grant of Katso stands on its way to being accepted anew.

Nothing of it is stored: it follows from what was granted here, from who identified, and from what a main user
said. So it cannot drift from the truth, and the picture of any past day is drawn from the same facts.
"""

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from services.roles.domain.days import FINLAND, end_of
from services.roles.domain.grants import Grant
from services.roles.domain.mapping import Target, fold
from shared.contracts.base import OrganisationId, PersonId
from shared.contracts.legacy import KatsoStatus, LegacyId, LegacyRow, LegacyState, Tally, Why
from shared.contracts.roles import GrantStatus, Phase, Role
from shared.contracts.roles_refusals import LegacyGrantSettled

MOST_DAYS = 60

CLOSED: Mapping[Phase, Why] = {
    Phase.DECLINED: Why.DECLINED,
    Phase.WITHDRAWN: Why.WITHDRAWN,
    Phase.LAPSED: Why.LAPSED,
}
# Nobody is known who could accept it here, or nothing that they could be offered.
UNREACHABLE = frozenset({Why.UNMATCHED, Why.NOT_MEMBER, Why.UNMAPPED, Why.TO_ORGANISATION})
SETTLED = frozenset({LegacyState.REACCEPTED, LegacyState.NOT_NEEDED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a main user said of a legacy grant: that it is *needed*, or is not, and why."""

    needed: bool
    reason: str | None
    by: PersonId
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Legacy:
    """
    A line of the Katso listing, as it was taken in.

    *holder_key* is the same for all that one holder had in the organisation; *person* is who that is taken to
    be.
    """

    id: LegacyId
    organisation: OrganisationId
    line_key: str
    holder_key: str
    katso_id: str | None
    holder: str
    katso_role: str
    status: KatsoStatus
    valid_from: date | None
    valid_until: date | None
    receiver: str | None
    person: PersonId | None
    imported_at: datetime
    wave: int | None = None
    said: tuple[Said, ...] = ()

    def in_force_in_katso(self, day: date) -> bool:
        """Was it in force on *day*, by the listing? No end means until further notice."""
        begun = self.valid_from is None or self.valid_from <= day
        return (
            self.status is KatsoStatus.VALID
            and begun
            and (self.valid_until is None or day <= self.valid_until)
        )

    @property
    def is_needed(self) -> bool:
        """Neither ended in Katso itself, nor said since not to be needed."""
        return self.status is not KatsoStatus.ENDED and (not self.said or self.said[-1].needed)

    def last_said(self, at: datetime) -> Said | None:
        """What was last said of it, up to *at*."""
        return next((one for one in reversed(self.said) if one.at <= at), None)


@dataclass(frozen=True, slots=True)
class Holder:
    """
    What is known here of the person who held a legacy grant: their grants in that organisation, oldest first.
    """

    member: bool = False
    identified_at: datetime | None = None
    grants: tuple[Grant, ...] = ()


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a legacy grant stands, since when, and why; *missing* are the roles that are not accepted yet."""

    state: LegacyState
    since: datetime
    why: Why | None = None
    missing: frozenset[Role] = frozenset()

    @property
    def offerable(self) -> frozenset[Role]:
        """What an invitation offers: never the main user's role, which is not handed out by the dozen."""
        if self.state is not LegacyState.NOT_STARTED or self.why in UNREACHABLE:
            return frozenset()
        return self.missing - {Role.MAIN_USER}


def taken_in(row: LegacyRow, *, organisation: OrganisationId, legacy_id: LegacyId, now: datetime) -> Legacy:
    """*row* of an organisation's listing as it is kept."""
    return Legacy(
        id=legacy_id,
        organisation=organisation,
        line_key=_digest(*_holder(row), fold(row.katso_role), row.receiver or "", str(row.valid_from or "")),
        holder_key=_digest(*_holder(row)),
        katso_id=row.katso_id,
        holder=row.holder,
        katso_role=row.katso_role,
        status=row.status,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        receiver=row.receiver,
        person=row.person,
        imported_at=now,
    )


def again(before: Legacy, fresh: Legacy) -> Legacy:
    """
    *before*, with what a newer listing says of it; the same object if that is nothing new.

    Who the holder is was perhaps said by an operator meanwhile, and is not unsaid by a listing.
    """
    changed = replace(
        before,
        holder=fresh.holder,
        katso_role=fresh.katso_role,
        status=fresh.status,
        valid_until=fresh.valid_until,
        person=before.person or fresh.person,
    )
    return before if changed == before else changed


def progress(legacy: Legacy, target: Target, holder: Holder, at: datetime) -> Progress:
    """Where *legacy* stands at *at*: what came later is not known yet."""
    if (said := legacy.last_said(at)) is not None and not said.needed:
        return Progress(LegacyState.NOT_NEEDED, said.at, Why.SAID_SO)
    if legacy.status is KatsoStatus.ENDED:
        return Progress(LegacyState.NOT_NEEDED, legacy.imported_at, Why.KATSO_ENDED)
    if why := _nobody_to_invite(legacy, target, holder):
        return Progress(LegacyState.NOT_STARTED, legacy.imported_at, why, target.roles)
    grants = [then for one in holder.grants if one.role in target.roles and (then := as_of(one, at))]
    taken_up = {one.role: since for one in reversed(grants) if (since := _held_since(one))}
    missing = target.roles - taken_up.keys()
    if not missing:
        return Progress(LegacyState.REACCEPTED, max(legacy.imported_at, *taken_up.values()))
    open_offers = [one for one in grants if one.role in missing and one.phase(at) is Phase.WAITING]
    if open_offers:
        return _on_the_way(open_offers, holder, missing, at)
    return _not_started(legacy, [one for one in grants if one.role in missing], missing, at)


def as_of(grant: Grant, at: datetime) -> Grant | None:
    """*grant* as it stood at *at*, if it had been offered by then."""
    if grant.offered_at > at:
        return None
    if grant.acceptance is not None and grant.acceptance.accepted_at > at:
        return replace(grant, status=GrantStatus.OFFERED, acceptance=None, closed_at=None)
    if grant.closed_at is not None and grant.closed_at > at:
        status = GrantStatus.ACCEPTED if grant.acceptance else GrantStatus.OFFERED
        return replace(grant, status=status, closed_at=None)
    return grant


def _held_since(grant: Grant) -> datetime | None:
    # Whom an operator named at first is not offered again what they have.
    return grant.acceptance.accepted_at if grant.acceptance else grant.named_at


def may_be_dismissed(standing: Progress) -> None:
    """
    Let nobody say of what was accepted anew that it was not needed.

    Raises:
        LegacyGrantSettled: it was.
    """
    if standing.state is LegacyState.REACCEPTED:
        raise LegacyGrantSettled


def tally(day: date, standings: Iterable[Progress]) -> Tally:
    """How many stand where."""
    counts = dict.fromkeys(LegacyState, 0)
    for standing in standings:
        counts[standing.state] += 1
    return Tally(day=day, **{state.value: count for state, count in counts.items()})


def days_to_show(first: datetime, now: datetime) -> Sequence[tuple[date, datetime]]:
    """
    Days from *first* to *now*, each with the moment it is looked at; at most 60, evenly spread, the last
    today.
    """
    begin, today = _day(first), _day(now)
    span = (today - begin).days
    step = span // MOST_DAYS + 1
    days = [today - timedelta(days=back) for back in range(0, span + 1, step)]
    return [(day, min(now, end_of(day))) for day in reversed(days)]


def days_between(since: datetime, now: datetime) -> int:
    """How many days have begun in Finland between *since* and *now*."""
    return max(0, (_day(now) - _day(since)).days)


def _day(moment: datetime) -> date:
    return moment.astimezone(FINLAND).date()


def _nobody_to_invite(legacy: Legacy, target: Target, holder: Holder) -> Why | None:
    if legacy.receiver is not None:
        return Why.TO_ORGANISATION
    if legacy.person is None:
        return Why.UNMATCHED
    if not holder.member:
        return Why.NOT_MEMBER
    return None if target.roles else Why.UNMAPPED


def _on_the_way(
    waiting: Sequence[Grant], holder: Holder, missing: Collection[Role], at: datetime
) -> Progress:
    invited_at = max(one.offered_at for one in waiting)
    identified_at = holder.identified_at
    if identified_at is not None and invited_at <= identified_at <= at:
        return Progress(LegacyState.IDENTIFIED, identified_at, None, frozenset(missing))
    return Progress(LegacyState.INVITED, invited_at, None, frozenset(missing))


def _not_started(legacy: Legacy, over: Sequence[Grant], missing: Collection[Role], at: datetime) -> Progress:
    ended = [(_over_at(one), CLOSED[phase]) for one in over if (phase := one.phase(at)) in CLOSED]
    if ended:
        since, why = max(ended, key=lambda pair: pair[0])
        return Progress(LegacyState.NOT_STARTED, since, why, frozenset(missing))
    said = legacy.last_said(at)
    since = said.at if said is not None else legacy.imported_at
    why = Why.APPOINT if set(missing) == {Role.MAIN_USER} else Why.FRESH
    return Progress(LegacyState.NOT_STARTED, since, why, frozenset(missing))


def _over_at(grant: Grant) -> datetime:
    return grant.closed_at or min(grant.offer_ends_at, grant.ends_at)


def _holder(row: LegacyRow) -> tuple[str, ...]:
    # A Katso ID is one person's for good; a name only tells people apart where there is no ID.
    return ("id", row.katso_id.casefold()) if row.katso_id else ("name", fold(row.holder))


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()
