"""The roles service of the small town: its own rules in short, and no rows."""

from typing import Any
from uuid import uuid4

from services.roles.domain import offering
from services.roles.domain.grants import reason_given
from shared.contracts.base import IdentificationTooOld, Language, OrganisationId, PersonId
from shared.contracts.identity import OrganisationView, PersonView
from shared.contracts.roles import (
    Acceptance,
    AcceptGrant,
    AccessAnswer,
    Catalogue,
    Coverage,
    DeclineGrant,
    DescribeCoverage,
    DescribeGrant,
    ExplainAccess,
    Fixer,
    Gate,
    GetCatalogue,
    GetCoverage,
    GetMyGrants,
    GetOrganisationGrants,
    GrantId,
    Grants,
    GrantStatus,
    GrantView,
    Holding,
    ListDueGrants,
    ListStandingGrants,
    OfferGrant,
    Phase,
    RevokeGrant,
    Role,
    Rung,
    WithdrawGrant,
)
from shared.contracts.roles_refusals import (
    BehindTheFacts,
    GrantClosed,
    GrantNotFound,
    NotMainUser,
    NotYourGrant,
    TextChanged,
)
from tests.bot.makers import NOW, a_grant, role_text

PAGE = 50
PHASES = {GrantStatus.OFFERED: Phase.WAITING, GrantStatus.ACCEPTED: Phase.IN_FORCE}


class RolesOffice:
    """Keeps the grants of a town; who is a main user of what, and who belongs nowhere, the town knows."""

    people: dict[PersonId, PersonView]
    organisations: dict[OrganisationId, OrganisationView]
    main_users: set[tuple[OrganisationId, PersonId]]
    strangers: set[PersonId]
    fresh: set[PersonId]

    def __init__(self) -> None:
        self.grants: dict[GrantId, GrantView] = {}
        self.words = "What the role means."
        self.behind = 0
        self.stale = False

    def put(self, grant: GrantView) -> GrantView:
        self.grants[grant.id] = grant
        return grant

    def _may_act(self, organisation: OrganisationId, asker: PersonView) -> None:
        if (organisation, asker.id) not in self.main_users:
            raise NotMainUser

    def _GetCatalogue(self, _: GetCatalogue, __: object) -> Catalogue:  # noqa: N802
        languages: tuple[Language, ...] = ("fi", "sv", "en")
        texts = [role_text(role, language, self.words) for role in Role for language in languages]
        return Catalogue(texts=tuple(texts))

    def _DescribeGrant(self, request: DescribeGrant, _: object) -> GrantView:  # noqa: N802
        if request.grant not in self.grants:
            raise GrantNotFound
        return self.grants[request.grant]

    def _GetMyGrants(self, _: GetMyGrants, asker: PersonView) -> Grants:  # noqa: N802
        return Grants(grants=tuple(each for each in self.grants.values() if each.holder == asker.id))

    def _GetOrganisationGrants(self, request: GetOrganisationGrants, asker: PersonView) -> Grants:  # noqa: N802
        self._may_act(request.organisation, asker)
        found = [each for each in self.grants.values() if each.organisation == request.organisation]
        start = int(request.page or 0)
        more = str(start + PAGE) if len(found) > start + PAGE else None
        return Grants(grants=tuple(found[start : start + PAGE]), next_page=more)

    def _GetCoverage(self, request: GetCoverage, asker: PersonView) -> Coverage:  # noqa: N802
        holds_one = any(
            each.phase is Phase.IN_FORCE and each.holder == asker.id for each in self.grants.values()
        )
        if not holds_one:
            self._may_act(request.organisation, asker)
        return self._DescribeCoverage(DescribeCoverage(organisation=request.organisation), asker)

    def _ListDueGrants(self, request: ListDueGrants, _: object) -> Grants:  # noqa: N802
        return Grants(grants=tuple(self.grants.values()))

    def _ListStandingGrants(self, request: ListStandingGrants, _: object) -> Grants:  # noqa: N802
        standing = (Phase.WAITING, Phase.IN_FORCE)
        held = (each for each in self.grants.values() if each.holder == request.holder)
        return Grants(grants=tuple(each for each in held if each.phase in standing))

    def _DescribeCoverage(self, request: DescribeCoverage, _: object) -> Coverage:  # noqa: N802
        holdings = []
        for role in Role:
            here = [each for each in self.grants.values() if each.organisation == request.organisation]
            of_role = [each for each in here if each.role is role]
            held = tuple(each.holder for each in of_role if each.phase is Phase.IN_FORCE)
            if role is Role.MAIN_USER:
                held = tuple(who for where, who in self.main_users if where == request.organisation)
            waiting = sum(each.phase is Phase.WAITING for each in of_role)
            holdings.append(Holding(role=role, holders=held, waiting=waiting))
        return Coverage(
            organisation=request.organisation, holdings=tuple(holdings), register_stale=self.stale
        )

    def _ExplainAccess(self, request: ExplainAccess, asker: PersonView) -> AccessAnswer:  # noqa: N802
        if request.person not in (None, asker.id):
            self._may_act(request.organisation, asker)
        concerned = request.person or asker.id
        allowed = any(
            each.phase is Phase.IN_FORCE for each in self.grants.values() if each.holder == concerned
        )
        rungs = [
            Rung(gate=gate, holds=True, code="accepted", since=NOW)
            if allowed or gate is not Gate.ACCEPTED
            else Rung(gate=gate, holds=False, code="waiting", fixer=Fixer.PERSON)
            for gate in Gate
        ]
        return AccessAnswer.of(rungs, roles=(Role.ARCHIVE_KEEPER,), revision=1)

    def _OfferGrant(self, request: OfferGrant, asker: PersonView) -> GrantView:  # noqa: N802
        self._may_act(request.organisation, asker)
        wish = offering.offer(
            grant_id=uuid4(),
            organisation=request.organisation,
            holder=request.holder,
            role=request.role,
            valid_until=request.valid_until,
            inducted=request.inducted,
            by=asker.id,
            by_is_main_user=True,
            holder_is_member=request.holder in self.people and request.holder not in self.strangers,
            now=NOW,
        )
        organisation, holder = self.organisations[request.organisation], self.people[request.holder]
        return self.put(a_grant(organisation, holder, asker, role=wish.role))

    def _AcceptGrant(self, request: AcceptGrant, asker: PersonView) -> GrantView:  # noqa: N802
        grant = self.grants[request.grant]
        if self.behind > 0:
            self.behind -= 1
            raise BehindTheFacts(revision=1)
        if asker.id not in self.fresh:
            raise IdentificationTooOld(minutes=15)
        if grant.holder != asker.id:
            raise NotYourGrant
        if grant.status is GrantStatus.ACCEPTED:
            return grant
        if request.text_hash != role_text(grant.role, request.language, self.words).sha256:
            raise TextChanged
        acceptance = Acceptance(
            accepted_at=NOW,
            text_version=1,
            text_hash=request.text_hash,
            language=request.language,
            identified_at=NOW,
            method="test",
        )
        return self._decide(grant, GrantStatus.ACCEPTED, acceptance=acceptance)

    def _DeclineGrant(self, request: DeclineGrant, asker: PersonView) -> GrantView:  # noqa: N802
        grant = self.grants[request.grant]
        if grant.status is not GrantStatus.OFFERED:
            raise GrantClosed(status=grant.status.value)
        reason_given(request.reason)
        more = {"closed_at": NOW, "closed_by": asker.id, "reason": request.reason}
        return self._decide(grant, GrantStatus.DECLINED, **more)

    def _WithdrawGrant(self, request: WithdrawGrant, asker: PersonView) -> GrantView:  # noqa: N802
        return self._end(request.grant, GrantStatus.OFFERED, GrantStatus.WITHDRAWN, request.reason, asker)

    def _RevokeGrant(self, request: RevokeGrant, asker: PersonView) -> GrantView:  # noqa: N802
        return self._end(request.grant, GrantStatus.ACCEPTED, GrantStatus.REVOKED, request.reason, asker)

    def _end(
        self, grant: GrantId, while_: GrantStatus, to: GrantStatus, reason: str, asker: PersonView
    ) -> GrantView:
        found = self.grants[grant]
        self._may_act(found.organisation, asker)
        if found.status is not while_:
            raise GrantClosed(status=found.status.value)
        return self._decide(found, to, closed_at=NOW, closed_by=asker.id, reason=reason)

    def _decide(self, grant: GrantView, status: GrantStatus, **more: Any) -> GrantView:
        phase = PHASES.get(status) or Phase(status.value)
        update = {"status": status, "phase": phase, "version": grant.version + 1}
        return self.put(grant.model_copy(update=update | more))
