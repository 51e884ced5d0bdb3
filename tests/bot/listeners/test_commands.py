"""What a person can type after /kanta, in three languages, and press on the Home tab."""

import pytest

from shared.contracts.identity import GetAffiliations
from shared.contracts.roles import GrantAccepted, GrantOffered, GrantStatus, OfferGrant, Phase
from simulator.wire import Json
from tests.bot.conftest import Scene, actions_in, said
from tests.bot.makers import a_grant


async def type_in(scene: Scene, user: str, text: str) -> Json:
    return await scene.slack.act(user, "command", command="/kanta", text=text)


async def modal(scene: Scene, user: str, form: str) -> Json:
    return await scene.slack.wait_for_view(user, lambda view: view["callback_id"] == form)


def chosen(value: str) -> Json:
    return {
        "type": "static_select",
        "selected_option": {"value": value, "text": {"type": "plain_text", "text": "x"}},
    }


def offered(found: Json) -> list[Json]:
    """The options that a menu was given, out of their groups."""
    return [option for group in found["option_groups"] for option in group["options"]]


def offer_state(scene: Scene, *, inducted: bool) -> Json:
    ticked = [{"value": "yes", "text": {"type": "plain_text", "text": "x"}}] if inducted else []
    return {
        "person": {"grant.person": chosen(str(scene.town.olle.id)) | {"type": "external_select"}},
        "role": {"grant.role": chosen("archive_keeper") | {"type": "external_select"}},
        "inducted": {"inducted": {"type": "checkboxes", "selected_options": ticked}},
    }


@pytest.mark.parametrize("text", ["", "help", "ohje", "hjälp", "apocalypse"])
async def test_the_menu_offers_what_can_be_done(scene: Scene, text: str) -> None:
    await type_in(scene, "U0MAIJA", text)
    menu = await scene.card("U0MAIJA", "grant.begin")

    assert menu.ephemeral
    assert {"grant.begin", "why.begin", "contacts.begin", "language.show"} <= actions_in(menu.blocks)
    assert ("apocalypse" in menu.text) == (text == "apocalypse")


@pytest.mark.parametrize(
    ("text", "title"),
    [("grant", "Tarjous lähetetty"), ("anna", "Tarjous lähetetty"), ("ge", "Erbjudandet skickat")],
)
async def test_a_main_user_offers_a_role_in_the_language_that_the_word_tells(
    scene: Scene, text: str, title: str
) -> None:
    await type_in(scene, "U0MAIJA", text)
    view = await modal(scene, "U0MAIJA", "grant.offer")
    found = await scene.slack.act(
        "U0MAIJA",
        "suggest",
        container={"type": "view", "view_id": view["id"]},
        block_id="person",
        action_id="grant.person",
        query="olle",
    )
    answer = await scene.slack.act(
        "U0MAIJA", "submit", view_id=view["id"], state=offer_state(scene, inducted=True)
    )
    done = await scene.slack.wait_for_view("U0MAIJA", lambda view: view["title"]["text"] == title)

    assert [option["text"]["text"] for option in offered(found)] == ["Olle Arkivarie"]
    assert answer["ok"]
    assert "Olle Arkivarie" in str(done["blocks"])
    assert [grant.holder for grant in scene.town.grants.values()] == [scene.town.olle.id]


async def test_what_is_wrong_is_said_at_its_question(scene: Scene) -> None:
    await type_in(scene, "U0MAIJA", "anna")
    view = await modal(scene, "U0MAIJA", "grant.offer")

    answer = await scene.slack.act(
        "U0MAIJA", "submit", view_id=view["id"], state=offer_state(scene, inducted=False)
    )

    assert answer["error"] == "form_errors"
    assert set(answer["errors"]) == {"inducted"}


async def test_somebody_who_is_no_main_user_is_told_in_the_modal(scene: Scene) -> None:
    await type_in(scene, "U0OLLE", "ge")

    view = await scene.slack.wait_for_view("U0OLLE", lambda view: "huvudanvändare" in str(view["blocks"]))

    assert view["submit"] is None


async def test_a_service_that_is_away_is_said_in_the_form(scene: Scene) -> None:
    await type_in(scene, "U0MAIJA", "anna")
    view = await modal(scene, "U0MAIJA", "grant.offer")
    scene.town.away.add(OfferGrant)

    await scene.slack.act("U0MAIJA", "submit", view_id=view["id"], state=offer_state(scene, inducted=True))

    assert await scene.slack.wait_for_view("U0MAIJA", lambda view: "ei ole hävinnyt" in str(view["blocks"]))


async def test_why_is_no_before_the_acceptance_and_yes_after(scene: Scene) -> None:
    town = scene.town
    grant = town.put(a_grant(town.clinic, town.olle, town.maija))
    state = {"action": {"action": chosen("billing.read")}}

    await type_in(scene, "U0OLLE", "varför")
    view = await modal(scene, "U0OLLE", "why.explain")
    await scene.slack.act("U0OLLE", "submit", view_id=view["id"], state=state)
    no = await scene.slack.wait_for_view("U0OLLE", lambda view: "Inte ännu" in str(view["blocks"]))
    town.put(grant.model_copy(update={"status": GrantStatus.ACCEPTED, "phase": Phase.IN_FORCE}))
    await type_in(scene, "U0OLLE", "varför")
    view = await modal(scene, "U0OLLE", "why.explain")
    await scene.slack.act("U0OLLE", "submit", view_id=view["id"], state=state)
    yes = await scene.slack.wait_for_view("U0OLLE", lambda view: "*Ja*" in str(view["blocks"]))

    assert "Vad du kan göra" in str(no["blocks"])
    assert "saknas" not in str(yes["blocks"])


async def test_somebody_unknown_who_asks_why_is_offered_to_identify(scene: Scene) -> None:
    await type_in(scene, "U0NEW", "miksi")
    ladder = await scene.slack.wait_for_view("U0NEW", lambda view: "identify.begin" in str(view["blocks"]))
    await scene.slack.act(
        "U0NEW",
        "press",
        container={"type": "view", "view_id": ladder["id"]},
        block_id=next(block["block_id"] for block in ladder["blocks"] if block["type"] == "actions"),
        action_id="identify.begin",
        state={},
    )

    link = await scene.card("U0NEW", "identify.open")

    assert str(ladder["blocks"]).count("✗") == 3
    assert scene.town.intents[-1].kind == "link"
    assert "identify.open" in actions_in(link.blocks)


@pytest.mark.parametrize("typed", ["anna", "yhteyshenkilöt"])
async def test_a_form_that_somebody_unknown_opened_says_where_their_link_is(typed: str, scene: Scene) -> None:
    await type_in(scene, "U0NEW", typed)

    assert await scene.slack.wait_for_view("U0NEW", lambda view: "Lähetin sinulle linkin" in str(view))
    link = await scene.card("U0NEW", "identify.open")
    assert "identify.open" in actions_in(link.blocks)


@pytest.mark.parametrize("typed", ["hölynpöly", "mitä", "lopeta", "poista kaikki"])
async def test_an_unknown_word_is_answered_in_the_language_of_who_typed_it(typed: str, scene: Scene) -> None:
    await type_in(scene, "U0MAIJA", typed)

    assert "En tunne sanaa" in (await scene.card("U0MAIJA", typed.split()[0])).text


async def test_the_language_chosen_is_spoken_at_once(scene: Scene) -> None:
    await type_in(scene, "U0MAIJA", "kieli sv")
    answer = await scene.card("U0MAIJA", "svenska")
    home = await scene.slack.wait_for_home("U0MAIJA", lambda view: "Väntar på dig" in str(view["blocks"]))

    assert answer.text == "Från och med nu talar jag svenska med dig."
    assert home["type"] == "home"


async def test_the_shortcut_opens_the_form(scene: Scene) -> None:
    await scene.slack.act("U0MAIJA", "shortcut", callback_id="grant.begin")

    assert await modal(scene, "U0MAIJA", "grant.offer")


async def test_the_home_of_a_main_user_shows_who_holds_what(scene: Scene) -> None:
    town = scene.town
    grant = a_grant(town.clinic, town.olle, town.maija)
    town.put(grant.model_copy(update={"status": GrantStatus.ACCEPTED, "phase": Phase.IN_FORCE}))

    await scene.slack.act("U0MAIJA", "home")
    home = await scene.slack.wait_for_home("U0MAIJA")

    assert "vain yksi haltija" in str(home["blocks"])
    assert {"grant.begin", "grant.revoke", "language.choose", "contacts.list"} <= actions_in(home["blocks"])


async def test_the_home_of_somebody_unknown_has_one_thing_to_do(scene: Scene) -> None:
    await scene.slack.act("U0NEW", "home")
    home = await scene.slack.wait_for_home("U0NEW")
    block = next(block for block in home["blocks"] if "identify.begin" in actions_in([block]))
    await scene.slack.act(
        "U0NEW", "press", container={"type": "home"}, block_id=block["block_id"], action_id="identify.begin"
    )

    assert "identify.open" in actions_in((await scene.card("U0NEW", "identify.open")).blocks)


async def test_the_home_says_when_a_service_is_away(scene: Scene) -> None:
    scene.town.away.add(GetAffiliations)

    await scene.slack.act("U0MAIJA", "home")
    home = await scene.slack.wait_for_home("U0MAIJA")

    assert "Palvelu ei vastaa" in str(home["blocks"])


async def test_both_homes_are_published_when_an_offer_is_answered(scene: Scene) -> None:
    town = scene.town
    grant = town.put(a_grant(town.clinic, town.olle, town.maija))
    await scene.bot.hearing.hear(GrantOffered(grant=grant))
    await scene.slack.wait_for_home("U0OLLE", lambda view: "grant.accept" in str(view["blocks"]))

    accepted = grant.model_copy(
        update={"status": GrantStatus.ACCEPTED, "phase": Phase.IN_FORCE, "version": 2}
    )
    town.put(accepted)
    await scene.bot.hearing.hear(GrantAccepted(grant=accepted))

    assert await scene.slack.wait_for_home("U0OLLE", lambda view: "grant.accept" not in str(view["blocks"]))
    assert await scene.slack.wait_for_home("U0MAIJA", lambda view: "grant.revoke" in str(view["blocks"]))


async def test_a_question_is_answered_in_its_thread_with_a_source(scene: Scene) -> None:
    asked = await scene.slack.act("U0OLLE", "say", text="Vad gör en huvudanvändare?")

    answer = await scene.card("U0OLLE", "Källa:")

    assert answer.thread_ts == asked["ts"]


async def test_a_mention_is_answered_once(scene: Scene) -> None:
    text = "<@U0SIMULATOR> mitä pääkäyttäjä tekee?"
    await scene.slack.act("U0MAIJA", "say", channel="C0HALL", text=text)
    await scene.card("C0HALL", "Lähde:")
    await scene.slack.settled()

    assert len([each for each in scene.slack.messages("C0HALL") if "Lähde:" in said(each)]) == 1


async def test_what_nobody_knows_is_said_so_with_who_does(scene: Scene) -> None:
    await scene.slack.act("U0NEW", "say", text="What is the best recipe for pancakes?")

    assert "kanta@kanta.fi" in (await scene.card("U0NEW", "kanta@kanta.fi")).text
