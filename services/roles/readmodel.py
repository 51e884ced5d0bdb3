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
from shared.contracts.roles import AccessAnswer, GrantId, GrantStatus, Role, Rung
from shared.contracts.roles_refusals import BehindTheFacts
from shared.storage.transaction import Transaction

Place = tuple[OrganisationId, PersonId]

# Some rungs of a ladder as they look on the wire, and whether all of them hold. A plain pair of plain things:
# the garbage collector soon stops looking at it.
Written = tuple[bool, bytes]


@dataclass(slots=True)
class ReadModel:
    """
    Answers checks without touching a database.

    Written to on the event loop's thread only, when a commit is told of.
    """

    matrix: Matrix
    register_oldest: timedelta
    revision: int = 0
    _grants: dict[Place, tuple[Grant, ...]] = field(default_factory=dict)
    _members: dict[Place, bool] = field(default_factory=dict)
    _organisations: dict[OrganisationId, OrganisationView] = field(default_factory=dict)
    _standings: dict[PersonId, Standing] = field(default_factory=dict)
    # What was written of the above, each when it was first asked about.
    _written_grants: dict[GrantId, Written] = field(default_factory=dict)
    _written_registers: dict[OrganisationId, tuple[Written, datetime]] = field(default_factory=dict)
    _written_standings: dict[PersonId, Written] = field(default_factory=dict)

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
        self._must_know_of(at_least)
        place = (organisation, person)
        rungs = (
            *ladder.standing_rungs(self._standings.get(person)),
            ladder.register_rung(self._organisations.get(organisation), now=now, oldest=self.register_oldest),
            *(
                ladder.main_user_rungs()
                if self._members.get(place)
                else ladder.grant_rungs(self._grants.get(place, ()), roles, now)
            ),
        )
        return ladder.answer(rungs, roles, self.revision)

    def check_written(
        self, organisation: OrganisationId, person: PersonId, action: str, *, at_least: int, now: datetime
    ) -> bytes:
        """
        Climb the ladder; give the answer of ``check`` as it goes over the wire.

        Its parts were written before and are only put together, which is several times as fast: nothing is
        asked so often as this. A test holds the two answers to be the same.
        """
        roles = self.matrix.roles(action)
        self._must_know_of(at_least)
        known, standing = self._written_standings.get(person) or self._write_standing(person)
        current, register = self._written_register(organisation, now)
        granted, grant = self._written_grant((organisation, person), roles, now)
        return b'{"allowed":%b,"rungs":[%b,%b,%b],"roles":%b,"revision":%d}' % (
            b"true" if known and current and granted else b"false",
            standing,
            register,
            grant,
            _written_roles(roles),
            self.revision,
        )

    def _must_know_of(self, revision: int) -> None:
        if revision > self.revision:
            raise BehindTheFacts(revision=revision)

    def is_main_user(self, organisation: OrganisationId, person: PersonId) -> bool:
        return self._members.get((organisation, person), False)

    def is_member(self, organisation: OrganisationId, person: PersonId) -> bool:
        return (organisation, person) in self._members

    def grants(self, organisation: OrganisationId, person: PersonId) -> Iterable[Grant]:
        """A person's grants in an organisation."""
        return self._grants.get((organisation, person), ())

    def of_organisation(self, organisation: OrganisationId) -> Iterable[Grant]:
        """An organisation's open grants, whoever holds them."""
        for (of, _), several in list(self._grants.items()):
            if of == organisation:
                yield from several

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
        several = self._grants.get(place, ())
        if any(known.id == grant.id and known.version > grant.version for known in several):
            return
        self._grants[place] = (grant, *(known for known in several if known.id != grant.id))
        self._written_grants.pop(grant.id, None)
        self.revision = max(self.revision, revision)

    def see_member(self, organisation: OrganisationId, person: PersonId, *, main_user: bool) -> None:
        self._members[(organisation, person)] = main_user

    def see_organisation(self, organisation: OrganisationView) -> None:
        self._organisations[organisation.id] = organisation
        self._written_registers.pop(organisation.id, None)

    def see_standing(self, person: PersonId, standing: Standing) -> None:
        self._standings[person] = standing
        self._written_standings.pop(person, None)

    def _write_standing(self, person: PersonId) -> Written:
        standing = self._standings.get(person)
        if standing is None:
            return NEVER_SEEN
        self._written_standings[person] = written = _write(ladder.standing_rungs(standing))
        return written

    def _written_register(self, organisation: OrganisationId, now: datetime) -> Written:
        before = self._written_registers.get(organisation)
        if before is not None and now < before[1]:
            return before[0]
        known = self._organisations.get(organisation)
        written = _write((ladder.register_rung(known, now=now, oldest=self.register_oldest),))
        if known is not None:
            # A minute: the rung turns on Finnish dates and on the age of our copy.
            self._written_registers[organisation] = (written, now + timedelta(minutes=1))
        return written

    def _written_grant(self, place: Place, roles: tuple[Role, ...], now: datetime) -> Written:
        if self._members.get(place):
            return MAIN_USER
        fitting = [grant for grant in self._grants.get(place, ()) if grant.role in roles]
        if not fitting:
            return NO_GRANT
        best = ladder.best(fitting, now)
        if best.status is not GrantStatus.ACCEPTED or now >= best.ends_at:
            return _write(ladder.grant_rungs(fitting, roles, now))
        written = self._written_grants.get(best.id)
        if written is None:
            self._written_grants[best.id] = written = _write(ladder.in_force_rungs(best))
        return written


def _write(rungs: tuple[Rung, ...]) -> Written:
    # Without what goes without saying: half the bytes to send, and to read for whoever asks.
    written = (rung.model_dump_json(exclude_defaults=True).encode() for rung in rungs)
    return all(rung.holds for rung in rungs), b",".join(written)


@cache
def _written_roles(roles: tuple[Role, ...]) -> bytes:
    return json.dumps([role.value for role in roles], separators=(",", ":")).encode()


MAIN_USER = _write(ladder.main_user_rungs())
NEVER_SEEN = _write(ladder.standing_rungs(None))
NO_GRANT = _write(ladder.grant_rungs((), (), datetime.min.replace(tzinfo=UTC)))
