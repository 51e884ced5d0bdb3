"""People are told at their hour, once, and of how things stand when they are told."""

import re
from datetime import time

from bot.notifications.audience import Kind, Urgency
from bot.notifications.calm import Calm
from shared.contracts.base import Event, PersonId
from shared.contracts.roles import (
    GrantAccepted,
    GrantDeclined,
    GrantOffered,
    GrantRevoked,
    GrantStatus,
    GrantWithdrawn,
)
from simulator.api.endpoint import Fault
from tests.bot.conftest import Scene, actions_in
from tests.bot.makers import a_person
from tests.bot.notifications.conftest import Clock, Reopen, at, decided, offered, texts


async def hear(scene: Scene, event: Event) -> None:
    await scene.bot.hearing.hear(event)


def with_a_colleague(scene: Scene) -> PersonId:
    """Another main user, who has the newcomer's chat account."""
    town = scene.town
    birgit = a_person("Birgit Huvudanvändare", "U0NEW", "sv")
    town.people[birgit.id] = birgit
    town.main_users.add((town.clinic.id, birgit.id))
    return birgit.id


async def test_an_offer_of_the_evening_comes_in_the_morning(office: Scene, clock: Clock) -> None:
    clock.set("2026-11-24T20:00")
    await hear(office, GrantOffered(grant=offered(office, clock)))
    await office.bot.rounds.go()
    assert texts(office, "U0OLLE") == []

    clock.set("2026-11-25T08:00")
    await office.bot.rounds.go()
    await office.bot.rounds.go()

    (card,) = office.slack.messages("U0OLLE")
    assert "grant.accept" in actions_in(card.blocks)


async def test_an_offer_that_was_answered_on_home_in_the_night_is_not_sent(
    office: Scene, clock: Clock
) -> None:
    clock.set("2026-11-24T20:00")
    grant = offered(office, clock)
    await hear(office, GrantOffered(grant=grant))
    accepted = decided(office, grant, GrantStatus.ACCEPTED, clock.time)
    await hear(office, GrantAccepted(grant=accepted))
    clock.set("2026-11-25T09:00")
    await office.bot.rounds.go()

    assert texts(office, "U0OLLE") == []
    (digest,) = texts(office, "U0MAIJA")
    assert "Kooste 25.11.2026" in digest
    assert "1 asia odotti" in digest
    assert "hyväksyi" in digest


async def test_an_offer_that_cannot_wait_comes_at_night(office: Scene, clock: Clock) -> None:
    clock.set("2026-11-24T20:00")
    grant = offered(office, clock, offer_ends_at=at("2026-11-25T09:00"))

    await hear(office, GrantOffered(grant=grant))

    assert len(texts(office, "U0OLLE")) == 1


async def test_the_granter_hears_at_once_and_a_colleague_in_the_digest_of_the_next_day(
    office: Scene, clock: Clock
) -> None:
    with_a_colleague(office)
    grant = offered(office, clock)
    await hear(office, GrantOffered(grant=grant))
    declined = decided(office, grant, GrantStatus.DECLINED, clock.time)
    await hear(office, GrantDeclined(grant=declined.model_copy(update={"reason": "x"})))

    assert ["kieltäytyi" in text for text in texts(office, "U0MAIJA")] == [True]
    assert texts(office, "U0NEW") == []
    clock.set("2026-11-25T08:30")
    await office.bot.rounds.go()
    (digest,) = texts(office, "U0NEW")
    # One line: that it had been offered is no news any more.
    assert "Sammandrag 25 november 2026" in digest
    assert "1 ärende väntade" in digest
    assert "tackade nej" in digest
    assert "erbjöd" not in digest


async def test_nothing_comes_when_everything_was_settled_meanwhile(office: Scene, clock: Clock) -> None:
    with_a_colleague(office)
    grant = offered(office, clock)
    await hear(office, GrantOffered(grant=grant))
    withdrawn = decided(office, grant, GrantStatus.WITHDRAWN, clock.time).model_copy(
        update={"closed_by": office.town.maija.id}
    )
    await hear(office, GrantWithdrawn(grant=withdrawn))
    clock.set("2026-11-25T08:30")
    await office.bot.rounds.go()

    assert texts(office, "U0NEW") == []


async def test_a_digest_comes_at_most_once_a_day(office: Scene, clock: Clock) -> None:
    with_a_colleague(office)
    for hour in ("10:00", "11:00"):
        clock.set(f"2026-11-24T{hour}")
        await hear(office, GrantOffered(grant=offered(office, clock)))
    clock.set("2026-11-25T08:30")
    await office.bot.rounds.go()
    await hear(office, GrantOffered(grant=offered(office, clock)))
    clock.set("2026-11-25T17:00")
    await office.bot.rounds.go()
    assert ["2 ärenden" in text for text in texts(office, "U0NEW")] == [True]

    clock.set("2026-11-26T08:30")
    await office.bot.rounds.go()

    assert ["1 ärende" in text for text in texts(office, "U0NEW")] == [False, True]


async def test_a_digest_outlives_the_bot(reopen: Reopen, clock: Clock) -> None:
    async with reopen() as before:
        with_a_colleague(before)
        await hear(before, GrantOffered(grant=offered(before, clock)))
    clock.set("2026-11-25T12:00")
    async with reopen() as after:
        await after.bot.rounds.go()
        await after.bot.rounds.go()

        assert ["1 ärende" in text for text in texts(after, "U0NEW")] == [True]
        assert len(texts(after, "U0OLLE")) == 1


async def test_slack_away_puts_a_digest_off_and_loses_nothing(office: Scene, clock: Clock) -> None:
    with_a_colleague(office)
    await hear(office, GrantOffered(grant=offered(office, clock)))
    clock.set("2026-11-25T08:30")
    for _ in range(4):
        office.slack.fail_next("chat.postMessage", Fault(500, "internal_error"))
    await office.bot.rounds.go()
    assert texts(office, "U0NEW") == []

    await office.bot.rounds.go()

    assert len(texts(office, "U0NEW")) == 1


async def test_everybody_is_told_as_they_chose(office: Scene, clock: Clock) -> None:
    birgit, diary = with_a_colleague(office), office.bot.kit.diary
    maija = office.town.maija.id
    await diary.wish(maija, Calm(urgencies={Kind.ANSWERS: Urgency.HOME}), clock.time)
    await diary.wish(birgit, Calm(urgencies={Kind.COLLEAGUES: Urgency.NOW}), clock.time)
    grant = offered(office, clock)
    declined = decided(office, grant, GrantStatus.DECLINED, clock.time)

    await hear(office, GrantDeclined(grant=declined))

    assert texts(office, "U0MAIJA") == []
    assert len(texts(office, "U0NEW")) == 1


async def test_a_change_of_mind_counts_for_what_still_waits(office: Scene, clock: Clock) -> None:
    birgit = with_a_colleague(office)
    await hear(office, GrantOffered(grant=offered(office, clock)))
    clock.set("2026-11-24T12:00")
    await office.bot.kit.diary.wish(birgit, Calm(digest_at=time(13)), clock.time)
    clock.set("2026-11-24T13:00")
    await office.bot.rounds.go()

    assert len(texts(office, "U0NEW")) == 1


async def test_a_role_left_to_one_holder_is_said_to_the_main_users(office: Scene, clock: Clock) -> None:
    first, second = offered(office, clock), offered(office, clock)
    decided(office, first, GrantStatus.ACCEPTED, clock.time)
    held = decided(office, second, GrantStatus.ACCEPTED, clock.time)
    revoked = decided(office, held, GrantStatus.REVOKED, clock.time)
    revoked = office.town.put(revoked.model_copy(update={"closed_by": office.town.maija.id}))

    await hear(office, GrantRevoked(grant=revoked))
    clock.set("2026-11-25T08:30")
    await office.bot.rounds.go()

    assert ["lopetettiin" in text or "avslutades" in text for text in texts(office, "U0OLLE")] == [True]
    (digest,) = texts(office, "U0MAIJA")
    assert "enää yksi haltija" in digest


async def test_somebody_without_an_account_holds_nobody_up(office: Scene, clock: Clock) -> None:
    town = office.town
    nobody = a_person("Nemo Tuntematon", None)
    town.people[nobody.id] = nobody
    grant = town.put(offered(office, clock).model_copy(update={"holder": nobody.id}))

    await hear(office, GrantOffered(grant=grant))

    assert await office.bot.kit.diary.untold(nobody.id) == []


async def test_a_long_digest_says_how_much_more_there_is(office: Scene, clock: Clock) -> None:
    with_a_colleague(office)
    for _ in range(33):
        await hear(office, GrantOffered(grant=offered(office, clock)))
    clock.set("2026-11-25T08:30")
    await office.bot.rounds.go()

    (digest,) = texts(office, "U0NEW")
    assert "33 ärenden" in digest
    assert re.search(r"Dessutom \d+ ärenden", digest)
