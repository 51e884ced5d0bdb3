"""What Suomi.fi vouches for, and what of it counts: the rules of mandates that were proved."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from services.identity.domain.rights import RightsTable
from shared.contracts.base import OrganisationId, PersonId
from shared.contracts.identity import MandateView


@dataclass(frozen=True, slots=True, kw_only=True)
class Vouched:
    """
    One organisation in an answer: the codes of the person's positions in it, and the themes of mandates.

    Unless it is *complete* a register could not be asked, and nothing is proved by what is missing.
    """

    business_id: str
    name: str
    complete: bool
    codes: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What was proved of a person and an organisation at a moment, and until when it is believed."""

    person: PersonId
    business_id: str
    name: str
    complete: bool
    codes: frozenset[str]
    how: str
    proved_at: datetime
    expires_at: datetime

    def holds(self, now: datetime) -> bool:
        """Whether anything may be built on it: incomplete it proves nothing, and old no more."""
        return self.complete and now < self.expires_at


def take_in(
    before: Proof | None,
    vouched: Vouched,
    *,
    person: PersonId,
    how: str,
    now: datetime,
    lifetime: timedelta,
) -> Proof:
    """
    What is proved from *now* on.

    An incomplete answer proves nothing, neither for the person nor against them: what was proved completely
    stays until its time is over. Returns *before* itself when nothing changes.
    """
    if not vouched.complete and before is not None and before.holds(now):
        return before
    return Proof(
        person=person,
        business_id=vouched.business_id,
        name=vouched.name,
        complete=vouched.complete,
        codes=vouched.codes,
        how=how,
        proved_at=now,
        expires_at=now + lifetime,
    )


def shown(
    proof: Proof, organisation: OrganisationId | None, table: RightsTable, now: datetime
) -> MandateView:
    """A proof as others see it, with the rights that *table* gives for it while it holds."""
    codes = proof.codes if proof.holds(now) else frozenset()
    return MandateView(
        organisation=organisation,
        business_id=proof.business_id,
        name=proof.name,
        complete=proof.complete,
        codes=tuple(sorted(proof.codes)),
        unknown_codes=tuple(sorted(table.unknown(proof.codes))),
        rights=tuple(sorted(table.rights(codes))),
        by_register=tuple(sorted(table.rights(codes, by_mandate=False))),
        by_mandate=tuple(sorted(table.rights(codes, by_mandate=True))),
        how=proof.how,
        proved_at=proof.proved_at,
        expires_at=proof.expires_at,
    )
