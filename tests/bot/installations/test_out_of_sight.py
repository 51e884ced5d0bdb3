"""An offer that the holder's workspace may not show: nobody is left in the dark, and nothing leaks."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.words import say
from shared.contracts.identity import ChatAccount, PersonView, WorkspaceBound
from shared.contracts.roles import GrantOffered, GrantStatus, GrantView, GrantWithdrawn, Phase
from simulator.workspace.messages import Message
from tests.bot.conftest import actions_in, said
from tests.bot.installations.scene import Scene, staged
from tests.bot.listeners.test_commands import chosen
from tests.bot.makers import NOW, TEAM, a_grant, a_person
from tests.bot.town_migration import a_legacy

ELSEWHERE = "T0OTHER"


@pytest.fixture
async def scene(sqlite_url: str, tmp_path: Path) -> AsyncIterator[Scene]:
    """Maija's workspace is used for the clinic; the other one, where Pilvi is reached, for nothing yet."""
    async with staged(sqlite_url, tmp_path) as scene:
        async with scene.browser() as here, scene.browser() as there:
            await here.install(f"{TEAM}:U0MAIJA")
            await there.install(f"{ELSEWHERE}:W0MAIJA")
        scene.town.bound |= {TEAM: {scene.town.clinic.id}, ELSEWHERE: set()}
        yield scene


@pytest.fixture
def pilvi(scene: Scene) -> PersonView:
    chat = ChatAccount(team=ELSEWHERE, user="W0MAIJA")
    person = a_person("Pilvi Toisaalla", "W0MAIJA", "sv").model_copy(update={"chat": chat})
    scene.town.people[person.id] = person
    return person


def offered(scene: Scene, pilvi: PersonView, **more: object) -> GrantView:
    town = scene.town
    return town.put(a_grant(town.clinic, pilvi, town.maija, **more))


async def messages(scene: Scene) -> list[Message]:
    await scene.slack.settled()
    return [each for each in scene.slack.messages("W0MAIJA") if each.bot_id]


async def test_whoever_offers_reads_before_sending_and_after_that_it_cannot_be_seen(
    scene: Scene, pilvi: PersonView
) -> None:
    slack, unseen = scene.slack, "ei näe tarjousta"
    person = {"grant.person": chosen(str(pilvi.id)) | {"type": "external_select"}}
    role = {"grant.role": chosen("archive_keeper") | {"type": "external_select"}}
    ticked = [{"value": "yes", "text": {"type": "plain_text", "text": "x"}}]
    await slack.act("U0MAIJA", "command", command="/kanta", text="anna")
    form = await slack.wait_for_view("U0MAIJA", lambda view: view["callback_id"] == "grant.offer")
    block = next(each for each in form["blocks"] if "grant.person" in actions_in([each]))
    container = {"type": "view", "view_id": form["id"]}
    await slack.act(
        "U0MAIJA",
        "press",
        container=container,
        block_id=block["block_id"],
        action_id="grant.person",
        value=person["grant.person"],
    )
    before = await slack.wait_for_view("U0MAIJA", lambda view: unseen in str(view["blocks"]))
    inducted = {"inducted": {"type": "checkboxes", "selected_options": ticked}}
    state = {"person": person, "role": role, "inducted": inducted}
    await slack.act("U0MAIJA", "submit", view_id=form["id"], state=state)
    after = await slack.wait_for_view("U0MAIJA", lambda view: "Tarjous lähetetty" in str(view))
    await slack.act("U0MAIJA", "home")
    home = await slack.wait_for_home("U0MAIJA", lambda view: "grant.withdraw" in str(view))

    assert "yksityisviestillä" not in str(before["blocks"])
    for shown in (before, after):
        assert unseen in str(shown["blocks"])
        assert "Koti-välilehdellä" in str(shown["blocks"])
    assert "(ei näe tarjousta työtilassaan)" in str(home["blocks"])


async def test_the_holder_hears_once_a_day_that_something_waits_and_not_what(
    scene: Scene, pilvi: PersonView
) -> None:
    grants = [offered(scene, pilvi, role=role) for role in ("reader", "archive_keeper")]
    for grant in grants:
        await scene.bot.hearing.hear(GrantOffered(grant=grant))
    told = await messages(scene)
    await scene.slack.act("W0MAIJA", "home")
    home = await scene.slack.wait_for_home("W0MAIJA", lambda view: "Något väntar" in str(view))

    (hint,) = told
    assert say("elsewhere.offered", "sv") in hint.text
    for shown in (said(hint), str(home)):
        assert scene.town.clinic.name not in shown
        assert scene.town.maija.name not in shown
        assert "reader" not in shown
        assert not [grant for grant in grants if str(grant.id) in shown]
    assert "Inget väntar" not in str(home)


async def test_the_holder_is_reminded_and_warned_like_anybody(scene: Scene, pilvi: PersonView) -> None:
    offered(scene, pilvi, offered_at=NOW - timedelta(days=6))
    await scene.bot.rounds.go()
    offered(scene, pilvi, offered_at=NOW - timedelta(days=13), offer_ends_at=NOW + timedelta(hours=20))
    scene.bot.rounds._swept_at = None
    await scene.bot.rounds.go()

    texts = [each.text for each in await messages(scene)]
    wanted = [say(f"elsewhere.{fact}", "sv") for fact in ("unanswered", "lapsing")]
    assert [text for text in wanted if not any(text in each for each in texts)] == []
    assert len(texts) == 2


async def test_when_the_workspace_is_bound_the_card_comes_and_its_buttons_work(
    scene: Scene, pilvi: PersonView
) -> None:
    town, slack = scene.town, scene.slack
    grant = offered(scene, pilvi)
    await scene.bot.hearing.hear(GrantOffered(grant=grant))
    assert await messages(scene)
    town.bound[ELSEWHERE] = {town.clinic.id}
    bound = WorkspaceBound(team=ELSEWHERE, organisation=town.clinic.id)
    for _ in range(2):
        await scene.bot.hearing.hear(bound)
    card = await slack.wait_for_message("W0MAIJA", lambda message: str(grant.id) in said(message))
    town.fresh.add(pilvi.id)
    block = next(each for each in card.blocks or [] if "grant.accept" in actions_in([each]))
    container = {"type": "message", "channel": card.channel, "ts": card.ts}
    await slack.act(
        "W0MAIJA", "press", container=container, block_id=block["block_id"], action_id="grant.accept"
    )
    home = await slack.wait_for_home("W0MAIJA", lambda view: "grant.relinquish" in str(view))

    assert town.grants[grant.id].status is GrantStatus.ACCEPTED
    assert len([each for each in await messages(scene) if town.clinic.name in said(each)]) == 1
    assert "Något väntar" not in str(home)


async def test_whose_account_was_linked_there_before_sees_it_on_the_home_tab_without_looking(
    scene: Scene, pilvi: PersonView
) -> None:
    town, slack = scene.town, scene.slack
    offered(scene, pilvi, status=GrantStatus.ACCEPTED, phase=Phase.IN_FORCE)
    await slack.act("W0MAIJA", "home")
    before = await slack.wait_for_home("W0MAIJA", lambda view: bool(view["blocks"]))
    town.bound[ELSEWHERE] = {town.clinic.id}
    assert pilvi.chat is not None

    await scene.bot.hearing.hear(
        WorkspaceBound(team=ELSEWHERE, organisation=town.clinic.id, linked=(pilvi.chat,))
    )

    after = await slack.wait_for_home("W0MAIJA", lambda view: town.clinic.name in str(view))
    assert town.clinic.name not in str(before)
    assert "grant.relinquish" in str(after)


async def test_what_was_withdrawn_meanwhile_or_is_of_others_does_not_come(
    scene: Scene, pilvi: PersonView
) -> None:
    town = scene.town
    gone = offered(scene, pilvi)
    await scene.bot.hearing.hear(GrantOffered(grant=gone))
    withdrawn = town.put(
        gone.model_copy(update={"status": GrantStatus.WITHDRAWN, "phase": Phase.WITHDRAWN, "version": 2})
    )
    await scene.bot.hearing.hear(GrantWithdrawn(grant=withdrawn))
    town.bound[ELSEWHERE] = {town.clinic.id}
    await scene.bot.hearing.hear(WorkspaceBound(team=ELSEWHERE, organisation=town.clinic.id))

    assert [each for each in await messages(scene) if town.clinic.name in said(each)] == []
    assert [each for each in scene.slack.messages("U0MAIJA") if str(gone.id) in said(each)] == []


async def test_a_wave_says_before_it_is_sent_who_could_not_see_it(scene: Scene, pilvi: PersonView) -> None:
    town = scene.town
    town.had_in_katso(town.clinic, a_legacy(town.clinic, pilvi))
    await scene.slack.act("U0MAIJA", "home")
    home = await scene.slack.wait_for_home("U0MAIJA", lambda view: "migration.invite" in str(view))
    block = next(each for each in home["blocks"] if "migration.invite" in actions_in([each]))
    await scene.slack.act(
        "U0MAIJA",
        "press",
        container={"type": "home"},
        block_id=block["block_id"],
        action_id="migration.invite",
    )
    form = await scene.slack.wait_for_view("U0MAIJA", lambda view: pilvi.name in str(view["blocks"]))

    assert say("elsewhere.told", "fi") in str(form["blocks"])
