"""What the roles service decides and answers about grants that Katso had."""

from dataclasses import dataclass
from uuid import uuid4

from services.roles.desk import GrantDesk
from services.roles.domain import grants, offering, waves
from services.roles.domain import legacy as rules
from services.roles.domain.legacy import Legacy, Said
from services.roles.domain.mapping import KatsoTable
from services.roles.domain.waves import Standing
from services.roles.storage import Known, LegacyGrants
from services.roles.survey import Survey, legacy_views, migration_view
from shared.contracts.base import OrganisationId, Refusal
from shared.contracts.identity import OrganisationUnknown
from shared.contracts.legacy import (
    DescribeMigration,
    DismissLegacyGrant,
    GetMigration,
    GetMyLegacyGrants,
    ImportLegacyGrants,
    Invitation,
    InviteHolders,
    LegacyGrantView,
    LegacyId,
    LegacyImported,
    ListLegacyGrants,
    MatchLegacyHolder,
    MigrationView,
    OpenWave,
    PlanWaves,
    ReopenLegacyGrant,
    Skipped,
    WaveOpened,
)
from shared.contracts.legacy import LegacyGrants as LegacyGrantViews
from shared.contracts.roles import GrantView
from shared.contracts.roles_refusals import (
    EndsInThePast,
    EndsTooFarAway,
    HolderOfAnotherOrganisation,
    InductionMissing,
    NotMainUser,
    WaveUnknown,
)
from shared.messaging.actors import Actor
from shared.messaging.handling import decides, reads
from shared.storage.transaction import Transaction

PAGE = 50

NO_TABLE = KatsoTable("none", {}, ())
# Of these the whole invitation dies: they hold for every offer of it.
WHOLE = (NotMainUser, InductionMissing, EndsInThePast, EndsTooFarAway)


@dataclass(frozen=True, slots=True)
class LegacyHandlers(GrantDesk):
    """
    Answers by the table *katso*; unless somebody planned waves, *wave_size* people are invited at a time.
    """

    katso: KatsoTable = NO_TABLE
    wave_size: int = 10

    # --- an operator ---------------------------------------------------------------------------------

    @decides(ImportLegacyGrants)
    def import_legacy_grants(
        self, tx: Transaction, command: ImportLegacyGrants, actor: Actor
    ) -> LegacyImported:
        if not Known(tx).is_organisation(command.organisation):
            raise OrganisationUnknown
        kept, counts, refused = LegacyGrants(tx), {"added": 0, "changed": 0, "unchanged": 0}, []
        for row in command.rows:
            if row.valid_from and row.valid_until and row.valid_until < row.valid_from:
                refused.append((row.line, "migration.dates_reversed"))
                continue
            fresh = rules.taken_in(
                row, organisation=command.organisation, legacy_id=LegacyId(uuid4()), now=self.now()
            )
            before = kept.by_line(command.organisation, fresh.line_key)
            if before is None:
                kept.add(fresh)
                counts["added"] += 1
            elif (after := rules.again(before, fresh)) is before:
                counts["unchanged"] += 1
            else:
                kept.put(after)
                counts["changed"] += 1
        self._seen(tx, command.organisation)
        return LegacyImported(**counts, refused=tuple(refused))

    def _seen(self, tx: Transaction, organisation: OrganisationId) -> None:
        """Let what is imported count from the commit on, where Katso still counts."""
        # Of two who write at once, the second must see what the first wrote.
        tx.take_turn()
        lines = LegacyGrants(tx).of_organisation(organisation)
        tx.on_commit(lambda: self.model.see_katso(organisation, lines))

    @decides(MatchLegacyHolder)
    def match_legacy_holder(
        self, tx: Transaction, command: MatchLegacyHolder, actor: Actor
    ) -> LegacyGrantView:
        legacy = LegacyGrants(tx).take(command.legacy)
        if not Known(tx).is_member(legacy.organisation, command.person):
            raise HolderOfAnotherOrganisation
        LegacyGrants(tx).match(legacy, command.person)
        self._seen(tx, legacy.organisation)
        return self._shown(tx, legacy)

    @decides(PlanWaves)
    def plan_waves(self, tx: Transaction, command: PlanWaves, actor: Actor) -> MigrationView:
        standings = self._survey(tx, command.organisation).standings(self.now())
        plan = waves.planned(standings, command.size)
        days = {
            number: waves.day_of(number, command.first_day, command.every_days)
            for number in sorted(set(plan.values()))
        }
        LegacyGrants(tx).plan(command.organisation, plan, days)
        return self._migration(tx, command.organisation)

    @decides(OpenWave)
    def open_wave(self, tx: Transaction, command: OpenWave, actor: Actor) -> MigrationView:
        view = self._migration(tx, command.organisation)
        wave = next((one for one in view.waves if one.number == command.number and one.to_invite), None)
        if wave is None:
            raise WaveUnknown
        LegacyGrants(tx).open_wave(command.organisation, command.number, self.now())
        tx.publish(
            WaveOpened(
                organisation=command.organisation,
                number=wave.number,
                holders=wave.to_invite,
                day=wave.day,
            )
        )
        return self._migration(tx, command.organisation)

    @reads(DescribeMigration)
    def describe_migration(
        self, rows: Transaction, request: DescribeMigration, actor: Actor
    ) -> MigrationView:
        return self._migration(rows, request.organisation, history=request.history)

    @reads(ListLegacyGrants)
    def list_legacy_grants(
        self, rows: Transaction, request: ListLegacyGrants, actor: Actor
    ) -> LegacyGrantViews:
        standings = self._survey(rows, request.organisation).standings(self.now())
        ordered = waves.in_order(standings, waves.held_by_one(standings))
        start = int(request.page) if request.page and request.page.isdigit() else 0
        shown = legacy_views(rows, ordered[start : start + PAGE], self.now())
        more = start + PAGE < len(ordered)
        return LegacyGrantViews(grants=shown, next_page=str(start + PAGE) if more else None)

    # --- main users ----------------------------------------------------------------------------------

    @reads(GetMigration)
    def get_migration(self, rows: Transaction, request: GetMigration, actor: Actor) -> MigrationView:
        self._must_be_main_user(rows, request.organisation, actor)
        return self._migration(rows, request.organisation, history=request.history)

    @decides(InviteHolders)
    def invite_holders(self, tx: Transaction, command: InviteHolders, actor: Actor) -> Invitation:
        self._must_be_main_user(tx, command.organisation, actor)
        if not command.inducted:
            raise InductionMissing
        kept = LegacyGrants(tx)
        # Two forms may be sent at once: the second waits for all of them, in one order, and looks then.
        for legacy_id in sorted(set(command.legacy)):
            kept.take(legacy_id, command.organisation)
        survey = self._survey(tx, command.organisation)
        wanted = {one.id: one for one in survey.legacies}
        offered: list[GrantView] = []
        skipped: list[Skipped] = []
        for legacy in (wanted[one] for one in dict.fromkeys(command.legacy)):
            # What was offered a moment ago, for another legacy grant of the same holder, is not offered
            # twice.
            there = {(one.holder, one.role): one for one in offered}
            standing = survey.standing(legacy, self.now())
            if not standing.progress.offerable:
                skipped.append(_skipped(standing))
            for role in sorted(standing.progress.offerable):
                grant = there.get((legacy.person, role)) if legacy.person else None
                try:
                    grant = grant or self._anew(tx, command, standing, role, actor)
                except WHOLE:
                    raise
                except Refusal as refusal:
                    skipped.append(Skipped(legacy=legacy.id, holder=legacy.holder, code=refusal.code))
                    continue
                if grant.id not in {one.id for one in offered}:
                    offered.append(grant)
                kept.remember_offer(legacy.id, grant.id)
        return Invitation(offered=tuple(offered), skipped=tuple(skipped))

    @decides(DismissLegacyGrant)
    def dismiss_legacy_grant(
        self, tx: Transaction, command: DismissLegacyGrant, actor: Actor
    ) -> LegacyGrantView:
        return self._say(tx, command, actor, needed=False, reason=grants.reason_given(command.reason))

    @decides(ReopenLegacyGrant)
    def reopen_legacy_grant(
        self, tx: Transaction, command: ReopenLegacyGrant, actor: Actor
    ) -> LegacyGrantView:
        return self._say(tx, command, actor, needed=True, reason=None)

    # --- holders -------------------------------------------------------------------------------------

    @reads(GetMyLegacyGrants)
    def get_my_legacy_grants(
        self, rows: Transaction, request: GetMyLegacyGrants, actor: Actor
    ) -> LegacyGrantViews:
        mine = LegacyGrants(rows).of_person(actor.somebody())
        shown: list[LegacyGrantView] = []
        for organisation in dict.fromkeys(one.organisation for one in mine):
            survey = self._survey(rows, organisation)
            standings = (survey.standing(one, self.now()) for one in mine if one.organisation == organisation)
            left = [one for one in standings if one.progress.state not in rules.SETTLED]
            shown += legacy_views(rows, left, self.now())
        return LegacyGrantViews(grants=tuple(shown[:PAGE]))

    # --- between them --------------------------------------------------------------------------------

    def _survey(self, rows: Transaction, organisation: OrganisationId) -> Survey:
        return Survey.of(rows, organisation, self.katso)

    def _migration(
        self, rows: Transaction, organisation: OrganisationId, *, history: bool = False
    ) -> MigrationView:
        survey = self._survey(rows, organisation)
        return migration_view(rows, survey, self.now(), size=self.wave_size, history=history)

    def _must_be_main_user(self, rows: Transaction, organisation: OrganisationId, actor: Actor) -> None:
        offering.must_be_main_user(self.is_main_user(rows, organisation, actor.somebody()))

    def _anew(
        self, tx: Transaction, command: InviteHolders, standing: Standing, role: str, actor: Actor
    ) -> GrantView:
        if standing.legacy.person is None:
            raise HolderOfAnotherOrganisation
        return self.offer(
            tx,
            actor,
            organisation=command.organisation,
            holder=standing.legacy.person,
            role=role,
            valid_until=command.valid_until,
            inducted=command.inducted,
        )

    def _say(
        self,
        tx: Transaction,
        command: DismissLegacyGrant | ReopenLegacyGrant,
        actor: Actor,
        *,
        needed: bool,
        reason: str | None,
    ) -> LegacyGrantView:
        self._must_be_main_user(tx, command.organisation, actor)
        legacy = LegacyGrants(tx).take(command.legacy, command.organisation)
        now = self.now()
        if not needed:
            rules.may_be_dismissed(self._survey(tx, command.organisation).standing(legacy, now).progress)
        said = Said(needed=needed, reason=reason, by=actor.somebody(), at=now)
        before = legacy.last_said(now)
        if needed and (before is None or before.needed):
            return self._shown(tx, legacy)
        LegacyGrants(tx).say(legacy, said, actor)
        self._seen(tx, command.organisation)
        return self._shown(tx, legacy)

    def _shown(self, rows: Transaction, legacy: Legacy) -> LegacyGrantView:
        """*legacy* as it stands now, whatever was just changed of it."""
        survey = self._survey(rows, legacy.organisation)
        fresh = next(one for one in survey.legacies if one.id == legacy.id)
        return legacy_views(rows, [survey.standing(fresh, self.now())], self.now())[0]


def _skipped(standing: Standing) -> Skipped:
    why = standing.progress.why or standing.progress.state
    legacy = standing.legacy
    return Skipped(legacy=legacy.id, holder=legacy.holder, code=f"migration.{why}")
