"""What an entry of a national register says, once it has been read."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from services.identity.domain import codes
from services.identity.domain.registers import FORMS, ORGANISATIONS, PRACTITIONERS, Form, Sector
from shared.contracts.identity import RegisterEntryInvalid, RegisterOidDisagrees, RegisterState

HELSINKI = ZoneInfo("Europe/Helsinki")
OPEN_DATES = {date(1900, 1, 1), date(2100, 12, 31)}
CLOCKS_DIFFER_BY = timedelta(minutes=5)
LONGEST_NAME = 300
LONGEST_DETAIL = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterEntry:
    """
    One line of a register: a whole provider, one of its units, or a self-employed practitioner.

    *valid_from* and *valid_until* are Finnish dates, both included; empty means open. *parent* is the OID of
    what it hangs from. The four flags are the register's: a unit of health or social care, operating or
    serving. A practitioner's *business_id* may be empty.
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

    def said(self) -> dict[str, Any]:
        """Field by field, all of it. asdict() would copy each, which was a quarter of an import's time."""
        return {name: getattr(self, name) for name in _FIELDS}

    @property
    def digest(self) -> str:
        """The same for two entries that say the same."""
        said = "\0".join(map(str, self.said().values()))
        return hashlib.blake2b(said.encode(), digest_size=16).hexdigest()


_FIELDS = tuple(RegisterEntry.__dataclass_fields__)


def read_entry(concept: Mapping[str, Any], form: Form = FORMS[ORGANISATIONS]) -> RegisterEntry:
    """
    Read a concept code of the code server, of a register that is written in *form*.

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
        business_id=_business_id(attributes.get(form.business_id, ""), oid, form),
        name=_name(attributes.get("LongName", "")),
        sector=_sector(attributes.get("Sektori", ""), form),
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


def _business_id(written: str, oid: str, form: Form) -> str:
    of_oid = codes.business_id_within(oid)
    business_id = codes.business_id(written) if written.strip() else of_oid
    if business_id is None:
        if form.register is PRACTITIONERS:
            # The OID is what identifies them; without a business ID they lead to no customer.
            return ""
        raise RegisterEntryInvalid(field=form.business_id)
    if of_oid != business_id and oid.startswith(codes.UNDER_BUSINESS_IDS):
        raise RegisterOidDisagrees(field=form.business_id)
    return business_id


def _sector(written: str, form: Form) -> Sector:
    if form.register is PRACTITIONERS and not written.strip():
        return Sector.PRIVATE
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
