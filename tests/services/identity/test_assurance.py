"""How sure a login is: the project's own table, and what is no table."""

from pathlib import Path
from typing import Any

import pytest

from services.identity.assurance import assurance_table
from services.identity.domain.assurance import Method, read_assurance
from shared.contracts.assurance import Level
from shared.contracts.identity import IdentificationFailed
from shared.contracts.tables import TableInvalid

ROW = {"level": "basic", "means": "test", "source": "here", "date": "today", "sure": "default"}


def a_table(**changes: Any) -> dict[str, Any]:
    return {"label": "mine", "unlisted": "refused", "methods": {"one": ROW}} | changes


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("http://ftn.ficora.fi/2017/loa2", Level.SUBSTANTIAL),
        ("http://ftn.ficora.fi/2017/loa3", Level.HIGH),
        ("http://eidas.europa.eu/LoA/high", Level.HIGH),
        ("urn:oid:1.2.246.517.3002.110.3", Level.SUBSTANTIAL),
        ("https://anywhere.example/names/ac/password.katso.1", Level.BASIC),
        ("https://anywhere.example/names/ac/otp.katso.1", Level.SUBSTANTIAL),
    ],
)
def test_methods_are_as_sure_as_the_table_says(name: str, level: Level) -> None:
    assert assurance_table().method(name).level is level


@pytest.mark.parametrize(
    "name",
    ["", "http://ftn.ficora.fi/2017/loa1", "urn:oid:1.2.246.517.3002.110.999", "*/names/ac/otp.katso.12"],
)
def test_a_method_that_nobody_listed_is_refused(name: str) -> None:
    with pytest.raises(IdentificationFailed) as refused:
        assurance_table().method(name)

    assert refused.value.parameters == {"why": "method_unknown"}


def test_an_operator_may_let_unlisted_methods_count_as_basic() -> None:
    table = read_assurance(a_table(unlisted="basic"))

    assert table.method("something new") == Method(Level.BASIC, "unknown")


def test_levels_are_ordered_by_how_sure_they_are_and_not_by_their_letters() -> None:
    assert [one for one in Level if one.reaches(Level.SUBSTANTIAL)] == [Level.SUBSTANTIAL, Level.HIGH]
    assert Level.BASIC.reaches(Level.BASIC)
    assert "high" < "substantial"


def test_the_methods_to_ask_for_are_those_that_are_sure_enough() -> None:
    asked = assurance_table().reaching(Level.HIGH)

    assert asked == ("http://ftn.ficora.fi/2017/loa3", "http://eidas.europa.eu/LoA/high")


@pytest.mark.parametrize(
    "changes",
    [
        {"methods": {}},
        {"methods": {"one": ROW | {"level": "surest"}}},
        {"methods": {"one": ROW | {"sure": "perhaps"}}},
        {"methods": {"*katso": ROW}},
        {"unlisted": "high"},
        {"more": 1},
    ],
)
def test_half_a_table_is_none(changes: dict[str, Any]) -> None:
    with pytest.raises(TableInvalid):
        read_assurance(a_table(**changes))


def test_an_operators_own_table_stands_in_the_place_of_ours(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(
        "{label: mine, unlisted: refused, methods: "
        "{one: {level: high, means: card, source: us, date: now, sure: default}}}"
    )

    assert assurance_table(file).method("one") == Method(Level.HIGH, "card", "us", "now", "default")
    with pytest.raises(IdentificationFailed):
        assurance_table(file).method("http://ftn.ficora.fi/2017/loa2")
