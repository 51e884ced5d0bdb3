"""Finnish codes: business IDs, personal identity codes, and the OIDs that business IDs make."""

import re
from functools import lru_cache

from stdnum.exceptions import ValidationError
from stdnum.fi import hetu, ytunnus

from shared.contracts.identity import BusinessIdInvalid, PersonalCodeInvalid, RegisterEntryInvalid

BUSINESS_IDS = "1.2.246.10"
UNDER_BUSINESS_IDS = f"{BUSINESS_IDS}."
WHOLE_PROVIDER = "10.0"

_BUSINESS_ID = re.compile(r"([0-9]{6,7})-?([0-9])")
_OID = re.compile(r"[0-2](\.(0|[1-9][0-9]{0,38}))+")
_UNDER_BUSINESS_ID = re.compile(re.escape(BUSINESS_IDS) + r"\.([1-9][0-9]{0,7})(\..+)?")
LONGEST_OID = 100


# The units of a provider follow each other in the register, and there are tens of thousands.
@lru_cache(maxsize=512)
def business_id(text: str) -> str:
    """
    The business ID in *text*, as it is written today: seven digits, a hyphen, a check digit.

    Forms without the hyphen and old ones of six digits are read, too.

    Raises:
        BusinessIdInvalid: it is none.
    """
    found = _BUSINESS_ID.fullmatch(text.strip())
    if found is None:
        raise BusinessIdInvalid
    written = f"{found[1]:0>7}-{found[2]}"
    try:
        ytunnus.validate(written)
    except ValidationError:
        raise BusinessIdInvalid from None
    return written


def personal_code(text: str) -> str:
    """
    The personal identity code in *text*, in capitals.

    The separator stays as it was written: codes that differ in nothing else are different people.
    Codes of the 900 series are taken: they are given for a time, and to test people.

    Raises:
        PersonalCodeInvalid: it is none.
    """
    code = text.strip()
    # To a regular expression and to int() a digit of any script is a digit; to the register it is not.
    if not code.isascii():
        raise PersonalCodeInvalid
    try:
        return str(hetu.validate(code, allow_temporary=True))
    except ValidationError:
        raise PersonalCodeInvalid from None


def oid(text: str) -> str:
    """
    The object identifier in *text*.

    Raises:
        RegisterEntryInvalid: it is none.
    """
    if len(text) > LONGEST_OID or not _OID.fullmatch(text):
        raise RegisterEntryInvalid(field="conceptCodeId")
    return text


def provider_oid(written_business_id: str) -> str:
    """The OID of the whole provider whose business ID this is."""
    return f"{BUSINESS_IDS}.{written_business_id.replace('-', '').lstrip('0')}.{WHOLE_PROVIDER}"


def business_id_within(an_oid: str) -> str | None:
    """The business ID that *an_oid* is made from, if it is made from one."""
    found = _UNDER_BUSINESS_ID.fullmatch(an_oid)
    if found is None:
        return None
    try:
        return business_id(f"{found[1]:0>8}")
    except BusinessIdInvalid:
        return None
