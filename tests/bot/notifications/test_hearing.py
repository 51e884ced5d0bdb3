"""No fact is lost, and none is told twice, when something breaks in between."""

import pytest

from bot.sender import SlackAway
from shared.contracts.base import Unavailable
from shared.contracts.roles import DescribeGrant, GrantDeclined, GrantOffered, GrantStatus, Phase
from simulator.api.endpoint import Fault
from tests.bot.conftest import Scene, actions_in, said
from tests.bot.makers import NOW, a_grant


def an_offer(scene: Scene) -> GrantOffered:
    town = scene.town
    return GrantOffered(grant=town.put(a_grant(town.clinic, town.olle, town.maija)))


async def test_a_fact_that_cannot_be_told_now_is_told_later(scene: Scene) -> None:
    event = an_offer(scene)
    scene.town.away.add(DescribeGrant)
    with pytest.raises(Unavailable):
        await scene.bot.hearing.hear(event)
    scene.town.away.clear()
    await scene.bot.hearing.hear(event)

    assert "grant.accept" in said(await scene.card("U0OLLE", "grant.accept"))


async def test_slack_away_keeps_the_fact(scene: Scene) -> None:
    event = an_offer(scene)
    for _ in range(4):
        scene.slack.fail_next("chat.postMessage", Fault(500, "internal_error"))
    with pytest.raises(SlackAway):
        await scene.bot.hearing.hear(event)
    await scene.bot.hearing.hear(event)

    assert "grant.accept" in said(await scene.card("U0OLLE", "grant.accept"))


async def test_a_crash_before_remembering_doubles_nothing(scene: Scene) -> None:
    event = an_offer(scene)
    declined = event.grant.model_copy(
        update={
            "status": GrantStatus.DECLINED,
            "phase": Phase.DECLINED,
            "version": 2,
            "closed_at": NOW,
            "reason": "no",
        }
    )
    await scene.bot.hearing.hear(event)
    scene.town.put(declined)
    for _ in range(2):
        # A fact under another id is one that was not remembered.
        await scene.bot.hearing.hear(GrantDeclined(grant=declined))

    notices = [each for each in scene.slack.messages("U0MAIJA") if "kieltäytyi" in said(each)]
    assert len(notices) == 1
    assert not actions_in((await scene.card("U0OLLE", "avböjdes")).blocks)


async def test_an_offer_that_lapsed_before_it_could_be_told_is_not_made(scene: Scene) -> None:
    event = an_offer(scene)
    scene.town.put(event.grant.model_copy(update={"phase": Phase.LAPSED}))

    await scene.bot.hearing.hear(event)

    assert await scene.bot.kit.memory.has_heard(event.event_id)
    assert not scene.slack.messages("U0OLLE")


async def test_somebody_slack_cannot_reach_does_not_hold_up_the_others(scene: Scene) -> None:
    event = an_offer(scene)
    scene.slack.fail_next("chat.postMessage", Fault(200, "channel_not_found"))

    await scene.bot.hearing.hear(event)

    assert await scene.bot.kit.memory.has_heard(event.event_id)


async def test_a_card_that_is_gone_is_said_anew(scene: Scene) -> None:
    event = an_offer(scene)
    await scene.bot.hearing.hear(event)
    declined = event.grant.model_copy(
        update={"status": GrantStatus.DECLINED, "phase": Phase.DECLINED, "version": 2, "closed_at": NOW}
    )
    scene.town.put(declined)
    scene.slack.fail_next("chat.update", Fault(200, "message_not_found"))

    await scene.bot.hearing.hear(GrantDeclined(grant=declined))

    assert "avböjdes" in said(scene.slack.messages("U0OLLE")[-1])
