"""Where decisions on grants are written down: offered, decided, announced, seen by the model."""

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from datetime import UTC, date, datetime
from uuid import uuid4

from services.roles.domain import grants as rules
from services.roles.domain.grants import Grant
from services.roles.domain.policy import Policy
from services.roles.readmodel import ReadModel
from services.roles.storage import Grants as AllGrants
from services.roles.storage import Known
from shared.contracts.base import OrganisationId, PersonId
from shared.contracts.roles import GrantDecided, GrantOffered, GrantView
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
            by_is_main_user=known.is_main_user(organisation, by),
            holder_is_member=known.is_member(organisation, holder),
            now=self.now(),
        )
        offered = rules.following(offered, self._standing(grants, offered), now=self.now())
        rules.must_be_free(self._standing(grants, offered, renewing=True))
        event, written = tx.publish_written(GrantOffered(grant=self._view(offered)))
        grants.add(offered, number=event.revision)
        return self._noted(tx, grants, offered, actor, event, written)

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
        tx.on_commit(lambda: self.model.see_grant(grant, event.revision))
        return event.grant

    def _view(self, grant: Grant) -> GrantView:
        return GrantView.model_validate({**_fields(grant), "phase": grant.phase(self.now())})


def _fields(grant: Grant) -> dict[str, object]:
    """What a view of *grant* is made of. asdict() would copy everything, deeply."""
    return {one.name: getattr(grant, one.name) for one in fields(Grant)}
