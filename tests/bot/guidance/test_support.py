"""The contacts that an answer of `I do not know` ends with."""

import re
from typing import get_args

import pytest

from bot.guidance.language import LANGUAGES
from bot.guidance.support import CONTACTS, CUSTOMER_SUPPORT, Contact, Matter, contact


@pytest.mark.parametrize("found", CONTACTS, ids=lambda found: found.matter)
def test_a_contact_can_be_reached_and_is_sourced(found: Contact) -> None:
    assert found.email or found.phone
    assert re.search(r"https://\S+", found.source)
    assert re.fullmatch(r"n\.d\.|\d{4}(-\d\d){0,2}", found.as_of)
    for texts in (found.name, found.about, found.hours or found.name):
        assert set(texts) == set(LANGUAGES)
        assert all(texts.values())


@pytest.mark.parametrize("matter", get_args(Matter))
def test_every_matter_has_one_contact(matter: Matter) -> None:
    assert [found.matter for found in CONTACTS].count(matter) == 1
    assert contact(matter).matter == matter


def test_the_customer_support_is_the_one_for_the_ekstranet() -> None:
    assert contact("ekstranet") is CUSTOMER_SUPPORT
    assert CUSTOMER_SUPPORT.email == "kanta@kanta.fi"
    assert CUSTOMER_SUPPORT.phone == "020 634 7787"
