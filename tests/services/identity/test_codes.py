"""Codes: what is one, what is none, and what is the same one written differently."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.identity.domain import codes
from shared.contracts.identity import BusinessIdInvalid, PersonalCodeInvalid, RegisterEntryInvalid

TEST_CODES = (
    "010594Y9032", "020594X903P", "030594W903B", "040594V9030", "050594U903M", "010516B903X",
    "020516C903K", "030516D9037", "010501E9032", "020503F9037", "020504A902E", "210281-9988",
)  # fmt: skip
WEIGHTS = (7, 9, 10, 5, 8, 4, 2)
CHECKS = "0123456789ABCDEFHJKLMNPRSTUVWXY"
SEPARATORS = "+-YXWVUABCDEF"


@st.composite
def business_ids(draw: st.DrawFn) -> str:
    digits = f"{draw(st.integers(1, 9_999_999)):07}"
    rest = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, digits, strict=True)) % 11
    if rest == 1:
        return draw(business_ids())
    return f"{digits}-{0 if rest == 0 else 11 - rest}"


@st.composite
def personal_codes(draw: st.DrawFn) -> str:
    day, month, year = draw(st.integers(1, 28)), draw(st.integers(1, 12)), draw(st.integers(0, 99))
    born, number = f"{day:02}{month:02}{year:02}", f"{draw(st.integers(2, 999)):03}"
    return f"{born}{draw(st.sampled_from(SEPARATORS))}{number}{CHECKS[int(born + number) % 31]}"


@given(business_ids())
def test_a_business_id_reads_the_same_with_and_without_its_hyphen(written: str) -> None:
    assert codes.business_id(written) == written
    assert codes.business_id(f" {written.replace('-', '')} ") == written


@pytest.mark.parametrize("old", ["204819-8", "2048198"])
def test_an_old_business_id_of_six_digits_gets_its_leading_zero(old: str) -> None:
    assert codes.business_id(old) == "0204819-8"


@given(business_ids(), st.integers(1, 9))
def test_a_business_id_with_a_wrong_check_digit_is_refused(written: str, wrong_by: int) -> None:
    with pytest.raises(BusinessIdInvalid):
        codes.business_id(written[:-1] + str((int(written[-1]) + wrong_by) % 10))


@pytest.mark.parametrize("text", ["", "1234567", "FI20774740", "2077474-0\n1", "\uff12077474-0", "12-3"])
def test_what_looks_otherwise_is_no_business_id(text: str) -> None:
    with pytest.raises(BusinessIdInvalid):
        codes.business_id(text)


@given(st.text())
def test_any_text_is_a_business_id_or_is_refused(text: str) -> None:
    try:
        found = codes.business_id(text)
    except BusinessIdInvalid:
        return

    assert len(found) == 9


@pytest.mark.parametrize("code", TEST_CODES)
def test_every_published_test_code_is_a_personal_code(code: str) -> None:
    assert codes.personal_code(code) == code
    assert codes.personal_code(f" {code.lower()} ") == code


@given(personal_codes())
def test_a_personal_code_keeps_its_separator(code: str) -> None:
    assert codes.personal_code(code) == code


@given(personal_codes(), st.sampled_from(CHECKS))
def test_a_personal_code_with_another_check_character_is_refused(code: str, other: str) -> None:
    if other == code[-1]:
        return
    with pytest.raises(PersonalCodeInvalid):
        codes.personal_code(code[:-1] + other)


@pytest.mark.parametrize(
    "text",
    ["", "010594Z9032", "320594Y9032", "010594Y001X", "010594G9032", "\uff100594Y9032"],
)
def test_what_is_no_personal_code_is_refused_without_being_repeated(text: str) -> None:
    with pytest.raises(PersonalCodeInvalid) as refused:
        codes.personal_code(text)

    assert refused.value.parameters == {}
    assert not text or text not in str(refused.value)


@given(st.text())
def test_any_text_is_a_personal_code_or_is_refused(text: str) -> None:
    try:
        found = codes.personal_code(text)
    except PersonalCodeInvalid:
        return

    assert len(found) == 11


@given(business_ids())
def test_a_providers_oid_leads_back_to_its_business_id(written: str) -> None:
    oid = codes.provider_oid(written)

    assert codes.oid(oid) == oid
    assert codes.business_id_within(oid) == written


def test_a_providers_oid_has_no_leading_zeros() -> None:
    assert codes.provider_oid("0204819-8") == "1.2.246.10.2048198.10.0"


@pytest.mark.parametrize(
    "text", ["", "1", "1.02", "3.1", "1..2", "1.x", "1.2\n", "1." + "9" * 50, "1.2" * 60]
)
def test_what_is_no_oid_is_refused(text: str) -> None:
    with pytest.raises(RegisterEntryInvalid):
        codes.oid(text)


@pytest.mark.parametrize("oid", ["1.2.246.21.1", "1.2.246.10.2048197.10.0", "1.2.246.10", "1.2.246.1020.1"])
def test_an_oid_that_is_made_from_no_business_id_leads_to_none(oid: str) -> None:
    assert codes.business_id_within(oid) is None
