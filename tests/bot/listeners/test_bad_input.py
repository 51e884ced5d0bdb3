"""What bad input gets in chat: a sentence in the person's language, where they look; nothing changes."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from bot.words import LANGUAGES, say
from services.roles.domain import grants
from shared.contracts.base import Language
from shared.contracts.identity import ChatAccount
from shared.contracts.roles import GrantOffered, GrantStatus, GrantView, OfferGrant, Phase
from simulator.wire import Json
from tests.bot.conftest import Scene, said
from tests.bot.listeners.chat import option, type_in
from tests.bot.listeners.test_commands import chosen, modal, offer_state
from tests.bot.makers import NOW, TEAM, a_grant, a_person

GRANT = {"fi": "anna", "sv": "ge", "en": "grant"}
TODAY = NOW.date()
IN_26_YEARS = TODAY.replace(year=TODAY.year + 26, day=1)


@pytest.fixture(params=LANGUAGES)
async def language(request: pytest.FixtureRequest, scene: Scene) -> Language:
    """Everybody speaks it."""
    spoken: Language = request.param
    for user in ("U0MAIJA", "U0OLLE", "U0NEW"):
        scene.town.languages[ChatAccount(team=TEAM, user=user)] = spoken
    return spoken


def picked(action: str, value: object) -> Json:
    return {action: chosen(str(value)) | {"type": "external_select"}}


def until(day: object) -> Json:
    return {"until": {"type": "datepicker", "selected_date": str(day)}}


def wrong_forms(scene: Scene) -> Mapping[str, tuple[str, Json, str]]:
    """What is wrong with a form: the question, its answer, and the code of the refusal."""
    town = scene.town
    stranger = town.move_in(a_person("Nina Ny", "U0NEW"), stranger=True)
    of_another = "roles_holder_of_another_organisation"
    return {
        "an unknown person": ("person", picked("grant.person", uuid4()), of_another),
        "a person of another organisation": ("person", picked("grant.person", stranger.id), of_another),
        "oneself": ("person", picked("grant.person", town.maija.id), "roles_self_grant"),
        "an unknown role": ("role", picked("grant.role", "emperor"), "roles_role_unknown"),
        "an end in the past": ("until", until(TODAY - timedelta(days=2)), "roles_ends_in_the_past"),
        "an end in over 25 years": ("until", until(IN_26_YEARS), "roles_ends_too_far_away"),
    }


async def the_form(scene: Scene, language: Language) -> Json:
    await type_in(scene, "U0MAIJA", GRANT[language])
    return await modal(scene, "U0MAIJA", "grant.offer")


async def test_a_wrong_form_says_at_its_question_what_is_wrong(scene: Scene, language: Language) -> None:
    form, told = await the_form(scene, language), {}
    for what, (question, answer, code) in wrong_forms(scene).items():
        state = offer_state(scene, inducted=True) | {question: answer}
        refused = await scene.slack.act("U0MAIJA", "submit", view_id=form["id"], state=state)
        told[what] = refused["errors"].get(question, "")
        sentence = say(f"refusals.{code}", language, latest="|")
        assert all(part in told[what] for part in sentence.split("|")), what
        assert [*refused["errors"]] == [question], what

    assert not scene.town.grants


SENTENCES = (
    "roles_holder_of_another_organisation",
    "roles_self_grant",
    "roles_role_unknown",
    "roles_ends_in_the_past",
    "roles_ends_too_far_away",
)


def test_each_language_says_it_in_words_of_its_own() -> None:
    keys = (*SENTENCES, "base_text_too_long", "unavailable")
    for key in keys:
        assert len({say(f"refusals.{key}", language, latest="", limit=1) for language in LANGUAGES}) == 3


async def an_offer(scene: Scene, **more: Any) -> tuple[GrantView, Any]:
    town = scene.town
    grant = town.put(a_grant(town.clinic, town.olle, town.maija))
    await scene.bot.hearing.hear(GrantOffered(grant=grant))
    card = await scene.card("U0OLLE", str(grant.id))
    if more:
        grant = town.put(grant.model_copy(update={"version": 2, "closed_at": NOW} | more))
    return grant, card


@pytest.mark.parametrize(
    ("phase", "status"), [(Phase.LAPSED, GrantStatus.OFFERED), (Phase.DECLINED, GrantStatus.DECLINED)]
)
async def test_an_offer_that_is_over_is_not_accepted_and_its_presser_reads_why(
    scene: Scene, language: Language, phase: Phase, status: GrantStatus
) -> None:
    grant, card = await an_offer(scene, phase=phase, status=status)
    await scene.press("U0OLLE", card, "grant.accept")
    why = say(f"overtaken.{phase}", language, role="|", organisation="|", moment="|", until="|")
    answer = await scene.card("U0OLLE", say("overtaken.next_holder_closed", language))

    assert answer.ephemeral
    assert all(part in answer.text for part in why.split("|"))
    assert scene.town.grants == {grant.id: grant}


async def test_an_offer_that_was_accepted_is_not_accepted_again(scene: Scene, language: Language) -> None:
    grant, card = await an_offer(scene, phase=Phase.IN_FORCE, status=GrantStatus.ACCEPTED)
    await scene.press("U0OLLE", card, "grant.accept")
    answer = await scene.card("U0OLLE", say("overtaken.next_holder_open", language))

    assert answer.ephemeral
    assert scene.town.grants == {grant.id: grant}


async def test_an_offer_of_somebody_else_is_taken_away(scene: Scene, language: Language) -> None:
    grant, _ = await an_offer(scene)
    theirs = scene.town.put(grant.model_copy(update={"holder": scene.town.maija.id}))
    card = await scene.card("U0OLLE", "grant.accept")
    await scene.press("U0OLLE", card, "grant.accept")
    await scene.card("U0OLLE", say("overtaken.not_yours", language))

    assert scene.town.grants == {grant.id: theirs}


async def test_a_reason_of_ten_thousand_characters_is_refused_at_its_question(
    scene: Scene, language: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    grant, card = await an_offer(scene)
    await scene.press("U0OLLE", card, "grant.decline")
    form = await modal(scene, "U0OLLE", "grant.decline")
    reason = {"reason": {"reason": {"type": "plain_text_input", "value": "x" * 10_000}}}
    by_slack = await scene.slack.act("U0OLLE", "submit", view_id=form["id"], state=reason)
    # A service that takes less than the form does.
    monkeypatch.setattr(grants, "LONGEST_REASON", 10)
    reason["reason"]["reason"]["value"] = "x" * 900
    by_us = await scene.slack.act("U0OLLE", "submit", view_id=form["id"], state=reason)

    assert "1000" in by_slack["errors"]["reason"]
    assert by_us["errors"] == {"reason": say("refusals.base_text_too_long", language, limit=10)}
    assert scene.town.grants == {grant.id: grant}


async def test_while_a_service_is_down_it_is_said_so_and_the_same_is_done_once_afterwards(
    scene: Scene, language: Language
) -> None:
    state = offer_state(scene, inducted=True)
    form = await the_form(scene, language)
    scene.town.away.add(OfferGrant)
    await scene.slack.act("U0MAIJA", "submit", view_id=form["id"], state=state)
    sentence = say("refusals.unavailable", language)
    await scene.slack.wait_for_view("U0MAIJA", lambda view: sentence in str(view["blocks"]))
    while_away = dict(scene.town.grants)
    scene.town.away.clear()
    again = await the_form(scene, language)
    await scene.slack.act("U0MAIJA", "submit", view_id=again["id"], state=state)
    done = say("offering.offered_title", language)
    await scene.slack.wait_for_view("U0MAIJA", lambda view: view["title"]["text"] == done)

    assert while_away == {}
    assert len(scene.town.grants) == 1


async def test_a_name_that_would_call_everybody_calls_nobody(scene: Scene) -> None:
    town, slack = scene.town, scene.slack
    for person in (town.maija, town.olle):
        town.people[person.id] = person.model_copy(update={"name": f"<!channel> {person.name}"})
    await type_in(scene, "U0MAIJA", "anna @olle archive_keeper")
    form = await modal(scene, "U0MAIJA", "grant.offer")
    ticked = {"inducted": {"inducted": {"type": "checkboxes", "selected_options": [option("yes")]}}}
    await slack.act("U0MAIJA", "submit", view_id=form["id"], state=ticked)
    sent = await slack.wait_for_view("U0MAIJA", lambda view: "Tarjous lähetetty" in str(view))
    [grant] = town.grants.values()
    await scene.bot.hearing.hear(GrantOffered(grant=grant))
    card = await scene.card("U0OLLE", "grant.accept")
    await slack.act("U0MAIJA", "home")
    home = await slack.wait_for_home("U0MAIJA", lambda view: "grant.withdraw" in str(view))
    marked_up = [
        str(text["text"])
        for shown in (form, sent, home, {"blocks": card.blocks})
        for text in every_text(shown)
        if text["type"] == "mrkdwn"
    ]

    assert [text for text in marked_up if "&lt;!channel&gt;" in text]
    assert [text for text in (*marked_up, card.text, said(card)) if "<!channel>" in text] == []


def every_text(shown: Any) -> list[Json]:
    """Everything that is drawn with words in it."""
    if isinstance(shown, list):
        return [text for each in shown for text in every_text(each)]
    if not isinstance(shown, dict):
        return []
    mine = [shown] if shown.get("type") in ("mrkdwn", "plain_text") else []
    return mine + [text for each in shown.values() for text in every_text(each)]
