"""What the roles service decides and answers."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from services.roles.domain import offering as rules
from services.roles.domain.catalogue import catalogue, role_text
from services.roles.domain.grants import Grant
from services.roles.legacy import LegacyHandlers
from services.roles.main_users import MainUserHandlers
from services.roles.storage import Grants as AllGrants
from services.roles.storage import Known
from shared.contracts.base import NotAllowed, OrganisationId, PersonId
from shared.contracts.health import GetRolesHealth, Health
from shared.contracts.identity import (
    ChatAccountUnlinked,
    MemberAdded,
    OrganisationChanged,
    PersonIdentified,
    RegisterRead,
)
from shared.contracts.roles import (
    Acceptance,
    AcceptGrant,
    AccessAnswer,
    Catalogue,
    CheckAccess,
    Coverage,
    DeclineGrant,
    DescribeCoverage,
    DescribeGrant,
    DescribePolicy,
    ExplainAccess,
    GetCatalogue,
    GetCoverage,
    GetMyGrants,
    GetOrganisationGrants,
    GrantAccepted,
    GrantDeclined,
    GrantRelinquished,
    GrantRevoked,
    Grants,
    GrantView,
    GrantWithdrawn,
    Holding,
    ListDueGrants,
    ListGrants,
    ListStandingGrants,
    OfferGrant,
    Phase,
    PolicyAnswer,
    RelinquishGrant,
    RevokeGrant,
    Role,
    WithdrawGrant,
)
from shared.messaging.actors import Actor
from shared.messaging.handling import answers, decides, foresees, hears, reads
from shared.runtime.health import health_of
from shared.storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class RolesHandlers(LegacyHandlers, MainUserHandlers):
    # --- decisions -----------------------------------------------------------------------------------

    @decides(OfferGrant)
    def offer_grant(self, tx: Transaction, command: OfferGrant, actor: Actor) -> GrantView:
        return self.offer(
            tx,
            actor,
            organisation=command.organisation,
            holder=command.holder,
            role=command.role,
            valid_until=command.valid_until,
            inducted=command.inducted,
        )

    @foresees(AcceptGrant)
    def fetch_offers(self, tx: Transaction, commands: Sequence[AcceptGrant]) -> None:
        AllGrants(tx).take_together([command.grant for command in commands])

    @decides(AcceptGrant)
    def accept_grant(self, tx: Transaction, command: AcceptGrant, actor: Actor) -> GrantView:
        grants = AllGrants(tx)
        offered = grants.take(command.grant)
        text = role_text(offered.role, command.language)
        acceptance = Acceptance(
            accepted_at=self.now(),
            text_version=text.version,
            text_hash=command.text_hash,
            language=command.language,
            identified_at=actor.identified_at or self.now(),
            method=actor.method,
            level=actor.level,
        )
        accepted = offered.accept(acceptance, by=actor.somebody(), current_text_hash=text.sha256)
        if accepted is not offered and offered.renews is not None:
            grants.take_over(accepted)
        return self._decided(tx, grants, offered, accepted, actor, GrantAccepted)

    @decides(DeclineGrant)
    def decline_grant(self, tx: Transaction, command: DeclineGrant, actor: Actor) -> GrantView:
        grants = AllGrants(tx)
        offered = grants.take(command.grant)
        declined = offered.decline(command.reason, by=actor.somebody(), now=self.now())
        return self._decided(tx, grants, offered, declined, actor, GrantDeclined)

    @decides(RelinquishGrant)
    def relinquish_grant(self, tx: Transaction, command: RelinquishGrant, actor: Actor) -> GrantView:
        grants = AllGrants(tx)
        held = grants.take(command.grant)
        self._must_leave_a_main_user(tx, held)
        given_back = held.relinquish(command.reason, by=actor.somebody(), now=self.now())
        return self._decided(tx, grants, held, given_back, actor, GrantRelinquished)

    @decides(WithdrawGrant)
    def withdraw_grant(self, tx: Transaction, command: WithdrawGrant, actor: Actor) -> GrantView:
        grants = AllGrants(tx)
        offered = self._take_as_main_user(tx, grants, command, actor)
        withdrawn = offered.withdraw(command.reason, by=actor.somebody(), now=self.now())
        return self._decided(tx, grants, offered, withdrawn, actor, GrantWithdrawn)

    @decides(RevokeGrant)
    def revoke_grant(self, tx: Transaction, command: RevokeGrant, actor: Actor) -> GrantView:
        grants = AllGrants(tx)
        held = self._take_as_main_user(tx, grants, command, actor)
        self._must_leave_a_main_user(tx, held)
        revoked = held.revoke(command.reason, by=actor.somebody(), now=self.now())
        return self._decided(tx, grants, held, revoked, actor, GrantRevoked)

    def _take_as_main_user(
        self, tx: Transaction, grants: AllGrants, command: WithdrawGrant | RevokeGrant, actor: Actor
    ) -> Grant:
        grant = grants.take(command.grant)
        rules.must_be_main_user(self.is_main_user(tx, grant.organisation, actor.somebody()))
        return grant

    # --- questions -----------------------------------------------------------------------------------

    @answers(CheckAccess)
    def check_access(self, request: CheckAccess, actor: Actor) -> bytes:
        if request.vouched is not None:
            self.model.check_counts(request.person, request.vouched)
        return self.model.check_written(
            request.organisation, request.person, request.action, at_least=request.at_least, now=self.now()
        )

    @reads(ExplainAccess)
    def explain_access(self, rows: Transaction, request: ExplainAccess, actor: Actor) -> AccessAnswer:
        asker = actor.somebody()
        about = request.person or asker
        if about != asker and not (
            self.model.is_main_user(request.organisation, asker, self.now())
            and self.model.is_member(request.organisation, about)
        ):
            raise NotAllowed
        return self.model.check(request.organisation, about, request.action, at_least=0, now=self.now())

    @answers(GetCatalogue)
    def get_catalogue(self, request: GetCatalogue, actor: Actor) -> Catalogue:
        return catalogue()

    @answers(DescribePolicy)
    def describe_policy(self, request: DescribePolicy, actor: Actor) -> PolicyAnswer:
        return PolicyAnswer(label=self.policy.label, row=self.policy.row(request.kind, request.on))

    @reads(DescribeGrant)
    def describe_grant(self, rows: Transaction, request: DescribeGrant, actor: Actor) -> GrantView:
        return self._view(AllGrants(rows).find(request.grant))

    @reads(GetMyGrants)
    def get_my_grants(self, rows: Transaction, request: GetMyGrants, actor: Actor) -> Grants:
        mine = AllGrants(rows).of_holder(actor.somebody())
        return Grants(grants=tuple(self._view(grant) for grant in mine))

    @reads(GetOrganisationGrants)
    def get_organisation_grants(
        self, rows: Transaction, request: GetOrganisationGrants, actor: Actor
    ) -> Grants:
        rules.must_be_main_user(self.model.is_main_user(request.organisation, actor.somebody(), self.now()))
        return self._page(rows, request.organisation, request.page)

    @reads(ListGrants)
    def list_grants(self, rows: Transaction, request: ListGrants, actor: Actor) -> Grants:
        return self._page(rows, request.organisation, request.page)

    @reads(GetCoverage)
    def get_coverage(self, rows: Transaction, request: GetCoverage, actor: Actor) -> Coverage:
        asker, organisation = actor.somebody(), request.organisation
        holds_one = any(
            grant.phase(self.now()) is Phase.IN_FORCE for grant in self.model.grants(organisation, asker)
        )
        if not holds_one and not self.model.is_main_user(organisation, asker, self.now()):
            raise NotAllowed
        return self._coverage(organisation)

    @answers(DescribeCoverage)
    def describe_coverage(self, request: DescribeCoverage, actor: Actor) -> Coverage:
        return self._coverage(request.organisation)

    @reads(ListDueGrants)
    def list_due_grants(self, rows: Transaction, request: ListDueGrants, actor: Actor) -> Grants:
        grants, next_page = AllGrants(rows).due(request.since, request.until, request.page)
        return Grants(grants=tuple(self._view(grant) for grant in grants), next_page=next_page)

    @reads(ListStandingGrants)
    def list_standing_grants(self, rows: Transaction, request: ListStandingGrants, actor: Actor) -> Grants:
        held = (grant for grant in AllGrants(rows).of_holder(request.holder) if grant.is_open(self.now()))
        return Grants(grants=tuple(self._view(grant) for grant in held))

    @reads(GetRolesHealth)
    def get_health(self, rows: Transaction, request: GetRolesHealth, actor: Actor) -> Health:
        return health_of("roles", rows)

    def _page(self, rows: Transaction, organisation: OrganisationId | None, page: str | None) -> Grants:
        grants, next_page = AllGrants(rows).page(organisation, page)
        return Grants(grants=tuple(self._view(grant) for grant in grants), next_page=next_page)

    def _coverage(self, organisation: OrganisationId) -> Coverage:
        holders: dict[Role, list[PersonId]] = {role: [] for role in Role}
        waiting = dict.fromkeys(Role, 0)
        for grant in self.model.of_organisation(organisation):
            match grant.phase(self.now()):
                case Phase.IN_FORCE if grant.holder not in holders[grant.role]:
                    holders[grant.role].append(grant.holder)
                case Phase.WAITING:
                    waiting[grant.role] += 1
        holdings = (Holding(role=role, holders=tuple(holders[role]), waiting=waiting[role]) for role in Role)
        stale = self.model.is_stale(organisation, self.now())
        return Coverage(organisation=organisation, holdings=tuple(holdings), register_stale=stale)

    # --- what identity announces ---------------------------------------------------------------------

    @hears(OrganisationChanged)
    def note_organisation(self, tx: Transaction, event: OrganisationChanged) -> None:
        before = Known(tx).organisation(event.organisation.id)
        Known(tx).note_organisation(event.organisation)
        if before is None or before.kind is not event.organisation.kind:
            self.follow_organisation(tx, event.organisation, event)
        tx.on_commit(lambda: self.model.see_organisation(event.organisation))

    @hears(RegisterRead)
    def note_register_read(self, tx: Transaction, event: RegisterRead) -> None:
        Known(tx).note_register_read(event.register_name, event.as_of)
        tx.on_commit(lambda: self.model.see_register_read(event.register_name, event.as_of))

    @hears(MemberAdded)
    def note_member(self, tx: Transaction, event: MemberAdded) -> None:
        Known(tx).note_member(event.organisation, event.person)
        tx.on_commit(lambda: self.model.see_member(event.organisation, event.person))
        # What we decided ourselves is no news, but that they belong to the organisation may be.
        if event.main_user and not event.by_role:
            self.name_at_first(tx, event.organisation, event.person, str(event.event_id))

    @hears(PersonIdentified)
    def note_identification(self, tx: Transaction, event: PersonIdentified) -> None:
        known = Known(tx)
        standing = replace(
            known.standing(event.person), identified_at=event.identified_at, linked_at=event.linked_at
        )
        known.note_standing(event.person, standing)
        tx.on_commit(lambda: self.model.see_standing(event.person, standing))

    @hears(ChatAccountUnlinked)
    def note_unlinking(self, tx: Transaction, event: ChatAccountUnlinked) -> None:
        known = Known(tx)
        standing = replace(
            known.standing(event.person), linked_at=event.linked_at, void_before=event.revision
        )
        known.note_standing(event.person, standing)
        tx.on_commit(lambda: self.model.see_standing(event.person, standing))
