"""An answer put together from written parts is the answer."""

from datetime import timedelta

import pytest

from services.roles.app import katso_table, matrix, policy
from services.roles.domain.grants import Grant
from services.roles.domain.ladder import Standing
from services.roles.imported import ImportedKatso
from services.roles.readmodel import ReadModel
from services.roles.settings import RolesSettings
from shared.contracts.base import OrganisationId, PersonId
from shared.contracts.roles import AccessAnswer
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

STRANGER = PersonId(PHARMACY)


def model_with(*grants: Grant) -> ReadModel:
    model = ReadModel(
        matrix=matrix(RolesSettings()),
        register_oldest=timedelta(hours=36),
        policy=policy(RolesSettings()),
        imported=ImportedKatso(katso_table(RolesSettings())),
    )
    model.see_organisation(an_organisation())
    for person in (MAIN, HOLDER):
        model.see_member(COUNTY, person)
        model.see_standing(person, Standing(identified_at=NOW - timedelta(days=3), linked_at=NOW))
    for revision, grant in enumerate((named(MAIN), *grants), start=1):
        model.see_grant(grant, revision)
    return model


def every_answer(model: ReadModel, later: timedelta) -> list[tuple[bytes, AccessAnswer]]:
    """Each answer about each person, place and action, in both its forms."""
    asked: list[tuple[OrganisationId, PersonId, str]] = [
        (place, person, action)
        for place in (COUNTY, PHARMACY)
        for person in (HOLDER, MAIN, STRANGER)
        for action in model.matrix.actions()
    ]
    now = NOW + later
    return [
        (
            model.check_written(place, person, action, at_least=0, now=now),
            model.check(place, person, action, at_least=0, now=now),
        )
        for place, person, action in asked
    ]


@pytest.mark.parametrize("later", [timedelta(), timedelta(days=10), timedelta(days=20), timedelta(days=4000)])
@pytest.mark.parametrize(
    "grants",
    [
        (),
        (an_offer(),),
        (accepted(an_offer()),),
        (an_offer().decline("No", by=HOLDER, now=NOW),),
        (accepted(an_offer()).revoke("Left", by=MAIN, now=NOW),),
    ],
    ids=["nothing", "offered", "accepted", "declined", "revoked"],
)
def test_the_written_answer_is_the_answer(grants: tuple[Grant, ...], later: timedelta) -> None:
    answers = every_answer(model_with(*grants), later)

    assert [written for written, _ in answers] == [brief(answer) for _, answer in answers]
    assert [AccessAnswer.model_validate_json(written) for written, _ in answers] == [
        answer for _, answer in answers
    ]


def test_a_part_that_was_written_is_written_anew_when_it_changes() -> None:
    model = model_with(an_offer())
    before = every_answer(model, timedelta())
    model.see_grant(accepted(an_offer()), 2)
    model.see_standing(HOLDER, Standing(identified_at=NOW, linked_at=None))
    after = every_answer(model, timedelta())

    assert before != after
    assert [written for written, _ in after] == [brief(answer) for _, answer in after]


def brief(answer: AccessAnswer) -> bytes:
    """*answer* without what goes without saying."""
    return answer.model_dump_json(exclude_defaults=True).encode()
