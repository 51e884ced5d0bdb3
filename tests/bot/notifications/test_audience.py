"""Everybody hears what concerns them, once, and nobody is told what they did themselves."""

from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.notifications.audience import CHOOSABLE, TABLE, Circle, Fact, Kind, Part, Urgency, audience
from shared.contracts.base import PersonId

HOLDER, GRANTER, OTHER, GONE = (PersonId(uuid4()) for _ in range(4))
CIRCLE = Circle(HOLDER, GRANTER, (GRANTER, OTHER), actor=HOLDER)


def who(fact: Fact, circle: Circle = CIRCLE) -> dict[PersonId, tuple[Part, Urgency]]:
    return {each.person: (each.part, each.urgency) for each in audience(fact, circle)}


def test_the_table_knows_every_fact() -> None:
    assert set(TABLE) == set(Fact)


def test_the_granter_hears_an_answer_now_and_the_others_in_their_digest() -> None:
    assert who(Fact.ACCEPTED) == {
        GRANTER: (Part.GRANTER, Urgency.NOW),
        OTHER: (Part.COLLEAGUE, Urgency.DIGEST),
    }


def test_an_offer_comes_to_its_holder_at_once() -> None:
    told = who(Fact.OFFERED, Circle(HOLDER, GRANTER, (GRANTER, OTHER), actor=GRANTER))

    assert told[HOLDER] == (Part.HOLDER, Urgency.NOW)
    assert GRANTER not in told


def test_a_main_user_may_choose_not_to_be_pinged() -> None:
    choices = {OTHER: {Kind.COLLEAGUES: Urgency.HOME}, GRANTER: {Kind.ANSWERS: Urgency.DIGEST}}

    told = {each.person: each.urgency for each in audience(Fact.ACCEPTED, CIRCLE, choices)}

    assert told == {GRANTER: Urgency.DIGEST, OTHER: Urgency.HOME}


def test_nobody_can_silence_an_offer_made_to_them() -> None:
    choices = {HOLDER: dict.fromkeys(Kind, Urgency.HOME)}
    circle = Circle(HOLDER, GRANTER, (GRANTER,), actor=GRANTER)

    assert [each.urgency for each in audience(Fact.OFFERED, circle, choices)] == [Urgency.NOW]


def test_when_who_granted_is_no_main_user_any_more_somebody_else_hears_now() -> None:
    told = who(Fact.DECLINED, Circle(HOLDER, GONE, (GRANTER, OTHER), actor=HOLDER))

    assert told == {
        GRANTER: (Part.GRANTER, Urgency.NOW),
        OTHER: (Part.GRANTER, Urgency.NOW),
    }


def test_a_main_user_who_holds_the_role_hears_as_its_holder() -> None:
    told = who(Fact.REVOKED, Circle(OTHER, GRANTER, (GRANTER, OTHER), actor=GRANTER))

    assert told == {OTHER: (Part.HOLDER, Urgency.NOW)}


def test_who_has_left_is_not_told_that_they_left() -> None:
    assert HOLDER not in who(Fact.HOLDER_LEFT, Circle(HOLDER, GRANTER, (GRANTER, OTHER)))


PEOPLE = st.sampled_from([HOLDER, GRANTER, OTHER, GONE])


@settings(deadline=None)
@given(
    fact=st.sampled_from(Fact),
    holder=PEOPLE,
    granter=PEOPLE,
    main_users=st.lists(PEOPLE, unique=True).map(tuple),
    actor=st.none() | PEOPLE,
)
def test_everybody_hears_once_and_the_one_who_acted_does_not(
    fact: Fact,
    holder: PersonId,
    granter: PersonId,
    main_users: tuple[PersonId, ...],
    actor: PersonId | None,
) -> None:
    told = audience(fact, Circle(holder, granter, main_users, actor))

    people = [each.person for each in told]
    assert len(people) == len(set(people))
    assert actor not in people
    assert set(people) <= {holder, *main_users}
    if TABLE[fact][1] is not None and granter not in (actor, holder) and set(main_users) - {actor, holder}:
        assert set(people) & set(main_users)


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind not in CHOOSABLE])
def test_what_cannot_be_chosen_is_for_the_holder_alone(kind: Kind) -> None:
    for holder, granter, colleague in TABLE.values():
        assert holder is None or granter is None or holder.kind is not granter.kind
        assert all(hears is None or hears.kind is not kind for hears in (granter, colleague))
