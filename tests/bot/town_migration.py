"""What Katso had in the small town, and what is done with it."""

from datetime import date
from typing import Any
from uuid import uuid4

from shared.contracts.base import OrganisationId, PersonId
from shared.contracts.identity import OrganisationView, PersonView
from shared.contracts.legacy import (
    DismissLegacyGrant,
    GetMigration,
    GetMyLegacyGrants,
    Invitation,
    InviteHolders,
    KatsoStatus,
    LegacyGrants,
    LegacyGrantView,
    LegacyId,
    LegacyState,
    MigrationView,
    ReopenLegacyGrant,
    Skipped,
    Tally,
    Wave,
    Why,
)
from shared.contracts.roles import Role
from shared.contracts.roles_refusals import InductionMissing, NotMainUser, ReasonMissing
from tests.bot.makers import NOW


class MigrationOffice:
    """Answers as the roles service does of legacy grants."""

    main_users: set[tuple[OrganisationId, PersonId]]

    def __init__(self) -> None:
        self.migrations: dict[OrganisationId, MigrationView] = {}
        self.invited: list[InviteHolders] = []

    def had_in_katso(self, organisation: OrganisationView, *legacies: LegacyGrantView) -> MigrationView:
        """Let *organisation* have had all of these, of which none has started."""
        view = a_migration(organisation, *legacies)
        self.migrations[organisation.id] = view
        return view

    def _GetMigration(self, request: GetMigration, asker: PersonView) -> MigrationView:  # noqa: N802
        self._must_lead(request.organisation, asker)
        nothing = MigrationView(organisation=request.organisation, now=Tally(day=NOW.date()))
        found = self.migrations.get(request.organisation, nothing)
        return found if request.history else found.model_copy(update={"history": ()})

    def _GetMyLegacyGrants(self, _: GetMyLegacyGrants, asker: PersonView) -> LegacyGrants:  # noqa: N802
        every = [one for view in self.migrations.values() for one in view.stragglers]
        return LegacyGrants(grants=tuple(one for one in every if one.person == asker.id))

    def _InviteHolders(self, request: InviteHolders, asker: PersonView) -> Invitation:  # noqa: N802
        self._must_lead(request.organisation, asker)
        if not request.inducted:
            raise InductionMissing
        self.invited.append(request)
        names = {one.id: one.holder for one in self.migrations[request.organisation].stragglers}
        skipped = [Skipped(legacy=one, holder=names[one], code="roles.self_grant") for one in request.legacy]
        return Invitation(offered=(), skipped=tuple(skipped))

    def _DismissLegacyGrant(self, request: DismissLegacyGrant, asker: PersonView) -> LegacyGrantView:  # noqa: N802
        self._must_lead(request.organisation, asker)
        if not request.reason.strip():
            raise ReasonMissing
        update = {"state": LegacyState.NOT_NEEDED, "why": Why.SAID_SO, "reason": request.reason}
        return self._change(request.organisation, request.legacy, update)

    def _ReopenLegacyGrant(self, request: ReopenLegacyGrant, asker: PersonView) -> LegacyGrantView:  # noqa: N802
        self._must_lead(request.organisation, asker)
        update = {"state": LegacyState.NOT_STARTED, "why": Why.FRESH, "reason": None}
        return self._change(request.organisation, request.legacy, update)

    def _change(
        self, organisation: OrganisationId, legacy: LegacyId, update: dict[str, Any]
    ) -> LegacyGrantView:
        view = self.migrations[organisation]
        changed = {one.id: one for one in view.stragglers}
        changed[legacy] = changed[legacy].model_copy(update=update)
        self.migrations[organisation] = view.model_copy(update={"stragglers": tuple(changed.values())})
        return changed[legacy]

    def _must_lead(self, organisation: OrganisationId, asker: PersonView) -> None:
        if (organisation, asker.id) not in self.main_users:
            raise NotMainUser


def a_legacy(
    organisation: OrganisationView, whose: PersonView | None = None, **changes: Any
) -> LegacyGrantView:
    """A role that *whose* had in Katso and has not accepted anew, but for *changes*."""
    legacy: dict[str, Any] = {
        "id": uuid4(),
        "organisation": organisation.id,
        "katso_id": "K100",
        "holder": whose.name if whose else "Kuka <Tahansa>",
        "person": whose.id if whose else None,
        "katso_role": "Arkistonhoitaja",
        "status": KatsoStatus.VALID,
        "valid_from": date(2019, 1, 1),
        "valid_until": None,
        "receiver": None,
        "roles": (Role.ARCHIVE_KEEPER,),
        "themes": (),
        "missing": (Role.ARCHIVE_KEEPER,),
        "state": LegacyState.NOT_STARTED,
        "why": Why.FRESH if whose else Why.UNMATCHED,
        "since": NOW,
        "days": 3,
        "wave": None,
    }
    return LegacyGrantView(**legacy | changes)


def a_migration(organisation: OrganisationView, *legacies: LegacyGrantView) -> MigrationView:
    counts = {state.value: sum(one.state is state for one in legacies) for state in LegacyState}
    ready = tuple(one for one in legacies if one.person and one.state is LegacyState.NOT_STARTED)
    return MigrationView(
        organisation=organisation.id,
        now=Tally(day=NOW.date(), **counts),
        waves=(Wave(number=1, day=NOW.date(), holders=2, to_invite=2),) if ready else (),
        next_wave=ready,
        next_number=1 if ready else None,
        stragglers=tuple(one for one in legacies if one.state is not LegacyState.REACCEPTED),
    )
