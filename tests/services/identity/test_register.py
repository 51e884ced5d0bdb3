"""Reading entries of the code server."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.identity.domain.register import check_fetched_at, read_entry
from services.identity.domain.registers import ORGANISATIONS, kind_of
from shared.contracts.base import Refusal
from shared.contracts.identity import (
    BusinessIdInvalid,
    OrganisationKind,
    RegisterEntryInvalid,
    RegisterOidDisagrees,
    RegisterState,
)

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def concept(**changes: Any) -> dict[str, Any]:
    attributes = {
        "LongName": "Esimerkkilän alue",
        "Y-Tunnus": "9100001-3",
        "Sektori": "1 julkinen",
    }
    attributes |= changes.pop("attributes", {})
    whole = {
        "conceptCodeId": "1.2.246.10.91000013.10.0",
        "status": "ACTIVE",
        "beginDate": "2023-01-01",
        "expirationDate": "2100-12-31",
        "attributes": [
            {"attributeName": name, "attributeValue": [value]} for name, value in attributes.items()
        ],
    }
    return whole | changes


def test_an_entry_is_read_with_its_name_sector_state_and_dates() -> None:
    entry = read_entry(concept())

    assert (entry.business_id, entry.oid) == ("9100001-3", "1.2.246.10.91000013.10.0")
    assert entry.name == "Esimerkkilän alue"
    assert kind_of(ORGANISATIONS, entry.sector) is OrganisationKind.PUBLIC
    assert entry.state is RegisterState.ACTIVE
    assert (entry.valid_from, entry.valid_until) == (date(2023, 1, 1), None)
    assert entry.is_provider


def test_a_private_provider_is_a_company_until_an_operator_knows_better() -> None:
    private = read_entry(concept(attributes={"Sektori": "2 yksityinen"}))

    assert kind_of(ORGANISATIONS, private.sector) is OrganisationKind.COMPANY


def test_a_unit_is_no_provider() -> None:
    assert not read_entry(concept(conceptCodeId="1.2.246.10.91000013.10.12")).is_provider


def test_a_missing_business_id_is_taken_from_the_oid() -> None:
    assert read_entry(concept(attributes={"Y-Tunnus": ""})).business_id == "9100001-3"


def test_a_moment_with_a_time_zone_is_a_finnish_date() -> None:
    entry = read_entry(concept(expirationDate="2026-06-30T22:30:00Z"))

    assert entry.valid_until == date(2026, 7, 1)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"conceptCodeId": None}, "conceptCodeId"),
        ({"conceptCodeId": "1.2.x"}, "conceptCodeId"),
        ({"status": "RETIRED"}, "status"),
        ({"status": "ABSENT"}, "status"),
        ({"status": ["ACTIVE"]}, "status"),
        ({"beginDate": "soon"}, "beginDate"),
        ({"beginDate": 20230101}, "beginDate"),
        ({"beginDate": "2023-01-02", "expirationDate": "2023-01-01"}, "expirationDate"),
        ({"attributes": {"LongName": " "}}, "LongName"),
        ({"attributes": {"LongName": "x" * 301}}, "LongName"),
        ({"attributes": {"LongName": "a\0b"}}, "LongName"),
        ({"attributes": {"Sektori": ""}}, "Sektori"),
        ({"attributes": {"ParentId": "above"}}, "ParentId"),
        ({"attributes": {"HierarchyLevel": "top"}}, "HierarchyLevel"),
        ({"attributes": {"Terv.palveluyksikkö": "yes"}}, "Terv.palveluyksikkö"),
        ({"attributes": {"LongName": "half a \ud83d"}}, "LongName"),
    ],
)
def test_an_entry_that_cannot_be_read_names_the_field(changes: dict[str, Any], field: str) -> None:
    with pytest.raises(RegisterEntryInvalid) as refused:
        read_entry(concept(**changes))

    assert refused.value.parameters == {"field": field}


def test_an_oid_that_is_made_from_another_business_id_is_refused_as_such() -> None:
    with pytest.raises(RegisterOidDisagrees):
        read_entry(concept(attributes={"Y-Tunnus": "9100007-2"}))


@pytest.mark.parametrize("attributes", [None, "x", [1], [{"attributeValue": ["x"]}]])
def test_attributes_in_another_shape_are_refused(attributes: Any) -> None:
    with pytest.raises(RegisterEntryInvalid) as refused:
        read_entry(concept() | {"attributes": attributes})

    assert refused.value.parameters == {"field": "attributes"}


def test_a_wrong_business_id_is_refused_as_such() -> None:
    with pytest.raises(BusinessIdInvalid):
        read_entry(concept(attributes={"Y-Tunnus": "9100001-4"}))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


# A busy machine is no reason to fail.
@settings(deadline=None)
@given(st.dictionaries(st.sampled_from([*concept()]), JSON))
def test_whatever_stands_in_an_entry_it_is_read_or_refused(changes: dict[str, Any]) -> None:
    refused = ""
    try:
        read_entry(concept() | changes)
    except Refusal as refusal:
        refused = refusal.code

    assert refused in (
        "",
        "identity.register_entry_invalid",
        "identity.register_oid_disagrees",
        "identity.business_id_invalid",
    )


@pytest.mark.parametrize("fetched_at", [NOW + timedelta(minutes=6), NOW.replace(tzinfo=None)])
def test_a_page_of_the_future_or_of_no_time_zone_is_refused(fetched_at: datetime) -> None:
    with pytest.raises(RegisterEntryInvalid) as refused:
        check_fetched_at(fetched_at, NOW)

    assert refused.value.parameters == {"field": "fetched_at"}
