"""All that an organisation's legacy grants stand on, read at once, and where each of them stands."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.roles.domain import legacy as rules
from services.roles.domain import waves
from services.roles.domain.legacy import Holder, Legacy
from services.roles.domain.mapping import KatsoTable, Target
from services.roles.domain.waves import Standing
from services.roles.storage import Grants, Known, LegacyGrants
from shared.contracts.base import OrganisationId, PersonId
from shared.contracts.legacy import LegacyGrantView, LegacyId, LegacyState, MigrationView, Tally, Wave
from shared.contracts.roles import Role
from shared.storage.transaction import Transaction

MOST_STRAGGLERS = 10
MOST_SHOWN = 40

STRAGGLING = frozenset({LegacyState.NOT_STARTED, LegacyState.INVITED, LegacyState.IDENTIFIED})


@dataclass(frozen=True, slots=True)
class Survey:
    """An organisation's legacy grants, what each comes to, and the people who held them."""

    organisation: OrganisationId
    legacies: Sequence[Legacy]
    holders: Mapping[PersonId, Holder]
    targets: Mapping[LegacyId, Target]

    @classmethod
    def of(cls, rows: Transaction, organisation: OrganisationId, katso: KatsoTable) -> "Survey":
        """Read everything of *organisation*."""
        legacies = LegacyGrants(rows).of_organisation(organisation)
        members = Known(rows).members_of(organisation)
        histories = Grants(rows).whole_history(organisation)
        holders = {
            person: Holder(True, identified_at, histories.get(person, ()))
            for person, identified_at in members.items()
        }
        held: dict[str, frozenset[str]] = {}
        for one in legacies:
            held[one.holder_key] = held.get(one.holder_key, frozenset()) | {one.katso_role}
        targets = {one.id: katso.target(one.katso_role, held[one.holder_key]) for one in legacies}
        return cls(organisation, legacies, holders, targets)

    def standings(self, at: datetime) -> list[Standing]:
        """Where each stood at *at*, of those that were taken in by then."""
        return [self.standing(one, at) for one in self.legacies if one.imported_at <= at]

    def standing(self, legacy: Legacy, at: datetime) -> Standing:
        target = self.targets[legacy.id]
        holder = self.holders.get(legacy.person, Holder()) if legacy.person else Holder()
        return Standing(legacy, target, rules.progress(legacy, target, holder, at))

    def history(self, now: datetime) -> tuple[Tally, ...]:
        """A tally for each day since the first line was taken in."""
        if not self.legacies:
            return ()
        first = min(one.imported_at for one in self.legacies)
        return tuple(
            rules.tally(day, (one.progress for one in self.standings(at)))
            for day, at in rules.days_to_show(first, now)
        )


def migration_view(
    rows: Transaction, survey: Survey, now: datetime, *, size: int, history: bool
) -> MigrationView:
    """How far the organisation has come."""
    standings = survey.standings(now)
    number, ready = waves.next_wave(standings, size)
    slow = sorted(
        (one for one in standings if one.progress.state in STRAGGLING), key=lambda one: one.progress.since
    )
    today = rules.days_to_show(now, now)[0][0]
    return MigrationView(
        organisation=survey.organisation,
        now=rules.tally(today, (one.progress for one in standings)),
        waves=_waves(rows, survey.organisation, standings),
        next_wave=legacy_views(rows, ready[:MOST_SHOWN], now),
        next_number=number,
        stragglers=legacy_views(rows, slow[:MOST_STRAGGLERS], now),
        history=survey.history(now) if history else (),
    )


def legacy_views(
    rows: Transaction, standings: Iterable[Standing], now: datetime
) -> tuple[LegacyGrantView, ...]:
    """*standings* as everyone outside the service sees them."""
    shown = [*standings]
    offers = LegacyGrants(rows).offers(one.legacy.id for one in shown)
    return tuple(_view(one, offers, now) for one in shown)


def _view(standing: Standing, offers: Mapping[LegacyId, tuple[UUID, ...]], now: datetime) -> LegacyGrantView:
    legacy, progress = standing.legacy, standing.progress
    said = legacy.last_said(now) if progress.state is LegacyState.NOT_NEEDED else None
    return LegacyGrantView(
        id=legacy.id,
        organisation=legacy.organisation,
        katso_id=legacy.katso_id,
        holder=legacy.holder,
        person=legacy.person,
        katso_role=legacy.katso_role,
        status=legacy.status,
        valid_from=legacy.valid_from,
        valid_until=legacy.valid_until,
        receiver=legacy.receiver,
        roles=_sorted(standing.target.roles),
        themes=standing.target.themes,
        missing=_sorted(progress.missing),
        state=progress.state,
        why=progress.why,
        since=progress.since,
        days=rules.days_between(progress.since, now),
        wave=legacy.wave,
        reason=said.reason if said else None,
        said_by=said.by if said else None,
        offers=offers.get(legacy.id, ()),
    )


def _sorted(roles: Iterable[Role]) -> tuple[Role, ...]:
    wanted = frozenset(roles)
    return tuple(role for role in Role if role in wanted)


def _waves(
    rows: Transaction, organisation: OrganisationId, standings: Sequence[Standing]
) -> tuple[Wave, ...]:
    found = []
    for number, day, opened_at in LegacyGrants(rows).waves(organisation):
        mine = [one for one in standings if one.legacy.wave == number]
        to_invite = {one.legacy.holder_key for one in mine if one.progress.offerable}
        holders = {one.legacy.holder_key for one in mine}
        found.append(
            Wave(number=number, day=day, holders=len(holders), to_invite=len(to_invite), opened_at=opened_at)
        )
    return tuple(found)
