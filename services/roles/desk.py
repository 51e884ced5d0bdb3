"""Where decisions on grants are written down: offered, decided, announced, seen by the model."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import UTC, date, datetime
from uuid import uuid4

from services.roles.domain import offering as rules
from services.roles.domain.grants import Grant
from services.roles.domain.main_users import main_users, must_leave_one
from services.roles.domain.policy import Policy
from services.roles.domain.vouching import VOUCHED
from services.roles.readmodel import ReadModel
from services.roles.storage import Grants as AllGrants
from services.roles.storage import Known, MainUserRows
from shared.contracts.base import OrganisationId, PersonId
from shared.contracts.roles import (
    GrantDecided,
    GrantOffered,
    GrantStatus,
    GrantView,
    MainUser,
    PlaceChanged,
    Role,
)
from shared.messaging.actors import Actor
from shared.storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class GrantDesk:
    """What every handler that decides on a grant works with."""

    model: ReadModel
    policy: Policy
    now: Callable[[], datetime] = field(default=lambda: datetime.now(UTC))

    def offer(
        self,
        tx: Transaction,
        actor: Actor,
        *,
        organisation: OrganisationId,
        holder: PersonId,
        role: str,
        valid_until: date,
        inducted: bool,
    ) -> GrantView:
        """
        Offer a role as the person whom *actor* proves.

        Raises:
            Refusal: the rules forbid it; nothing that counts was written.
        """
        by, known, grants = actor.somebody(), Known(tx), AllGrants(tx)
        offered = rules.offer(
            grant_id=uuid4(),
            organisation=organisation,
            holder=holder,
            role=role,
            valid_until=valid_until,
            inducted=inducted,
            by=by,
            by_is_main_user=self.is_main_user(tx, organisation, by),
            holder_is_member=known.is_member(organisation, holder),
            now=self.now(),
        )
        return self._offered(tx, grants, offered, actor)

    def _offered(
        self,
        tx: Transaction,
        grants: AllGrants,
        wish: Grant,
        actor: Actor,
        news: type[GrantDecided] = GrantOffered,
    ) -> GrantView:
        """
        Write *wish* down as an offer, and announce it as *news*.

        Raises:
            GrantExists: something stands in its way.
        """
        offered = rules.following(wish, self._standing(grants, wish), now=self.now())
        rules.must_be_free(self._standing(grants, offered, renewing=True))
        event, written = tx.publish_written(news(grant=self._view(offered)))
        grants.add(offered, number=event.revision)
        return self._noted(tx, grants, offered, actor, event, written)

    def is_main_user(self, tx: Transaction, organisation: OrganisationId, person: PersonId) -> bool:
        """Whether *person* is a main user now, on whatever ground."""
        return person in self._main_users(tx, organisation)

    def _main_users(
        self, tx: Transaction, organisation: OrganisationId, *, without: Grant | None = None
    ) -> Mapping[PersonId, MainUser]:
        grants = (
            one for one in AllGrants(tx).main_users(organisation) if without is None or one.id != without.id
        )
        return main_users(grants, self.now())

    def _must_leave_a_main_user(self, tx: Transaction, grant: Grant) -> None:
        """
        Let *grant* be ended only if a main user remains.

        Raises:
            LastMainUser: it makes somebody the last one.
        """
        if grant.role is Role.MAIN_USER and grant.stands_as is GrantStatus.ACCEPTED:
            MainUserRows(tx).take_turn(grant.organisation)
            before = self._main_users(tx, grant.organisation)
            if any(one.grant == grant.id for one in before.values()):
                must_leave_one(self._main_users(tx, grant.organisation, without=grant))

    def _standing(self, grants: AllGrants, wish: Grant, *, renewing: bool = False) -> Grant | None:
        """What stands where *wish* would; what has run out gives way to it."""
        standing = grants.open_one(wish, renewing=renewing)
        if standing is None or standing.is_open(self.now()):
            return standing
        grants.give_way(standing)
        return None

    def _decided(
        self,
        tx: Transaction,
        grants: AllGrants,
        before: Grant,
        after: Grant,
        actor: Actor,
        news: type[GrantDecided],
    ) -> GrantView:
        if after is before:
            return self._view(before)
        grants.put(after)
        return self._noted(tx, grants, after, actor, *tx.publish_written(news(grant=self._view(after))))

    def _noted(
        self,
        tx: Transaction,
        grants: AllGrants,
        grant: Grant,
        actor: Actor,
        event: GrantDecided,
        written: str,
    ) -> GrantView:
        grants.note(grant, actor, written)
        latest = event.revision
        if grant.stands_as is not GrantStatus.OFFERED and (
            grant.role is Role.MAIN_USER or grant.ground in VOUCHED
        ):
            latest = self._place_changed(tx, grant.organisation, grant.holder)
        tx.on_commit(lambda: self.model.see_grant(grant, latest))
        return event.grant

    def _place_changed(self, tx: Transaction, organisation: OrganisationId, person: PersonId) -> int:
        """Announce what *person* is in *organisation* now; return the number of that fact."""
        found = self._main_users(tx, organisation).get(person)
        return tx.publish(
            PlaceChanged(
                organisation=organisation,
                person=person,
                main_user=found is not None,
                until=found.until if found else None,
            )
        ).revision

    def _view(self, grant: Grant) -> GrantView:
        return GrantView.model_validate({**_fields(grant), "phase": grant.phase(self.now())})


def _fields(grant: Grant) -> dict[str, object]:
    """What a view of *grant* is made of. asdict() would copy everything, deeply."""
    return {one.name: getattr(grant, one.name) for one in fields(Grant)}
