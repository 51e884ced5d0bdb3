"""What identity is asked about the national organisation register, what it announces, and every *no*."""

from datetime import datetime
from typing import Any, ClassVar

from pydantic import Field

from shared.contracts.base import Command, Event, Proof, Refusal, Request
from shared.contracts.identity.register_views import (
    ImportReport,
    RegisterBranch,
    RegisterName,
    RegisterRun,
    RegisterStatus,
)
from shared.contracts.identity.views import OrganisationView


class ImportRegisterPage(Command[ImportReport]):
    """
    Take in a page of a register of the code server's (csapi JSON: a list of concept codes).

    *fetched_at* is when the page was read from the code server. With a *run* it is page *number* of that
    import, which ends with FinishRegisterImport; sent again it is passed over. By itself it concludes nothing
    of entries that are not in it. Refuses RegisterEntryInvalid, RegisterRunUnknown, RegisterPageUnreadable.
    """

    subject: ClassVar[str] = "rpc.identity.v1.register_page.import"
    proof: ClassVar[Proof] = Proof.PROGRAM

    concept_codes: tuple[dict[str, Any], ...] = Field(max_length=500)
    fetched_at: datetime
    run: int | None = None
    number: int = Field(default=0, ge=0)
    register_name: RegisterName = RegisterName.ORGANISATIONS


class BeginRegisterImport(Command[RegisterRun]):
    """
    Begin to take in a whole register from files, or go on where an import of the same *source* stopped.

    *source* names the files by their digest, *fetched_at* is the moment of which they are. Refuses
    RegisterRunGoing, RegisterEntryInvalid.
    """

    subject: ClassVar[str] = "rpc.identity.v1.register_import.begin"
    proof: ClassVar[Proof] = Proof.PROGRAM

    source: str = Field(min_length=1, max_length=200)
    fetched_at: datetime
    register_name: RegisterName = RegisterName.ORGANISATIONS


class FinishRegisterImport(Command[RegisterRun]):
    """
    Conclude the import *run* of *total* entries: what none of its pages held is no longer in the register.

    With *allow_losses* even if that is much of it. Refuses RegisterRunUnknown, RegisterTotalChanged,
    RegisterShrunk.
    """

    subject: ClassVar[str] = "rpc.identity.v1.register_import.finish"
    proof: ClassVar[Proof] = Proof.PROGRAM

    run: int
    total: int = Field(ge=0)
    allow_losses: bool = False


class RefreshRegister(Command[RegisterStatus]):
    """
    Read a register from the code server now, or all of them: what changed, or the *whole*.

    The answer comes as soon as it is begun; the status tells how it goes. Refuses RegisterNotConfigured,
    RegisterRunGoing.
    """

    subject: ClassVar[str] = "rpc.identity.v1.register.refresh"
    proof: ClassVar[Proof] = Proof.PROGRAM

    whole: bool = False
    allow_losses: bool = False
    register_name: RegisterName | None = None


class GetRegisterStatus(Request[RegisterStatus]):
    """How does our copy of the registers stand, and are they being read?"""

    subject: ClassVar[str] = "rpc.identity.v1.register_status.get"
    proof: ClassVar[Proof] = Proof.PROGRAM


class ShowRegisterEntry(Request[RegisterBranch]):
    """The branch of the register that an OID or a business ID names. Refuses OrganisationUnknown."""

    subject: ClassVar[str] = "rpc.identity.v1.register_entry.show"
    proof: ClassVar[Proof] = Proof.PROGRAM

    text: str = Field(max_length=200)


class AdoptOrganisation(Command[OrganisationView]):
    """
    Take an organisation of the register for a customer of ours.

    Refuses BusinessIdInvalid, OrganisationUnknown.
    """

    subject: ClassVar[str] = "rpc.identity.v1.organisation.adopt"
    proof: ClassVar[Proof] = Proof.PROGRAM

    business_id: str = Field(max_length=20)


class RegisterRead(Event):
    """
    Our copy of a register is as of *as_of* now, the *whole* of it or by its changes.

    What that changes of an organisation is told before, by OrganisationChanged.
    """

    subject: ClassVar[str] = "event.identity.v1.register.was_read"

    as_of: datetime
    whole: bool
    run: int
    register_name: RegisterName = RegisterName.ORGANISATIONS


class RegisterEntryInvalid(Refusal):
    """An entry of the register cannot be read. *field* says where."""

    code = "identity.register_entry_invalid"


class RegisterOidDisagrees(Refusal):
    """An entry's OID is made from another business ID than the entry names."""

    code = "identity.register_oid_disagrees"


class RegisterOidTwice(Refusal):
    """The register has two entries of one OID, which say different things."""

    code = "identity.register_oid_twice"


class RegisterParentsCyclic(Refusal):
    """An entry hangs, over its parents, from itself."""

    code = "identity.register_parents_cyclic"


class RegisterParentUnknown(Refusal):
    """An entry hangs from one that the register does not have."""

    code = "identity.register_parent_unknown"


class RegisterUnreachable(Refusal):
    """The code server does not answer. *why*: connection, timeout or status, then with *status*."""

    code = "identity.register_unreachable"


class RegisterPageUnreadable(Refusal):
    """A page of the register cannot be read. *why*: cut_short, not_json, shape, size or order."""

    code = "identity.register_page_unreadable"


class RegisterTotalChanged(Refusal):
    """The register changed while it was read, and pages do not fit together. *read* and *total* differ."""

    code = "identity.register_total_changed"


class RegisterShrunk(Refusal):
    """So much of the register is missing from a reading (*gone* of *entries*) that it is not believed."""

    code = "identity.register_shrunk"


class RegisterRunGoing(Refusal):
    """The register is being read already."""

    code = "identity.register_run_going"


class RegisterRunUnknown(Refusal):
    """No reading of the register goes by this number."""

    code = "identity.register_run_unknown"


class RegisterNotConfigured(Refusal):
    """Nobody said where the code server is (KANTA_REGISTER_ADDRESS), or that it has this register."""

    code = "identity.register_not_configured"
