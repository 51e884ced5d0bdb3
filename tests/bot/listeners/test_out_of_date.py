"""Buttons that are out of date: who presses one is told what happened, and every copy is mended."""

import re

import pytest

from bot.cards import Cards
from bot.sender import Said, Sent
from bot.views.grants import Scene as CardScene
from bot.views.grants import offer_card
from bot.views.text import actions, button, section
from shared.contracts.roles import AcceptGrant, GrantOffered, GrantStatus, GrantView, Phase
from simulator.wire import Json
from simulator.workspace.messages import Message
from tests.bot.conftest import Scene, actions_in, said
from tests.bot.makers import NOW, a_grant


async def offered(scene: Scene) -> tuple[GrantView, Message]:
    town = scene.town
    grant = town.put(a_grant(town.clinic, town.olle, town.maija))
    await scene.bot.hearing.hear(GrantOffered(grant=grant))
    return grant, await scene.card("U0OLLE", "grant.accept")


def become(scene: Scene, grant: GrantView, phase: Phase, **more: object) -> GrantView:
    """The grant changed behind the bot's back: it has heard nothing of it."""
    return scene.town.put(grant.model_copy(update={"phase": phase, "version": 2, **more}))


async def told(scene: Scene, user: str, containing: str) -> Message:
    """What only *user* sees, with *containing* in it."""
    return await scene.slack.wait_for_message(
        user, lambda message: message.ephemeral and containing in said(message)
    )


async def mended(scene: Scene, ts: str) -> Message:
    """Olle's message at *ts*, once nothing in it can be pressed any more."""
    return await scene.slack.wait_for_message(
        "U0OLLE", lambda each: each.ts == ts and not actions_in(each.blocks)
    )


async def press_home(scene: Scene, user: str, action: str) -> Json:
    """Press *action* on the Home tab that is shown."""
    home = await scene.slack.wait_for_home(user, lambda view: action in str(view["blocks"]))
    block = next(block for block in home["blocks"] if action in actions_in([block]))
    return await scene.slack.act(
        user, "press", container={"type": "home"}, block_id=block["block_id"], action_id=action
    )


@pytest.mark.parametrize(
    ("phase", "status", "words"),
    [
        (Phase.WITHDRAWN, GrantStatus.WITHDRAWN, "huvudanvändaren drog tillbaka erbjudandet"),
        (Phase.LAPSED, GrantStatus.OFFERED, "erbjudandet förföll"),
        (Phase.DECLINED, GrantStatus.DECLINED, "erbjudandet avböjdes"),
        (Phase.REVOKED, GrantStatus.REVOKED, "huvudanvändaren avslutade rollen"),
        (Phase.EXPIRED, GrantStatus.ACCEPTED, "har upphört"),
    ],
)
async def test_accepting_what_is_closed_says_what_happened_when_and_what_next(
    scene: Scene, phase: Phase, status: GrantStatus, words: str
) -> None:
    grant, card = await offered(scene)
    become(scene, grant, phase, status=status, closed_at=NOW)

    await scene.press("U0OLLE", card, "grant.accept")
    answer = await told(scene, "U0OLLE", words)
    await mended(scene, card.ts)

    assert "archive keeper (sv), Terveystalo Testi Oy" in answer.text
    assert "be huvudanvändaren om ett nytt erbjudande" in answer.text
    assert re.search(r"\d{1,2} \w+ 20\d\d", answer.text)
    assert not [request for request in scene.town.asked if isinstance(request, AcceptGrant)]
    assert await scene.slack.wait_for_home("U0OLLE", lambda view: "grant.accept" not in str(view["blocks"]))


async def test_accepting_twice_says_that_it_was_done_and_no_link_is_sent(scene: Scene) -> None:
    grant, card = await offered(scene)
    accepted = {"status": GrantStatus.ACCEPTED}
    become(scene, grant, Phase.IN_FORCE, **accepted)
    scene.town.fresh.clear()

    await scene.press("U0OLLE", card, "grant.accept")
    answer = await told(scene, "U0OLLE", "erbjudandet godkändes")

    assert "Dina roller och deras knappar finns på hemfliken" in answer.text
    assert not scene.town.intents


async def test_declining_what_is_closed_is_answered_where_the_form_would_be(scene: Scene) -> None:
    grant, card = await offered(scene)
    become(scene, grant, Phase.WITHDRAWN, status=GrantStatus.WITHDRAWN, closed_at=NOW)

    await scene.press("U0OLLE", card, "grant.decline")
    view = await scene.slack.wait_for_view("U0OLLE", lambda view: "drog tillbaka" in str(view["blocks"]))

    assert view["submit"] is None
    assert "avböjdes" not in said(await mended(scene, card.ts))


async def test_a_card_that_nobody_remembers_is_mended_where_it_was_pressed(scene: Scene) -> None:
    town = scene.town
    grant = town.put(a_grant(town.clinic, town.olle, town.maija))
    cards_scene = await _scene_of(scene, grant)
    sent = await scene.bot.kit.sender.post("U0OLLE", offer_card(grant, cards_scene))
    become(scene, grant, Phase.WITHDRAWN, status=GrantStatus.WITHDRAWN, closed_at=NOW)
    card = await scene.slack.wait_for_message("U0OLLE", lambda each: each.ts == sent.ts)

    await scene.press("U0OLLE", card, "grant.accept")
    shown = await mended(scene, sent.ts)

    assert "drog tillbaka" in said(shown)


async def _scene_of(scene: Scene, grant: GrantView) -> CardScene:
    return await Cards(scene.bot.kit).scene(grant, scene.town.olle)


async def test_a_card_of_somebody_else_is_taken_away_kindly(scene: Scene) -> None:
    grant, card = await offered(scene)
    town = scene.town
    town.put(grant.model_copy(update={"holder": town.maija.id}))

    await scene.press("U0OLLE", card, "grant.accept")
    answer = await told(scene, "U0OLLE", "någon annan")
    shown = await mended(scene, card.ts)

    assert "hemfliken" in answer.text
    assert "archive keeper" not in said(shown)


async def test_a_card_about_nothing_is_taken_away_kindly(scene: Scene) -> None:
    grant, card = await offered(scene)
    del scene.town.grants[grant.id]

    await scene.press("U0OLLE", card, "grant.accept")
    await told(scene, "U0OLLE", "finns inte längre")
    shown = await mended(scene, card.ts)

    assert "finns inte längre" in said(shown)


async def test_an_old_home_tab_tells_and_is_mended(scene: Scene) -> None:
    town = scene.town
    grant = town.put(a_grant(town.clinic, town.olle, town.maija))
    await scene.slack.act("U0MAIJA", "home")
    await scene.slack.wait_for_home("U0MAIJA", lambda view: "grant.withdraw" in str(view["blocks"]))
    become(scene, grant, Phase.DECLINED, status=GrantStatus.DECLINED, closed_at=NOW)

    await press_home(scene, "U0MAIJA", "grant.withdraw")
    view = await scene.slack.wait_for_view("U0MAIJA", lambda view: "kieltäydyttiin" in str(view["blocks"]))

    assert "Uuden tarjouksen voit tehdä" in str(view["blocks"])
    assert await scene.slack.wait_for_home(
        "U0MAIJA", lambda view: "grant.withdraw" not in str(view["blocks"])
    )


async def test_who_was_slower_than_somebody_else_reads_it_in_the_form(scene: Scene) -> None:
    town = scene.town
    grant, card = await offered(scene)
    await scene.press("U0OLLE", card, "grant.decline")
    view = await scene.slack.wait_for_view("U0OLLE", lambda view: view["callback_id"] == "grant.decline")
    become(scene, grant, Phase.WITHDRAWN, status=GrantStatus.WITHDRAWN, closed_at=NOW)

    state = {"reason": {"reason": {"type": "plain_text_input", "value": "no time"}}}
    await scene.slack.act("U0OLLE", "submit", view_id=view["id"], state=state)

    assert await scene.slack.wait_for_view("U0OLLE", lambda view: "drog tillbaka" in str(view["blocks"]))
    assert town.grants[grant.id].reason is None


async def test_a_button_of_another_version_is_answered_and_not_passed_over(scene: Scene) -> None:
    old = [section("Hello"), actions(button("Approve", "grant.approve", "7"), block_id="old")]
    sent = await scene.bot.kit.sender.post("U0OLLE", Said("Hello", old))
    message = await scene.slack.wait_for_message("U0OLLE", lambda each: each.ts == sent.ts)

    await scene.press("U0OLLE", message, "grant.approve")

    assert "Inget har ändrats" in (await told(scene, "U0OLLE", "tidigare version")).text


async def test_a_known_button_with_an_unreadable_value_is_answered_alike(scene: Scene) -> None:
    old = [section("Hello"), actions(button("Accept", "grant.accept", "not an id"), block_id="old")]
    sent = await scene.bot.kit.sender.post("U0OLLE", Said("Hello", old))
    message = await scene.slack.wait_for_message("U0OLLE", lambda each: each.ts == sent.ts)

    await scene.press("U0OLLE", message, "grant.accept")

    assert "Inget har ändrats" in (await told(scene, "U0OLLE", "tidigare version")).text


async def test_a_card_whose_text_cannot_be_told_is_shown_anew_before_it_is_accepted(scene: Scene) -> None:
    town = scene.town
    grant, card = await offered(scene)
    old = [section("An offer"), actions(button("Accept", "grant.accept", str(grant.id)), block_id="older")]
    await scene.bot.kit.sender.change(Sent(card.channel, card.ts), Said("An offer", old))
    message = await scene.slack.wait_for_message("U0OLLE", lambda each: "An offer" in each.text)

    await scene.press("U0OLLE", message, "grant.accept")
    await told(scene, "U0OLLE", "Läs det en gång till")

    assert town.grants[grant.id].status is GrantStatus.OFFERED
    shown = await scene.slack.wait_for_message(
        "U0OLLE", lambda each: each.ts == card.ts and "grant.decline" in said(each)
    )
    assert "grant.accept" in said(shown)
