"""The offline door to personal identity codes: seal them anew, show one masked, check one that is told."""

import asyncio
import sys
from collections.abc import Sequence
from getpass import getpass

from services.identity import keys
from services.identity.domain.identifiers import CHECKED
from services.identity.domain.vouching import IdentifierKind
from services.identity.sealing import Unreadable, Vault, masked
from services.identity.settings import IdentitySettings
from services.identity.storage import METADATA, people
from shared.contracts.base import PersonId
from shared.contracts.identity import PersonalCodeInvalid
from shared.storage.database import Database
from shared.storage.transaction import Transaction

USAGE = "python -m services.identity [rekey | code PERSON]"


def rekey(tx: Transaction, vault: Vault) -> tuple[int, int]:
    """Seal with the current key what an earlier one sealed: how many that were, and how many do not open."""
    changed = unreadable = 0
    for person, sealed in people.sealed_codes(tx):
        if vault.is_current(sealed):
            continue
        try:
            people.keep_code(tx, person, vault.seal(vault.open(sealed, person), person))
            changed += 1
        except Unreadable:
            unreadable += 1
    return changed, unreadable


def described(rows: Transaction, vault: Vault, person: PersonId) -> str | None:
    """The code of *person*, masked; nothing if it is not kept, or cannot be opened."""
    sealed = people.sealed_code(rows, person)
    try:
        return None if sealed is None else masked(vault.open(sealed, person))
    except Unreadable:
        return None


def is_theirs(rows: Transaction, codes: keys.Codes, person: PersonId, told: str) -> bool:
    """Whether the code that an officer was *told* is that of *person*; it is compared, and not shown."""
    for kind, check in CHECKED.items():
        try:
            identifier = check(told)
        except PersonalCodeInvalid:
            continue
        digest = (
            codes.digest(identifier)
            if kind is IdentifierKind.PERSONAL_CODE
            else codes.named(kind, identifier)
        )
        return people.of_code(rows, digest) == person
    return False


async def _run(settings: IdentitySettings, arguments: Sequence[str]) -> str:
    vault, codes = keys.vault(settings), keys.codes(settings.key_folder)
    database = Database(settings.database("identity"), METADATA)
    async with database.working():
        if arguments == ["rekey"]:
            changed, unreadable = await database.decide(lambda tx: rekey(tx, vault))
            return f"codes sealed anew: {changed}; with a key that is not here: {unreadable}"
        found = await database.read(lambda rows: people.find(rows, arguments[1]))
        if len(found) != 1:
            raise SystemExit(f"people of this name or id: {len(found)}")
        person = found[0].id
        shown = await database.read(lambda rows: described(rows, vault, person))
        told = getpass("code to compare (empty for none): ") if sys.stdin.isatty() else sys.stdin.readline()
        if not told.strip():
            return shown or "not kept"
        same = await database.read(lambda rows: is_theirs(rows, codes, person, told))
        return f"{shown or 'not kept'}: {'the same' if same else 'another'}"


def main(settings: IdentitySettings, arguments: Sequence[str]) -> None:
    """Do it from the command line. The database must have been migrated."""
    if arguments != ["rekey"] and (len(arguments) != 2 or arguments[0] != "code"):
        raise SystemExit(USAGE)
    sys.stdout.write(f"{asyncio.run(_run(settings, arguments))}\n")
