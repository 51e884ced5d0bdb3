"""
The offline door: let a town move in, from a file of the register and a file of its people.

Personal identity codes enter the system here, and never over the bus. Doing it again changes nothing but
the time at which the organisations were read. Those that are named become customers; of others in the file
it is only known what the register says.
"""

import argparse
import asyncio
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, SecretStr, model_validator

from services.identity import keys, registrar
from services.identity.domain.codes import business_id
from services.identity.domain.identifiers import CHECKED
from services.identity.domain.katso import KatsoIdentity, KatsoKind
from services.identity.domain.vouching import IdentifierKind
from services.identity.holding import hold_code
from services.identity.keys import Codes
from services.identity.register.taking import take_by_hand
from services.identity.sealing import Vault
from services.identity.settings import IdentitySettings
from services.identity.storage import METADATA, katso, people
from shared.contracts.base import Language, Refusal
from shared.contracts.identity import ChatAccount, ImportReport, OrganisationKind
from shared.storage.database import Database
from shared.storage.transaction import Transaction


class _Strict(BaseModel):
    # A mistake in the file is told without what stood there: it may have been a personal code.
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class Place(_Strict):
    """Where somebody belongs."""

    business_id: str
    main_user: bool = False


class Inhabitant(_Strict):
    """
    Somebody whom the operator announces.

    Whoever has no personal identity code is known by their SATU, or by the PersonIdentifier of another
    country. A Katso ID alone is a sub-ID: its person is known by name, until they strengthen it.
    """

    name: str = Field(min_length=1, max_length=200)
    personal_code: SecretStr | None = None
    satu: SecretStr | None = None
    eidas: SecretStr | None = None
    katso_id: str | None = Field(None, min_length=1, max_length=80)
    language: Language
    chat: ChatAccount | None = None
    organisations: tuple[Place, ...] = ()

    @model_validator(mode="after")
    def known_by_something(self) -> "Inhabitant":
        told = [one for one in (self.personal_code, self.satu, self.eidas) if one is not None]
        if len(told) > 1:
            raise ValueError("somebody is known by one of a personal code, a SATU and an eIDAS identifier")
        if not told and self.katso_id is None:
            raise ValueError("somebody has neither a personal code, nor a SATU, eIDAS identifier or Katso ID")
        return self

    @property
    def identifier(self) -> tuple[IdentifierKind, str] | None:
        """What they are known by, other than a Katso ID."""
        ways = (
            (IdentifierKind.PERSONAL_CODE, self.personal_code),
            (IdentifierKind.SATU, self.satu),
            (IdentifierKind.EIDAS, self.eidas),
        )
        return next(((kind, told.get_secret_value()) for kind, told in ways if told is not None), None)


class KnownOrganisation(_Strict):
    """What the operator knows of an organisation, and the register does not tell."""

    business_id: str
    kind: OrganisationKind
    name: str | None = None


class PeopleFile(_Strict):
    """The whole file."""

    organisations: tuple[KnownOrganisation, ...] = ()
    people: tuple[Inhabitant, ...]


@dataclass(frozen=True, slots=True)
class Settled:
    """What came of it."""

    register: ImportReport
    people: int
    memberships: int


def read_register(path: Path) -> list[dict[str, Any]]:
    """The concept codes of the csapi page, or the list of pages, in the JSON file at *path*."""
    content = json.loads(path.read_text(encoding="utf-8"))
    pages = content if isinstance(content, list) else [content]
    return [concept for page in pages for concept in page["conceptCodes"]]


def read_people(path: Path) -> PeopleFile:
    """The people in the YAML file at *path*."""
    return PeopleFile.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))


def settle(
    tx: Transaction,
    concepts: Sequence[Mapping[str, Any]],
    file: PeopleFile,
    codes: Codes,
    now: datetime,
    vault: Vault | None = None,
) -> Settled:
    """
    Write the town down: organisations first, then people and where they belong.

    Raises:
        Refusal: something in the files cannot be; nothing was changed.
    """
    report = take_by_hand(tx, concepts, now, now)
    for organisation in file.organisations:
        its_id = business_id(organisation.business_id)
        registrar.settle_kind(tx, its_id, organisation.kind, organisation.name, now)
    memberships = 0
    for one in file.people:
        announced = registrar.Announced(
            code_digest=_known_by(tx, one, codes),
            name=one.name,
            language=one.language,
            chat=one.chat,
        )
        person = registrar.settle_person(tx, announced)
        if vault is not None and one.identifier is not None:
            hold_code(tx, person, CHECKED[one.identifier[0]](one.identifier[1]), vault)
        if one.katso_id is not None:
            kind = KatsoKind.SUB if one.identifier is None else KatsoKind.STRENGTHENED
            katso.put(tx, KatsoIdentity(katso_id=one.katso_id, person=person, kind=kind))
        for place in one.organisations:
            memberships += registrar.settle_member(
                tx, business_id(place.business_id), person, main_user=place.main_user, now=now
            )
            if place.main_user and one.chat is not None:
                # A main user is reached there: the workspace is one of the organisation's own.
                registrar.settle_workspace(tx, business_id(place.business_id), one.chat.team, now)
    return Settled(report, len(file.people), memberships)


def _known_by(tx: Transaction, one: Inhabitant, codes: Codes) -> str:
    if one.identifier is not None:
        kind, told = one.identifier
        if kind is IdentifierKind.PERSONAL_CODE:
            return codes.digest(told)
        return codes.named(kind, CHECKED[kind](told))
    if (held := katso.find(tx, one.katso_id or "")) is not None:
        # Whoever strengthened their sub-ID since goes on being the one whom the file means.
        return people.known_by(tx, held.person)
    return codes.named(IdentifierKind.KATSO, one.katso_id or "")


async def settle_files(
    settings: IdentitySettings,
    *,
    register: Path,
    people: Path,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Settled:
    """Settle what is in the two files, in one transaction. The database must have been migrated."""
    concepts, file = read_register(register), read_people(people)
    codes, vault = keys.codes(settings.key_folder), keys.vault(settings)
    database = Database(settings.database("identity"), METADATA)
    async with database.working():
        return await database.decide(lambda tx: settle(tx, concepts, file, codes, now(), vault))


def main(settings: IdentitySettings, arguments: Sequence[str]) -> None:
    """Do it from the command line."""
    parser = argparse.ArgumentParser(prog="python -m services.identity settle")
    parser.add_argument("--register", type=Path, required=True, help="csapi JSON, one page or a list")
    parser.add_argument("--people", type=Path, required=True, help="YAML")
    told = parser.parse_args(arguments)
    try:
        settled = asyncio.run(settle_files(settings, register=told.register, people=told.people))
    except Refusal as refusal:
        raise SystemExit(f"{refusal.code} {json.dumps(refusal.parameters)}") from None
    report = settled.register
    sys.stdout.write(
        f"register: {report.added} added, {report.changed} changed, {report.unchanged} unchanged, "
        f"{len(report.refused)} refused; people: {settled.people}; memberships: {settled.memberships} new\n"
    )
    for entry, code in report.refused:
        sys.stdout.write(f"refused {entry}: {code}\n")
