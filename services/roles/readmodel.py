"""What a check needs, in memory: filled from our tables at start, kept current as transactions commit."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache

from services.roles.domain import ladder
from services.roles.domain.grants import Grant
from services.roles.domain.ladder import Matrix, Standing
from services.roles.storage import Grants, Known
from shared.contracts.base import OrganisationId, PersonId
from shared.contracts.identity import OrganisationView
from shared.contracts.roles import AccessAnswer, GrantStatus, Role, Rung
from shared.contracts.roles_refusals import BehindTheFacts
from shared.messaging.wire import write_message
from shared.storage.transaction import Transaction

Place = tuple[OrganisationId, PersonId]


class _Part:
    """Some rungs of a ladder, and how they look on the wire: what is said often is written once."""

    __slots__ = ("_written", "holds", "rungs")

    def __init__(self, rungs: tuple[Rung, ...]) -> None:
        self.rungs = rungs
        self.holds = all(rung.holds for rung in rungs)
        self._written: bytes | None = None

    def written(self) -> bytes:
        if self._written is None:
            self._written = b",".join(write_message(rung) for rung in self.rungs)
        return self._written


@dataclass(slots=True)
class _Held:
    """A grant, and the part that it gives while it is in force, made when it is first asked about."""

    grant: Grant
    _in_force: _Part | None = None

    def in_force(self) -> _Part:
        if self._in_force is None:
            self._in_force = _Part(ladder.in_force_rungs(self.grant))
        return self._in_force


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
    _standing: dict[PersonId, _Part] = field(default_factory=dict)
    _register: dict[OrganisationId, tuple[_Part, datetime]] = field(default_factory=dict)

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
        parts = self._climb(organisation, person, roles, at_least, now)
        rungs = tuple(rung for part in parts for rung in part.rungs)
        return ladder.answer(rungs, roles, self.revision)

    def check_written(
        self, organisation: OrganisationId, person: PersonId, action: str, *, at_least: int, now: datetime
    ) -> bytes:
        """
        Climb the ladder; give the answer of ``check`` as it goes over the wire.

        Its parts were written before and are only put together: five times as fast, which is what most of
        the work of the busiest request would be. A test holds the two answers to be the same.
        """
        roles = self.matrix.roles(action)
        standing, register, grant = self._climb(organisation, person, roles, at_least, now)
        return b'{"allowed":%b,"rungs":[%b,%b,%b],"roles":%b,"revision":%d}' % (
            b"true" if standing.holds and register.holds and grant.holds else b"false",
            standing.written(),
            register.written(),
            grant.written(),
            _written_roles(roles),
            self.revision,
        )

    def _climb(
        self,
        organisation: OrganisationId,
        person: PersonId,
        roles: tuple[Role, ...],
        at_least: int,
        now: datetime,
    ) -> tuple[_Part, _Part, _Part]:
        if at_least > self.revision:
            raise BehindTheFacts(revision=at_least)
        return (
            self._standing.get(person) or NEVER_SEEN,
            self._register_part(organisation, now),
            self._grant_part(organisation, person, roles, now),
        )

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
        self._grants[place] = (_Held(grant), *others)
        self.revision = max(self.revision, revision)

    def see_member(self, organisation: OrganisationId, person: PersonId, *, main_user: bool) -> None:
        self._members[(organisation, person)] = main_user

    def see_organisation(self, organisation: OrganisationView) -> None:
        self._organisations[organisation.id] = organisation
        self._register.pop(organisation.id, None)

    def see_standing(self, person: PersonId, standing: Standing) -> None:
        self._standing[person] = _Part(ladder.standing_rungs(standing))

    def _register_part(self, organisation: OrganisationId, now: datetime) -> _Part:
        cached = self._register.get(organisation)
        if cached is not None and now < cached[1]:
            return cached[0]
        rung = ladder.register_rung(
            self._organisations.get(organisation), now=now, oldest=self.register_oldest
        )
        part = _Part((rung,))
        # A minute: the rung turns on Finnish dates and on the age of our copy.
        self._register[organisation] = (part, now + timedelta(minutes=1))
        return part

    def _grant_part(
        self, organisation: OrganisationId, person: PersonId, roles: tuple[Role, ...], now: datetime
    ) -> _Part:
        place = (organisation, person)
        if self._members.get(place):
            return MAIN_USER
        fitting = [held for held in self._grants.get(place, ()) if held.grant.role in roles]
        if not fitting:
            return NO_GRANT
        for held in fitting:
            if held.grant.status is GrantStatus.ACCEPTED and now < held.grant.ends_at:
                return held.in_force()
        return _Part(ladder.grant_rungs((held.grant for held in fitting), roles, now))


@cache
def _written_roles(roles: tuple[Role, ...]) -> bytes:
    return json.dumps([role.value for role in roles], separators=(",", ":")).encode()


MAIN_USER = _Part(ladder.main_user_rungs())
NEVER_SEEN = _Part(ladder.standing_rungs(None))
NO_GRANT = _Part(ladder.grant_rungs((), (), datetime.min.replace(tzinfo=UTC)))
