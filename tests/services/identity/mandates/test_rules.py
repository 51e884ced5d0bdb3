"""What is proved after what was proved before."""

from datetime import timedelta

from tests.services.identity.mandates.proofs import AT, LIFETIME, proved, vouched

HOUR = timedelta(hours=1)


def test_a_complete_answer_holds_for_its_time_and_no_longer() -> None:
    proof = proved(None, vouched("TJ"))

    assert proof.holds(AT)
    assert proof.holds(AT + LIFETIME - timedelta(seconds=1))
    assert not proof.holds(AT + LIFETIME)


def test_a_later_answer_takes_the_place_of_an_earlier_one_even_if_it_says_less() -> None:
    first = proved(None, vouched("TJ", "J"))

    second = proved(first, vouched(), AT + HOUR)

    assert second.codes == frozenset()
    assert second.holds(AT + HOUR)


def test_the_same_answer_again_holds_longer() -> None:
    first = proved(None, vouched("TJ"))

    assert proved(first, vouched("TJ"), AT + HOUR).expires_at == first.expires_at + HOUR


def test_an_incomplete_answer_takes_nothing_away_that_was_proved() -> None:
    first = proved(None, vouched("TJ"))

    assert proved(first, vouched(complete=False), AT + HOUR) is first


def test_an_incomplete_answer_makes_nothing_hold_longer() -> None:
    first = proved(None, vouched("TJ"))

    later = proved(first, vouched("TJ", complete=False), AT + LIFETIME)

    assert later is not first
    assert not later.holds(AT + LIFETIME)


def test_a_complete_answer_mends_an_incomplete_one() -> None:
    first = proved(None, vouched("TJ", complete=False))

    assert proved(first, vouched("TJ"), AT + HOUR).holds(AT + HOUR)
