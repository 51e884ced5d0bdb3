"""Who may offer which role to whom, until when, and beside what stands already."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

from services.roles.domain.days import FINLAND, end_of, years_after
from services.roles.domain.grants import Grant
from shared.contracts.base import OrganisationId, PersonId
from shared.contracts.roles import GrantId, Phase, Role
from shared.contracts.roles_refusals import (
    EndsInThePast,
    EndsTooFarAway,
    GrantExists,
    HolderOfAnotherOrganisation,
    InductionMissing,
    NotMainUser,
    RoleUnknown,
    SelfGrant,
)

# The project's default; Katso had no deadline, and unanswered offers stayed open.
OFFER_STANDS = timedelta(days=14)
# suomi.fi: a mandate lasts 25 years at most, and never starts in the past.
LONGEST_YEARS = 25
# So long before its end a role can be offered anew; who is reminded a month ahead has time to answer.
RENEWABLE = timedelta(days=60)


def offer(
    *,
    grant_id: UUID,
    organisation: OrganisationId,
    holder: PersonId,
    role: str,
    valid_until: date,
    inducted: bool,
    by: PersonId,
    by_is_main_user: bool,
    holder_is_member: bool,
    now: datetime,
) -> Grant:
    """
    Make an offer, if the rules let *by* make it.

    Raises:
        NotMainUser, SelfGrant, HolderOfAnotherOrganisation, InductionMissing, RoleUnknown,
        EndsInThePast, EndsTooFarAway: they don't.
    """
    if not by_is_main_user:
        raise NotMainUser
    if holder == by:
        raise SelfGrant
    if not holder_is_member:
        raise HolderOfAnotherOrganisation
    known = grantable(role)
    if not inducted:
        raise InductionMissing
    must_end_in_time(valid_until, now)
    return Grant(
        id=GrantId(grant_id),
        organisation=organisation,
        holder=holder,
        role=known,
        granted_by=by,
        inducted_by=by,
        offered_at=now,
        offer_ends_at=now + OFFER_STANDS,
        valid_until=valid_until,
        ends_at=end_of(valid_until),
    )


def must_end_in_time(valid_until: date, now: datetime) -> None:
    """
    Let a role end on *valid_until*, a day in Finland, if that is neither over nor too far away.

    Raises:
        EndsInThePast, EndsTooFarAway: it is.
    """
    today = now.astimezone(FINLAND).date()
    if valid_until < today:
        raise EndsInThePast
    if valid_until > (latest := years_after(today, LONGEST_YEARS)):
        raise EndsTooFarAway(latest=latest.isoformat())


def grantable(role: str) -> Role:
    """The role of this name. Raises RoleUnknown if there is none."""
    if role not in {one.value for one in Role}:
        raise RoleUnknown
    return Role(role)


def must_be_main_user(is_one: bool) -> None:
    """Let only a main user pass. Raises NotMainUser."""
    if not is_one:
        raise NotMainUser


def following(offered: Grant, standing: Grant | None, *, now: datetime) -> Grant:
    """
    *offered*, where *standing* is what the holder has been offered or holds already.

    Raises:
        GrantExists: it stands in the way: an offer, or a role that does not end soon or before the new one.
    """
    if standing is None:
        return offered
    ends_soon = standing.phase(now) is Phase.IN_FORCE and standing.ends_at - now <= RENEWABLE
    if not ends_soon or offered.valid_until <= standing.valid_until:
        raise GrantExists(grant=str(standing.id))
    return replace(offered, renews=standing.id)


def must_be_free(standing: Grant | None) -> None:
    """Make sure that no open grant stands in the way. Raises GrantExists."""
    if standing is not None:
        raise GrantExists(grant=str(standing.id))
