"""Where a grant of Katso stands follows from facts, at any moment."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.roles.domain import waves
from services.roles.domain.grants import Grant
from services.roles.domain.legacy import (
    Holder,
    Legacy,
    Progress,
    Said,
    again,
    as_of,
    days_to_show,
    progress,
    taken_in,
    tally,
)
from services.roles.domain.mapping import Target, read_mapping
from services.roles.domain.waves import Standing
from shared.contracts.legacy import KatsoStatus, LegacyId, LegacyState, Why
from shared.contracts.roles import Role
from shared.contracts.tables import TableInvalid
from tests.services.roles.factory import COUNTY, HOLDER, MAIN, NOW, accepted, an_offer, named
from tests.services.roles.legacy_town import TABLE, a_row

TECHNICAL = Target(frozenset({Role.TECHNICAL_CONTACT}))
IMPORTED = NOW - timedelta(days=30)


def a_legacy(**changes: object) -> Legacy:
    row = a_row(**{name: value for name, value in changes.items() if name != "said"})
    taken = taken_in(row, organisation=COUNTY, legacy_id=LegacyId(uuid4()), now=IMPORTED)
    return replace(taken, said=changes.get("said", ()))  # type: ignore[arg-type]  # a tuple of Said, if it is there


def stands(*grants: Grant, at: datetime = NOW, target: Target = TECHNICAL, **holder: object) -> Progress:
    known = Holder(**{"member": True, "grants": grants} | holder)  # type: ignore[arg-type]  # as Holder has them
    return progress(a_legacy(), target, known, at)


def test_an_imported_grant_has_not_started_and_waits_since_its_import() -> None:
    assert stands() == Progress(LegacyState.NOT_STARTED, IMPORTED, Why.FRESH, TECHNICAL.roles)


def test_an_offer_invites_identifying_comes_next_and_accepting_ends_it() -> None:
    offered = an_offer()
    identified_at = NOW + timedelta(minutes=5)
    after = NOW + timedelta(minutes=10)

    assert stands(offered).state is LegacyState.INVITED
    assert stands(offered, at=after, identified_at=identified_at).state is LegacyState.IDENTIFIED
    assert stands(accepted(offered, at=after), at=after).state is LegacyState.REACCEPTED


def test_having_identified_before_the_invitation_is_no_step_on_the_way() -> None:
    assert stands(an_offer(), identified_at=NOW - timedelta(days=1)).state is LegacyState.INVITED


@pytest.mark.parametrize(
    ("closed", "why"),
    [
        (an_offer().decline("No", by=an_offer().holder, now=NOW), Why.DECLINED),
        (an_offer().withdraw("", by=MAIN, now=NOW), Why.WITHDRAWN),
    ],
)
def test_an_answer_other_than_yes_leads_back_to_the_start_with_why(closed: Grant, why: Why) -> None:
    later = NOW + timedelta(days=1)

    assert stands(closed, at=later) == Progress(LegacyState.NOT_STARTED, NOW, why, TECHNICAL.roles)


def test_an_offer_that_nobody_answered_leads_back_too() -> None:
    offered = an_offer()
    found = stands(offered, at=NOW + timedelta(days=20))

    assert (found.state, found.why, found.since) == (
        LegacyState.NOT_STARTED,
        Why.LAPSED,
        offered.offer_ends_at,
    )


def test_what_was_accepted_anew_stays_so_when_the_role_ends_later() -> None:
    ended = accepted(an_offer()).revoke("Left", by=MAIN, now=NOW + timedelta(days=3))

    assert stands(ended, at=NOW + timedelta(days=4)).state is LegacyState.REACCEPTED


def test_all_roles_that_it_comes_to_have_to_be_accepted() -> None:
    both = Target(frozenset({Role.TECHNICAL_CONTACT, Role.READER}))
    half = accepted(an_offer())

    found = stands(half, target=both)

    assert (found.state, found.missing) == (LegacyState.NOT_STARTED, frozenset({Role.READER}))


def test_a_role_offered_by_hand_and_accepted_counts_as_well() -> None:
    assert (
        stands(accepted(an_offer(now=IMPORTED - timedelta(days=9)), at=IMPORTED)).state
        is LegacyState.REACCEPTED
    )


@pytest.mark.parametrize(
    ("changes", "holder", "target", "why"),
    [
        ({"person": None}, Holder(), TECHNICAL, Why.UNMATCHED),
        ({}, Holder(member=False), TECHNICAL, Why.NOT_MEMBER),
        ({}, Holder(member=True), Target(), Why.UNMAPPED),
        ({"receiver": "9100010-1"}, Holder(member=True), TECHNICAL, Why.TO_ORGANISATION),
        ({}, Holder(member=True), Target(frozenset({Role.MAIN_USER})), Why.APPOINT),
    ],
)
def test_whom_nobody_can_invite_is_shown_with_why(
    changes: dict[str, object], holder: Holder, target: Target, why: Why
) -> None:
    found = progress(a_legacy(**changes), target, holder, NOW)

    assert (found.state, found.why) == (LegacyState.NOT_STARTED, why)
    assert found.offerable == frozenset()


def test_nobody_can_be_invited_to_what_is_not_offered() -> None:
    assert stands(target=Target(frozenset({Role.MAIN_USER}))).offerable == frozenset()
    named_first = named(HOLDER)
    assert stands(named_first, target=Target(frozenset({Role.MAIN_USER}))).state is LegacyState.REACCEPTED


def test_a_main_users_word_is_taken_and_taken_back() -> None:
    no = Said(needed=False, reason="Left", by=MAIN, at=NOW)
    yes = Said(needed=True, reason=None, by=MAIN, at=NOW + timedelta(days=1))
    holder = Holder(member=True)

    assert progress(a_legacy(said=(no,)), TECHNICAL, holder, NOW).state is LegacyState.NOT_NEEDED
    assert progress(a_legacy(said=(no,)), TECHNICAL, holder, IMPORTED).state is LegacyState.NOT_STARTED
    assert progress(a_legacy(said=(no, yes)), TECHNICAL, holder, yes.at).since == yes.at


def test_what_had_ended_in_katso_is_not_needed() -> None:
    found = progress(a_legacy(status=KatsoStatus.ENDED), TECHNICAL, Holder(member=True), NOW)

    assert (found.state, found.why) == (LegacyState.NOT_NEEDED, Why.KATSO_ENDED)


# On a busy machine making examples may take long, and says nothing of the rules.
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 40 * 24), st.integers(0, 20 * 24), st.integers(1, 13 * 24), st.sampled_from("adw-"))
def test_the_past_does_not_change_by_what_comes_later(
    looked: int, offered: int, answer: int, how: str
) -> None:
    """A picture of a past day is the same whenever it is drawn."""
    at, begin = IMPORTED + timedelta(hours=looked), IMPORTED + timedelta(hours=offered)
    first = an_offer(now=begin, valid_until=date(2028, 1, 1))
    then = begin + timedelta(hours=answer)
    last = {
        "a": lambda: accepted(first, at=then),
        "d": lambda: first.decline("No", by=first.holder, now=then),
        "w": lambda: first.withdraw("", by=MAIN, now=then),
        "-": lambda: first,
    }[how]()
    known_then = [one for one in (last if at >= then else first,) if one.offered_at <= at]

    assert stands(last, at=at) == stands(*known_then, at=at)
    assert (as_of(last, at) is None) == (at < begin)


def test_a_newer_listing_changes_the_dates_and_not_who_the_holder_was_said_to_be() -> None:
    before = a_legacy()
    newer = a_legacy(valid_until=date(2020, 12, 31), person=None)

    assert again(before, a_legacy()) is before
    assert again(before, newer).valid_until == date(2020, 12, 31)
    assert again(before, newer).person == before.person


def test_in_force_in_katso_follows_the_dates_of_the_listing() -> None:
    bounded = a_legacy(valid_until=date(2020, 12, 31))

    assert bounded.in_force_in_katso(date(2020, 12, 31))
    assert not bounded.in_force_in_katso(date(2021, 1, 1))
    assert not bounded.in_force_in_katso(date(2019, 2, 28))
    assert a_legacy().in_force_in_katso(date(2030, 1, 1))
    assert not a_legacy(status=KatsoStatus.PENDING).in_force_in_katso(date(2020, 1, 1))


def test_roles_are_known_in_three_languages_and_a_strange_one_comes_to_nothing() -> None:
    names = ("Kanta.fi \N{EN DASH} Arkistonhoitaja", "arkivarie", "Archive keeper")

    assert {TABLE.target(name, [name]).roles for name in names} == {frozenset({Role.ARCHIVE_KEEPER})}
    assert TABLE.target("Palkkatietojen katselija", ["Palkkatietojen katselija"]) == Target()


def test_a_rule_that_needs_two_roles_gives_nothing_for_one() -> None:
    table = read_mapping(
        {
            "label": "test",
            "katso_roles": {"a": ["A"], "b": ["B"]},
            "rules": [
                {"needs": ["a", "b"], "roles": ["reader"], "themes": ["t1", "t2"]},
                {"needs": ["a"], "roles": ["archive_keeper"]},
            ],
        }
    )

    assert table.target("A", ["A"]).roles == {Role.ARCHIVE_KEEPER}
    assert table.target("A", ["A", "B"]).roles == {Role.ARCHIVE_KEEPER, Role.READER}
    assert table.target("B", ["A", "B"]) == Target(frozenset({Role.READER}), ("t1", "t2"))
    assert table.target("B", ["B"]) == Target()


@pytest.mark.parametrize(
    "document",
    [
        None,
        {"label": "x", "katso_roles": {"a": ["A"]}, "rules": [{"needs": ["b"]}]},
        {"label": "x", "katso_roles": {"a": ["A"], "b": ["a"]}, "rules": []},
        {"label": "x", "katso_roles": {"a": ["A"]}, "rules": [{"needs": ["a"], "roles": ["king"]}]},
        {"label": "x", "katso_roles": {"a": ["A"]}, "rules": [{"needs": []}]},
        {"label": "x", "katso_roles": {"a": ["A"]}, "rules": [], "rule": [{"needs": ["a"]}]},
        {"label": "x", "katso_roles": {"a": ["A"]}, "rules": [{"needs": ["a"], "role": ["reader"]}]},
    ],
)
def test_a_table_that_cannot_be_meant_is_refused(document: object) -> None:
    with pytest.raises(TableInvalid):
        read_mapping(document)


def a_standing(name: str, role: Role, *, until: date | None = None, state: object = None) -> Standing:
    legacy = a_legacy(katso_id=None, holder=name, valid_until=until)
    target = Target(frozenset({role}))
    return Standing(legacy, target, progress(legacy, target, Holder(member=True), NOW))


def test_main_users_come_first_then_those_who_are_alone_then_those_who_end_soonest() -> None:
    several = [
        a_standing("Late", Role.READER),
        a_standing("Soon", Role.READER, until=date(2026, 12, 31)),
        a_standing("Alone", Role.ARCHIVE_KEEPER),
        a_standing("Main", Role.MAIN_USER),
    ]

    ordered = waves.in_order(several, waves.held_by_one(several))

    assert [one.legacy.holder for one in ordered] == ["Main", "Alone", "Soon", "Late"]


def test_a_wave_holds_so_many_people_and_each_with_all_that_they_had() -> None:
    several = [a_standing(name, role) for name in "ABC" for role in (Role.READER, Role.IMPLEMENTER)]
    plan = waves.planned(several, 2)

    assert sorted(plan.values()) == [1, 1, 2]
    _, ready = waves.next_wave(several, 2)
    assert {one.legacy.holder for one in ready} == {"A", "B"}
    assert len(ready) == 4


def test_the_picture_has_a_day_for_each_and_never_more_than_sixty() -> None:
    short, long = days_to_show(NOW - timedelta(days=3), NOW), days_to_show(NOW - timedelta(days=500), NOW)

    assert len(short) == 4
    assert len(long) <= 60
    assert short[-1] == (NOW.date(), NOW)
    assert tally(NOW.date(), [stands()]).left == 1
