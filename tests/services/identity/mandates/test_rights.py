"""From codes to rights: the table as it is shipped, and what no table may do."""

from importlib.resources import files
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from services.identity.domain.mandates import Vouched, take_in
from services.identity.domain.rights import RightsTable, Rule, read_table
from shared.contracts.base import PersonId
from shared.contracts.identity import MandateRight
from shared.contracts.roles import Role
from shared.contracts.tables import TableInvalid
from tests.services.identity.mandates.proofs import AT, LIFETIME, SOMEBODY

SHIPPED: dict[str, Any] = yaml.safe_load(
    files("services.identity").joinpath("mandate_rights.yaml").read_text(encoding="utf-8")
)
TABLE = read_table(SHIPPED)
THEME = "http://valtuusrekisteri.suomi.fi/esimerkki_kanta_"
GRANTING = "http://assignment.valtuusrekisteri.suomi.fi/esimerkki_kanta_asiointi"
CODES = [*TABLE.names, "HT", "http://valtuusrekisteri.suomi.fi/palkanmaksu"]


@pytest.mark.parametrize(
    ("codes", "rights"),
    [
        ([], set()),
        (["TJ"], {"main_user", "act_for"}),
        (["TJS"], {"main_user", "act_for"}),
        (["NIMKO"], {"main_user", "act_for"}),
        (["ELI"], {"main_user", "act_for"}),
        (["VTJ"], {"act_for"}),
        (["PR"], {"act_for"}),
        (["J"], set()),
        (["PJ", "J"], set()),
        (["TIL"], set()),
        (["HT"], set()),
        ([GRANTING], set()),
        ([f"{THEME}asiointi"], {"act_for"}),
        ([GRANTING, f"{THEME}asiointi"], {"main_user", "act_for"}),
        ([f"{THEME}lukija", f"{THEME}toteuttaja"], {"reader", "implementer"}),
        ([f"{THEME}hallinnollinen_yhteyshenkilo"], {"administrative_contact", "act_for"}),
        ([f"{THEME}lukija".upper()], set()),
        (["http://elsewhere.example/esimerkki_kanta_asiointi"], set()),
    ],
)
def test_what_codes_give(codes: list[str], rights: set[str]) -> None:
    assert TABLE.rights(codes) == rights


@given(st.sets(st.sampled_from(CODES)), st.sets(st.sampled_from(CODES)))
def test_more_mandates_never_mean_fewer_rights(some: set[str], more: set[str]) -> None:
    assert TABLE.rights(some) <= TABLE.rights(some | more)


_rules = st.builds(
    Rule,
    st.frozensets(st.sampled_from("ABCDE"), min_size=1),
    st.frozensets(st.sampled_from(list(MandateRight)), min_size=1),
)


@given(st.lists(_rules, max_size=8), st.sets(st.sampled_from("ABCDE")), st.sets(st.sampled_from("ABCDE")))
def test_no_table_that_can_be_written_takes_a_right_away(
    rules: list[Rule], some: set[str], more: set[str]
) -> None:
    table = RightsTable("any", {}, tuple(rules))

    assert table.rights(some) <= table.rights(some | more)
    assert table.rights([]) == frozenset()


@given(st.frozensets(st.sampled_from(CODES)), st.booleans())
def test_an_incomplete_answer_never_grants_anything(codes: frozenset[str], again: bool) -> None:
    vouched = Vouched(business_id="9100010-1", name="", complete=False, codes=codes)

    proof = take_in(None, vouched, person=SOMEBODY, how="ypa", now=AT, lifetime=LIFETIME)
    if again:
        proof = take_in(proof, vouched, person=SOMEBODY, how="ypa", now=AT, lifetime=LIFETIME)

    assert not proof.holds(AT)
    assert not proof.holds(AT + LIFETIME)


def test_every_role_can_be_given_and_no_other() -> None:
    assert {one.value for one in MandateRight} - {"act_for"} == {one.value for one in Role}


def test_what_the_table_says_nothing_of_is_named() -> None:
    assert TABLE.unknown(["TJ", "HT", "http://valtuusrekisteri.suomi.fi/palkanmaksu"]) == {
        "HT",
        "http://valtuusrekisteri.suomi.fi/palkanmaksu",
    }


def test_the_shipped_table_says_whose_it_is_and_how_sure() -> None:
    assert TABLE.label == "project-default"
    assert all(row["source"] and row["date"] for row in [*SHIPPED["codes"].values(), *SHIPPED["rules"]])


def test_the_examples_of_themes_call_themselves_examples_in_every_language() -> None:
    examples = {code: names for code, names in TABLE.names.items() if "esimerkki" in code}

    assert examples
    for names in examples.values():
        assert ("esimerkki" in names["fi"], "exempel" in names["sv"], "example" in names["en"]) == (True,) * 3


CODE = {"fi": "a", "sv": "b", "en": "c", "source": "here", "date": "today", "sure": "default"}
RULE = {"needs": ["TJ"], "gives": ["act_for"], "source": "here", "date": "today", "sure": "default"}
WHOLE: dict[str, Any] = {"label": "mine", "codes": {"TJ": CODE}, "rules": [RULE]}


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"label": ""}, "label"),
        ({"codes": {}}, "codes"),
        ({"rules": []}, "rules"),
        ({"codes": {"TJ": CODE, "tj": CODE}}, "codes.tj"),
        ({"codes": {"TJ": CODE | {"sv": " "}}}, "codes.TJ.sv"),
        ({"codes": {"TJ": {k: v for k, v in CODE.items() if k != "en"}}}, "codes.TJ.en"),
        ({"rules": [RULE | {"needs": []}]}, "rules.0.needs"),
        ({"rules": [RULE | {"needs": ["J"]}]}, "rule 1 needs J"),
        ({"rules": [RULE | {"gives": ["king"]}]}, "rules.0.gives.0"),
        ({"rules": [RULE | {"takes": ["act_for"]}]}, "rules.0.takes"),
        ({"rules": [RULE | {"sure": "very"}]}, "rules.0.sure"),
        ({"more": 1}, "more"),
    ],
)
def test_a_table_with_a_mistake_is_refused_and_told_where(change: dict[str, Any], where: str) -> None:
    assert read_table(WHOLE).rules

    with pytest.raises(TableInvalid, match=where.replace(".", r"\.")):
        read_table(WHOLE | change)


@pytest.mark.parametrize("document", [None, [], "text", 1])
def test_a_file_that_holds_no_table_is_refused(document: object) -> None:
    with pytest.raises(TableInvalid):
        read_table(document)


def test_what_is_proved_is_of_one_person() -> None:
    vouched = Vouched(business_id="9100010-1", name="Oy", complete=True, codes=frozenset({"TJ"}))

    proof = take_in(None, vouched, person=PersonId(SOMEBODY), how="ypa", now=AT, lifetime=LIFETIME)

    assert (proof.person, proof.business_id, proof.how) == (SOMEBODY, "9100010-1", "ypa")
