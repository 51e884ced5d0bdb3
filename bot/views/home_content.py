"""All that a Home tab shows, before it is drawn."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.views.acting import ONE, Acts
from bot.views.grants import Scene
from bot.views.text import plain
from bot.words.dates import FINLAND
from shared.contracts.base import Language, OrganisationId, PersonId
from shared.contracts.contacts import Contacts
from shared.contracts.identity import OrganisationView, PersonView
from shared.contracts.legacy import LegacyGrantView, MigrationView
from shared.contracts.roles import GrantId, GrantView, Holding, Role, RoleText


@dataclass(frozen=True, slots=True)
class OrganisationContent:
    """
    What somebody sees of an organisation that they act for.

    Grants, and the way from Katso, are for its main users; *contacts* is missing where the person may
    not see them.
    """

    organisation: OrganisationView
    holdings: tuple[Holding, ...] = ()
    grants: tuple[GrantView, ...] = ()
    contacts: Contacts | None = None
    main_user: bool = True
    migration: MigrationView | None = None
    register_stale: bool = False

    @property
    def id(self) -> OrganisationId:
        return self.organisation.id

    @property
    def name(self) -> str:
        """Its name, as it stands in light markup."""
        return plain(self.organisation.name, 200)


@dataclass(frozen=True, slots=True)
class HomeContent:
    """
    Offers, roles and organisations of one person, and the names around them.

    *waits_elsewhere* says that an offer waits which this workspace may not show, *out_of_sight* which of the
    organisations' offers their holders cannot see.
    """

    language: Language
    now: datetime
    mine: tuple[GrantView, ...]
    organisations: tuple[OrganisationContent, ...]
    texts: Mapping[tuple[Role, Language], RoleText]
    people: Mapping[PersonId, PersonView]
    names: Mapping[OrganisationId, OrganisationView]
    member_of: tuple[OrganisationView, ...] = ()
    left: frozenset[PersonId] = frozenset()
    claimable: tuple[OrganisationView, ...] = ()
    had_in_katso: tuple[LegacyGrantView, ...] = ()
    waits_elsewhere: bool = False
    out_of_sight: frozenset[GrantId] = frozenset()
    zone: ZoneInfo = FINLAND
    acts: Acts = ONE

    def title(self, role: Role) -> str:
        return plain(self.texts[role, self.language].title, 140)

    def name(self, organisation: OrganisationId) -> str:
        found = self.names.get(organisation)
        return plain(found.name, 200) if found else "-"

    def scene(self, grant: GrantView) -> Scene:
        return Scene(
            language=self.language,
            text=self.texts[grant.role, self.language],
            organisation=self.names.get(grant.organisation),
            granter=self.people.get(grant.granted_by),
            holder=self.people.get(grant.holder),
            zone=self.zone,
            ground=grant.ground,
        )
