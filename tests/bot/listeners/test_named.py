"""Whoever an operator's first file named accepts in chat: on the Home tab, as an offer is accepted."""

from shared.contracts.roles import (
    NOBODY,
    AcceptGrant,
    GrantAccepted,
    GrantStatus,
    GrantView,
    Ground,
    Phase,
    RevokeGrant,
    Role,
)
from simulator.wire import Json
from tests.bot.conftest import Scene, actions_in, said
from tests.bot.listeners.chat import modal
from tests.bot.listeners.test_out_of_date import press_home
from tests.bot.makers import NOW, a_grant

TO_DO = "ylläpitäjä on nimennyt sinut"
DONE = "Mikään ei odota"


def named(scene: Scene) -> GrantView:
    town = scene.town
    grant = a_grant(
        town.clinic,
        town.maija,
        town.maija,
        role=Role.MAIN_USER,
        ground=Ground.SETTLED,
        granted_by=NOBODY,
        phase=Phase.IN_FORCE,
        named_at=NOW,
    )
    return town.put(grant)


async def home_of(scene: Scene, containing: str) -> Json:
    return await scene.slack.wait_for_home("U0MAIJA", lambda view: containing in str(view["blocks"]))


def acceptances(scene: Scene) -> list[AcceptGrant]:
    return [request for request in scene.town.asked if isinstance(request, AcceptGrant)]


async def test_the_home_tab_lists_what_the_named_have_not_accepted_and_offers_no_decline(
    scene: Scene,
) -> None:
    named(scene)

    await scene.slack.act("U0MAIJA", "home")
    home = await home_of(scene, TO_DO)

    assert "grant.accept" in actions_in(home["blocks"])
    assert "grant.decline" not in actions_in(home["blocks"])
    assert "grant.relinquish" in actions_in(home["blocks"])
    assert "What the role means." in str(home["blocks"])
    assert "palvelun ylläpitäjä" in str(home["blocks"])
    assert "raukeaa" not in str(home["blocks"])


async def test_the_named_accept_at_a_press_and_nothing_waits_for_them_then(scene: Scene) -> None:
    grant = named(scene)
    await scene.slack.act("U0MAIJA", "home")

    await press_home(scene, "U0MAIJA", "grant.accept")
    home = await home_of(scene, DONE)

    accepted = scene.town.grants[grant.id]
    assert accepted.status is GrantStatus.ACCEPTED
    assert accepted.acceptance is not None
    assert "grant.accept" not in actions_in(home["blocks"])
    assert "Hyväksytty" in str(home["blocks"])
    assert TO_DO not in str(home["blocks"])


async def test_the_named_identify_anew_first_and_have_accepted_when_they_come_back(scene: Scene) -> None:
    grant = named(scene)
    scene.town.fresh.clear()
    await scene.slack.act("U0MAIJA", "home")

    await press_home(scene, "U0MAIJA", "grant.accept")
    await scene.card("U0MAIJA", "identify.open")
    intent = scene.town.intents[-1]
    assert scene.town.grants[grant.id].acceptance is None
    await scene.bot.hearing.hear(scene.town.identify(scene.town.maija, intent))

    assert (intent.kind, intent.subject) == ("grant.accept", grant.id)
    assert scene.town.grants[grant.id].status is GrantStatus.ACCEPTED
    assert await home_of(scene, DONE)


async def test_a_second_press_is_harmless_and_says_what_has_become_of_it(scene: Scene) -> None:
    grant = named(scene)
    await scene.slack.act("U0MAIJA", "home")
    shown = await home_of(scene, TO_DO)
    block = next(block for block in shown["blocks"] if "grant.accept" in actions_in([block]))
    pressed = {"container": {"type": "home"}, "block_id": block["block_id"], "action_id": "grant.accept"}

    await scene.slack.act("U0MAIJA", "press", **pressed)
    await home_of(scene, DONE)
    # As from another window, in which the button is still shown.
    await scene.bot.kit.sender.publish("U0MAIJA", {"type": "home", "blocks": shown["blocks"]})
    await scene.slack.act("U0MAIJA", "press", **pressed)
    answer = await modal(scene, "U0MAIJA", "ylläpitäjän nimeämä ja hyväksytty")

    assert len({request.request_id for request in acceptances(scene)}) == 1
    assert scene.town.grants[grant.id].version == 2
    assert "Koti-välilehdellä" in str(answer["blocks"])
    assert "tarjous" not in str(answer["blocks"])


async def test_colleagues_hear_that_the_named_have_accepted(scene: Scene) -> None:
    town = scene.town
    town.main_users.add((town.clinic.id, town.olle.id))
    named(scene)
    await scene.slack.act("U0MAIJA", "home")

    await press_home(scene, "U0MAIJA", "grant.accept")
    await home_of(scene, DONE)
    [accepted] = scene.town.grants.values()
    await scene.bot.hearing.hear(GrantAccepted(grant=accepted))

    assert "godkände rollen main user" in said(await scene.card("U0OLLE", "Maija"))


async def test_a_second_press_that_removes_a_main_user_says_what_happened_and_removes_nothing_more(
    scene: Scene,
) -> None:
    town = scene.town
    more = {"role": Role.MAIN_USER, "phase": Phase.IN_FORCE, "status": GrantStatus.ACCEPTED}
    grant = town.put(a_grant(town.clinic, town.olle, town.maija, **more))
    await scene.slack.act("U0MAIJA", "home")
    shown = await home_of(scene, "grant.revoke")
    row = next(each for each in shown["blocks"] if "grant.revoke" in str(each.get("accessory")))
    pressed = {"container": {"type": "home"}, "block_id": row["block_id"], "action_id": "grant.revoke"}
    await scene.slack.act("U0MAIJA", "press", **pressed)
    form = await scene.slack.wait_for_view("U0MAIJA", lambda view: view["callback_id"] == "grant.revoke")
    reason = {"reason": {"reason": {"type": "plain_text_input", "value": "Lähtenyt"}}}
    await scene.slack.act("U0MAIJA", "submit", view_id=form["id"], state=reason)
    await scene.slack.wait_for_home("U0MAIJA", lambda view: "grant.revoke" not in str(view["blocks"]))

    # As from another window, in which the button is still shown.
    await scene.bot.kit.sender.publish("U0MAIJA", {"type": "home", "blocks": shown["blocks"]})
    await scene.slack.act("U0MAIJA", "press", **pressed)
    await modal(scene, "U0MAIJA", "pääkäyttäjä lopetti roolin")

    assert town.grants[grant.id].version == 2
    assert len([each for each in town.asked if isinstance(each, RevokeGrant)]) == 1
