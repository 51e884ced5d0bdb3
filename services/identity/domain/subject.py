"""Whom an identity provider speaks of, by the name that one login has there."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """Whom an assertion is about, for as long as they are logged in there: a name that changes each time."""

    name_id: str = field(repr=False)
    qualifier: str
    sp_qualifier: str
    session_index: str
