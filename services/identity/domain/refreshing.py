"""When the register is read, and when a reading of it is believed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from services.identity.domain.register import HELSINKI
from shared.contracts.identity import RegisterEntryInvalid, RegisterShrunk

# A reading that was interrupted longer ago than this is begun anew: the source has moved on.
RESUMABLE = timedelta(hours=2)
# Whoever reads says so with every page; after this long without a word somebody else may go on.
LEASE = timedelta(seconds=90)
RESTARTS = 2
LOSSES_AT_LEAST = 20
LOSSES_SHARE = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Timetable:
    """
    Read the whole register each *night* (Finnish time), what changed *every* so often between.

    After a reading that failed it is tried again after *retry*. *jitter* is this process's own delay, so that
    not everybody calls the code server at the same moment.
    """

    night: time
    every: timedelta
    retry: timedelta
    jitter: timedelta = timedelta()

    def next(
        self, *, whole_at: datetime | None, read_at: datetime | None, failed_at: datetime | None
    ) -> tuple[datetime | None, bool]:
        """When to read next, and whether the whole; without a moment: now."""
        if whole_at is None:
            due, whole = None, True
        else:
            night = self._night_after(whole_at)
            change = max(read_at or whole_at, whole_at) + self.every
            due, whole = (night, True) if night <= change else (change, False)
        if failed_at is not None and (read_at is None or failed_at > read_at):
            due = max(due or failed_at, failed_at + self.retry)
        return due, whole

    def _night_after(self, moment: datetime) -> datetime:
        here = moment.astimezone(HELSINKI)
        night = datetime.combine(here.date(), self.night, HELSINKI) + self.jitter
        while night <= moment:
            night = datetime.combine(night.date() + timedelta(days=1), self.night, HELSINKI) + self.jitter
        return night


def night_of(text: str) -> time:
    """
    The time of day that *text* (``03:30``) is.

    Raises:
        ValueError: it is none.
    """
    return time.fromisoformat(text)


def check_losses(*, gone: int, entries: int, allowed: bool) -> None:
    """
    Make sure that a reading does not lack so much that it can't be the whole register.

    Raises:
        RegisterShrunk: it does, and nobody said that it may.
    """
    if not allowed and gone > max(LOSSES_AT_LEAST, entries * LOSSES_SHARE):
        raise RegisterShrunk(gone=gone, entries=entries)


def check_page(concepts: object) -> Sequence[dict[str, object]]:
    """
    The concept codes of a page.

    Raises:
        RegisterEntryInvalid: they are no list of objects.
    """
    if not isinstance(concepts, list) or not all(isinstance(one, dict) for one in concepts):
        raise RegisterEntryInvalid(field="conceptCodes")
    return concepts
