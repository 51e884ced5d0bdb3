"""One key pair for each program: private in a file of its own, public in the server's configuration."""

import os
from pathlib import Path

import nkeys

from shared.messaging.accounts import Account, Keeper


def ensure_keys(folder: Path) -> dict[str, str]:
    """Make the keys that are missing in *folder*; return every account's public key."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return {name: _ensure_key(folder / f"{name.lower()}.nk") for name in [*Account, *Keeper]}


def seed(folder: Path, account: str) -> str:
    """
    The private key of *account*.

    Raises:
        FileNotFoundError: it was never made, or is not for this program to read.
    """
    return (folder / f"{account.lower()}.nk").read_text().strip()


def _ensure_key(path: Path) -> str:
    if not path.exists():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(nkeys.encode_seed(os.urandom(32), nkeys.PREFIX_BYTE_USER) + b"\n")
    public: bytes = nkeys.from_seed(path.read_bytes().strip()).public_key
    return public.decode()
