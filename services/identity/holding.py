"""Holds the personal identity code of a person, sealed, once it was told."""

from services.identity.domain.codes import personal_code
from services.identity.sealing import Vault
from services.identity.storage import people
from shared.contracts.base import PersonId
from shared.storage.transaction import Transaction


def hold_code(tx: Transaction, person: PersonId, code: str, vault: Vault) -> None:
    """Seal the *code* of *person* with the current key, unless that was done."""
    if not vault.is_current(people.sealed_code(tx, person)):
        people.keep_code(tx, person, vault.seal(personal_code(code), person))
