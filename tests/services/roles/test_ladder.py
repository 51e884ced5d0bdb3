"""May this person do this, and if not, why?"""

from datetime import date, timedelta
from typing import Any

import pytest

from services.roles.app import katso_table, matrix, policy
from services.roles.domain.ladder import Standing
from services.roles.imported import ImportedKatso
from services.roles.readmodel import ReadModel
from services.roles.settings import RolesSettings
from shared.contracts.identity import RegisterName, RegisterState
from shared.contracts.roles import AccessAnswer, Fixer, Gate, Rung
from shared.contracts.roles_refusals import ActionUnknown, BehindTheFacts
from tests.services.roles.factory import (
    COUNTY,
    HOLDER,
    MAIN,
    NOW,
    PHARMACY,
    accepted,
    an_offer,
    an_organisation,
    named,
)

ACTION = "systems.edit"


@pytest.fixture
def model() -> ReadModel:
    """Everything known, nothing granted."""
    fresh = ReadModel(
        matrix=matrix(RolesSettings()),
        register_oldest=timedelta(hours=36),
        policy=policy(RolesSettings()),
        imported=ImportedKatso(katso_table(RolesSettings())),
    )
    fresh.see_organisation(an_organisation())
    for person in (MAIN, HOLDER):
        fresh.see_member(COUNTY, person)
        fresh.see_standing(person, Standing(identified_at=NOW - timedelta(days=3), linked_at=NOW))
    fresh.see_grant(named(MAIN), 0)
    return fresh


def ask(
    model: ReadModel, *, person: object = HOLDER, action: str = ACTION, later: timedelta = timedelta()
) -> AccessAnswer:
    return model.check(COUNTY, person, action, at_least=0, now=NOW + later)  # type: ignore[arg-type]  # ids are ids


def first_lacking(answer: AccessAnswer) -> Rung:
    return next(rung for rung in answer.rungs if not rung.holds)


def test_the_ladder_has_all_rungs_in_their_order(model: ReadModel) -> None:
    assert [rung.gate for rung in ask(model).rungs] == [*Gate]


def test_nobody_may_without_a_grant(model: ReadModel) -> None:
    answer = ask(model)

    assert not answer.allowed
    assert (first_lacking(answer).code, first_lacking(answer).fixer) == ("no_grant", Fixer.MAIN_USER)


def test_an_offer_that_waits_lets_nobody_in(model: ReadModel) -> None:
    model.see_grant(an_offer(), 1)

    answer = ask(model)

    assert not answer.allowed
    assert (first_lacking(answer).gate, first_lacking(answer).fixer) == (Gate.ACCEPTED, Fixer.PERSON)


def test_after_acceptance_the_answer_is_yes_and_says_since_when(model: ReadModel) -> None:
    model.see_grant(accepted(an_offer()), 2)

    answer = ask(model)

    assert answer.allowed
    assert answer.rungs[4].since == NOW


def test_a_role_gives_only_what_the_matrix_says(model: ReadModel) -> None:
    model.see_grant(accepted(an_offer(role="reader")), 2)

    assert not ask(model, action="systems.edit").allowed
    assert ask(model, action="systems.read").allowed


def test_who_may_edit_may_read(model: ReadModel) -> None:
    model.see_grant(accepted(an_offer()), 2)

    assert ask(model, action="systems.read").allowed


def test_a_main_user_may_do_everything(model: ReadModel) -> None:
    assert all(ask(model, person=MAIN, action=action).allowed for action in model.matrix.actions())


def test_an_ended_role_says_no_at_its_very_end(model: ReadModel) -> None:
    model.see_grant(accepted(an_offer(valid_until=date(2026, 11, 25))), 2)

    before, after = timedelta(hours=36, minutes=59, seconds=59), timedelta(hours=37)
    model.see_organisation(an_organisation(fetched_at=NOW + before))
    assert ask(model, later=before).allowed
    assert first_lacking(ask(model, later=after)).code == "expired"


def test_a_revoked_role_says_so(model: ReadModel) -> None:
    held = accepted(an_offer())
    model.see_grant(held.revoke("Left", by=MAIN, now=NOW), 3)

    assert (first_lacking(ask(model)).code, first_lacking(ask(model)).gate) == ("revoked", Gate.RIGHT)


def test_older_news_of_a_grant_does_not_undo_newer(model: ReadModel) -> None:
    held = accepted(an_offer())
    model.see_grant(held.revoke("Left", by=MAIN, now=NOW), 3)
    model.see_grant(held, 2)

    assert not ask(model).allowed


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"state": RegisterState.DELETED}, "register_not_active"),
        ({"state": RegisterState.ABSENT}, "register_absent"),
        ({"valid_from": date(2026, 11, 25)}, "register_not_yet_valid"),
        ({"valid_until": date(2026, 11, 23)}, "register_expired"),
        ({"trouble": "identity.register_oid_twice"}, "register_in_error"),
        ({"parent_state": RegisterState.ABSENT}, "register_parent_not_valid"),
        (
            {"parent_state": RegisterState.ACTIVE, "parent_valid_until": date(2026, 11, 23)},
            "register_parent_not_valid",
        ),
        ({"fetched_at": NOW - timedelta(hours=37)}, "register_stale"),
        ({"fetched_at": None}, "register_stale"),
    ],
)
def test_an_organisation_that_is_not_current_lets_nobody_act(
    model: ReadModel, changes: dict[str, Any], code: str
) -> None:
    model.see_grant(accepted(an_offer()), 2)
    model.see_organisation(an_organisation(**changes))

    answer = ask(model)

    assert not answer.allowed
    assert (first_lacking(answer).code, first_lacking(answer).fixer) == (code, Fixer.REGISTER_KEEPER)


def test_a_reading_of_the_whole_register_makes_every_copy_young(model: ReadModel) -> None:
    model.see_grant(accepted(an_offer()), 2)
    model.see_organisation(an_organisation(fetched_at=NOW - timedelta(days=30)))
    before = ask(model)

    model.see_register_read(RegisterName.ORGANISATIONS, NOW - timedelta(hours=35))

    assert first_lacking(before).code == "register_stale"
    assert ask(model).allowed
    assert not ask(model, later=timedelta(hours=2)).allowed


def test_a_copy_is_as_young_as_the_register_that_it_is_in(model: ReadModel) -> None:
    model.see_grant(accepted(an_offer()), 2)
    told: dict[str, Any] = {
        "fetched_at": NOW - timedelta(days=30),
        "register_name": RegisterName.PRACTITIONERS,
    }
    model.see_organisation(an_organisation(**told))

    model.see_register_read(RegisterName.ORGANISATIONS, NOW)
    by_the_other = ask(model)
    model.see_register_read(RegisterName.PRACTITIONERS, NOW)

    assert first_lacking(by_the_other).code == "register_stale"
    assert ask(model).allowed


def test_the_register_is_looked_at_again_as_time_goes(model: ReadModel) -> None:
    model.see_grant(accepted(an_offer()), 2)

    assert ask(model).allowed
    assert not ask(model, later=timedelta(hours=36)).allowed


def test_somebody_we_never_saw_is_not_identified(model: ReadModel) -> None:
    model.see_standing(HOLDER, Standing(identified_at=None, linked_at=None))

    assert [rung.code for rung in ask(model).rungs[:2]] == ["never_identified", "not_linked"]


def test_a_role_in_one_organisation_is_worth_nothing_in_another(model: ReadModel) -> None:
    model.see_grant(accepted(an_offer()), 2)
    model.see_organisation(an_organisation(PHARMACY))

    assert not model.check(PHARMACY, HOLDER, ACTION, at_least=0, now=NOW).allowed


def test_an_unknown_action_is_refused_with_those_there_are(model: ReadModel) -> None:
    with pytest.raises(ActionUnknown) as refused:
        ask(model, action="nuclear.launch")

    assert ACTION in refused.value.parameters["known"]  # type: ignore[operator]  # a list of actions


def test_an_answer_never_pretends_to_know_what_it_does_not(model: ReadModel) -> None:
    with pytest.raises(BehindTheFacts):
        model.check(COUNTY, HOLDER, ACTION, at_least=99, now=NOW)
