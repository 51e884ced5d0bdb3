"""What identity shows of the national organisation register, and of how it is read."""

from datetime import date, datetime
from enum import StrEnum

from pydantic import Field

from shared.contracts.base import Message


class RegisterName(StrEnum):
    """
    Which of the code server's registers an entry is in.

    *organisations* is the SOTE organisation register, *practitioners* Valvira's register of self-employed
    practitioners of health care.
    """

    ORGANISATIONS = "organisations"
    PRACTITIONERS = "practitioners"


class RegisterState(StrEnum):
    """What the national register says of an organisation; *absent* means that it says nothing."""

    ACTIVE = "active"
    PROPOSAL = "proposal"
    DELETED = "deleted"
    ABSENT = "absent"


class RegisterKeeper(StrEnum):
    """
    Where an organisation mends what the register says of it.

    Private providers do so in the licence register (Soteri), public ones in their own entry, pharmacies in
    Fimea's pharmacy register, and self-employed practitioners in Valvira's register of them.
    """

    LICENCE_REGISTER = "licence_register"
    OWN_ENTRY = "own_entry"
    PHARMACY_REGISTER = "pharmacy_register"
    PRACTITIONER_REGISTER = "practitioner_register"


class ImportReport(Message):
    """What came of a page of the register: counts, and the entries refused with a stable code each."""

    added: int
    changed: int
    unchanged: int
    refused: tuple[tuple[str, str], ...]


class RegisterRun(Message):
    """
    One reading of a register, from *started_at* on.

    *outcome* is empty while it goes on, ``complete``, or the code of what stopped it, with *detail*. *page*
    is the last page taken, and *total* how many entries the source says that it has, where it says so.
    *gone* counts entries that a whole reading no longer found.
    """

    id: int
    register_name: RegisterName = RegisterName.ORGANISATIONS
    whole: bool
    source: str
    started_at: datetime
    finished_at: datetime | None = None
    outcome: str = ""
    detail: str = ""
    page: int = 0
    read: int = 0
    total: int | None = None
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0
    gone: int = 0


class RegisterFinding(Message):
    """An entry that is not believed, since *found_at*, for the reason that *code* names."""

    oid: str
    register_name: RegisterName = RegisterName.ORGANISATIONS
    code: str
    detail: str = ""
    found_at: datetime


class RegisterCopy(Message):
    """
    How our copy of one register stands, as RegisterStatus tells it of all.

    *classification* is its OID at the code server, empty if nobody reads it from there. *without_business_id*
    counts entries that name none: they lead to no organisation.
    """

    register_name: RegisterName
    classification: str = ""
    read_at: datetime | None = None
    whole_at: datetime | None = None
    stale_at: datetime | None = None
    next_at: datetime | None = None
    entries: int = 0
    without_business_id: int = 0
    latest: RegisterRun | None = None
    failed: RegisterRun | None = None
    findings: int = 0


class RegisterStatus(Message):
    """
    How our copy of the registers stands, of all of them together; *registers* tells of each.

    *read_at* is the moment of which the oldest of them is, *stale_at* when that is too old to open the gate.
    *address* is where they are read from, empty if nobody set one; then they are read from files only.
    *failed* is the latest reading that was stopped, if none of that register was complete since.
    """

    address: str = ""
    read_at: datetime | None = None
    whole_at: datetime | None = None
    stale_at: datetime | None = None
    next_at: datetime | None = None
    entries: int = 0
    customers: int = 0
    going: RegisterRun | None = None
    latest: RegisterRun | None = None
    failed: RegisterRun | None = None
    findings: int = 0
    first_findings: tuple[RegisterFinding, ...] = ()
    registers: tuple[RegisterCopy, ...] = ()


class RegisterEntryView(Message):
    """
    An entry as the register has it, and what is wrong with it, as a stable code.

    *depth* is how far beneath the first entry of a branch it hangs. The four flags are the register's own:
    a unit of health or social care, operating or serving.
    """

    oid: str
    register_name: RegisterName = RegisterName.ORGANISATIONS
    parent: str | None
    depth: int = 0
    business_id: str
    name: str
    state: RegisterState
    state_since: datetime
    valid_from: date | None
    valid_until: date | None
    health_operating: bool
    social_operating: bool
    health_service: bool
    social_service: bool
    municipality: str = ""
    contact: str = ""
    trouble: str = ""


class RegisterBranch(Message):
    """What hangs together, from the top: an operating unit and its service units. At most 200 entries."""

    entries: tuple[RegisterEntryView, ...] = Field(max_length=200)
    cut: bool = False
    keeper: RegisterKeeper | None = None
    customer: bool = False
