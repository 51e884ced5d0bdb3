"""What being in one register or the other tells, and how practitioners' entries are read."""

from typing import Any

import pytest

from services.identity.domain.register import read_entry
from services.identity.domain.registers import ORGANISATIONS, PRACTITIONERS, Form, Sector, keeper, kind_of
from shared.contracts.identity import (
    BusinessIdInvalid,
    OrganisationKind,
    RegisterEntryInvalid,
    RegisterKeeper,
)

DENTIST, DENTIST_OID = "9100021-6", "1.2.246.537.6.203.2014.900001"


def practitioner(**told: str) -> dict[str, Any]:
    attributes = {"LongName": "Esimerkkilä Saara"} | told
    return {
        "conceptCodeId": DENTIST_OID,
        "status": "ACTIVE",
        "attributes": [
            {"attributeName": one, "attributeValue": [value]} for one, value in attributes.items()
        ],
    }


def test_which_attribute_names_the_business_id_can_be_set() -> None:
    named = practitioner(Ytunnus_uusi=DENTIST)

    assert read_entry(named, Form(PRACTITIONERS, "Ytunnus_uusi")).business_id == DENTIST
    assert read_entry(named, Form(PRACTITIONERS)).business_id == ""
    with pytest.raises(BusinessIdInvalid):
        read_entry(practitioner(**{"Y-Tunnus": "9100021-7"}), Form(PRACTITIONERS))
    with pytest.raises(RegisterEntryInvalid):
        read_entry(named)


def test_being_in_a_register_tells_the_kind_and_where_it_is_mended() -> None:
    assert kind_of(PRACTITIONERS, Sector.PRIVATE) is OrganisationKind.SELF_EMPLOYED
    assert kind_of(ORGANISATIONS, Sector.PUBLIC) is OrganisationKind.PUBLIC
    assert (
        keeper(OrganisationKind.COMPANY, Sector.PRIVATE, PRACTITIONERS)
        is RegisterKeeper.PRACTITIONER_REGISTER
    )
    assert (
        keeper(OrganisationKind.PHARMACY, Sector.PRIVATE, ORGANISATIONS) is RegisterKeeper.PHARMACY_REGISTER
    )
