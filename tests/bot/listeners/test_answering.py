"""An offer: shown, accepted, declined, with the login page between."""

from shared.contracts.identity import Intent
from shared.contracts.roles import AcceptGrant, GrantAccepted, GrantOffered, GrantStatus
from simulator.api.endpoint import Fault
from tests.bot.conftest import Scene, actions_in, said
from tests.bot.makers import a_grant, role_text


async def offered(scene: Scene) -> GrantOffered:
    town = scene.town
    event = GrantOffered(grant=town.put(a_grant(town.clinic, town.olle, town.maija)))
    await scene.bot.hearing.hear(event)
    return event


def acceptances(scene: Scene) -> list[AcceptGrant]:
    return [request for request in scene.town.asked if isinstance(request, AcceptGrant)]


async def test_an_offer_reaches_its_holder_in_their_own_language(scene: Scene) -> None:
    await offered(scene)

    card = await scene.card("U0OLLE", "Du erbjuds en roll")

    assert "Terveystalo Testi Oy" in card.text
    assert "Maija Pääkäyttäjä" in card.text
    assert {"grant.accept", "grant.decline"} <= actions_in(card.blocks)


async def test_an_offer_told_twice_is_shown_once(scene: Scene) -> None:
    event = await offered(scene)
    await scene.bot.hearing.hear(event)
    await scene.bot.hearing.hear(event.model_copy(update={"event_id": event.grant.id}))

    cards = [each for each in scene.slack.messages("U0OLLE") if "grant.accept" in said(each)]
    assert len(cards) == 1


async def test_an_accepted_card_loses_its_buttons_and_the_main_user_is_told(scene: Scene) -> None:
    event = await offered(scene)
    card = await scene.card("U0OLLE", "grant.accept")

    await scene.press("U0OLLE", card, "grant.accept")
    changed = await scene.card("U0OLLE", "Godkänd")
    grant = scene.town.grants[event.grant.id]
    await scene.bot.hearing.hear(GrantAccepted(grant=grant))
    notice = await scene.card("U0MAIJA", "hyväksyi roolin")

    assert grant.status is GrantStatus.ACCEPTED
    assert changed.ts == card.ts
    assert not actions_in(changed.blocks)
    assert "Olle Arkivarie" in notice.text


async def test_pressing_twice_asks_once(scene: Scene) -> None:
    await offered(scene)
    card = await scene.card("U0OLLE", "grant.accept")
    scene.town.fresh.clear()

    await scene.press("U0OLLE", card, "grant.accept")
    await scene.press("U0OLLE", card, "grant.accept")
    await scene.card("U0OLLE", "identify.open")

    assert len({request.request_id for request in acceptances(scene)}) == 1


async def test_an_old_identification_leads_to_one_link_and_on_to_the_acceptance(scene: Scene) -> None:
    event = await offered(scene)
    card = await scene.card("U0OLLE", "grant.accept")
    scene.town.fresh.clear()

    await scene.press("U0OLLE", card, "grant.accept")
    invitation = await scene.card("U0OLLE", "identify.open")
    intent = scene.town.intents[-1]
    identified = scene.town.identify(scene.town.olle, intent)
    await scene.bot.hearing.hear(identified)
    await scene.bot.hearing.hear(identified.model_copy(update={"event_id": event.grant.id}))

    assert (intent.kind, intent.subject) == ("grant.accept", event.grant.id)
    assert intent.details == {
        "text_hash": role_text(event.grant.role, "sv").sha256,
        "language": "sv",
    }
    assert "fungerar en gång, till den" in invitation.text
    assert scene.town.grants[event.grant.id].status is GrantStatus.ACCEPTED
    assert {request.request_id for request in acceptances(scene)} == {intent.request_id}
    assert not actions_in((await scene.card("U0OLLE", "Du har identifierat dig")).blocks)
    assert not actions_in((await scene.card("U0OLLE", "Godkänd")).blocks)


async def test_somebody_not_linked_is_led_to_the_login_page_first(scene: Scene) -> None:
    await offered(scene)
    card = await scene.card("U0OLLE", "grant.accept")
    scene.town.unlink(scene.town.olle)
    scene.bot.kit.people.forget(scene.town.olle.chat)  # type: ignore[arg-type]  # Olle has an account

    await scene.press("U0OLLE", card, "grant.accept")
    await scene.card("U0OLLE", "identify.open")

    assert scene.town.intents[-1].kind == "grant.accept"


async def test_nobody_accepts_for_somebody_else_and_is_told_so(scene: Scene) -> None:
    town = scene.town
    grant = town.put(a_grant(town.clinic, town.maija, town.olle))
    await scene.bot.hearing.hear(GrantOffered(grant=grant))
    card = await scene.card("U0MAIJA", "grant.accept")
    town.put(grant.model_copy(update={"holder": town.olle.id}))

    await scene.press("U0MAIJA", card, "grant.accept")
    refusal = await scene.card("U0MAIJA", "toiselle henkilölle")

    assert refusal.ephemeral


async def test_a_changed_text_is_shown_anew_before_it_can_be_accepted(scene: Scene) -> None:
    event = await offered(scene)
    card = await scene.card("U0OLLE", "grant.accept")
    scene.town.words = "Something else."

    await scene.press("U0OLLE", card, "grant.accept")
    shown = await scene.card("U0OLLE", "Something else.")
    await scene.press("U0OLLE", shown, "grant.accept")
    await scene.card("U0OLLE", "Godkänd")

    assert shown.ts == card.ts
    assert scene.town.grants[event.grant.id].status is GrantStatus.ACCEPTED


async def test_declining_asks_for_a_reason_and_keeps_it_harmless(scene: Scene) -> None:
    event = await offered(scene)
    card = await scene.card("U0OLLE", "grant.accept")

    await scene.press("U0OLLE", card, "grant.decline")
    view = await scene.slack.wait_for_view("U0OLLE", lambda view: view["callback_id"] == "grant.decline")
    state = {"reason": {"reason": {"type": "plain_text_input", "value": "<!channel> no time"}}}
    await scene.slack.act("U0OLLE", "submit", view_id=view["id"], state=state)
    await scene.card("U0OLLE", "avböjdes")

    assert scene.town.grants[event.grant.id].reason == "<!channel> no time"
    assert "<!channel>" not in said(await scene.card("U0OLLE", "no time"))


async def test_somebody_not_linked_identifies_before_a_reason_is_asked_for(scene: Scene) -> None:
    await offered(scene)
    card = await scene.card("U0OLLE", "grant.decline")
    scene.town.unlink(scene.town.olle)
    scene.bot.kit.people.forget(scene.town.olle.chat)  # type: ignore[arg-type]  # Olle has an account

    await scene.press("U0OLLE", card, "grant.decline")
    await scene.card("U0OLLE", "identify.open")

    assert await scene.slack.wait_for_view("U0OLLE", lambda view: view["submit"] is None)
    assert scene.town.intents[-1].kind == "link"


async def test_a_form_that_opens_too_late_is_said_so(scene: Scene) -> None:
    await offered(scene)
    card = await scene.card("U0OLLE", "grant.decline")
    scene.slack.fail_next("views.open", Fault(200, "expired_trigger_id"))

    await scene.press("U0OLLE", card, "grant.decline")

    assert (await scene.card("U0OLLE", "tryck på nytt")).ephemeral


async def test_linking_alone_changes_the_home_and_accepts_nothing(scene: Scene) -> None:
    town = scene.town
    intent = Intent(kind="link", request_id=town.olle.id)

    await scene.bot.hearing.hear(town.identify(town.olle, intent))
    home = await scene.slack.wait_for_home("U0OLLE")

    assert "Mina roller" in str(home["blocks"])
    assert not acceptances(scene)


async def test_a_service_that_is_away_is_said_so_and_nothing_is_lost(scene: Scene) -> None:
    await offered(scene)
    card = await scene.card("U0OLLE", "grant.accept")
    scene.town.away.add(AcceptGrant)

    await scene.press("U0OLLE", card, "grant.accept")
    sentence = await scene.card("U0OLLE", "Inget har gått förlorat")

    assert sentence.ephemeral


async def test_an_acceptance_waits_for_roles_to_hear_what_identity_said(scene: Scene) -> None:
    town = scene.town
    grant = town.put(a_grant(town.clinic, town.olle, town.maija))
    await scene.bot.hearing.hear(GrantOffered(grant=grant))
    town.behind = 2
    await scene.press("U0OLLE", await scene.card("U0OLLE", "grant.accept"), "grant.accept")
    card = await scene.card("U0OLLE", "Godkänd")

    assert town.grants[grant.id].status is GrantStatus.ACCEPTED
    assert not actions_in(card.blocks)
