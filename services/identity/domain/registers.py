"""The two registers of the code server: how they are written, and what being in one tells."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol, TypeVar

from shared.contracts.identity import OrganisationKind, RegisterKeeper, RegisterName, RegisterState

ORGANISATIONS, PRACTITIONERS = RegisterName.ORGANISATIONS, RegisterName.PRACTITIONERS


class Sector(StrEnum):
    """The register's word for who runs a provider."""

    PUBLIC = "1"
    PRIVATE = "2"


@dataclass(frozen=True, slots=True)
class Form:
    """How entries of a register are written: *business_id* is the attribute that names the business ID."""

    register: RegisterName
    business_id: str = "Y-Tunnus"


# THL's attribute names (csapi and XML export). That practitioners' entries name the business ID alike is this
# project's default: an operator may set another name.
FORMS: Mapping[RegisterName, Form] = {one: Form(one) for one in RegisterName}


class Entered(Protocol):
    """An entry of either register, as it is kept."""

    @property
    def oid(self) -> str: ...
    @property
    def register_name(self) -> RegisterName: ...
    @property
    def state(self) -> RegisterState: ...
    @property
    def trouble(self) -> str: ...
    @property
    def valid_from(self) -> date | None: ...
    @property
    def valid_until(self) -> date | None: ...


T = TypeVar("T", bound=Entered)


def kind_of(register: RegisterName, sector: Sector) -> OrganisationKind:
    """The kind that an entry in *register*, of *sector*, suggests."""
    if register is PRACTITIONERS:
        return OrganisationKind.SELF_EMPLOYED
    return OrganisationKind.PUBLIC if sector is Sector.PUBLIC else OrganisationKind.COMPANY


def keeper(
    kind: OrganisationKind, sector: Sector | None, register: RegisterName | None = None
) -> RegisterKeeper:
    """
    Where an organisation mends its entry: what feeds the register differs by sector (kanta.fi, thl.fi).

    Pharmacies come from Fimea's register, practitioners from Valvira's, other private providers from the
    licence register; public bodies keep their own entry.
    """
    if register is PRACTITIONERS:
        return RegisterKeeper.PRACTITIONER_REGISTER
    if kind is OrganisationKind.PHARMACY:
        return RegisterKeeper.PHARMACY_REGISTER
    if kind is OrganisationKind.SELF_EMPLOYED:
        return RegisterKeeper.PRACTITIONER_REGISTER
    public = sector is Sector.PUBLIC if sector is not None else kind is OrganisationKind.PUBLIC
    return RegisterKeeper.OWN_ENTRY if public else RegisterKeeper.LICENCE_REGISTER


def best(entries: Sequence[T], day: date) -> T:
    """
    Which of the *entries* of one business ID, of which there is one at least, speaks for it on *day*.

    One that is in force before one that is not; then the organisation register, then the lower OID. Somebody
    may be in both: a practitioner who has founded a clinic under the same business ID.
    """
    return min(entries, key=lambda one: (_rank(one, day), one.register_name, one.oid))


def _rank(entry: Entered, day: date) -> int:
    if entry.state is RegisterState.ABSENT:
        return 3
    if entry.state is not RegisterState.ACTIVE:
        return 2
    begun = entry.valid_from is None or entry.valid_from <= day
    lasts = entry.valid_until is None or day <= entry.valid_until
    return 0 if begun and lasts and not entry.trouble else 1
