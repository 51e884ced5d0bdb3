"""The rules of granting."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.roles.domain.days import end_of
from services.roles.domain.offering import OFFER_STANDS
from shared.contracts.base import Refusal, TextTooLong
from shared.contracts.roles import GrantStatus, Phase
from shared.contracts.roles_refusals import (
    EndsInThePast,
    EndsTooFarAway,
    GrantClosed,
    HolderOfAnotherOrganisation,
    InductionMissing,
    NotMainUser,
    NotYourGrant,
    OfferLapsed,
    ReasonMissing,
    RoleUnknown,
    SelfGrant,
    TextChanged,
)
from tests.services.roles.factory import HOLDER, MAIN, NOW, STRANGER, accepted, an_acceptance, an_offer


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"by_is_main_user": False}, NotMainUser),
        ({"holder": MAIN}, SelfGrant),
        ({"holder_is_member": False}, HolderOfAnotherOrganisation),
        ({"inducted": False}, InductionMissing),
        ({"role": "emperor"}, RoleUnknown),
        ({"valid_until": date(2026, 11, 23)}, EndsInThePast),
        ({"valid_until": date(2051, 11, 25)}, EndsTooFarAway),
    ],
)
def test_an_offer_that_breaks_a_rule_is_refused(changes: dict[str, object], refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        an_offer(**changes)


@pytest.mark.parametrize("day", [date(2026, 11, 24), date(2051, 11, 24)])
def test_the_first_and_the_last_possible_day_are_allowed(day: date) -> None:
    assert an_offer(valid_until=day).valid_until == day


def test_today_is_the_day_in_finland_and_not_in_utc() -> None:
    late_in_utc = datetime(2026, 11, 24, 22, 30, tzinfo=UTC)

    with pytest.raises(EndsInThePast):
        an_offer(valid_until=date(2026, 11, 24), now=late_in_utc)


def test_twenty_five_years_from_a_leap_day_end_on_the_day_before_march() -> None:
    leap_day = datetime(2028, 2, 29, 9, tzinfo=UTC)

    assert an_offer(valid_until=date(2053, 2, 28), now=leap_day).valid_until == date(2053, 2, 28)
    with pytest.raises(EndsTooFarAway):
        an_offer(valid_until=date(2053, 3, 1), now=leap_day)


def test_a_role_is_in_force_only_after_its_holder_accepted_it() -> None:
    offered = an_offer()

    assert offered.phase(NOW) is Phase.WAITING
    assert accepted(offered).phase(NOW) is Phase.IN_FORCE


def test_accepting_again_changes_nothing() -> None:
    once = accepted(an_offer())

    assert accepted(once, at=NOW + timedelta(hours=1)) is once


def test_nobody_accepts_for_somebody_else() -> None:
    offered = an_offer()

    with pytest.raises(NotYourGrant):
        offered.accept(an_acceptance(offered), by=STRANGER, current_text_hash="x")


def test_an_offer_lapses_after_a_fortnight() -> None:
    offered = an_offer()

    assert offered.phase(NOW + OFFER_STANDS) is Phase.LAPSED
    with pytest.raises(OfferLapsed):
        accepted(offered, at=NOW + OFFER_STANDS)


def test_an_offer_whose_role_would_be_over_has_lapsed_too() -> None:
    offered = an_offer(valid_until=date(2026, 11, 24))

    assert offered.phase(NOW + timedelta(days=1)) is Phase.LAPSED


def test_another_text_than_the_one_that_applies_cannot_be_accepted() -> None:
    offered = an_offer()

    with pytest.raises(TextChanged):
        offered.accept(an_acceptance(offered, text_hash="0" * 64), by=HOLDER, current_text_hash="1" * 64)


def test_what_was_declined_cannot_be_accepted() -> None:
    declined = an_offer().decline("Wrong person", by=HOLDER, now=NOW)

    assert declined.reason == "Wrong person"
    with pytest.raises(GrantClosed):
        accepted(declined)


def test_declining_and_revoking_want_a_reason() -> None:
    with pytest.raises(ReasonMissing):
        an_offer().decline("  ", by=HOLDER, now=NOW)
    with pytest.raises(ReasonMissing):
        accepted(an_offer()).revoke("", by=MAIN, now=NOW)


def test_a_reason_of_ten_thousand_characters_is_refused() -> None:
    with pytest.raises(TextTooLong) as refused:
        an_offer().decline("x" * 10_000, by=HOLDER, now=NOW)

    assert refused.value.parameters == {"field": "reason", "limit": 1000}


def test_an_offer_is_withdrawn_and_a_role_is_revoked_or_relinquished() -> None:
    offered, held = an_offer(), accepted(an_offer())

    assert offered.withdraw("", by=MAIN, now=NOW).phase(NOW) is Phase.WITHDRAWN
    assert held.revoke("Left", by=MAIN, now=NOW).phase(NOW) is Phase.REVOKED
    assert held.relinquish("", by=HOLDER, now=NOW).phase(NOW) is Phase.RELINQUISHED
    with pytest.raises(GrantClosed):
        offered.revoke("Left", by=MAIN, now=NOW)
    with pytest.raises(GrantClosed):
        held.withdraw("", by=MAIN, now=NOW)


def test_only_the_holder_declines_or_relinquishes() -> None:
    with pytest.raises(NotYourGrant):
        an_offer().decline("no", by=MAIN, now=NOW)
    with pytest.raises(NotYourGrant):
        accepted(an_offer()).relinquish("", by=MAIN, now=NOW)


@given(st.datetimes(datetime(2026, 11, 24), datetime(2030, 1, 1), timezones=st.just(UTC)))
def test_a_role_ends_at_the_finnish_midnight_after_its_last_day(moment: datetime) -> None:
    held = accepted(an_offer(valid_until=date(2027, 6, 30)))

    over = moment >= datetime(2027, 6, 30, 21, tzinfo=UTC)
    assert held.phase(moment) is (Phase.EXPIRED if over else Phase.IN_FORCE)
    assert end_of(date(2027, 6, 30)) == datetime(2027, 6, 30, 21, tzinfo=UTC)


def test_every_decision_counts_up_the_version() -> None:
    held = accepted(an_offer())

    assert (held.version, held.revoke("Left", by=MAIN, now=NOW).version) == (2, 3)
    assert held.status is GrantStatus.ACCEPTED
