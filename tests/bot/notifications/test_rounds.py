"""What time brings about is told once, by rounds that can be made at any time and as often as you like."""

import pytest

from shared.contracts.roles import DescribeCoverage, GrantOffered, GrantStatus, ListDueGrants, Phase
from tests.bot.conftest import Scene, actions_in, said
from tests.bot.notifications.conftest import Clock, at, decided, offered, texts


async def test_an_offer_is_recalled_once_and_once_more_before_it_lapses(office: Scene, clock: Clock) -> None:
    clock.set("2026-11-02T10:00")
    grant = offered(office, clock)
    await office.bot.hearing.hear(GrantOffered(grant=grant))
    for day in (5, 6, 7, 9, 10, 12):
        clock.set(f"2026-11-{day:02}T10:00")
        await office.bot.rounds.go()
    assert len(office.slack.messages("U0OLLE")) == 2
    clock.set("2026-11-13T09:00")
    await office.bot.rounds.go()

    cards = office.slack.messages("U0OLLE")
    assert ["Påminnelse" in said(card) for card in cards] == [False, True, False]
    assert "förfaller den" in said(cards[2])
    assert all("grant.accept" in actions_in(card.blocks) for card in cards)


async def test_every_copy_of_a_card_loses_its_buttons_when_the_offer_lapses(
    office: Scene, clock: Clock
) -> None:
    clock.set("2026-11-02T10:00")
    grant = offered(office, clock)
    await office.bot.hearing.hear(GrantOffered(grant=grant))
    clock.set("2026-11-09T10:00")
    await office.bot.rounds.go()
    office.town.put(grant.model_copy(update={"phase": Phase.LAPSED}))
    clock.set("2026-11-16T12:00")
    await office.bot.rounds.go()

    cards = office.slack.messages("U0OLLE")[:2]
    assert [actions_in(card.blocks) for card in cards] == [set(), set()]
    assert all("förföll" in said(card) for card in cards)
    (notice,) = texts(office, "U0MAIJA")
    assert "raukesi" in notice
    assert "grant.renew" in notice


async def test_a_role_that_ends_is_told_to_its_holder_and_with_a_button_to_its_granter(
    office: Scene, clock: Clock
) -> None:
    clock.set("2026-11-02T10:00")
    grant = offered(office, clock, valid_until=at("2027-03-31T00:00").date())
    held = decided(office, grant, GrantStatus.ACCEPTED, clock.time)
    for day in ("2027-03-02", "2027-03-03", "2027-03-25", "2027-03-26", "2027-03-30"):
        clock.set(f"{day}T08:30")
        await office.bot.rounds.go()
    office.town.put(held.model_copy(update={"phase": Phase.EXPIRED}))
    for day in ("2027-04-01", "2027-04-02"):
        clock.set(f"{day}T08:30")
        await office.bot.rounds.go()

    to_holder = texts(office, "U0OLLE")
    assert ["upphör snart" in text for text in to_holder] == [False, True, False]
    assert "gäller till och med den 31 mars 2027" in to_holder[0]
    assert "har nu upphört" in to_holder[2]
    to_granter = texts(office, "U0MAIJA")
    assert ["päättyy pian" in text for text in to_granter] == [False, True, False]
    assert all("grant.renew" in text for text in to_granter)


async def test_a_role_that_was_offered_anew_is_not_spoken_of(office: Scene, clock: Clock) -> None:
    clock.set("2026-11-02T10:00")
    grant = offered(office, clock, valid_until=at("2027-03-31T00:00").date())
    decided(office, grant, GrantStatus.ACCEPTED, clock.time)
    clock.set("2027-02-26T12:00")
    offered(office, clock, valid_until=at("2028-03-31T00:00").date())
    clock.set("2027-03-03T08:30")
    await office.bot.rounds.go()

    assert not [text for text in texts(office, "U0MAIJA") if "voimassa 31.3.2027 saakka" in text]


@pytest.mark.parametrize("away", [ListDueGrants, DescribeCoverage])
async def test_a_service_that_is_away_puts_a_reminder_off(office: Scene, clock: Clock, away: type) -> None:
    clock.set("2026-11-02T10:00")
    offered(office, clock)
    clock.set("2026-11-09T10:00")
    office.town.away.add(away)
    await office.bot.rounds.go()
    assert texts(office, "U0OLLE") == []
    office.town.away.clear()
    await office.bot.rounds.go()

    assert ["Påminnelse" in text for text in texts(office, "U0OLLE")] == [True]
