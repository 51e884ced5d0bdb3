"""What an entry of the national organisation register says, once it has been read."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from services.identity.domain import codes
from shared.contracts.identity import (
    OrganisationKind,
    RegisterEntryInvalid,
    RegisterKeeper,
    RegisterOidDisagrees,
    RegisterState,
)

HELSINKI = ZoneInfo("Europe/Helsinki")
OPEN_DATES = {date(1900, 1, 1), date(2100, 12, 31)}
CLOCKS_DIFFER_BY = timedelta(minutes=5)
LONGEST_NAME = 300
LONGEST_DETAIL = 200


class Sector(StrEnum):
    """The register's word for who runs a provider."""

    PUBLIC = "1"
    PRIVATE = "2"


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterEntry:
    """
    One line of the register: a whole provider, or one of its units.

    *valid_from* and *valid_until* are Finnish dates, both included; empty means open. *parent* is the OID of
    what it hangs from. The four flags are the register's: a unit of health or social care, operating or
    serving.
    """

    oid: str
    parent: str | None
    level: int | None
    business_id: str
    name: str
    sector: Sector
    state: RegisterState
    valid_from: date | None
    valid_until: date | None
    health_operating: bool
    social_operating: bool
    health_service: bool
    social_service: bool
    municipality: str
    street_address: str
    post_address: str
    post_number: str
    post_office: str
    telephone: str

    @property
    def is_provider(self) -> bool:
        """Whether this is the whole provider, and not one of its units."""
        return self.oid == codes.provider_oid(self.business_id)

    @property
    def kind(self) -> OrganisationKind:
        """What the sector tells of the kind; an operator may know better."""
        return kind_of(self.sector)

    def said(self) -> dict[str, Any]:
        """Field by field, all of it. asdict() would copy each, which was a quarter of an import's time."""
        return {name: getattr(self, name) for name in _FIELDS}

    @property
    def digest(self) -> str:
        """The same for two entries that say the same."""
        said = "\0".join(map(str, self.said().values()))
        return hashlib.blake2b(said.encode(), digest_size=16).hexdigest()


_FIELDS = tuple(RegisterEntry.__dataclass_fields__)


def kind_of(sector: Sector) -> OrganisationKind:
    """The kind that *sector* suggests."""
    return OrganisationKind.PUBLIC if sector is Sector.PUBLIC else OrganisationKind.COMPANY


def keeper(kind: OrganisationKind, sector: Sector | None) -> RegisterKeeper:
    """
    Where an organisation mends its entry: what feeds the register differs by sector (kanta.fi, thl.fi).

    Pharmacies come from Fimea's register, practitioners from Valvira's, other private providers from the
    licence register; public bodies keep their own entry.
    """
    if kind is OrganisationKind.PHARMACY:
        return RegisterKeeper.PHARMACY_REGISTER
    if kind is OrganisationKind.SELF_EMPLOYED:
        return RegisterKeeper.PRACTITIONER_REGISTER
    public = sector is Sector.PUBLIC if sector is not None else kind is OrganisationKind.PUBLIC
    return RegisterKeeper.OWN_ENTRY if public else RegisterKeeper.LICENCE_REGISTER


def read_entry(concept: Mapping[str, Any]) -> RegisterEntry:
    """
    Read a concept code of the code server.

    Raises:
        RegisterEntryInvalid: it cannot be read; *field* says where.
        RegisterOidDisagrees: its OID is made from another business ID than it names.
        BusinessIdInvalid: its business ID is none.
    """
    attributes = _attributes(concept)
    oid = codes.oid(_text(concept.get("conceptCodeId"), "conceptCodeId"))
    entry = RegisterEntry(
        oid=oid,
        parent=_parent(attributes.get("ParentId", "")),
        level=_level(attributes.get("HierarchyLevel", "")),
        business_id=_business_id(attributes.get("Y-Tunnus", ""), oid),
        name=_name(attributes.get("LongName", "")),
        sector=_sector(attributes.get("Sektori", "")),
        state=_state(concept.get("status")),
        valid_from=_date(concept, "beginDate"),
        valid_until=_date(concept, "expirationDate"),
        health_operating=_flag(attributes, "Terv.toimintayksikkö"),
        social_operating=_flag(attributes, "Sos.toimintayksikkö"),
        health_service=_flag(attributes, "Terv.palveluyksikkö"),
        social_service=_flag(attributes, "Sos.palveluyksikkö"),
        municipality=_detail(attributes, "Sijainti kunta"),
        street_address=_detail(attributes, "StreetAddress"),
        post_address=_detail(attributes, "PostAddress"),
        post_number=_detail(attributes, "PostNumber"),
        post_office=_detail(attributes, "PostOffice"),
        telephone=_detail(attributes, "telephone"),
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
    # PostgreSQL takes no zero byte in a text, and no half of a surrogate pair goes into any file.
    if not isinstance(value, str) or "\0" in value or not _whole(value):
        raise RegisterEntryInvalid(field=field.encode(errors="replace").decode().replace("\0", "?"))
    return value


def _whole(text: str) -> bool:
    try:
        return text.isascii() or bool(text.encode())
    except UnicodeEncodeError:
        return False


def _name(written: str) -> str:
    name = " ".join(written.split())
    if not name or len(name) > LONGEST_NAME:
        raise RegisterEntryInvalid(field="LongName")
    return name


def _detail(attributes: Mapping[str, str], name: str) -> str:
    # To show and to print on an envelope: what is too long is cut, and no reason to refuse an entry.
    return " ".join(attributes.get(name, "").split())[:LONGEST_DETAIL]


def _flag(attributes: Mapping[str, str], name: str) -> bool:
    written = attributes.get(name, "").strip()
    if written not in ("T", "F", ""):
        raise RegisterEntryInvalid(field=name)
    return written == "T"


def _parent(written: str) -> str | None:
    if not written.strip():
        return None
    try:
        return codes.oid(written.strip())
    except RegisterEntryInvalid:
        raise RegisterEntryInvalid(field="ParentId") from None


def _level(written: str) -> int | None:
    if not (digits := written.strip()):
        return None
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 2):
        raise RegisterEntryInvalid(field="HierarchyLevel")
    return int(digits)


def _business_id(written: str, oid: str) -> str:
    of_oid = codes.business_id_within(oid)
    business_id = codes.business_id(written) if written.strip() else of_oid
    if business_id is None:
        raise RegisterEntryInvalid(field="Y-Tunnus")
    if of_oid != business_id and oid.startswith(codes.UNDER_BUSINESS_IDS):
        raise RegisterOidDisagrees(field="Y-Tunnus")
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
        day = (moment.astimezone(HELSINKI) if moment.tzinfo else moment).date()
    except (ValueError, OverflowError):
        raise RegisterEntryInvalid(field=field) from None
    return None if day in OPEN_DATES else day
