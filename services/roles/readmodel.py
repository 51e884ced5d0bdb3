"""What a check needs, in memory: filled from our tables at start, kept current as transactions commit."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from services.roles import written
from services.roles.domain import ladder
from services.roles.domain.days import FINLAND
from services.roles.domain.grants import Grant
from services.roles.domain.ladder import Matrix, Standing
from services.roles.domain.legacy import Legacy
from services.roles.domain.policy import Policy
from services.roles.domain.rights import ByKatso, ByRight, by_katso
from services.roles.domain.vouching import Mandate, acts_for
from services.roles.imported import ImportedKatso
from services.roles.storage import Grants, Known, LegacyGrants, MainUserRows
from shared.contracts.base import ActorNotProved, OrganisationId, PersonId
from shared.contracts.identity import OrganisationView, RegisterName
from shared.contracts.roles import AccessAnswer, Rung
from shared.contracts.roles_refusals import ActionUnknown, BehindTheFacts
from shared.storage.transaction import Transaction

Place = tuple[OrganisationId, PersonId]

# The register's rung turns on Finnish dates and on the age of our copy.
REGISTER_STANDS = timedelta(minutes=1)


@dataclass(slots=True)
class ReadModel:
    """
    Answers checks without touching a database.

    Written to on the event loop's thread only, when a commit is told of.
    """

    matrix: Matrix
    register_oldest: timedelta
    policy: Policy
    imported: ImportedKatso
    revision: int = 0
    register_reads: dict[RegisterName, datetime] = field(default_factory=dict)
    _grants: dict[Place, tuple[Grant, ...]] = field(default_factory=dict)
    _members: set[Place] = field(default_factory=set)
    _mandates: dict[tuple[str, PersonId], Mandate] = field(default_factory=dict)
    # The same by organisation. Dictionaries for their order: the first to come is named first.
    _holders: dict[OrganisationId, dict[PersonId, None]] = field(default_factory=dict)
    _organisations: dict[OrganisationId, OrganisationView] = field(default_factory=dict)
    _standings: dict[PersonId, Standing] = field(default_factory=dict)
    # What was written of the above, each when it was first asked about. The keys are numbers: a UUID is
    # hashed and compared in Python, and nothing is asked so often as a check.
    _actions: dict[str, tuple[written.Mask, bytes]] = field(init=False)
    _standing_parts: dict[int, written.Part] = field(default_factory=dict)
    _register_parts: dict[int, tuple[datetime, written.Part]] = field(default_factory=dict)
    _places: dict[tuple[int, int], written.Place] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._actions = written.actions(self.matrix)

    def load(self, tx: Transaction) -> None:
        """Fill the model from the service's own tables."""
        known = Known(tx)
        self.register_reads = known.register_reads()
        for organisation in known.organisations():
            self.see_organisation(organisation)
        for of, person in known.members():
            self.see_member(of, person)
        for person, standing in known.standings():
            self.see_standing(person, standing)
        for mandate in MainUserRows(tx).all_mandates():
            self.see_mandate(mandate)
        legacy = LegacyGrants(tx)
        for of in legacy.organisations():
            self.see_katso(of, legacy.of_organisation(of))
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
            self._register_rung(organisation, now),
            *self._by_right(place, now).rungs(roles, now),
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
        wanted = self._actions.get(action)
        if wanted is None:
            raise ActionUnknown(known=[*self._actions])
        self._must_know_of(at_least)
        roles, written_roles = wanted
        place = self._places.get((organisation.int, person.int))
        if place is None or now >= place[0]:
            place = self._write_place(organisation, person, now)
        granted = place[2]
        for good_for, part in place[1]:
            if good_for & roles or good_for == written.ALL:
                granted = part
                break
        current = self._register_parts.get(organisation.int)
        if current is None or now >= current[0]:
            current = self._write_register(organisation, now)
        standing = self._standing_parts.get(person.int) or self._write_standing(person)
        return written.together(standing, current[1], granted, written_roles, self.revision)

    def _must_know_of(self, revision: int) -> None:
        if revision > self.revision:
            raise BehindTheFacts(revision=revision)

    def check_counts(self, person: PersonId, known: int) -> None:
        """
        Make sure that what identity vouched for when it *known* so much counts.

        Raises:
            ActorNotProved: a chat account of theirs was unlinked after that.
        """
        standing = self._standings.get(person)
        if standing is not None and known < standing.void_before:
            raise ActorNotProved(why="ended")

    def is_main_user(self, organisation: OrganisationId, person: PersonId, now: datetime) -> bool:
        return self._by_right((organisation, person), now).is_main_user(now)

    def is_member(self, organisation: OrganisationId, person: PersonId) -> bool:
        return (organisation, person) in self._members

    def grants(self, organisation: OrganisationId, person: PersonId) -> Iterable[Grant]:
        """A person's grants in an organisation."""
        return self._grants.get((organisation, person), ())

    def of_organisation(self, organisation: OrganisationId) -> Iterable[Grant]:
        """An organisation's open grants, whoever holds them."""
        for person in list(self._holders.get(organisation, ())):
            yield from self._grants[(organisation, person)]

    def see_grant(self, grant: Grant, revision: int) -> None:
        """Take in what was decided on *grant*, unless something later is known already."""
        place = (grant.organisation, grant.holder)
        several = self._grants.get(place, ())
        if any(known.id == grant.id and known.version > grant.version for known in several):
            return
        self._grants[place] = (grant, *(known for known in several if known.id != grant.id))
        self._holders.setdefault(grant.organisation, {})[grant.holder] = None
        self._places.pop((grant.organisation.int, grant.holder.int), None)
        self.revision = max(self.revision, revision)

    def see_member(self, organisation: OrganisationId, person: PersonId) -> None:
        self._members.add((organisation, person))

    def see_mandate(self, mandate: Mandate) -> None:
        self._mandates[mandate.business_id, mandate.person] = mandate
        # Seldom, and of few: who is asked about again is written anew.
        for place in [one for one in self._places if one[1] == mandate.person.int]:
            del self._places[place]

    def see_katso(self, organisation: OrganisationId, lines: Sequence[Legacy]) -> None:
        self.imported.see(organisation, lines)
        self._places.clear()

    def see_organisation(self, organisation: OrganisationView) -> None:
        known = self._organisations.get(organisation.id)
        if known is not None and known.kind is not organisation.kind:
            self._places.clear()
        self._organisations[organisation.id] = organisation
        self._register_parts.pop(organisation.id.int, None)

    def see_register_read(self, register: RegisterName, as_of: datetime) -> None:
        self.register_reads[register] = as_of
        self._register_parts.clear()

    def see_standing(self, person: PersonId, standing: Standing) -> None:
        self._standings[person] = standing
        self._standing_parts.pop(person.int, None)

    def is_stale(self, organisation: OrganisationId, now: datetime) -> bool:
        """Whether the entry of *organisation* is in order, but our copy of it too old to open the gate."""
        return self._register_rung(organisation, now).code == ladder.STALE

    def _register_rung(self, organisation: OrganisationId, now: datetime) -> Rung:
        known = self._organisations.get(organisation)
        return ladder.register_rung(
            known,
            now=now,
            oldest=self.register_oldest,
            read_at=self.register_reads.get(known.register_name) if known else None,
        )

    def _write_standing(self, person: PersonId) -> written.Part:
        standing = self._standings.get(person)
        if standing is None:
            # Not kept: anybody can be asked about.
            return written.NEVER_SEEN
        part = self._standing_parts[person.int] = written.part(ladder.standing_rungs(standing))
        return part

    def _write_register(self, organisation: OrganisationId, now: datetime) -> tuple[datetime, written.Part]:
        made = now + REGISTER_STANDS, written.part((self._register_rung(organisation, now),))
        if organisation in self._organisations:
            self._register_parts[organisation.int] = made
        return made

    def _write_place(self, organisation: OrganisationId, person: PersonId, now: datetime) -> written.Place:
        by_right = self._by_right((organisation, person), now)
        if by_right.is_nothing:
            # Not kept: anybody can be asked about.
            return written.NOTHING
        made = self._places[(organisation.int, person.int)] = written.place(by_right, now)
        return made

    def _by_right(self, place: Place, now: datetime) -> ByRight:
        """By what right somebody acts somewhere."""
        organisation, person = place
        known = self._organisations.get(organisation)
        mandate = self._mandates.get((known.business_id, person)) if known and self._mandates else None
        return ByRight(
            grants=self._grants.get(place, ()),
            mandate=acts_for(mandate, known.kind, self.policy, now) if known and mandate else None,
            katso=self._katso(known, person, now) if known else None,
        )

    def _katso(self, organisation: OrganisationView, person: PersonId, now: datetime) -> ByKatso | None:
        today = now.astimezone(FINLAND).date()
        roles = self.imported.roles(organisation.id, person, today)
        had = self.imported.had(organisation.id, person, today)
        return by_katso(roles, had, organisation.kind, self.policy, now) if roles or had else None
