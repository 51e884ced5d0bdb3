"""What people could do by their roles in Katso, as the imported listing tells."""

from collections.abc import Iterable
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
        lines = self._held.get(organisation, {}).get(person, ())
        names = {line.katso_role for line in lines if line.in_force_in_katso(day)}
        return frozenset().union(*(self.table.target(name, names).roles for name in names))
