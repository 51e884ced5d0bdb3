"""By what somebody may be a main user, or act: by kind of organisation and by day."""

from copy import deepcopy
from datetime import date
from importlib.resources import files
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from services.roles.app import policy
from services.roles.domain.policy import Shown, read_policy, who_may
from services.roles.settings import RolesSettings
from shared.contracts.identity import OrganisationKind
from shared.contracts.roles import Capacity, Ground
from shared.contracts.tables import TableInvalid

POLICY = policy(RolesSettings())
LAST_OF_KATSO, FIRST_OF_SUOMIFI = date(2020, 1, 28), date(2020, 1, 29)
LAST_OF_HYBRID, FIRST_AFTER = date(2020, 12, 31), date(2021, 1, 1)
MIDSUMMER = date(2020, 6, 20)
TODAY = date(2026, 11, 27)

KINDS = st.sampled_from(OrganisationKind)
DAYS = st.dates(date(2010, 1, 1), date(2060, 1, 1))
SHOWN = st.builds(Shown, st.sampled_from(Ground), st.sampled_from(Capacity))


def may(kind: OrganisationKind, day: date, ground: Ground, capacity: Capacity) -> bool:
    return who_may(POLICY, kind, day, [Shown(ground, capacity)]).may(capacity)


def the_table() -> dict[str, Any]:
    text = files("services.roles").joinpath("policy.yaml").read_text(encoding="utf-8")
    table: dict[str, Any] = yaml.safe_load(text)
    return table


@given(KINDS, DAYS)
def test_every_kind_has_exactly_one_row_on_every_day(kind: OrganisationKind, day: date) -> None:
    fitting = [
        row
        for row in POLICY.rows[kind]
        if (row.begins is None or row.begins <= day) and (row.ends is None or day <= row.ends)
    ]

    assert fitting == [POLICY.row(kind, day)]


@given(KINDS, DAYS, st.sets(SHOWN), st.sets(SHOWN))
def test_more_to_show_never_means_less(
    kind: OrganisationKind, day: date, some: set[Shown], more: set[Shown]
) -> None:
    before, after = who_may(POLICY, kind, day, some), who_may(POLICY, kind, day, some | more)

    for capacity in Capacity:
        assert set(before.by[capacity]) <= set(after.by[capacity])


@given(KINDS, DAYS, st.sets(SHOWN))
def test_a_main_user_acts_too_and_whatever_does_not_count_is_named(
    kind: OrganisationKind, day: date, shown: set[Shown]
) -> None:
    answer = who_may(POLICY, kind, day, shown)

    assert answer.may(Capacity.ACT_FOR) or not answer.may(Capacity.MAIN_USER)
    for one in shown:
        assert (one in answer.passed_over) == (not may(kind, day, one.ground, one.capacity))


@given(KINDS, DAYS)
def test_nothing_to_show_gives_nothing(kind: OrganisationKind, day: date) -> None:
    answer = who_may(POLICY, kind, day, ())

    assert not answer.may(Capacity.MAIN_USER)
    assert not answer.may(Capacity.ACT_FOR)


@given(KINDS, DAYS, st.sampled_from(Ground), st.sampled_from(Capacity))
def test_a_ground_counts_on_every_day_until_the_one_that_is_told(
    kind: OrganisationKind, day: date, ground: Ground, capacity: Capacity
) -> None:
    until = POLICY.counts_until(kind, day, ground, capacity)

    assert may(kind, day, ground, capacity) == (until is None or until >= day)
    for row in POLICY.rows[kind]:
        if until is not None and until >= day and row.begins is not None and row.begins > until:
            assert not may(kind, row.begins, ground, capacity)
            break


@given(KINDS, DAYS)
def test_who_was_named_or_was_granted_the_role_may_on_every_day(kind: OrganisationKind, day: date) -> None:
    assert may(kind, day, Ground.SETTLED, Capacity.MAIN_USER)
    assert may(kind, day, Ground.GRANTED, Capacity.MAIN_USER)
    assert may(kind, day, Ground.GRANTED, Capacity.ACT_FOR)


@pytest.mark.parametrize(
    ("kind", "counts"),
    [
        (OrganisationKind.COMPANY, True),
        (OrganisationKind.SELF_EMPLOYED, True),
        (OrganisationKind.PHARMACY, True),
        (OrganisationKind.ASSOCIATION, True),
        (OrganisationKind.VENDOR, True),
        (OrganisationKind.PUBLIC, False),
        (OrganisationKind.FOUNDATION, False),
    ],
)
def test_a_position_in_a_register_is_enough_but_for_public_bodies_and_foundations(
    kind: OrganisationKind, *, counts: bool
) -> None:
    assert may(kind, TODAY, Ground.SIGNATORY, Capacity.MAIN_USER) is counts
    assert may(kind, TODAY, Ground.MANDATE, Capacity.MAIN_USER)


def test_suomifi_counts_from_the_day_of_the_change_on() -> None:
    for capacity in Capacity:
        assert not may(OrganisationKind.COMPANY, LAST_OF_KATSO, Ground.SIGNATORY, capacity)
        assert may(OrganisationKind.COMPANY, FIRST_OF_SUOMIFI, Ground.SIGNATORY, capacity)


def test_a_company_has_done_with_katso_at_the_change_and_a_public_body_at_the_end_of_the_year() -> None:
    def katso(kind: OrganisationKind, day: date) -> bool:
        return may(kind, day, Ground.KATSO_ROLE, Capacity.ACT_FOR)

    assert katso(OrganisationKind.COMPANY, LAST_OF_KATSO)
    assert not katso(OrganisationKind.COMPANY, FIRST_OF_SUOMIFI)
    assert katso(OrganisationKind.PUBLIC, MIDSUMMER)
    assert katso(OrganisationKind.PUBLIC, LAST_OF_HYBRID)
    assert not any(katso(kind, FIRST_AFTER) for kind in OrganisationKind)


def test_a_ground_that_stops_counting_says_on_which_day_it_last_does() -> None:
    asked = (OrganisationKind.PUBLIC, MIDSUMMER, Ground.KATSO_ROLE, Capacity.ACT_FOR)

    assert POLICY.counts_until(*asked) == LAST_OF_HYBRID
    assert POLICY.counts_until(OrganisationKind.PUBLIC, TODAY, Ground.MANDATE, Capacity.ACT_FOR) is None


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda table: table["rows"].pop(), "vendor in suomifi has no row"),
        (lambda table: table["rows"].append(table["rows"][0]), "company in katso has two rows"),
        (lambda table: table["rows"][0].update(period="stone age"), "there is no such period"),
        (lambda table: table["rows"][0].update(kind="guild"), "rows.0.kind"),
        (lambda table: table["rows"][0].update(main_user=["hearsay"]), "rows.0.main_user"),
        (lambda table: table["rows"][0].update(sure="maybe"), "rows.0.sure"),
        (lambda table: table["rows"][0].pop("source"), "rows.0.source"),
        (lambda table: table["rows"][0].update(note="x"), "rows.0.note"),
        (lambda table: table["periods"]["hybrid"].update({"from": date(2020, 1, 30)}), "periods.katso"),
        (lambda table: table["periods"]["hybrid"].update(until=date(2020, 12, 30)), "periods.hybrid"),
        (lambda table: table["periods"]["suomifi"].update(until=date(2030, 1, 1)), "the last no end"),
        (lambda table: table["periods"]["katso"].update({"from": date(2006, 1, 1)}), "the first has no"),
        (lambda table: table.pop("label"), "label"),
    ],
)
def test_half_a_table_is_none(spoil: Any, told: str) -> None:
    table = deepcopy(the_table())
    spoil(table)

    with pytest.raises(TableInvalid, match=told):
        read_policy(table)


def test_the_last_day_of_katso_can_be_moved_and_moves_the_day_after_it() -> None:
    later = date(2030, 12, 31)
    moved = policy(RolesSettings(katso_roles_until=later))
    before, after = (moved.row(OrganisationKind.PUBLIC, day) for day in (TODAY, date(2031, 1, 1)))

    assert (before.period, before.ends) == ("hybrid", later)
    assert (after.period, after.begins) == ("suomifi", date(2031, 1, 1))
    assert Ground.KATSO_ROLE in before.act_for
    assert Ground.KATSO_ROLE not in moved.row(OrganisationKind.COMPANY, TODAY).act_for
    assert policy(RolesSettings(katso_roles_until=LAST_OF_HYBRID)) == POLICY


def test_the_last_day_of_katso_is_not_moved_to_before_the_change_of_logins() -> None:
    with pytest.raises(TableInvalid, match=r"periods\.hybrid: it ends before it begins"):
        policy(RolesSettings(katso_roles_until=date(2019, 12, 31)))


def test_in_a_table_without_katso_its_last_day_moves_nothing() -> None:
    table = the_table()
    for row in table["rows"]:
        for grounds in (row["main_user"], row["act_for"]):
            if "katso_role" in grounds:
                grounds.remove("katso_role")

    with pytest.raises(TableInvalid, match="count in none of them"):
        read_policy(table, LAST_OF_HYBRID)
