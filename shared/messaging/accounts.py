"""The programs on the bus, as the server knows them, and where each is reached. Needs no contracts."""

from enum import StrEnum

STREAM = "EVENTS"


class Account(StrEnum):
    """A program, as the server knows it. One key each."""

    IDENTITY = "IDENTITY"
    ROLES = "ROLES"
    CONTACTS = "CONTACTS"
    BOT = "BOT"
    OPERATOR = "OPERATOR"


class Keeper(StrEnum):
    """Accounts that no program of ours lives in: the stream's, and the server's own."""

    BUS = "BUS"
    SYSTEM = "SYSTEM"


def inbox(account: Account | Keeper | str) -> str:
    """Where answers to *account* arrive; what comes after it is the asker's secret."""
    return f"_INBOX.{account}"


def durable(account: Account) -> str:
    """The name of the account's place in the stream."""
    return account.lower()
