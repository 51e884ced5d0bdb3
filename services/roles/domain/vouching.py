"""What Suomi.fi's word is worth: the roles that it lets be offered, on what ground, and until when."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from services.roles.domain.days import FINLAND, end_of
from services.roles.domain.grants import Grant
from services.roles.domain.offering import OFFER_STANDS
from services.roles.domain.policy import Policy
from shared.contracts.base import OrganisationId, PersonId
from shared.contracts.identity import MandateRight, MandateView, OrganisationKind
from shared.contracts.roles import NOBODY, Capacity, GrantId, GrantStatus, Ground, Phase, Role

# Where somebody both stands in a register and holds a mandate, the first that counts is taken.
GROUNDS = (Ground.SIGNATORY, Ground.MANDATE)
VOUCHED = frozenset(GROUNDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mandate:
    """What Suomi.fi vouched for of a person and an organisation, as identity told it."""

    person: PersonId
    business_id: str
    by_register: frozenset[MandateRight]
    by_mandate: frozenset[MandateRight]
    how: str
    proved_at: datetime
    expires_at: datetime

    def rights(self, ground: Ground) -> frozenset[MandateRight]:
        return self.by_register if ground is Ground.SIGNATORY else self.by_mandate


@dataclass(frozen=True, slots=True)
class Vouched:
    """On what ground, and until when."""

    ground: Ground
    ends_at: datetime


def mandate_of(person: PersonId, told: MandateView) -> Mandate:
    """What of *told* counts: an incomplete answer gives no rights, and so nothing here."""
    return Mandate(
        person=person,
        business_id=told.business_id,
        by_register=frozenset(told.by_register) if told.complete else frozenset(),
        by_mandate=frozenset(told.by_mandate) if told.complete else frozenset(),
        how=told.how,
        proved_at=told.proved_at,
        expires_at=told.expires_at,
    )


def vouched_roles(
    mandate: Mandate, kind: OrganisationKind, policy: Policy, now: datetime
) -> Mapping[Role, Vouched]:
    """
    The roles that *mandate* lets be offered in an organisation of *kind*.

    Who may be a main user is offered that and nothing besides: it holds the rights of all roles.
    """
    as_main_user = _vouched(mandate, MandateRight.MAIN_USER, Capacity.MAIN_USER, kind, policy, now)
    if as_main_user is not None:
        return {Role.MAIN_USER: as_main_user}
    found: dict[Role, Vouched] = {}
    for role in Role:
        if role is Role.MAIN_USER:
            continue
        vouched = _vouched(mandate, MandateRight(role.value), Capacity.ACT_FOR, kind, policy, now)
        if vouched is not None:
            found[role] = vouched
    return found


def acts_for(mandate: Mandate, kind: OrganisationKind, policy: Policy, now: datetime) -> Vouched | None:
    """Whether, and until when, *mandate* lets its holder act for the organisation at all."""
    found = [
        _vouched(mandate, right, capacity, kind, policy, now)
        for right in MandateRight
        for capacity in (Capacity.MAIN_USER if right is MandateRight.MAIN_USER else Capacity.ACT_FOR,)
    ]
    return max((one for one in found if one), key=lambda one: one.ends_at, default=None)


def offered_on(
    vouched: Vouched,
    mandate: Mandate,
    *,
    grant_id: UUID,
    organisation: OrganisationId,
    role: Role,
    now: datetime,
) -> Grant:
    """An offer that rests on Suomi.fi's word; who accepts it says themselves that they have been inducted."""
    return Grant(
        id=GrantId(grant_id),
        organisation=organisation,
        holder=mandate.person,
        role=role,
        granted_by=NOBODY,
        inducted_by=mandate.person,
        offered_at=now,
        offer_ends_at=now + OFFER_STANDS,
        valid_until=_last_day(vouched.ends_at),
        ends_at=vouched.ends_at,
        ground=vouched.ground,
        proved_at=mandate.proved_at,
    )


def followed(grant: Grant, vouched: Vouched | None, mandate: Mandate, now: datetime) -> Grant:
    """
    *grant*, which rests on Suomi.fi's word, after that was given again: it ends when that is over.

    What was accepted stays accepted: in force again without another answer. Returns *grant* itself if nothing
    changes.
    """
    if grant.closed_at is not None:
        return grant
    if vouched is None:
        if now >= grant.ends_at:
            return grant
        return replace(grant, ends_at=now, valid_until=_last_day(now), version=grant.version + 1)
    if (grant.ends_at, grant.ground) == (vouched.ends_at, vouched.ground):
        return grant
    return replace(
        grant,
        ends_at=vouched.ends_at,
        valid_until=_last_day(vouched.ends_at),
        ground=vouched.ground,
        proved_at=mandate.proved_at,
        version=grant.version + 1,
    )


def may_follow(grant: Grant, now: datetime) -> bool:
    """Whether *grant* takes part in a new proof: it waits, or was accepted. Else another is offered."""
    return grant.status is GrantStatus.ACCEPTED or grant.phase(now) is Phase.WAITING


def may_be_offered_again(closed: Grant, mandate: Mandate) -> bool:
    """A *no* stands until the person asks Suomi.fi again, which they do of their own will."""
    return closed.closed_at is None or closed.closed_at < mandate.proved_at


def _vouched(
    mandate: Mandate,
    right: MandateRight,
    capacity: Capacity,
    kind: OrganisationKind,
    policy: Policy,
    now: datetime,
) -> Vouched | None:
    today = now.astimezone(FINLAND).date()
    for ground in GROUNDS:
        if right not in mandate.rights(ground):
            continue
        last = policy.counts_until(kind, today, ground, capacity)
        ends_at = mandate.expires_at if last is None else min(mandate.expires_at, end_of(last))
        if now < ends_at:
            return Vouched(ground, ends_at)
    return None


def _last_day(ends_at: datetime) -> date:
    return (ends_at - timedelta(microseconds=1)).astimezone(FINLAND).date()
