"""Every form of personal identity code logs its own person in, and nobody else."""

import pytest

from services.identity.domain.vouching import IdentifierKind, VouchedFor
from services.identity.keys import Codes
from shared.contracts.assurance import Level
from shared.contracts.identity import PersonalCodeInvalid
from tests.services.identity.conftest import Clock

# The fictitious codes that the Digital and Population Data Services Agency published with the new separators.
PUBLISHED = [
    "010594Y9032",
    "020594X903P",
    "030594W903B",
    "040594V9030",
    "050594U903M",
    "010516B903X",
    "020516C903K",
    "030516D9037",
    "010501E9032",
    "020503F9037",
    "020504A902E",
]
CODES = Codes(b"pepper")


def vouched(identifier: str, kind: IdentifierKind = IdentifierKind.PERSONAL_CODE) -> VouchedFor:
    return VouchedFor(identifier=identifier, kind=kind, at=Clock()(), method="loa2", level=Level.SUBSTANTIAL)


def test_each_published_code_is_known_by_a_digest_of_its_own() -> None:
    assert len({CODES.digest_of(vouched(code)) for code in PUBLISHED}) == len(PUBLISHED)


@pytest.mark.parametrize("code", PUBLISHED)
def test_a_separator_tells_people_apart(code: str) -> None:
    same_century = "-YXWVU" if code[6] in "-YXWVU" else "ABCDEF"
    others = [f"{code[:6]}{other}{code[7:]}" for other in same_century if other != code[6]]

    assert CODES.digest_of(vouched(code)) not in {CODES.digest_of(vouched(other)) for other in others}
    assert CODES.digest_of(vouched(code)) == CODES.digest_of(vouched(f" {code.lower()} "))


@pytest.mark.parametrize("code", ["", "010594Z9032", "010594Y9033", "310294Y9032", "010594Y90"])
def test_what_is_no_code_is_nobody(code: str) -> None:
    with pytest.raises(PersonalCodeInvalid):
        CODES.digest_of(vouched(code))


def test_identifiers_of_different_kinds_never_meet() -> None:
    digests = {CODES.digest_of(vouched("010594Y9032", kind)) for kind in IdentifierKind}

    assert len(digests) == len(IdentifierKind)
