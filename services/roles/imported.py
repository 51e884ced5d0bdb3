"""What people could do by their roles in Katso, as the imported listing tells."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from services.roles.domain.legacy import Legacy
from services.roles.domain.mapping import KatsoTable
from shared.contracts.base import OrganisationId, PersonId
from shared.contracts.roles import Role


@dataclass(slots=True)
class ImportedKatso:
    """
    The lines of the Katso listing whose holders are known, by organisation; *table* says what they come to.

    Until something is imported it is empty. What is granted to another organisation is nobody's own.
    """

    table: KatsoTable
    _held: dict[OrganisationId, dict[PersonId, list[Legacy]]] = field(default_factory=dict)

    def see(self, organisation: OrganisationId, lines: Iterable[Legacy]) -> None:
        """Take in all *lines* of *organisation* in the place of those known before."""
        held: dict[PersonId, list[Legacy]] = {}
        for line in lines:
            if line.person is not None and line.receiver is None:
                held.setdefault(line.person, []).append(line)
        self._held[organisation] = held

    def roles(self, organisation: OrganisationId, person: PersonId, day: date) -> frozenset[Role]:
        """The roles that what *person* held in Katso on *day* comes to."""
        return self._come_to(
            line.katso_role for line in self._lines(organisation, person) if line.in_force_in_katso(day)
        )

    def had(self, organisation: OrganisationId, person: PersonId, day: date) -> frozenset[Role]:
        """The roles that all comes to which *person* had in Katso by *day* and which is still needed."""
        return self._come_to(
            line.katso_role
            for line in self._lines(organisation, person)
            if line.is_needed and (line.valid_from is None or line.valid_from <= day)
        )

    def _lines(self, organisation: OrganisationId, person: PersonId) -> Sequence[Legacy]:
        return self._held.get(organisation, {}).get(person, ())

    def _come_to(self, katso_roles: Iterable[str]) -> frozenset[Role]:
        names = frozenset(katso_roles)
        return frozenset().union(*(self.table.target(name, names).roles for name in names))
