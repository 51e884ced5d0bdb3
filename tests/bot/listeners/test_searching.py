"""Menus that ask for their options: grouped, in the person's language, and never empty without a word."""

import asyncio

from shared.contracts.identity import GetAffiliations, SearchPeople
from shared.contracts.roles import GrantStatus, Phase, Role
from simulator.wire import Json
from tests.bot.conftest import Scene
from tests.bot.listeners.chat import menu_of, modal, names, press_in, type_in
from tests.bot.makers import a_grant, a_person, an_organisation
from tests.bot.town import Hold


async def form(scene: Scene, text: str = "anna") -> Json:
    await type_in(scene, "U0MAIJA", text)
    opened = "grant.offer" if text == "anna" else "why.explain"
    return await scene.slack.wait_for_view("U0MAIJA", lambda view: view["callback_id"] == opened)


async def test_people_stand_by_whether_they_have_identified_themselves(scene: Scene) -> None:
    scene.town.move_in(a_person("Nina Ny", "U0NEW", linked=False))
    scene.town.move_in(a_person("Veera Vieras", None), stranger=True)

    groups = await menu_of(scene, "U0MAIJA", await form(scene), "grant.person")

    assert names(groups) == {
        "Tunnistautuneet": ["Maija Pääkäyttäjä", "Olle Arkivarie"],
        "Eivät ole vielä tunnistautuneet": ["Nina Ny"],
    }


async def test_roles_stand_by_how_many_hold_them(scene: Scene) -> None:
    town = scene.town
    grant = a_grant(town.clinic, town.olle, town.maija, role=Role.READER)
    town.put(grant.model_copy(update={"status": GrantStatus.ACCEPTED, "phase": Phase.IN_FORCE}))

    groups = names(await menu_of(scene, "U0MAIJA", await form(scene), "grant.role"))

    # A main user appoints others, too, and is the only one herself.
    assert groups["Vain yksi haltija, varahenkilö puuttuu"] == ["main user (fi)", "reader (fi)"]
    assert "archive keeper (fi)" in groups["Ei haltijaa"]


async def test_organisations_stand_by_what_one_is_in_them(scene: Scene) -> None:
    town = scene.town
    town.found(an_organisation("Apteekki Näyte"))
    town.found(an_organisation("Hammas Oy"), main_user=town.maija)

    to_grant = names(await menu_of(scene, "U0MAIJA", await form(scene), "grant.organisation"))
    to_ask = names(await menu_of(scene, "U0MAIJA", await form(scene, "miksi"), "why.organisation", "naYTE"))

    assert to_grant == {"Olet pääkäyttäjä": ["Terveystalo Testi Oy", "Hammas Oy"]}
    assert to_ask == {"Kuulut organisaatioon": ["Apteekki Näyte"]}


async def test_why_offers_oneself_first_and_colleagues_to_main_users(scene: Scene) -> None:
    groups = names(await menu_of(scene, "U0MAIJA", await form(scene, "miksi"), "why.person"))

    assert groups == {"Sinä itse": ["Maija Pääkäyttäjä"], "Tunnistautuneet": ["Olle Arkivarie"]}


async def test_at_most_a_hundred_are_offered(scene: Scene) -> None:
    for number in range(120):
        scene.town.move_in(a_person(f"Person {number:03}", f"U{number}", linked=number % 2 == 0))

    groups = await menu_of(scene, "U0MAIJA", await form(scene), "grant.person")

    assert sum(len(group["options"]) for group in groups) == 100


async def test_nothing_found_is_said_and_cannot_be_granted_to(scene: Scene) -> None:
    view = await form(scene)
    groups = await menu_of(scene, "U0MAIJA", view, "grant.person", "zzz")
    chosen = {"type": "external_select", "selected_option": groups[0]["options"][0]}
    answer = await scene.slack.act(
        "U0MAIJA",
        "submit",
        view_id=view["id"],
        state={"person": {"grant.person": chosen}, "role": {"grant.role": chosen}}
        | {"inducted": {"inducted": {"type": "checkboxes", "selected_options": [{"value": "yes"}]}}},
    )

    assert names(groups) == {"Hakusanalla ei löytynyt mitään": ["Kokeile toista sanaa tai sen alkua"]}
    assert set(answer["errors"]) == {"person", "role"}


async def test_people_wait_for_the_organisation_to_be_chosen(scene: Scene) -> None:
    town = scene.town
    town.found(an_organisation("Hammas Oy"), main_user=town.maija)

    groups = await menu_of(scene, "U0MAIJA", await form(scene), "grant.person")

    assert names(groups) == {"Organisaatio puuttuu": ["Valitse ensin organisaatio yltä"]}


async def test_a_service_that_is_away_is_said_in_the_menu(scene: Scene) -> None:
    view = await form(scene)
    scene.town.away.add(SearchPeople)

    groups = await menu_of(scene, "U0MAIJA", view, "grant.person")

    assert names(groups) == {"Palvelu ei vastaa juuri nyt": ["Odota hetki ja avaa valikko uudelleen"]}


async def test_a_service_that_is_slow_is_not_waited_for_longer_than_slack_waits(scene: Scene) -> None:
    view = await form(scene)
    hold = scene.town.held[SearchPeople] = Hold()
    loop = asyncio.get_running_loop()

    before = loop.time()
    groups = await menu_of(scene, "U0MAIJA", view, "grant.person")
    took = loop.time() - before
    hold.let_go.set()

    assert "Palvelu ei vastaa juuri nyt" in names(groups)
    assert took < 2.5


async def test_the_preview_waits_for_nobody_and_what_was_filled_in_stays(scene: Scene) -> None:
    town = scene.town
    view = await form(scene)
    role = {"type": "external_select", "selected_option": {"value": "reader", "text": {}}}
    await scene.slack.act(
        "U0MAIJA",
        "press",
        container={"type": "view", "view_id": view["id"]},
        block_id="person",
        action_id="grant.person",
        value={"type": "external_select", "selected_option": {"value": str(town.olle.id), "text": {}}},
        state={"role": {"grant.role": role}},
    )
    shown = await modal(scene, "U0MAIJA", "Olle Arkivarie (<@U0OLLE>)")
    town.away.add(GetAffiliations)
    await press_in(scene, "U0MAIJA", shown, "grant.person", role)
    await scene.slack.settled()

    values = shown["state"]["values"]
    assert values["role"]["grant.role"]["selected_option"]["value"] == "reader"
    assert await scene.slack.wait_for_view("U0MAIJA", lambda view: view["callback_id"] == "grant.offer")
