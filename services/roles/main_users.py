"""What makes and unmakes main users besides other main users: Suomi.fi's word, and an operator's."""

from dataclasses import dataclass, replace
from uuid import UUID, uuid4

from services.roles.desk import GrantDesk
from services.roles.domain import main_users as rules
from services.roles.domain import vouching
from services.roles.domain.grants import Grant, reason_given
from services.roles.domain.vouching import Mandate, Vouched
from services.roles.storage import Grants as AllGrants
from services.roles.storage import Known, MainUserRows
from shared.contracts.base import Event, OrganisationId, PersonId
from shared.contracts.identity import MandateChanged, OrganisationUnknown, OrganisationView
from shared.contracts.roles import (
    NOBODY,
    GrantNamed,
    GrantProved,
    GrantRevoked,
    GrantView,
    GrantWithdrawn,
    ListMainUsers,
    MainUsers,
    MainUsersPage,
    NameMainUser,
    Phase,
    RemoveMainUser,
    Role,
)
from shared.contracts.roles_refusals import GrantExists, NotMainUser
from shared.messaging.accounts import Account
from shared.messaging.actors import Actor
from shared.messaging.handling import decides, hears, reads
from shared.storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class MainUserHandlers(GrantDesk):
    """Offers what Suomi.fi vouches for, and lets operators name and remove main users."""

    # --- Suomi.fi's word -----------------------------------------------------------------------------

    @hears(MandateChanged)
    def note_mandate(self, tx: Transaction, event: MandateChanged) -> None:
        mandate, rows = vouching.mandate_of(event.person, event.mandate), MainUserRows(tx)
        rows.put(mandate)
        tx.on_commit(lambda: self.model.see_mandate(mandate))
        found = rows.organisation_of(mandate.business_id)
        if found is not None and (organisation := Known(tx).organisation(found)) is not None:
            self._follow(tx, organisation, mandate, event)

    def follow_organisation(self, tx: Transaction, organisation: OrganisationView, event: Event) -> None:
        """Look anew at what was proved of *organisation*: it came to be known, or is of another kind."""
        for mandate in MainUserRows(tx).mandates(organisation.business_id):
            self._follow(tx, organisation, mandate, event)

    def _follow(
        self, tx: Transaction, organisation: OrganisationView, mandate: Mandate, event: Event
    ) -> None:
        now, grants = self.now(), AllGrants(tx)
        vouched = vouching.vouched_roles(mandate, organisation.kind, self.policy, now)
        latest = grants.vouched(organisation.id, mandate.person)
        actor = Actor(
            caller=Account.IDENTITY,
            person=mandate.person,
            identified_at=mandate.proved_at,
            method=mandate.how,
            token_id=str(event.event_id),
        )
        for role in Role:
            grant, worth = latest.get(role), vouched.get(role)
            if grant is not None and vouching.may_follow(grant, now):
                self._prove(tx, grants, grant, worth, mandate, actor)
            elif worth is not None and (grant is None or vouching.may_be_offered_again(grant, mandate)):
                self._offer_vouched(tx, grants, organisation.id, role, worth, mandate, actor)

    def _prove(
        self,
        tx: Transaction,
        grants: AllGrants,
        grant: Grant,
        worth: Vouched | None,
        mandate: Mandate,
        actor: Actor,
    ) -> None:
        after = vouching.followed(grant, worth, mandate, self.now())
        stands = grants.open_one(grant, renewing=False)
        if after is not grant and (stands is None or stands.id == grant.id):
            self._decided(tx, grants, grant, after, actor, GrantProved)

    def _offer_vouched(
        self,
        tx: Transaction,
        grants: AllGrants,
        organisation: OrganisationId,
        role: Role,
        worth: Vouched,
        mandate: Mandate,
        actor: Actor,
    ) -> None:
        if self.is_main_user(tx, organisation, mandate.person):
            return
        wish = vouching.offered_on(
            worth, mandate, grant_id=uuid4(), organisation=organisation, role=role, now=self.now()
        )
        try:
            self._offered(tx, grants, wish, actor)
        except GrantExists:
            # They hold it, or may accept it, on another ground: nothing is missing.
            return

    # --- an operator's word --------------------------------------------------------------------------

    def name_at_first(
        self, tx: Transaction, organisation: OrganisationId, person: PersonId, why: str
    ) -> None:
        """
        Make *person* the main user that an operator's first file says they are; *why* is what told us so.

        A main user they are already, on whatever ground, stays as they are.
        """
        if self.is_main_user(tx, organisation, person):
            return
        grants, now = AllGrants(tx), self.now()
        actor = Actor(caller=Account.IDENTITY, token_id=why)
        wish = rules.named_at_first(grant_id=uuid4(), organisation=organisation, person=person, now=now)
        waiting = self._standing(grants, wish)
        if waiting is not None:
            # What they were offered they are to have at once.
            withdrawn = waiting.withdraw("", by=NOBODY, now=now)
            self._decided(tx, grants, waiting, withdrawn, actor, GrantWithdrawn)
        self._offered(tx, grants, wish, actor, GrantNamed)

    def name_the_ungranted(self, tx: Transaction) -> None:
        """Give those a grant whom an older version took for main users without one."""
        for organisation, person in Known(tx).take_ungranted():
            self.name_at_first(tx, organisation, person, "")

    @decides(NameMainUser)
    def name_main_user(self, tx: Transaction, command: NameMainUser, actor: Actor) -> GrantView:
        reason = reason_given(command.reason)
        if Known(tx).organisation(command.organisation) is None:
            raise OrganisationUnknown
        wish = rules.named(
            grant_id=uuid4(),
            organisation=command.organisation,
            person=command.person,
            valid_until=command.valid_until,
            now=self.now(),
        )
        offered = self._offered(tx, AllGrants(tx), replace(wish, reason=reason), actor)
        self._note(tx, command, "named", actor)
        return offered

    @decides(RemoveMainUser)
    def remove_main_user(self, tx: Transaction, command: RemoveMainUser, actor: Actor) -> MainUsers:
        reason, rows, grants = reason_given(command.reason), MainUserRows(tx), AllGrants(tx)
        rows.take_turn(command.organisation)
        before = self._main_users(tx, command.organisation)
        if command.person not in before:
            raise NotMainUser
        left = {person: one for person, one in before.items() if person != command.person}
        if not command.force:
            rules.must_leave_one(left)
        for grant in grants.main_users(command.organisation):
            if grant.holder == command.person and grant.phase(self.now()) is Phase.IN_FORCE:
                ended = grant.revoke(reason, by=NOBODY, now=self.now())
                self._decided(tx, grants, grant, ended, actor, GrantRevoked)
        self._note(tx, command, "removed", actor, forced=not left)
        return self._those_of(tx, command.organisation)

    def _note(
        self,
        tx: Transaction,
        command: NameMainUser | RemoveMainUser,
        what: str,
        actor: Actor,
        *,
        forced: bool = False,
    ) -> None:
        MainUserRows(tx).decided(
            command.organisation,
            command.person,
            what,
            reason=command.reason.strip(),
            evidence=command.evidence,
            forced=forced,
            actor=actor,
            now=self.now(),
        )

    # --- questions -----------------------------------------------------------------------------------

    @reads(ListMainUsers)
    def list_main_users(self, rows: Transaction, request: ListMainUsers, actor: Actor) -> MainUsersPage:
        if request.organisation is not None:
            return MainUsersPage(organisations=(self._those_of(rows, request.organisation),))
        several = MainUserRows(rows)
        after = OrganisationId(UUID(request.page)) if request.page else None
        page = several.without(after, self.now()) if request.without else several.concerned(after)
        return MainUsersPage(
            organisations=tuple(self._those_of(rows, organisation) for organisation in page),
            next_page=str(page[-1]) if len(page) == several.page else None,
        )

    def _those_of(self, rows: Transaction, organisation: OrganisationId) -> MainUsers:
        found = self._main_users(rows, organisation)
        waiting = MainUserRows(rows).waiting(organisation, self.now())
        return MainUsers(organisation=organisation, main_users=tuple(found.values()), waiting=waiting)
