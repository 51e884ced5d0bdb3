"""What roles announces of the way from Katso."""

from datetime import date
from typing import ClassVar

from shared.contracts.base import Event, OrganisationId


class WaveOpened(Event):
    """An operator asks the main users of *organisation* to invite a wave of *holders* people."""

    subject: ClassVar[str] = "event.roles.v1.wave.opened"

    organisation: OrganisationId
    number: int
    holders: int
    day: date | None
