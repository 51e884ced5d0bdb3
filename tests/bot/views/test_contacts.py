"""Contact persons as blocks: Slack takes them, and the words fit, in each language."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest

from bot.views.contacts import closed, contact_form, contacts_list
from bot.words import LANGUAGES
from services.contacts.domain import MOST_CONTACTS
from shared.blockkit.validation import validate_view
from shared.contracts.base import Language
from shared.contracts.contacts import (
    ContactId,
    Contacts,
    ContactsHidden,
    ContactsNotEditable,
    ContactView,
    Duty,
)
from shared.contracts.roles import Gate
from tests.bot.makers import an_organisation

CLINIC = an_organisation("Terveystalo <Testi> & kumppanit Oy")


def a_contact(number: int = 0, name: str = "Tekla Tukihenkilö") -> ContactView:
    return ContactView(
        id=ContactId(uuid4()),
        organisation=CLINIC.id,
        duty=list(Duty)[number * len(Duty) // MOST_CONTACTS],
        name=name,
        email="tekla@clinic.example",
        phone="+358 40 123 4567",
        language="sv",
        confirmed_at=datetime(2026, 5, 4, 22, 30, tzinfo=UTC),
        version=3,
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("may_edit", [True, False])
def test_slack_takes_the_longest_list_there_can_be(language: Language, may_edit: bool) -> None:
    contacts = tuple(a_contact(number, "&" * 200) for number in range(MOST_CONTACTS))
    organisations = [CLINIC, *(an_organisation("&" * 200) for _ in range(30))]

    view = contacts_list(
        organisations, CLINIC, Contacts(contacts=contacts, may_edit=may_edit), "A notice", language
    )

    assert validate_view(view) == []
    assert len(view["blocks"]) <= 100


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("contact", [None, a_contact()])
def test_slack_takes_the_form(language: Language, contact: ContactView | None) -> None:
    view = contact_form(CLINIC.id, contact, language)

    assert validate_view(view) == []
    assert [block["block_id"] for block in view["blocks"]] == ["duty", "name", "email", "phone", "language"]


def test_the_form_of_a_change_holds_what_was_there_and_ids_alone() -> None:
    contact = a_contact()

    view = contact_form(CLINIC.id, contact, "en")

    elements = {block["block_id"]: block["element"] for block in view["blocks"]}
    assert elements["name"]["initial_value"] == contact.name
    assert elements["duty"]["initial_option"]["value"] == contact.duty
    assert elements["language"]["initial_option"]["value"] == "sv"
    organisation, of, version = view["private_metadata"].split(":")
    assert (UUID(organisation), UUID(of), version) == (CLINIC.id, contact.id, "3")


def test_a_new_contact_person_speaks_at_first_what_the_asker_speaks() -> None:
    view = contact_form(CLINIC.id, None, "sv")

    assert view["blocks"][-1]["element"]["initial_option"]["value"] == "sv"


def test_the_day_of_the_last_confirmation_is_a_finnish_one() -> None:
    view = contacts_list([CLINIC], CLINIC, Contacts(contacts=(a_contact(),), may_edit=False), "", "en")

    assert "Details confirmed on 5 May 2026" in str(view["blocks"])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("gate", list(Gate))
def test_each_closed_gate_has_words_of_its_own(gate: Gate, language: Language) -> None:
    said = {
        closed(kind(gate=each.value), CLINIC, language)
        for kind in (ContactsHidden, ContactsNotEditable)
        for each in Gate
    }

    of_gate = closed(ContactsHidden(gate=gate.value), CLINIC, language)
    assert of_gate in said
    assert len(said) == 2 * len(Gate)
    assert "&lt;Testi&gt;" in of_gate
    assert "/kanta" in of_gate


def test_a_gate_that_we_do_not_know_is_left_unsaid() -> None:
    said = closed(ContactsHidden(gate="something new"), CLINIC, "en")

    assert said.startswith("You may not see")
    assert "something new" not in said
