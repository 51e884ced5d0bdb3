"""What a check needs, in memory: filled from our tables at start, kept current as each transaction commits."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from services.roles.domain import ladder
from services.roles.domain.grants import Grant
from services.roles.domain.ladder import Matrix, Standing
from services.roles.storage import Grants, Known
from shared.contracts.base import OrganisationId, PersonId
from shared.contracts.identity import OrganisationView
from shared.contracts.roles import AccessAnswer, GrantStatus, Role, Rung
from shared.contracts.roles_refusals import BehindTheFacts
from shared.storage.transaction import Transaction

Place = tuple[OrganisationId, PersonId]


@dataclass(frozen=True, slots=True)
class _Held:
    """A grant, with the rungs it gives while it is in force worked out beforehand."""

    grant: Grant
    rungs: tuple[Rung, ...]


@dataclass(slots=True)
class ReadModel:
    """
    Answers checks without touching a database.

    Written to on the event loop's thread only, when a commit is told of.
    """

    matrix: Matrix
    register_oldest: timedelta
    revision: int = 0
    _grants: dict[Place, tuple[_Held, ...]] = field(default_factory=dict)
    _members: dict[Place, bool] = field(default_factory=dict)
    _organisations: dict[OrganisationId, OrganisationView] = field(default_factory=dict)
    _standing: dict[PersonId, tuple[Rung, Rung]] = field(default_factory=dict)
    _register: dict[OrganisationId, tuple[Rung, datetime]] = field(default_factory=dict)

    def load(self, tx: Transaction) -> None:
        """Fill the model from the service's own tables."""
        known = Known(tx)
        for organisation in known.organisations():
            self.see_organisation(organisation)
        for of, person, main_user in known.members():
            self.see_member(of, person, main_user=main_user)
        for person, standing in known.standings():
            self.see_standing(person, standing)
        for grant in Grants(tx).everything():
            self.see_grant(grant, 0)
        self.revision = tx.revision()

    def check(
        self, organisation: OrganisationId, person: PersonId, action: str, *, at_least: int, now: datetime
    ) -> AccessAnswer:
        """
        Climb the ladder.

        Raises:
            ActionUnknown: nothing is called that.
            BehindTheFacts: the model does not know of revision *at_least*.
        """
        roles = self.matrix.roles(action)
        if at_least > self.revision:
            raise BehindTheFacts(revision=at_least)
        standing = self._standing.get(person) or ladder.standing_rungs(None)
        rungs = (
            *standing,
            self._register_rung(organisation, now),
            *self._grant_rungs(organisation, person, roles, now),
        )
        return ladder.answer(rungs, roles, self.revision)

    def is_main_user(self, organisation: OrganisationId, person: PersonId) -> bool:
        return self._members.get((organisation, person), False)

    def is_member(self, organisation: OrganisationId, person: PersonId) -> bool:
        return (organisation, person) in self._members

    def grants(self, organisation: OrganisationId, person: PersonId) -> Iterable[Grant]:
        """A person's grants in an organisation."""
        return (held.grant for held in self._grants.get((organisation, person), ()))

    def of_organisation(self, organisation: OrganisationId) -> Iterable[Grant]:
        """An organisation's open grants, whoever holds them."""
        for (of, _), several in list(self._grants.items()):
            if of == organisation:
                yield from (held.grant for held in several)

    def main_users(self, organisation: OrganisationId) -> tuple[PersonId, ...]:
        """The main users of an organisation."""
        return tuple(
            person
            for (of, person), main_user in list(self._members.items())
            if of == organisation and main_user
        )

    def see_grant(self, grant: Grant, revision: int) -> None:
        """Take in what was decided on *grant*, unless something later is known already."""
        place = (grant.organisation, grant.holder)
        others = []
        for held in self._grants.get(place, ()):
            if held.grant.id != grant.id:
                others.append(held)
            elif held.grant.version > grant.version:
                return
        rungs = ladder.in_force_rungs(grant) if grant.status is GrantStatus.ACCEPTED else ()
        self._grants[place] = (_Held(grant, rungs), *others)
        self.revision = max(self.revision, revision)

    def see_member(self, organisation: OrganisationId, person: PersonId, *, main_user: bool) -> None:
        self._members[(organisation, person)] = main_user

    def see_organisation(self, organisation: OrganisationView) -> None:
        self._organisations[organisation.id] = organisation
        self._register.pop(organisation.id, None)

    def see_standing(self, person: PersonId, standing: Standing) -> None:
        self._standing[person] = ladder.standing_rungs(standing)

    def _register_rung(self, organisation: OrganisationId, now: datetime) -> Rung:
        cached = self._register.get(organisation)
        if cached is not None and now < cached[1]:
            return cached[0]
        rung = ladder.register_rung(
            self._organisations.get(organisation), now=now, oldest=self.register_oldest
        )
        # A minute: the rung turns on Finnish dates and on the age of our copy.
        self._register[organisation] = (rung, now + timedelta(minutes=1))
        return rung

    def _grant_rungs(
        self, organisation: OrganisationId, person: PersonId, roles: tuple[Role, ...], now: datetime
    ) -> tuple[Rung, ...]:
        place = (organisation, person)
        if self._members.get(place):
            return MAIN_USER
        several = self._grants.get(place, ())
        for held in several:
            if held.rungs and held.grant.role in roles and now < held.grant.ends_at:
                return held.rungs
        return ladder.grant_rungs((held.grant for held in several), roles, now)


MAIN_USER = ladder.main_user_rungs()

Clock = Callable[[], datetime]
