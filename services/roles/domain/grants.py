"""The life of a grant: offered, answered, ended. A rule returns a new grant, or the same one."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from shared.contracts.base import OrganisationId, PersonId, TextTooLong
from shared.contracts.roles import Acceptance, GrantId, GrantStatus, Ground, Phase, Role
from shared.contracts.roles_refusals import (
    GrantClosed,
    NotYourGrant,
    OfferLapsed,
    ReasonMissing,
    TextChanged,
)

LONGEST_REASON = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """
    A role of an organisation, offered to a person: by a main user, unless it rests on another *ground*.

    *ends_at* is the midnight, Finnish time, after the last day (*valid_until*); what rests on Suomi.fi's
    word, given at *proved_at*, ends with that. *renews* is the role in force that this one was offered to
    follow; they may overlap. From *named_at* on an operator's first file lets the holder act before they
    accept, so that there is a first main user; nobody else's offer does that.
    """

    id: GrantId
    organisation: OrganisationId
    holder: PersonId
    role: Role
    granted_by: PersonId
    inducted_by: PersonId
    offered_at: datetime
    offer_ends_at: datetime
    valid_until: date
    ends_at: datetime
    status: GrantStatus = GrantStatus.OFFERED
    version: int = 1
    acceptance: Acceptance | None = None
    closed_at: datetime | None = None
    closed_by: PersonId | None = None
    reason: str | None = None
    renews: GrantId | None = None
    ground: Ground = Ground.GRANTED
    proved_at: datetime | None = None
    named_at: datetime | None = None

    @property
    def stands_as(self) -> GrantStatus:
        """The status, where whoever was named at first stands as if they had accepted."""
        named = self.named_at is not None and self.status is GrantStatus.OFFERED
        return GrantStatus.ACCEPTED if named else self.status

    def phase(self, now: datetime) -> Phase:
        """Where the grant stands at *now*. That time has run out is computed, never stored."""
        match self.stands_as:
            case GrantStatus.OFFERED:
                over = now >= self.offer_ends_at or now >= self.ends_at
                return Phase.LAPSED if over else Phase.WAITING
            case GrantStatus.ACCEPTED:
                return Phase.EXPIRED if now >= self.ends_at else Phase.IN_FORCE
            case _:
                return Phase(self.status.value)

    def phase_ends(self, now: datetime) -> datetime | None:
        """When time alone will next change the phase; never, if that is None."""
        match self.phase(now):
            case Phase.WAITING:
                return min(self.offer_ends_at, self.ends_at)
            case Phase.IN_FORCE:
                return self.ends_at
            case _:
                return None

    def is_open(self, now: datetime) -> bool:
        """Does it wait, or is it in force?"""
        return self.phase(now) in (Phase.WAITING, Phase.IN_FORCE)

    def accept(self, acceptance: Acceptance, *, by: PersonId, current_text_hash: str) -> "Grant":
        """
        Take up the role. Accepting again changes nothing, so a double click is safe.

        Raises:
            NotYourGrant, GrantClosed, OfferLapsed: it cannot be taken up, or not by *by*.
            TextChanged: *by* was shown another text of the role than the one that applies.
        """
        if by != self.holder:
            raise NotYourGrant
        now = acceptance.accepted_at
        if self.status is GrantStatus.ACCEPTED:
            return self
        if self.status is not GrantStatus.OFFERED:
            raise GrantClosed(status=self.status.value)
        if not self.is_open(now):
            raise OfferLapsed
        if acceptance.text_hash != current_text_hash:
            raise TextChanged
        return replace(self, status=GrantStatus.ACCEPTED, acceptance=acceptance, version=self.version + 1)

    def decline(self, reason: str, *, by: PersonId, now: datetime) -> "Grant":
        """Say no to the offer, and why. An offer that lapsed can still be declined: it does no harm."""
        if by != self.holder:
            raise NotYourGrant
        return self._close(GrantStatus.DECLINED, reason, by=by, now=now, was=GrantStatus.OFFERED, must=True)

    def withdraw(self, reason: str, *, by: PersonId, now: datetime) -> "Grant":
        """Take the offer back. Whether *by* is a main user is checked by the caller."""
        return self._close(GrantStatus.WITHDRAWN, reason, by=by, now=now, was=GrantStatus.OFFERED)

    def revoke(self, reason: str, *, by: PersonId, now: datetime) -> "Grant":
        """End the role. Whether *by* is a main user is checked by the caller."""
        return self._close(GrantStatus.REVOKED, reason, by=by, now=now, was=GrantStatus.ACCEPTED, must=True)

    def relinquish(self, reason: str, *, by: PersonId, now: datetime) -> "Grant":
        """Hand the role back."""
        if by != self.holder:
            raise NotYourGrant
        return self._close(GrantStatus.RELINQUISHED, reason, by=by, now=now, was=GrantStatus.ACCEPTED)

    def _close(
        self,
        how: GrantStatus,
        reason: str,
        *,
        by: PersonId,
        now: datetime,
        was: GrantStatus,
        must: bool = False,
    ) -> "Grant":
        if self.status is how:
            return self
        if self.stands_as is not was:
            raise GrantClosed(status=self.status.value)
        return replace(
            self,
            status=how,
            closed_at=now,
            closed_by=by,
            reason=_reason(reason, must=must),
            version=self.version + 1,
        )


def reason_given(reason: str) -> str:
    """
    *reason*, which must say something.

    Raises:
        ReasonMissing, TextTooLong: it says nothing, or too much.
    """
    given = reason.strip()
    if not given:
        raise ReasonMissing
    if len(given) > LONGEST_REASON:
        raise TextTooLong(field="reason", limit=LONGEST_REASON)
    return given


def _reason(reason: str, *, must: bool) -> str | None:
    return reason_given(reason) if must or reason.strip() else None
