"""The main users of an organisation: who they are at a moment, and that one is left."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from services.roles.domain.days import FINLAND, end_of, years_after
from services.roles.domain.grants import Grant
from services.roles.domain.offering import LONGEST_YEARS, OFFER_STANDS, must_end_in_time
from shared.contracts.base import OrganisationId, PersonId
from shared.contracts.roles import NOBODY, GrantId, Ground, MainUser, Phase, Role
from shared.contracts.roles_refusals import LastMainUser


def main_users(grants: Iterable[Grant], now: datetime) -> Mapping[PersonId, MainUser]:
    """Everybody who is a main user at *now*, by what lasts longest."""
    found: dict[PersonId, MainUser] = {}
    for grant in sorted(grants, key=lambda one: one.ends_at, reverse=True):
        if grant.role is Role.MAIN_USER and grant.phase(now) is Phase.IN_FORCE:
            named = MainUser(person=grant.holder, ground=grant.ground, until=grant.ends_at, grant=grant.id)
            found.setdefault(grant.holder, named)
    return found


def must_leave_one(left: Mapping[PersonId, MainUser]) -> None:
    """
    Let a main user be removed only if somebody is *left*.

    Raises:
        LastMainUser: nobody would be.
    """
    if not left:
        raise LastMainUser


def named(
    *, grant_id: UUID, organisation: OrganisationId, person: PersonId, valid_until: date, now: datetime
) -> Grant:
    """
    The offer to be a main user that an operator's word makes.

    Raises:
        EndsInThePast, EndsTooFarAway: *valid_until* cannot be.
    """
    must_end_in_time(valid_until, now)
    return Grant(
        id=GrantId(grant_id),
        organisation=organisation,
        holder=person,
        role=Role.MAIN_USER,
        granted_by=NOBODY,
        inducted_by=person,
        offered_at=now,
        offer_ends_at=now + OFFER_STANDS,
        valid_until=valid_until,
        ends_at=end_of(valid_until),
        ground=Ground.SETTLED,
    )


def named_at_first(*, grant_id: UUID, organisation: OrganisationId, person: PersonId, now: datetime) -> Grant:
    """
    What an operator's first file makes of somebody: a main user from *now* on, who has yet to accept.

    It lasts as long as anything may: an organisation is not to lose its first main users to a date.
    """
    longest = years_after(now.astimezone(FINLAND).date(), LONGEST_YEARS)
    offered = named(grant_id=grant_id, organisation=organisation, person=person, valid_until=longest, now=now)
    return replace(offered, named_at=now, offer_ends_at=offered.ends_at)
