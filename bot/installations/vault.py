"""Keeps tokens unreadable to whoever reads the database."""

from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet


class Unreadable(Exception):
    """What was kept was not written with any of our keys, or not for this place."""


class Vault:
    """
    Encrypts with the first key and decrypts with any of them, so that keys can be changed one by one.

    What is kept is bound to its *place*: moved to another row, it does not open.
    """

    def __init__(self, keys: Sequence[str]) -> None:
        self._fernet = MultiFernet([Fernet(key) for key in keys])

    def seal(self, place: str, secret: str) -> str:
        return self._fernet.encrypt(f"{place}\n{secret}".encode()).decode()

    def open(self, place: str, sealed: str) -> str:
        """
        Read what `seal` wrote.

        Raises:
            Unreadable: it is not of ours, or of another place.
        """
        try:
            bound, _, secret = self._fernet.decrypt(sealed.encode()).decode().partition("\n")
        except InvalidToken:
            raise Unreadable from None
        if bound != place:
            raise Unreadable
        return secret
