"""By what right somebody acts: the gate that names it, through the eras, and who can mend it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from services.roles.app import katso_table, matrix, policy
from services.roles.domain.ladder import Standing
from services.roles.domain.legacy import Legacy, Said
from services.roles.domain.vouching import Mandate
from services.roles.imported import ImportedKatso
from services.roles.readmodel import ReadModel
from services.roles.settings import RolesSettings
from shared.contracts.base import PersonId
from shared.contracts.identity import MandateRight, OrganisationKind
from shared.contracts.legacy import KatsoStatus, LegacyId
from shared.contracts.roles import AccessAnswer, Fixer, Gate, Ground, Rung
from tests.services.roles.factory import COUNTY, HOLDER, MAIN, NOW, accepted, an_offer, an_organisation, named

NOT_MOVED, MAIN_USER_NOT_MOVED = "katso_not_moved", "katso_main_user_not_moved"
MIDSUMMER = datetime(2020, 6, 20, 9, tzinfo=UTC)
# Midnight in Finland: the last moment of the year, and the first of the next.
LAST, FIRST = datetime(2020, 12, 31, 21, 59, 59, tzinfo=UTC), datetime(2020, 12, 31, 22, tzinfo=UTC)


def in_katso(**changes: Any) -> Legacy:
    """What was imported: HOLDER was a technical contact person in the county, until further notice."""
    line: dict[str, Any] = {
        "id": LegacyId(uuid4()),
        "organisation": COUNTY,
        "line_key": "1",
        "holder_key": "1",
        "katso_id": None,
        "holder": "A holder",
        "katso_role": "Tekninen yhteyshenkilö",
        "status": KatsoStatus.VALID,
        "valid_from": date(2018, 1, 1),
        "valid_until": None,
        "receiver": None,
        "person": HOLDER,
        "imported_at": MIDSUMMER,
    }
    return Legacy(**line | changes)


def a_model(kind: OrganisationKind, now: datetime) -> ReadModel:
    model = ReadModel(
        matrix=matrix(RolesSettings()),
        register_oldest=timedelta(hours=36),
        policy=policy(RolesSettings()),
        imported=ImportedKatso(katso_table(RolesSettings())),
    )
    model.see_katso(COUNTY, [in_katso()])
    model.see_organisation(an_organisation(kind=kind, fetched_at=now, valid_from=None))
    for person in (MAIN, HOLDER):
        model.see_standing(person, Standing(identified_at=now, linked_at=now))
    return model


def ask(
    model: ReadModel, now: datetime, *, person: PersonId = HOLDER, action: str = "systems.edit"
) -> AccessAnswer:
    """The ladder, which is the same as it is written for the wire."""
    answer = model.check(COUNTY, person, action, at_least=0, now=now)
    written = model.check_written(COUNTY, person, action, at_least=0, now=now)
    assert AccessAnswer.model_validate_json(written) == answer
    return answer


def right(answer: AccessAnswer) -> Rung:
    return at(answer, Gate.RIGHT)


def at(answer: AccessAnswer, gate: Gate) -> Rung:
    return next(rung for rung in answer.rungs if rung.gate is gate)


def codes(answer: AccessAnswer) -> list[str]:
    return [rung.code for rung in answer.rungs if not rung.holds]


def a_mandate(*rights: MandateRight, expires_at: datetime = NOW + timedelta(hours=1)) -> Mandate:
    return Mandate(
        person=HOLDER,
        business_id=an_organisation().business_id,
        by_register=frozenset(),
        by_mandate=frozenset(rights),
        how="web-api",
        proved_at=NOW,
        expires_at=expires_at,
    )


def test_in_a_public_body_a_role_in_katso_counts_through_2020_and_not_a_moment_longer() -> None:
    model = a_model(OrganisationKind.PUBLIC, MIDSUMMER)
    assert ask(model, MIDSUMMER).allowed
    assert right(ask(model, MIDSUMMER)).code == "katso_role"
    model.see_organisation(an_organisation(kind=OrganisationKind.PUBLIC, fetched_at=LAST, valid_from=None))

    assert ask(model, LAST).allowed
    assert not ask(model, FIRST).allowed
    assert (right(ask(model, FIRST)).code, right(ask(model, FIRST)).fixer) == (NOT_MOVED, Fixer.MAIN_USER)


def test_what_katso_itself_had_ended_or_gave_to_an_organisation_counts_for_nobody() -> None:
    model = a_model(OrganisationKind.PUBLIC, MIDSUMMER)
    for line in (
        in_katso(valid_until=date(2020, 6, 19)),
        in_katso(valid_from=date(2020, 6, 21)),
        in_katso(status=KatsoStatus.ENDED),
        in_katso(receiver="9100010-1"),
        in_katso(person=None),
    ):
        model.see_katso(COUNTY, [line])
        assert not ask(model, MIDSUMMER).allowed


def test_a_role_in_katso_lets_people_do_what_it_did_and_no_more() -> None:
    model = a_model(OrganisationKind.PUBLIC, MIDSUMMER)

    assert not ask(model, MIDSUMMER, action="billing.edit").allowed
    assert not ask(model, MIDSUMMER, person=MAIN).allowed


@pytest.mark.parametrize(
    "kind", [OrganisationKind.COMPANY, OrganisationKind.PHARMACY, OrganisationKind.VENDOR]
)
def test_in_a_company_a_role_in_katso_counts_no_more_in_2020(kind: OrganisationKind) -> None:
    assert not ask(a_model(kind, MIDSUMMER), MIDSUMMER).allowed


def test_a_mandate_is_a_right_and_still_no_role() -> None:
    model = a_model(OrganisationKind.PUBLIC, NOW)
    model.see_mandate(a_mandate(MandateRight.ACT_FOR))
    answer = ask(model, NOW)

    assert not answer.allowed
    assert (right(answer).holds, right(answer).code) == (True, "mandate")
    assert next(rung.gate for rung in answer.rungs if not rung.holds) is Gate.GRANTED
    assert at(answer, Gate.GRANTED).code == NOT_MOVED
    assert right(ask(model, NOW + timedelta(hours=1))).code == NOT_MOVED


def test_whose_proof_is_over_can_mend_it_themselves() -> None:
    model = a_model(OrganisationKind.PUBLIC, NOW)
    over = NOW + timedelta(hours=1)
    held = replace(accepted(an_offer()), ground=Ground.MANDATE, proved_at=NOW, ends_at=over)
    model.see_grant(held, 1)
    assert ask(model, NOW).allowed
    later = right(ask(model, over))

    assert (later.holds, later.code, later.fixer, later.since) == (False, "proof_over", Fixer.PERSON, over)


def test_a_main_users_right_says_what_it_rests_on() -> None:
    model = a_model(OrganisationKind.PUBLIC, NOW)
    model.see_grant(named(MAIN), 1)
    model.see_grant(accepted(an_offer(role="main_user")), 1)

    assert right(ask(model, NOW, person=MAIN, action="billing.edit")).code == "settled"
    assert right(ask(model, NOW, action="billing.edit")).code == "granted"
    assert ask(model, NOW, action="billing.edit").allowed


def test_that_a_role_in_katso_was_passed_over_is_said_once_and_of_what_it_was_good_for() -> None:
    model = a_model(OrganisationKind.PUBLIC, NOW)

    assert codes(ask(model, NOW)) == [NOT_MOVED, *["no_grant"] * 4]
    assert {rung.fixer for rung in ask(model, NOW).rungs if not rung.holds} == {Fixer.MAIN_USER}
    assert NOT_MOVED not in codes(ask(model, NOW, action="billing.edit"))
    assert NOT_MOVED not in codes(ask(model, NOW, person=MAIN))


def test_what_became_of_the_role_here_is_said_before_what_became_of_it_in_katso() -> None:
    model = a_model(OrganisationKind.PUBLIC, NOW)
    offer = an_offer()
    declined = offer.decline("No", by=HOLDER, now=NOW)
    for grant, code in ((offer, "waiting"), (declined, "declined")):
        model.see_grant(grant, 1)
        assert code in codes(ask(model, NOW))
        assert NOT_MOVED not in codes(ask(model, NOW))
    model.see_grant(accepted(an_offer()), 2)

    assert ask(model, NOW).allowed


@pytest.mark.parametrize(
    "line",
    [
        in_katso(status=KatsoStatus.ENDED),
        in_katso(valid_from=NOW.date() + timedelta(days=1)),
        in_katso(receiver="9100010-1"),
        in_katso(person=None),
        in_katso(katso_role="A role that nobody knows"),
        in_katso(said=(Said(needed=False, reason="Left", by=MAIN, at=NOW),)),
    ],
    ids=["ended there", "not begun", "an organisation's", "nobody's", "unknown", "not needed"],
)
def test_what_nobody_waits_for_any_more_was_not_passed_over(line: Legacy) -> None:
    model = a_model(OrganisationKind.PUBLIC, NOW)
    model.see_katso(COUNTY, [line])

    assert codes(ask(model, NOW)) == ["no_grant"] * 5


def test_a_main_user_of_katso_is_told_how_to_become_one_here() -> None:
    model = a_model(OrganisationKind.PUBLIC, NOW)
    model.see_katso(COUNTY, [in_katso(katso_role="Pääkäyttäjä"), in_katso()])

    assert codes(ask(model, NOW, action="billing.edit"))[0] == MAIN_USER_NOT_MOVED
    assert codes(ask(model, NOW))[0] == NOT_MOVED
