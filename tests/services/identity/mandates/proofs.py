"""Makes proofs for tests."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from services.identity.domain.mandates import Proof, Vouched, take_in
from shared.contracts.base import PersonId

SOMEBODY = PersonId(UUID("11111111-1111-1111-1111-111111111111"))
AT = datetime(2026, 11, 26, 12, tzinfo=UTC)
LIFETIME = timedelta(hours=24)


def vouched(*codes: str, complete: bool = True, business_id: str = "9100010-1") -> Vouched:
    return Vouched(business_id=business_id, name="Mallitieto", complete=complete, codes=frozenset(codes))


def proved(before: Proof | None, now_vouched: Vouched, at: datetime = AT) -> Proof:
    return take_in(before, now_vouched, person=SOMEBODY, how="ypa", now=at, lifetime=LIFETIME)
