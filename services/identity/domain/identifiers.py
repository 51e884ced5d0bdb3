"""What people are known by who need not have a personal identity code: SATU, and eIDAS PersonIdentifier."""

import re

from services.identity.domain.codes import personal_code
from services.identity.domain.vouching import IdentifierKind
from shared.contracts.identity import PersonalCodeInvalid

# As in a personal identity code: what is left over of the digits, divided by 31.
CHECK = "0123456789ABCDEFHJKLMNPRSTUVWXY"
_SATU = re.compile(r"([0-9]{8})([0-9A-Y])")
# Whence, whereto, and the identifier itself (eIDAS SAML Attribute Profile, 2.2.3).
_EIDAS = re.compile(r"[A-Z]{2}/[A-Z]{2}/[!-~]{1,200}")


def satu(text: str) -> str:
    """
    The electronic identification number (SATU) in *text*: eight digits and a check character, in capitals.

    Raises:
        PersonalCodeInvalid: it is none.
    """
    found = _SATU.fullmatch(plain(IdentifierKind.SATU, text))
    if found is None or CHECK[int(found[1]) % len(CHECK)] != found[2]:
        raise PersonalCodeInvalid
    return found[0]


def eidas_person(text: str) -> str:
    """
    The PersonIdentifier in *text*: two countries, then what the first of them calls somebody.

    Raises:
        PersonalCodeInvalid: it is none.
    """
    found = _EIDAS.fullmatch(plain(IdentifierKind.EIDAS, text))
    if found is None:
        raise PersonalCodeInvalid
    return found[0]


def plain(kind: IdentifierKind, text: str) -> str:
    """*text* as it is compared: capitals are the same as small letters where there are only such."""
    return text.strip().upper() if kind is IdentifierKind.SATU else text.strip()


CHECKED = {
    IdentifierKind.PERSONAL_CODE: personal_code,
    IdentifierKind.SATU: satu,
    IdentifierKind.EIDAS: eidas_person,
}
