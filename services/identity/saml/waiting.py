"""What a believed answer says, sealed until the browser comes that it is for."""

import hashlib
import json
from dataclasses import asdict, dataclass, field
from datetime import datetime
from uuid import UUID

from services.identity.domain.subject import Subject
from services.identity.domain.vouching import IdentifierKind, VouchedFor
from services.identity.mandates.sealing import seal, unseal
from shared.contracts.assurance import Level


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """
    Which request was answered, and what Suomi.fi calls the login of the moment *at*, which may last.

    It vouches for somebody, or is not good enough to: then *refused* says why.
    """

    request: str = field(repr=False)
    subject: Subject = field(repr=False)
    at: datetime
    expires_at: datetime
    vouched: VouchedFor | None
    refused: str = ""

    def sealed(self, ticket: str, attempt: UUID) -> str:
        """Itself as it is kept: whoever has *ticket* may read it."""
        return seal(json.dumps(asdict(self), default=str), _key(ticket), attempt)


def opened(sealed: str, ticket: str, attempt: UUID) -> Waiting | None:
    """What was *sealed* with this *ticket*, for this *attempt*."""
    if (text := unseal(sealed, _key(ticket), attempt)) is None:
        return None
    said = json.loads(text)
    vouched = said["vouched"]
    return Waiting(
        request=said["request"],
        subject=Subject(**said["subject"]),
        at=datetime.fromisoformat(said["at"]),
        expires_at=datetime.fromisoformat(said["expires_at"]),
        vouched=vouched
        and VouchedFor(
            identifier=vouched["identifier"],
            kind=IdentifierKind(vouched["kind"]),
            also=tuple((IdentifierKind(kind), told) for kind, told in vouched["also"]),
            name=vouched["name"],
            at=datetime.fromisoformat(vouched["at"]),
            method=vouched["method"],
            level=Level(vouched["level"]),
        ),
        refused=said["refused"],
    )


def _key(ticket: str) -> bytes:
    return hashlib.sha256(f"saml:{ticket}".encode()).digest()
