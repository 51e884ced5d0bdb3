"""What an entry of the national organisation register says, once it has been read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from services.identity.domain import codes
from shared.contracts.identity import OrganisationKind, RegisterEntryInvalid, RegisterState

HELSINKI = ZoneInfo("Europe/Helsinki")
OPEN_DATES = {date(1900, 1, 1), date(2100, 12, 31)}
CLOCKS_DIFFER_BY = timedelta(minutes=5)
LONGEST_NAME = 300


class Sector(StrEnum):
    """The register's word for who runs a provider."""

    PUBLIC = "1"
    PRIVATE = "2"


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterEntry:
    """
    One line of the register: a whole provider, or one of its units.

    *valid_from* and *valid_until* are Finnish dates, both included; empty means open.
    """

    oid: str
    business_id: str
    name: str
    sector: Sector
    state: RegisterState
    valid_from: date | None
    valid_until: date | None

    @property
    def is_provider(self) -> bool:
        """Whether this is the whole provider, and not one of its units."""
        return self.oid == codes.provider_oid(self.business_id)

    @property
    def kind(self) -> OrganisationKind:
        """What the sector tells of the kind; an operator may know better."""
        return OrganisationKind.PUBLIC if self.sector is Sector.PUBLIC else OrganisationKind.COMPANY


def read_entry(concept: Mapping[str, Any]) -> RegisterEntry:
    """
    Read a concept code of the code server.

    Raises:
        RegisterEntryInvalid: it cannot be read; *field* says where.
        BusinessIdInvalid: its business ID is none.
    """
    attributes = _attributes(concept)
    oid = codes.oid(_text(concept.get("conceptCodeId"), "conceptCodeId"))
    business_id = _business_id(attributes.get("Y-Tunnus", ""), oid)
    name = " ".join(attributes.get("LongName", "").split())
    if not name or len(name) > LONGEST_NAME:
        raise RegisterEntryInvalid(field="LongName")
    entry = RegisterEntry(
        oid=oid,
        business_id=business_id,
        name=name,
        sector=_sector(attributes.get("Sektori", "")),
        state=_state(concept.get("status")),
        valid_from=_date(concept, "beginDate"),
        valid_until=_date(concept, "expirationDate"),
    )
    if entry.valid_from and entry.valid_until and entry.valid_until < entry.valid_from:
        raise RegisterEntryInvalid(field="expirationDate")
    return entry


def check_fetched_at(fetched_at: datetime, now: datetime) -> None:
    """
    Make sure that a page was read at a moment that has been.

    A page from the future would count as fresh for too long, and keep real news out.

    Raises:
        RegisterEntryInvalid: it was not.
    """
    if fetched_at.tzinfo is None or fetched_at > now + CLOCKS_DIFFER_BY:
        raise RegisterEntryInvalid(field="fetched_at")


def _attributes(concept: Mapping[str, Any]) -> dict[str, str]:
    listed = concept.get("attributes")
    if not isinstance(listed, list):
        raise RegisterEntryInvalid(field="attributes")
    found: dict[str, str] = {}
    for one in listed:
        if not isinstance(one, dict) or not isinstance(one.get("attributeName"), str):
            raise RegisterEntryInvalid(field="attributes")
        name, values = one["attributeName"], one.get("attributeValue")
        if values is None or values == []:
            continue
        found[name] = _text(values[0] if isinstance(values, list) else values, name[:80])
    return found


def _text(value: object, field: str) -> str:
    # PostgreSQL takes no zero byte in a text.
    if not isinstance(value, str) or "\0" in value:
        raise RegisterEntryInvalid(field=field)
    return value


def _business_id(written: str, oid: str) -> str:
    of_oid = codes.business_id_within(oid)
    business_id = codes.business_id(written) if written.strip() else of_oid
    if business_id is None or (of_oid is not None and of_oid != business_id):
        raise RegisterEntryInvalid(field="Y-Tunnus")
    return business_id


def _sector(written: str) -> Sector:
    try:
        return Sector(written.strip()[:1])
    except ValueError:
        raise RegisterEntryInvalid(field="Sektori") from None


def _state(status: object) -> RegisterState:
    try:
        state = RegisterState(str(status).lower())
    except ValueError:
        raise RegisterEntryInvalid(field="status") from None
    if state is RegisterState.ABSENT:
        raise RegisterEntryInvalid(field="status")
    return state


def _date(concept: Mapping[str, Any], field: str) -> date | None:
    written = concept.get(field)
    if written is None or written == "":
        return None
    try:
        moment = datetime.fromisoformat(_text(written, field))
    except ValueError:
        raise RegisterEntryInvalid(field=field) from None
    day = (moment.astimezone(HELSINKI) if moment.tzinfo else moment).date()
    return None if day in OPEN_DATES else day
