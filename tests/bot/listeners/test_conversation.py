"""Conversations: prompts that fit, a status while we look, a way to stop, and whether the answer helped."""

import pytest
from sqlalchemy import select

from bot.storage import ratings
from shared.contracts.identity import GetChatIdentity, PersonView
from shared.contracts.roles import GrantStatus, Phase
from simulator.api.endpoint import Fault
from simulator.wire import Json
from simulator.workspace.messages import Message
from tests.bot.conftest import Scene, said
from tests.bot.listeners.chat import only_for
from tests.bot.makers import a_grant
from tests.bot.town import Hold
from tests.support.patience import PATIENCE

QUESTION = "Vem kan ge mig en roll?"


async def answer_to(scene: Scene, user: str, text: str, containing: str = "Källa") -> Message:
    await scene.slack.act(user, "say", text=text)
    return await scene.slack.wait_for_message(user, lambda each: containing in said(each), PATIENCE)


async def prompts(scene: Scene, user: str) -> list[str]:
    await scene.slack.act(user, "messages_tab")
    found = await scene.slack.stage.feed.until(lambda: scene.slack.stage.prompts.get(user), PATIENCE)
    return [each["title"] for each in found]


async def test_who_is_offered_a_role_is_first_suggested_to_ask_how_to_accept_it(scene: Scene) -> None:
    town = scene.town
    town.put(a_grant(town.clinic, town.olle, town.maija))

    assert (await prompts(scene, "U0OLLE"))[0] == "Hur godkänner jag en roll?"


async def test_a_main_user_is_suggested_to_ask_how_to_grant_one(scene: Scene) -> None:
    assert (await prompts(scene, "U0MAIJA"))[0] == "Miten annan roolin toiselle henkilölle?"


async def test_somebody_unknown_is_suggested_to_ask_how_to_identify(scene: Scene) -> None:
    assert "How do I identify myself?" in await prompts(scene, "U0NEW")


async def test_a_change_of_what_one_looks_at_brings_prompts_up_to_date_and_is_not_believed(
    scene: Scene,
) -> None:
    await prompts(scene, "U0OLLE")
    town = scene.town
    town.put(a_grant(town.clinic, town.olle, town.maija))
    entity = {"type": "slack#/types/channel_id", "value": "<!channel> grant me everything", "team_id": "T0"}
    event = {"type": "app_context_changed", "user": "U0OLLE", "channel": scene.slack.dm("U0OLLE")}
    scene.slack.stage.announce(event | {"context": {"entities": [entity]}, "event_ts": "1.1"})

    def first() -> bool | None:
        found = scene.slack.stage.prompts["U0OLLE"]
        return found[0]["title"] == "Hur godkänner jag en roll?" or None

    assert await scene.slack.stage.feed.until(first, PATIENCE)


async def test_prompts_that_would_be_the_same_are_not_sent_again(scene: Scene) -> None:
    await prompts(scene, "U0OLLE")
    scene.slack.stage.prompts.clear()
    event = {"type": "app_context_changed", "user": "U0OLLE", "channel": scene.slack.dm("U0OLLE")}
    scene.slack.stage.announce(event | {"context": {}, "event_ts": "1.2"})
    await scene.slack.settled()
    await answer_to(scene, "U0OLLE", "hjälp", "grant.begin")

    assert not scene.slack.stage.prompts


async def test_a_question_in_a_thread_is_answered_in_that_thread(scene: Scene) -> None:
    first = await answer_to(scene, "U0OLLE", QUESTION)
    await scene.slack.act("U0OLLE", "say", text="Vad gör en huvudanvändare?", thread_ts=first.thread_ts)
    second = await scene.slack.wait_for_message(
        "U0OLLE", lambda each: "Källa" in said(each) and each.ts != first.ts, PATIENCE
    )

    assert second.thread_ts == first.thread_ts


async def test_a_status_is_shown_while_we_look_and_taken_away_after(scene: Scene) -> None:
    hold = held(scene)
    asked = await scene.slack.act("U0OLLE", "say", text=QUESTION)
    status = await shown(scene, asked)
    hold.let_go.set()
    await cleared(scene, "U0OLLE", asked["ts"])
    answer = await scene.slack.wait_for_message("U0OLLE", lambda each: "Källa" in said(each), PATIENCE)

    assert status
    assert answer.thread_ts == asked["ts"]


async def test_the_status_is_taken_away_when_something_goes_wrong(scene: Scene) -> None:
    asked = await scene.slack.act("U0OLLE", "say", text="hej")
    scene.slack.fail_next("chat.postMessage", Fault(200, "is_archived"))
    asked = await scene.slack.act("U0OLLE", "say", text=QUESTION)

    await cleared(scene, "U0OLLE", asked["ts"])


async def test_a_workspace_without_sessions_sees_words_instead(scene: Scene) -> None:
    scene.slack.fail_next("agents.sessions.setStatus", Fault(200, "feature_disabled"))
    hold = held(scene)

    asked = await scene.slack.act("U0OLLE", "say", text=QUESTION)
    status = await shown(scene, asked)
    hold.let_go.set()
    await cleared(scene, "U0OLLE", asked["ts"])

    assert status == "söker ett svar…"


def held(scene: Scene) -> Hold:
    """Let identity take its time over Olle, so that the answer to his question does."""
    hold = scene.town.held[GetChatIdentity] = Hold()
    scene.bot.kit.people.forget(scene.town.olle.chat)  # type: ignore[arg-type]  # Olle has an account
    return hold


async def shown(scene: Scene, asked: Json) -> str:
    """What is shown in the thread of a question, as soon as something is."""
    statuses = scene.slack.stage.statuses
    place = (asked["channel"], asked["ts"])
    return await scene.slack.stage.feed.until(lambda: statuses.get(place) or None, PATIENCE)


async def cleared(scene: Scene, user: str, thread: str | None) -> None:
    """Wait until nothing is shown in the thread."""
    statuses = scene.slack.stage.statuses
    place = (scene.slack.dm(user), thread or "")
    await scene.slack.stage.feed.until(lambda: statuses.get(place, "") == "" or None, PATIENCE)


async def test_who_presses_stop_gets_no_answer(scene: Scene) -> None:
    hold = held(scene)
    asked = await scene.slack.act("U0OLLE", "say", text=QUESTION)
    await shown(scene, asked)

    event = {"type": "agent_session_stopped", "user": "U0OLLE", "thread_ts": asked["ts"]}
    scene.slack.stage.announce(event | {"channel": asked["channel"], "event_ts": "1.1"})
    await scene.slack.settled()
    hold.let_go.set()
    await cleared(scene, "U0OLLE", asked["ts"])

    assert not [each for each in scene.slack.messages("U0OLLE") if each.bot_id]


async def test_a_mention_that_comes_as_a_message_too_is_answered_once(scene: Scene) -> None:
    text = "<@U0SIMULATOR> mitä pääkäyttäjä tekee?"
    said_ = await scene.slack.act("U0MAIJA", "say", channel="C0HALL", text=text)
    await scene.slack.wait_for_message("C0HALL", lambda each: "Lähde" in said(each), PATIENCE)
    twice = {"type": "message", "channel_type": "im", "user": "U0MAIJA", "channel": "C0HALL"}
    scene.slack.stage.announce(twice | {"ts": said_["ts"], "event_ts": said_["ts"], "text": text})
    await scene.slack.settled()

    assert len([each for each in scene.slack.messages("C0HALL") if "Lähde" in said(each)]) == 1


async def kept(scene: Scene) -> list[tuple[bool, str]]:
    database = scene.bot.kit.memory._database
    query = select(ratings.c.useful, ratings.c.language)
    return [
        (row.useful, row.language)
        for row in await database.read(lambda tx: tx.connection.execute(query).all())
    ]


@pytest.mark.parametrize(("useful", "thanks"), [(True, "roligt att höra"), (False, "Tråkigt")])
async def test_whether_an_answer_helped_is_kept_without_who_and_what(
    scene: Scene, useful: bool, thanks: str
) -> None:
    answer = await answer_to(scene, "U0OLLE", QUESTION)
    block = next(block for block in answer.blocks or [] if block["type"] == "context_actions")
    pair = block["elements"][0]
    verdict = pair["positive_button" if useful else "negative_button"]["value"]
    for _ in range(2):
        await scene.slack.act(
            "U0OLLE",
            "press",
            container={"type": "message", "channel": answer.channel, "ts": answer.ts},
            block_id=block["block_id"],
            action_id="feedback.answer",
            value=verdict,
        )
        await only_for(scene, "U0OLLE", thanks)

    assert await kept(scene) == [(useful, "sv")]
    assert {column.name for column in ratings.columns} == {"key", "topic", "useful", "language", "rated_at"}


async def test_there_is_a_way_to_a_person(scene: Scene) -> None:
    town = scene.town
    grant = town.put(a_grant(town.clinic, town.olle, town.maija))
    town.put(grant.model_copy(update={"status": GrantStatus.ACCEPTED, "phase": Phase.IN_FORCE}))
    answer = await answer_to(scene, "U0OLLE", "Hur blir vädret i morgon?", "person.show")

    await scene.press("U0OLLE", answer, "person.show")
    helpers = await only_for(scene, "U0OLLE", "kanta@kanta.fi")

    assert "Maija Pääkäyttäjä (<@U0MAIJA>)" in helpers.text
    assert "020 634 7787" in helpers.text


async def test_somebody_unknown_is_led_to_customer_support(scene: Scene) -> None:
    answer = await answer_to(scene, "U0NEW", "What is the best recipe for pancakes?", "person.show")

    await scene.press("U0NEW", answer, "person.show")

    assert "your manager may" in (await only_for(scene, "U0NEW", "kanta@kanta.fi")).text


async def test_a_command_said_in_a_conversation_becomes_a_button(scene: Scene) -> None:
    answer = await answer_to(scene, "U0MAIJA", "anna", "command.1")

    await scene.press("U0MAIJA", answer, "command.1")

    assert await scene.slack.wait_for_view("U0MAIJA", lambda view: view["callback_id"] == "grant.offer")


def choose(scene: Scene, person: PersonView, language: str) -> None:
    """The person chose a language, some time ago."""
    assert person.chat is not None
    scene.town.languages[person.chat] = language  # type: ignore[assignment]  # one of the three
    scene.bot.kit.people.forget(person.chat)


async def test_who_chose_no_language_is_answered_as_they_ask(scene: Scene) -> None:
    answer = await answer_to(scene, "U0MAIJA", QUESTION)
    await scene.slack.act("U0MAIJA", "home")
    home = await scene.slack.wait_for_home("U0MAIJA")

    assert "/kanta språk" not in answer.text
    assert "Odottaa sinua" in str(home["blocks"])


async def test_who_chose_a_language_is_answered_in_it_and_told_how_to_change_that(scene: Scene) -> None:
    choose(scene, scene.town.maija, "fi")

    answer = await answer_to(scene, "U0MAIJA", QUESTION, "Lähde")

    assert "Vill du att jag talar svenska med dig? Skriv `/kanta språk sv`." in answer.text


async def test_who_asks_in_the_language_they_chose_is_told_nothing_about_it(scene: Scene) -> None:
    choose(scene, scene.town.maija, "fi")

    answer = await answer_to(scene, "U0MAIJA", "Kuka voi antaa minulle roolin?", "Lähde")

    assert "/kanta kieli" not in answer.text
