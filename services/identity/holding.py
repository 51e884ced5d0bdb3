"""Holds what a person is known by, sealed, once it was told: their personal code, or what stands for one."""

from services.identity.domain.codes import personal_code
from services.identity.sealing import Vault
from services.identity.storage import people
from shared.contracts.base import PersonId
from shared.contracts.identity import PersonalCodeInvalid
from shared.storage.transaction import Transaction


def hold_code(tx: Transaction, person: PersonId, code: str, vault: Vault) -> None:
    """Seal the *code* of *person* with the current key, unless that was done; rather a personal code."""
    kept = people.sealed_code(tx, person)
    if not vault.is_current(kept) or (is_personal(code) and not is_personal(vault.open(kept or "", person))):
        people.keep_code(tx, person, vault.seal(_written(code), person))


def is_personal(code: str) -> bool:
    """Whether *code* is a personal identity code, and not what stands for one."""
    try:
        personal_code(code)
    except PersonalCodeInvalid:
        return False
    return True


def _written(code: str) -> str:
    return personal_code(code) if is_personal(code) else code.strip()
