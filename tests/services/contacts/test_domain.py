"""The rules about contact persons."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from services.contacts.domain import MOST_CONTACTS, Contact, Details, closed_gate, good_details, new_contact
from shared.contracts.base import OrganisationId, PersonId, TextTooLong
from shared.contracts.contacts import (
    ContactChangedMeanwhile,
    ContactDetails,
    ContactNotFound,
    Duty,
    DutyUnknown,
    EmailInvalid,
    NameMissing,
    PhoneInvalid,
    TooManyContacts,
)
from shared.contracts.roles import AccessAnswer, Gate, Rung

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=200)
CLINIC = OrganisationId(UUID(int=1))
AINO = PersonId(UUID(int=2))
BEATA = PersonId(UUID(int=3))


def given(**fields: str) -> ContactDetails:
    usual = {
        "duty": "technical",
        "name": "Tekla Tukihenkilö",
        "email": "tekla@clinic.example",
        "phone": "+358 40 123 4567",
        "language": "fi",
    }
    return ContactDetails.model_validate(usual | fields)


def entered(**fields: str) -> Contact:
    return new_contact(CLINIC, good_details(given(**fields)), beside=0, by=AINO, now=NOW)


def test_good_details_are_kept_as_they_were_given() -> None:
    assert good_details(given()) == Details(
        duty=Duty.TECHNICAL,
        name="Tekla Tukihenkilö",
        email="tekla@clinic.example",
        phone="+358 40 123 4567",
        language="fi",
    )


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Tekla   Tukihenkilö ", "Tekla Tukihenkilö"),
        ("Tekla\nTukihenkilö\x00", "Tekla Tukihenkilö"),
        ("Tekla\u00a0Tukihenkilö", "Tekla Tukihenkilö"),
        ("ä" * 200, "ä" * 200),
    ],
)
def test_a_name_is_one_tidy_line(typed: str, kept: str) -> None:
    assert good_details(given(name=typed)).name == kept


@pytest.mark.parametrize("name", ["", "   ", "\n\t", "\x00"])
def test_nobody_is_nameless(name: str) -> None:
    with pytest.raises(NameMissing):
        good_details(given(name=name))


@pytest.mark.parametrize(
    ("field", "text", "limit"),
    [("name", "x" * 201, 200), ("email", "x" * 245 + "@a.example", 254), ("phone", "+" + "1" * 40, 40)],
)
def test_a_text_that_is_too_long_is_refused_by_name_and_limit(field: str, text: str, limit: int) -> None:
    with pytest.raises(TextTooLong) as refused:
        good_details(given(**{field: text}))

    assert refused.value.parameters == {"field": field, "limit": limit}


@pytest.mark.parametrize(
    "email",
    [
        "a@b.fi",
        "etu.suku+kanta@mail.clinic.example",
        "it-tuki@xn--jrvi-loa.fi",
        "o'brien@clinic.example",
        "x" * 64 + "@clinic.example",
    ],
)
def test_an_address_that_mail_can_reach_is_taken(email: str) -> None:
    assert good_details(given(email=f" {email} ")).email == email


@pytest.mark.parametrize(
    "email",
    [
        "",
        "tekla",
        "tekla@",
        "@clinic.example",
        "tekla@localhost",
        "tekla@@clinic.example",
        "a@b@clinic.example",
        "tekla@clinic..example",
        "tekla@.example",
        "tekla@clinic.example.",
        ".tekla@clinic.example",
        "te..kla@clinic.example",
        "tekla@-clinic.example",
        "tekla@clinic.1",
        "tek la@clinic.example",
        "Tekla <tekla@clinic.example>",
        "tekla@clinic.example,beata@clinic.example",
        "x" * 65 + "@clinic.example",
    ],
)
def test_what_is_no_address_is_refused(email: str) -> None:
    with pytest.raises(EmailInvalid):
        good_details(given(email=email))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("+358401234567", "+358401234567"),
        ("+358-40-123 4567", "+358 40 123 4567"),
        (" +358  40   1234567 ", "+358 40 1234567"),
        ("+46 8 123-456 78", "+46 8 123 456 78"),
        ("+1234567", "+1234567"),
        ("+123456789012345", "+123456789012345"),
    ],
)
def test_a_number_is_kept_with_single_spaces(typed: str, kept: str) -> None:
    assert good_details(given(phone=typed)).phone == kept


@pytest.mark.parametrize(
    "phone",
    [
        "",
        "040 123 4567",
        "00358401234567",
        "+123456",
        "+1234567890123456",
        "+0401234567",
        "+358 (0)40 123 4567",
        "+358 40 ABC 4567",
        "+ 358 40 1234567",
        "++358401234567",
        "+٣٥٨٤٠١٢٣٤٥٦٧",
    ],
)
def test_a_number_that_cannot_be_dialled_from_everywhere_is_refused(phone: str) -> None:
    with pytest.raises(PhoneInvalid):
        good_details(given(phone=phone))


def test_an_unknown_duty_is_refused() -> None:
    with pytest.raises(DutyUnknown):
        good_details(given(duty="main_user"))


def test_a_new_contact_person_counts_as_confirmed_by_whoever_entered_them() -> None:
    contact = entered()

    assert (contact.confirmed_at, contact.version, contact.changed_by) == (NOW, 1, AINO)


def test_an_organisation_has_so_many_contact_persons_and_no_more() -> None:
    last = new_contact(CLINIC, good_details(given()), beside=MOST_CONTACTS - 1, by=AINO, now=NOW)

    assert last.organisation == CLINIC
    with pytest.raises(TooManyContacts) as refused:
        new_contact(CLINIC, good_details(given()), beside=MOST_CONTACTS, by=AINO, now=NOW)
    assert refused.value.parameters == {"limit": MOST_CONTACTS}


def test_changing_confirms_too_and_tells_who_did_it() -> None:
    new = good_details(given(name="Teemu Tukihenkilö"))

    changed = entered().changed(new, version=1, by=BEATA, now=LATER)

    assert changed.details == new
    assert (changed.version, changed.confirmed_at) == (2, LATER)
    assert (changed.changed_by, changed.changed_at) == (BEATA, LATER)


def test_nobody_overwrites_what_they_have_not_seen() -> None:
    contact = entered()
    changed = contact.changed(contact.details, version=1, by=BEATA, now=LATER)

    with pytest.raises(ContactChangedMeanwhile):
        changed.changed(contact.details, version=1, by=AINO, now=LATER)


def test_confirming_leaves_forms_that_others_have_open_good() -> None:
    contact = entered()

    confirmed = contact.confirmed(by=BEATA, now=LATER)

    assert (confirmed.confirmed_at, confirmed.version) == (LATER, contact.version)
    assert confirmed.changed(contact.details, version=1, by=AINO, now=LATER).version == 2


def test_removing_what_is_gone_is_harmless() -> None:
    removed = entered().removed(by=AINO, now=LATER)

    assert removed.removed_at == LATER
    assert removed.removed(by=BEATA, now=LATER + timedelta(days=1)) is removed


def test_a_removed_contact_person_is_neither_changed_nor_confirmed() -> None:
    removed = entered().removed(by=AINO, now=LATER)

    with pytest.raises(ContactNotFound):
        removed.changed(removed.details, version=1, by=AINO, now=LATER)
    with pytest.raises(ContactNotFound):
        removed.confirmed(by=AINO, now=LATER)


def test_the_first_rung_that_does_not_hold_is_named() -> None:
    lacking = (Gate.REGISTER, Gate.GRANTED)
    rungs = [Rung(gate=gate, holds=gate not in lacking, code="some_reason") for gate in Gate]

    gate = closed_gate(AccessAnswer.of(rungs, roles=(), revision=7))

    assert gate is Gate.REGISTER
