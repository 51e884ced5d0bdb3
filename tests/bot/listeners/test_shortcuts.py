"""Shortcuts: from anywhere, and from a message; also in channels that the bot is no member of."""

import pytest

from bot.payloads import Shortcut
from bot.sender import Said
from shared.contracts.identity import ChatAccount
from simulator.wire import Json
from tests.bot.conftest import Scene, said
from tests.bot.listeners.chat import modal, only_for, press_in, words
from tests.bot.makers import TEAM, a_person


async def spoken(scene: Scene, user: str, text: str, channel: str = "C0HALL") -> Json:
    return await scene.slack.act(user, "say", channel=channel, text=text)


async def from_message(scene: Scene, user: str, shortcut: str, message: Json) -> Json:
    return await scene.slack.act(
        user, "shortcut", callback_id=shortcut, channel=message["channel"], ts=message["ts"]
    )


@pytest.mark.parametrize(
    ("shortcut", "title"),
    [("grant.begin", "Anna rooli"), ("why.begin", "Miksi en pääse?"), ("ask.begin", "Kysy Kannasta")],
)
async def test_a_shortcut_opens_its_form_from_anywhere(scene: Scene, shortcut: str, title: str) -> None:
    await scene.slack.act("U0MAIJA", "shortcut", callback_id=shortcut)

    assert await scene.slack.wait_for_view(
        "U0MAIJA", lambda view: view["title"]["text"] == title and bool(view["submit"])
    )


async def test_a_question_asked_in_the_form_is_answered_in_its_place(scene: Scene) -> None:
    await scene.slack.act("U0OLLE", "shortcut", callback_id="ask.begin")
    view = await modal(scene, "U0OLLE", "Din fråga")
    typed = {"type": "plain_text_input", "value": "vem kan ge mig en roll?"}
    await scene.slack.act("U0OLLE", "submit", view_id=view["id"], state={"question": {"question": typed}})
    answered = await modal(scene, "U0OLLE", "Källa")
    await press_in(scene, "U0OLLE", answered, "feedback.no")

    assert "person.show" in words(await modal(scene, "U0OLLE", "Tråkigt att det inte hjälpte"))


async def test_a_message_becomes_a_request_for_the_one_who_wrote_it(scene: Scene) -> None:
    message = await spoken(scene, "U0OLLE", "I need to read the archive, says Maija Pääkäyttäjä")

    await from_message(scene, "U0MAIJA", "grant.from_message", message)
    view = await scene.slack.wait_for_view("U0MAIJA", lambda view: view["callback_id"] == "grant.offer")

    values = view["state"]["values"]
    assert values["person"]["grant.person"]["selected_option"]["value"] == str(scene.town.olle.id)
    assert "(<@U0OLLE>)" in words(view)
    assert "I need to read" not in words(view)


async def test_a_programs_message_proposes_nobody(scene: Scene) -> None:
    sent = await scene.bot.kit.sender.post("C0HALL", Said("Hello"))

    await from_message(scene, "U0MAIJA", "grant.from_message", {"channel": "C0HALL", "ts": sent.ts})
    view = await scene.slack.wait_for_view("U0MAIJA", lambda view: view["callback_id"] == "grant.offer")

    assert "Viestin kirjoitti ohjelma" in words(view)
    assert view["state"]["values"]["person"]["grant.person"]["selected_option"] is None


async def test_a_message_of_somebody_without_an_organisation_proposes_nobody(scene: Scene) -> None:
    scene.town.move_in(a_person("Nina Ny", "U0NEW"), stranger=True)
    message = await spoken(scene, "U0NEW", "please")

    await from_message(scene, "U0MAIJA", "grant.from_message", message)

    assert "Nina Ny ei kuulu" in words(await modal(scene, "U0MAIJA", "Nina Ny ei kuulu"))


async def test_who_is_no_main_user_is_told_in_the_modal(scene: Scene) -> None:
    message = await spoken(scene, "U0MAIJA", "hei")

    await from_message(scene, "U0OLLE", "grant.from_message", message)

    assert (await modal(scene, "U0OLLE", "huvudanvändare"))["submit"] is None


async def test_a_message_is_answered_to_the_one_who_asked_alone(scene: Scene) -> None:
    message = await spoken(scene, "U0OLLE", "Vem kan ge mig en roll?")

    await from_message(scene, "U0MAIJA", "ask.about", message)
    answer = await only_for(scene, "U0MAIJA", "Källa", "C0HALL")
    await scene.slack.settled()

    assert answer.ephemeral
    assert not [each for each in scene.slack.messages("C0HALL") if each.bot_id and not each.ephemeral]


async def test_a_message_is_answered_where_the_bot_is_no_member(scene: Scene) -> None:
    message = await spoken(scene, "U0OLLE", "Vem kan ge mig en roll?", "C0ELSE")

    await from_message(scene, "U0MAIJA", "ask.about", message)

    assert (await only_for(scene, "U0MAIJA", "Källa", "C0ELSE")).ephemeral


async def test_a_message_without_words_is_said_so(scene: Scene) -> None:
    message = await spoken(scene, "U0OLLE", "<@U0MAIJA>")

    await from_message(scene, "U0MAIJA", "ask.about", message)

    assert "ei ole sanoja" in said(await only_for(scene, "U0MAIJA", "ei ole sanoja", "C0HALL"))


async def test_an_answer_that_its_address_no_longer_takes_waits_in_a_message(scene: Scene) -> None:
    message = await spoken(scene, "U0OLLE", "Vem kan ge mig en roll?")
    kit = scene.bot.kit
    used = Shortcut(
        who=ChatAccount(team=TEAM, user="U0MAIJA"),
        key="k",
        shortcut="ask.about",
        response_url=f"{scene.slack.url}/actions/used-up",
        text=message["ts"],
    )

    await kit.answer(used, Said("an answer"))

    assert (await scene.card("U0MAIJA", "an answer")).text == "an answer"
