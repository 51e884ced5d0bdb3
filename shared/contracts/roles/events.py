"""What roles announces."""

from typing import ClassVar

from shared.contracts.base import (
    Event,
)
from shared.contracts.roles.views import GrantView


class GrantDecided(Event):
    """What every announcement about a grant carries."""

    grant: GrantView


class GrantOffered(GrantDecided):
    """A main user offered a role."""

    subject: ClassVar[str] = "event.roles.v1.grant.offered"


class GrantAccepted(GrantDecided):
    """The holder took up a role; it is in force."""

    subject: ClassVar[str] = "event.roles.v1.grant.accepted"


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
