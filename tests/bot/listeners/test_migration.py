"""A main user follows the way from Katso in chat; a holder sees what they had."""

from datetime import timedelta

from bot.words import say
from shared.contracts.legacy import LegacyState, Tally, WaveOpened
from simulator.wire import Json
from tests.bot.conftest import Scene, said
from tests.bot.listeners.chat import modal, only_for, option, press_in, type_in, words
from tests.bot.listeners.test_home import home_of, press_home
from tests.bot.makers import NOW
from tests.bot.town_migration import a_legacy


def imported(scene: Scene) -> None:
    """Olle had a role in Katso, and so had somebody whom nobody knows."""
    town = scene.town
    town.had_in_katso(town.clinic, a_legacy(town.clinic, town.olle), a_legacy(town.clinic))


def filled_in(form: Json, *, inducted: bool) -> Json:
    """The wave's form as it is sent: with the day that it proposes."""
    day = next(one["element"]["initial_date"] for one in form["blocks"] if one.get("block_id") == "until")
    ticked = [option("yes")] if inducted else []
    return {
        "until": {"until": {"type": "datepicker", "selected_date": day}},
        "inducted": {"inducted": {"type": "checkboxes", "selected_options": ticked}},
    }


async def test_a_main_user_sees_the_way_on_home_and_invites_the_next_wave(scene: Scene) -> None:
    imported(scene)
    await scene.slack.act("U0MAIJA", "home")
    home = await home_of(scene, "U0MAIJA", "Siirtyminen Katsosta")
    await press_home(scene, "U0MAIJA", home, "migration.invite")
    form = await modal(scene, "U0MAIJA", "Olle Arkivarie")
    unticked = filled_in(form, inducted=False)
    refused = await scene.slack.act("U0MAIJA", "submit", view_id=form["id"], state=unticked)
    ticked = filled_in(form, inducted=True)
    await scene.slack.act("U0MAIJA", "submit", view_id=form["id"], state=ticked)
    told = await modal(scene, "U0MAIJA", "Ketään ei kutsuttu")

    assert "0/2 Katso-roolia valmiina" in words(home)
    assert "Kuka &lt;Tahansa&gt;" in words(home)
    assert "kerromme ruotsiksi" in words(form)
    assert "Kuka" not in words(form)
    assert not refused["ok"]
    assert [len(one.legacy) for one in scene.town.invited] == [1]
    assert "Toisen pääkäyttäjän pitää tarjota" in words(told)


async def test_not_needed_takes_a_reason_and_can_be_taken_back(scene: Scene) -> None:
    imported(scene)
    await scene.slack.act("U0MAIJA", "home")
    home = await home_of(scene, "U0MAIJA", "migration.show")
    await press_home(scene, "U0MAIJA", home, "migration.show")
    listed = await modal(scene, "U0MAIJA", "migration.dismiss")
    await press_in(scene, "U0MAIJA", listed, "migration.dismiss")
    form = await modal(scene, "U0MAIJA", "Miksi sitä ei enää tarvita")
    reason = {"reason": {"reason": {"type": "plain_text_input", "value": "Lähtenyt <!channel>"}}}
    await scene.slack.act("U0MAIJA", "submit", view_id=form["id"], state=reason)
    said = await modal(scene, "U0MAIJA", "Lähtenyt")
    states = [one.state for one in scene.town.migrations[scene.town.clinic.id].stragglers]
    await press_in(scene, "U0MAIJA", said, "migration.reopen")
    await modal(scene, "U0MAIJA", "odottaa taas kutsua")

    assert "<!channel>" not in words(said)
    assert LegacyState.NOT_NEEDED in states
    assert LegacyState.NOT_NEEDED not in [
        one.state for one in scene.town.migrations[scene.town.clinic.id].stragglers
    ]


async def test_the_command_is_known_in_three_languages(scene: Scene) -> None:
    imported(scene)
    for word in ("siirtymä", "övergång", "migration"):
        await type_in(scene, "U0MAIJA", word)
    for heading in ("Siirtyminen Katsosta", "Övergången från Katso"):
        await only_for(scene, "U0MAIJA", heading)


async def test_a_holder_sees_that_what_they_had_ended_and_what_comes_next(scene: Scene) -> None:
    imported(scene)
    await scene.slack.act("U0OLLE", "home")
    home = await home_of(scene, "U0OLLE", "Dina Katso-roller")
    await type_in(scene, "U0OLLE", "övergång")
    said = await only_for(scene, "U0OLLE", "Den har upphört")

    assert say("migration.mine_waits", "sv") in words(home)
    assert "migration.invite" not in words(home)
    assert "Olle" not in said.text


async def test_an_operator_who_asks_for_a_wave_is_heard_by_main_users(scene: Scene) -> None:
    imported(scene)
    event = WaveOpened(organisation=scene.town.clinic.id, number=1, holders=1, day=None)
    await scene.bot.hearing.hear(event)
    await scene.bot.hearing.hear(event)
    card = await scene.card("U0MAIJA", "seuraava aalto odottaa")
    await scene.slack.settled()

    assert "migration.invite" in str(card.blocks)
    assert sum("seuraava aalto" in message.text for message in scene.slack.messages("U0MAIJA")) == 1


async def test_the_picture_is_slacks_own_chart_with_the_figures_in_words_beside_it(scene: Scene) -> None:
    imported(scene)
    view = scene.town.migrations[scene.town.clinic.id]
    days = tuple(
        Tally(day=NOW.date() - timedelta(days=30 - number), not_started=31 - number, reaccepted=number)
        for number in range(31)
    )
    scene.town.migrations[scene.town.clinic.id] = view.model_copy(update={"history": days})
    await scene.slack.act("U0MAIJA", "home")
    home = await home_of(scene, "U0MAIJA", "migration.chart")
    await press_home(scene, "U0MAIJA", home, "migration.chart")
    shown = await modal(scene, "U0MAIJA", "Kuva odottaa sinua")
    told = await scene.slack.wait_for_message("U0MAIJA", lambda message: "hyväksytty 30" in said(message))

    assert "Nyt jäljellä on 1, uudelleen on hyväksytty 30" in words(shown)
    (chart,) = [block for block in told.blocks or [] if block["type"] == "data_visualization"]
    left, reaccepted, not_needed = chart["chart"]["series"]
    assert [one["value"] for one in left["data"]][-1] == 1
    assert [one["value"] for one in reaccepted["data"]][-1] == 30
    assert {one["value"] for one in not_needed["data"]} == {0}
    assert len(chart["chart"]["axis_config"]["categories"]) <= 20
