"""By what right somebody acts for an organisation: granted, vouched for, or as they did in Katso."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from services.roles.domain import ladder
from services.roles.domain.days import FINLAND, end_of
from services.roles.domain.grants import Grant
from services.roles.domain.policy import Policy
from services.roles.domain.vouching import Vouched
from shared.contracts.identity import OrganisationKind
from shared.contracts.roles import Capacity, Ground, Phase, Role, Rung

NEVER = datetime.max.replace(tzinfo=UTC)
EVERY_ROLE = frozenset(Role)


@dataclass(frozen=True, slots=True)
class ByKatso:
    """
    The roles in Katso that count just now, and until when that is to be looked at again.

    Those that somebody had there and that count no more are *left_behind*: nothing moves over by itself.
    """

    roles: frozenset[Role]
    ends_at: datetime
    left_behind: frozenset[Role] = frozenset()


def by_katso(
    roles: frozenset[Role], had: frozenset[Role], kind: OrganisationKind, policy: Policy, now: datetime
) -> ByKatso | None:
    """
    What of *roles* counts in an organisation of *kind*, and what of all that they *had* does not.

    Katso's main user had them all.
    """
    today = now.astimezone(FINLAND).date()
    counting: set[Role] = set()
    for role in roles:
        capacity = Capacity.MAIN_USER if role is Role.MAIN_USER else Capacity.ACT_FOR
        last = policy.counts_until(kind, today, Ground.KATSO_ROLE, capacity)
        if last is None or last >= today:
            counting |= EVERY_ROLE if role is Role.MAIN_USER else {role}
    if not counting and not had:
        return None
    # By the day: the listing's own dates may end them earlier than the policy does.
    return ByKatso(frozenset(counting), end_of(today), had - counting)


@dataclass(frozen=True, slots=True)
class ByRight:
    """
    All that lets one person act for one organisation.

    *mandate*: Suomi.fi lets them act, whatever role they may be offered.
    """

    grants: Sequence[Grant] = ()
    mandate: Vouched | None = None
    katso: ByKatso | None = None

    @property
    def is_nothing(self) -> bool:
        return not (self.grants or self.mandate or self.katso)

    def is_main_user(self, now: datetime) -> bool:
        """Whether they grant roles. Katso's main users are not: they have to be named here."""
        return self._as_main_user(now) is not None

    def stands_until(self, now: datetime) -> datetime:
        """When time alone will next change what this comes to."""
        ends = [grant.phase_ends(now) or NEVER for grant in self.grants]
        ends += [one.ends_at for one in (self.mandate, self.katso) if one is not None]
        return min(ends, default=NEVER)

    def rungs(self, roles: Sequence[Role], now: datetime) -> tuple[Rung, ...]:
        """The rungs on what *roles* let people do."""
        for good_for, rungs in self.ways(now):
            if good_for == EVERY_ROLE or good_for.intersection(roles):
                return rungs
        return self.otherwise()

    def ways(self, now: datetime) -> Iterator[tuple[frozenset[Role], tuple[Rung, ...]]]:
        """The rungs of all that speaks for them, the best first, and the roles that each is good for."""
        if (as_main_user := self._as_main_user(now)) is not None:
            yield EVERY_ROLE, ladder.main_user_rungs(as_main_user)
            return
        grants = [*ladder.best_first(self.grants, now)]
        for grant in grants:
            if grant.phase(now) is Phase.IN_FORCE:
                yield frozenset({grant.role}), ladder.rungs_of(grant, now)
        if self.katso is not None and self.katso.roles:
            yield self.katso.roles, ladder.katso_rungs()
        for grant in grants:
            if grant.phase(now) is not Phase.IN_FORCE:
                yield frozenset({grant.role}), ladder.rungs_of(grant, now)
        yield from self._left_behind()

    def otherwise(self) -> tuple[Rung, ...]:
        """The rungs on what nothing of this is good for."""
        return ladder.no_grant_rungs(self._mandated)

    @property
    def _mandated(self) -> Ground | None:
        return self.mandate.ground if self.mandate else None

    def _left_behind(self) -> Iterator[tuple[frozenset[Role], tuple[Rung, ...]]]:
        """What would have done in Katso, and does nothing here."""
        roles = self.katso.left_behind if self.katso else frozenset()
        if others := roles - {Role.MAIN_USER}:
            yield others, ladder.left_behind_rungs(ladder.LEFT_BEHIND, self._mandated)
        if Role.MAIN_USER in roles:
            yield EVERY_ROLE, ladder.left_behind_rungs(ladder.MAIN_USER_LEFT_BEHIND, self._mandated)

    def _as_main_user(self, now: datetime) -> Grant | None:
        held = [
            grant
            for grant in self.grants
            if grant.role is Role.MAIN_USER and grant.phase(now) is Phase.IN_FORCE
        ]
        return max(held, key=lambda grant: grant.ends_at, default=None)
