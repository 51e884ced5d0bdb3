"""What a login yields, whichever way it went: whom somebody trusted vouches for, how, and how surely."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from shared.contracts.assurance import Level


class IdentifierKind(StrEnum):
    """
    What a person is known by.

    *satu* is the electronic identification number, *eidas* the PersonIdentifier of another country's
    means, *katso* the name of a Katso ID.
    """

    PERSONAL_CODE = "personal_code"
    SATU = "satu"
    EIDAS = "eidas"
    KATSO = "katso"


@dataclass(frozen=True, slots=True, kw_only=True)
class VouchedFor:
    """
    Whom a login vouches for: by which identifier, since when, by which *method*, and how sure that is.

    *also* is what else they are known by: whoever announced them may have known that alone. *method* is the
    word of the protocol: an acr, or a reference of an authentication context.
    """

    identifier: str = field(repr=False)
    kind: IdentifierKind = IdentifierKind.PERSONAL_CODE
    also: tuple[tuple[IdentifierKind, str], ...] = field(default=(), repr=False)
    name: str = field(default="", repr=False)
    at: datetime
    method: str
    level: Level
