"""What roles announces."""

from datetime import datetime
from typing import ClassVar

from shared.contracts.base import Event, OrganisationId, PersonId
from shared.contracts.roles.views import GrantView


class GrantDecided(Event):
    """What every announcement about a grant carries."""

    grant: GrantView


class GrantOffered(GrantDecided):
    """A role was offered: by a main user, by an operator, or because Suomi.fi vouches for it."""

    subject: ClassVar[str] = "event.roles.v1.grant.offered"


class GrantNamed(GrantDecided):
    """An operator's first file named a main user: in force, and not accepted yet."""

    subject: ClassVar[str] = "event.roles.v1.grant.named"


class GrantAccepted(GrantDecided):
    """The holder took up a role; it is in force."""

    subject: ClassVar[str] = "event.roles.v1.grant.accepted"


class GrantProved(GrantDecided):
    """Suomi.fi was asked again: what rests on its word ends at another time."""

    subject: ClassVar[str] = "event.roles.v1.grant.proved"


class GrantDeclined(GrantDecided):
    """The holder said no."""

    subject: ClassVar[str] = "event.roles.v1.grant.declined"


class GrantWithdrawn(GrantDecided):
    """A main user took an offer back."""

    subject: ClassVar[str] = "event.roles.v1.grant.withdrawn"


class GrantRevoked(GrantDecided):
    """A main user ended a role."""

    subject: ClassVar[str] = "event.roles.v1.grant.revoked"


class GrantRelinquished(GrantDecided):
    """The holder handed a role back."""

    subject: ClassVar[str] = "event.roles.v1.grant.relinquished"


class PlaceChanged(Event):
    """
    A person belongs to an organisation, and is its main user until *until* (empty: without end) or is not.

    Told of everybody who is named to, accepts or loses the role of a main user, or accepts a role on
    Suomi.fi's word.
    """

    subject: ClassVar[str] = "event.roles.v1.place.changed"

    organisation: OrganisationId
    person: PersonId
    main_user: bool
    until: datetime | None = None
