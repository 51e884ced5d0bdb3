"""Commands without enough words ask for what is missing; with enough, they go straight there."""

import pytest

from shared.contracts.roles import ExplainAccess, GrantStatus, OfferGrant, Phase, Role
from tests.bot.conftest import Scene, actions_in
from tests.bot.contacts_town import ContactsOffice
from tests.bot.listeners.chat import button_texts, modal, only_for, press_in, type_in, words
from tests.bot.makers import a_grant, a_person, an_organisation


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("grnat", "/kanta grant"), ("varföe", "/kanta varför"), ("yhteyshenkilö", "/kanta yhteyshenkilöt")],
)
async def test_a_mistyped_command_is_suggested(scene: Scene, typed: str, meant: str) -> None:
    await type_in(scene, "U0NEW", typed)
    answer = await only_for(scene, "U0NEW", "command.1")

    assert button_texts(answer.blocks)[0] == meant
    assert meant in answer.text


async def test_a_suggestion_does_what_was_meant_with_the_words_that_followed(scene: Scene) -> None:
    await type_in(scene, "U0MAIJA", "miski systems.edit")
    answer = await only_for(scene, "U0MAIJA", "command.1")

    await scene.press("U0MAIJA", answer, "command.1")
    view = await modal(scene, "U0MAIJA", "Rooli hyväksytty")

    assert "Järjestelmät ja liityntäpisteet: muokkaa" in words(view)


async def test_why_with_an_action_answers_at_once(scene: Scene) -> None:
    await type_in(scene, "U0OLLE", "why systems.edit")
    view = await modal(scene, "U0OLLE", "Rollen godkänd")

    assert "System och anslutningspunkter: redigera" in words(view)
    assert [request.action for request in scene.town.asked if isinstance(request, ExplainAccess)] == [
        "systems.edit"
    ]


async def test_why_with_half_an_action_offers_what_it_may_mean(scene: Scene) -> None:
    await type_in(scene, "U0OLLE", "varför fakturering")
    answer = await only_for(scene, "U0OLLE", "command.1")
    await scene.press("U0OLLE", answer, "command.2")

    assert button_texts(answer.blocks) == ["Faktureringsuppgifter: läsa", "Faktureringsuppgifter: redigera"]
    assert "Faktureringsuppgifter: redigera" in words(await modal(scene, "U0OLLE", "Rollen godkänd"))


async def test_why_with_several_organisations_asks_only_which(scene: Scene) -> None:
    scene.town.found(an_organisation("Apteekki Näyte"))

    await type_in(scene, "U0OLLE", "varför systems.edit")
    view = await scene.slack.wait_for_view("U0OLLE", lambda view: view["callback_id"] == "why.explain")

    values = view["state"]["values"]
    assert values["action"]["action"]["selected_option"]["value"] == "systems.edit"
    assert "why.organisation" in actions_in(view["blocks"])


async def test_why_about_somebody_else_is_for_main_users(scene: Scene) -> None:
    await type_in(scene, "U0MAIJA", "miksi @olle systems.edit")
    allowed = await modal(scene, "U0MAIJA", "Olle Arkivarie (<@U0OLLE>)")
    await type_in(scene, "U0OLLE", "varför @maija systems.edit")
    refused = await modal(scene, "U0OLLE", "huvudanvändare")

    asked = [request for request in scene.town.asked if isinstance(request, ExplainAccess)]
    assert asked[0].person == scene.town.olle.id
    assert "Slack-tunnus yhdistetty henkilöön" in words(allowed)
    assert "Rollen godkänd" not in words(refused)


async def test_words_that_are_no_action_are_said_so(scene: Scene) -> None:
    await type_in(scene, "U0OLLE", "varför regnbåge")

    assert "regnbåge" in words(await modal(scene, "U0OLLE", "regnbåge"))


async def test_grant_with_a_mention_proposes_that_person_and_says_who_will_be_told(scene: Scene) -> None:
    await type_in(scene, "U0MAIJA", "anna @olle arkivarie")
    view = await scene.slack.wait_for_view("U0MAIJA", lambda view: view["callback_id"] == "grant.offer")

    values = view["state"]["values"]
    assert values["person"]["grant.person"]["selected_option"]["value"] == str(scene.town.olle.id)
    assert "*Terveystalo Testi Oy* pääkäyttäjänä" in words(view)
    assert "Olle Arkivarie (<@U0OLLE>)" in words(view)
    assert "yksityisviestillä, ruotsiksi" in words(view)


async def test_grant_with_a_mention_and_a_role_lacks_only_the_induction(scene: Scene) -> None:
    await type_in(scene, "U0MAIJA", "grant @olle archive_keeper")
    view = await scene.slack.wait_for_view("U0MAIJA", lambda view: view["callback_id"] == "grant.offer")
    ticked = {"inducted": {"inducted": {"type": "checkboxes", "selected_options": [{"value": "yes"}]}}}
    await scene.slack.act("U0MAIJA", "submit", view_id=view["id"], state=ticked)
    await modal(scene, "U0MAIJA", "Tarjous lähetetty")

    offers = [request for request in scene.town.asked if isinstance(request, OfferGrant)]
    assert [(each.holder, each.role) for each in offers] == [(scene.town.olle.id, Role.ARCHIVE_KEEPER)]


async def test_a_typed_name_is_nobody(scene: Scene) -> None:
    await type_in(scene, "U0MAIJA", "anna Olle Arkivarie")
    view = await scene.slack.wait_for_view("U0MAIJA", lambda view: view["callback_id"] == "grant.offer")

    assert view["state"]["values"]["person"]["grant.person"]["selected_option"] is None
    assert "”Olle Arkivarie” eivät ole rooli" in words(view)
    assert "U0OLLE" not in words(view)


async def test_a_mention_of_somebody_unknown_is_said_so(scene: Scene) -> None:
    await type_in(scene, "U0MAIJA", "anna @new")
    view = await scene.slack.wait_for_view("U0MAIJA", lambda view: view["callback_id"] == "grant.offer")

    assert "En tiedä, kuka <@U0NEW> on" in words(view)
    assert view["state"]["values"]["person"]["grant.person"]["selected_option"] is None


async def test_a_mention_of_somebody_of_another_organisation_is_said_so(scene: Scene) -> None:
    scene.town.move_in(a_person("Nina Ny", "U0NEW"), stranger=True)

    await type_in(scene, "U0MAIJA", "anna @new")
    view = await scene.slack.wait_for_view("U0MAIJA", lambda view: view["callback_id"] == "grant.offer")

    assert "Nina Ny ei kuulu organisaatioon Terveystalo Testi Oy" in words(view)


async def test_a_main_user_of_several_acts_for_the_one_chosen(scene: Scene) -> None:
    town = scene.town
    pharmacy = town.found(an_organisation("Apteekki Näyte"), main_user=town.maija)
    await type_in(scene, "U0MAIJA", "anna")
    view = await scene.slack.wait_for_view("U0MAIJA", lambda view: view["callback_id"] == "grant.offer")

    chosen = {"type": "external_select", "selected_option": {"value": str(pharmacy.id), "text": {}}}
    await press_in(scene, "U0MAIJA", view, "grant.organisation", chosen)
    shown = await scene.slack.wait_for_view(
        "U0MAIJA", lambda view: view["private_metadata"] == str(pharmacy.id)
    )
    person = {"type": "external_select", "selected_option": {"value": str(town.olle.id), "text": {}}}
    await press_in(scene, "U0MAIJA", shown, "grant.person", person)
    named = await modal(scene, "U0MAIJA", "*Apteekki Näyte* pääkäyttäjänä")

    kept = named["state"]["values"]["organisation"]["grant.organisation"]["selected_option"]
    assert kept["value"] == str(pharmacy.id)


async def test_contacts_with_a_name_opens_that_organisation(scene: Scene) -> None:
    ContactsOffice(scene.town).open()
    pharmacy = scene.town.found(an_organisation("Apteekki Näyte"))

    await type_in(scene, "U0MAIJA", "yhteyshenkilöt näyte")
    view = await modal(scene, "U0MAIJA", "Apteekki Näyte")
    await type_in(scene, "U0MAIJA", "yhteyshenkilöt zzz")

    assert view["private_metadata"] == str(pharmacy.id)
    assert await modal(scene, "U0MAIJA", "”zzz”")


async def test_roles_are_listed_behind_buttons_and_told_one_by_one(scene: Scene) -> None:
    await type_in(scene, "U0OLLE", "roller")
    listed = await only_for(scene, "U0OLLE", "command.7")
    await scene.press("U0OLLE", listed, "command.5")
    told = await only_for(scene, "U0OLLE", "What the role means.")
    await type_in(scene, "U0OLLE", "roller reader")

    assert len(button_texts(listed.blocks)) == len(Role)
    assert "archive keeper (sv)" in told.text
    assert "reader (sv)" in (await only_for(scene, "U0OLLE", "reader (sv)")).text


async def test_mine_tells_what_waits_and_what_is_held(scene: Scene) -> None:
    town = scene.town
    town.put(a_grant(town.clinic, town.olle, town.maija))
    held = a_grant(town.clinic, town.olle, town.maija, role=Role.READER)
    town.put(held.model_copy(update={"status": GrantStatus.ACCEPTED, "phase": Phase.IN_FORCE}))

    await type_in(scene, "U0OLLE", "mina")
    answer = await only_for(scene, "U0OLLE", "Svara senast")

    assert "reader (sv)" in answer.text
    assert "archive keeper (sv)" in answer.text


async def test_a_whole_question_after_the_command_is_answered(scene: Scene) -> None:
    await type_in(scene, "U0OLLE", "vem kan ge mig en roll?")

    assert "Källa" in (await only_for(scene, "U0OLLE", "Källa")).text


async def test_ask_answers_in_the_channel_so_that_only_the_asker_sees_it(scene: Scene) -> None:
    await type_in(scene, "U0OLLE", "fråga vem kan ge mig en roll?", channel="C0HALL")

    await only_for(scene, "U0OLLE", "Källa", "C0HALL")
    assert not [each for each in scene.slack.messages("C0HALL") if each.bot_id and not each.ephemeral]
