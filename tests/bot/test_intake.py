"""What was acknowledged is done once: told twice, cut off in the middle, or begun by a process that died."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.app import in_conversation
from bot.intake import TRIES, Intake
from bot.storage import METADATA
from shared.contracts.roles import AcceptGrant, DeclineGrant, GrantOffered, GrantStatus
from shared.storage.database import Database
from simulator.faults import Rule
from simulator.running import running
from simulator.workspace.messages import Message
from tests.bot.conftest import MANIFEST, WORKSPACE, Scene, actions_in, settings_for
from tests.bot.makers import a_grant
from tests.bot.town import Hold, Town
from tests.support.migrated import migrated
from tests.support.patience import PATIENCE

KEYS = ("T:U:1", "T:C:1.1")


@pytest.fixture
def url(database_url: str) -> str:
    migrated("bot", database_url)
    return database_url


async def test_a_turn_is_taken_once_by_any_of_its_names(url: str) -> None:
    database = Database(url, METADATA)
    async with database.working():
        intake = Intake(database)
        taken = await asyncio.gather(*(intake.take("press", KEYS, {"a": 1}) for _ in range(8)))

        assert sorted(taken) == [False] * 7 + [True]
        assert not await intake.take("event", ("T:U:2", KEYS[1]), {"a": 2})
        assert [(each.key, each.body) for each in await intake.left()] == [(KEYS[0], {"a": 1})]


async def test_what_is_done_is_forgotten_but_for_its_name_and_no_token_is_kept(url: str) -> None:
    database = Database(url, METADATA)
    async with database.working():
        intake = Intake(database)
        await intake.take("press", KEYS, {"token": "secret", "a": 1})
        kept = await intake.left()
        await intake.done(KEYS[0])

        assert [each.body for each in kept] == [{"a": 1}]
        assert await intake.left() == []
        assert not await intake.take("press", KEYS, {})


async def test_a_turn_that_never_succeeds_is_given_up(url: str) -> None:
    database = Database(url, METADATA)
    async with database.working():
        intake = Intake(database)
        await intake.take("press", KEYS, {})
        tries = [await intake.again(KEYS[0]) for _ in range(TRIES)]

        assert tries == [*range(2, TRIES + 1), None]
        assert await intake.left() == []


def answers(scene: Scene, user: str, true: Callable[[Message], bool] = lambda _: True) -> list[Message]:
    return [each for each in scene.slack.messages(user) if each.bot_id and true(each)]


@pytest.mark.parametrize("kind", ["duplicate", "drop_ack"])
async def test_an_event_told_twice_is_answered_once(scene: Scene, kind: str) -> None:
    scene.slack.faults.add(Rule(on="delivery", kind=kind, match="message*", count=1))

    await scene.slack.act("U0OLLE", "say", text="?")
    await scene.slack.settled()
    await scene.slack.act("U0MAIJA", "say", text="?")
    for user in ("U0OLLE", "U0MAIJA"):
        await scene.slack.wait_for_message(user, lambda message: bool(message.bot_id), timeout=PATIENCE)
    await scene.bot.turns.idle()

    assert len(answers(scene, "U0OLLE")) == 1
    assert len(scene.slack.deliveries.of("message")) >= 3


async def test_a_command_and_a_press_delivered_twice_act_once(scene: Scene) -> None:
    town = scene.town
    scene.slack.faults.add(Rule(on="delivery", kind="duplicate"))
    grant = town.put(a_grant(town.clinic, town.olle, town.maija))
    await scene.bot.hearing.hear(GrantOffered(grant=grant))

    await scene.press("U0OLLE", await scene.card("U0OLLE", "grant.accept"), "grant.accept")
    await scene.card("U0OLLE", "Godkänd")
    await scene.slack.act("U0MAIJA", "command", command="/kanta", text="help")
    await scene.card("U0MAIJA", "kanta")
    await scene.slack.settled()

    assert len([each for each in town.asked if isinstance(each, AcceptGrant)]) == 1
    assert len(answers(scene, "U0MAIJA")) == 1


async def declining(scene: Scene) -> dict[str, Any]:
    """Offer Olle a role, let him begin to decline it; the modal that he sees."""
    town = scene.town
    grant = town.put(a_grant(town.clinic, town.olle, town.maija))
    await scene.bot.hearing.hear(GrantOffered(grant=grant))
    await scene.press("U0OLLE", await scene.card("U0OLLE", "grant.decline"), "grant.decline")
    return await scene.slack.wait_for_view("U0OLLE", lambda view: view["callback_id"] == "grant.decline")


STATE = {"reason": {"reason": {"type": "plain_text_input", "value": "no time"}}}


async def test_a_form_delivered_twice_is_answered_alike_and_acts_once(scene: Scene) -> None:
    view = await declining(scene)
    scene.slack.faults.add(Rule(on="delivery", kind="duplicate", match="view_submission*"))

    await scene.slack.act("U0OLLE", "submit", view_id=view["id"], state=STATE)
    await scene.card("U0OLLE", "avböjdes")
    await scene.slack.settled()

    twins = scene.slack.deliveries.of("view_submission")
    assert len([each for each in scene.town.asked if isinstance(each, DeclineGrant)]) == 1
    assert len(twins) == 2
    assert twins[0].answer == twins[1].answer != {}


async def test_slack_away_for_a_while_loses_no_answer(scene: Scene) -> None:
    scene.bot.turns.again_after = 0.05
    scene.slack.faults.add(Rule(on="api", kind="answer", match="chat.postMessage", count=6, status=503))

    await scene.slack.act("U0OLLE", "say", text="?")
    await scene.slack.wait_for_message("U0OLLE", lambda message: bool(message.bot_id), timeout=PATIENCE)

    assert len(answers(scene, "U0OLLE")) == 1


async def test_a_process_that_dies_between_acknowledging_and_doing_leaves_nothing_undone(
    tmp_path: Path,
) -> None:
    migrated("bot", f"sqlite:///{tmp_path / 'bot.db'}")
    town = Town()
    hold = town.held[AcceptGrant] = Hold()
    async with running(WORKSPACE, MANIFEST) as slack:
        settings = settings_for(slack, tmp_path)
        async with in_conversation(town, settings, pace=0.0) as bot:
            scene = Scene(slack, town, bot)
            await slack.wait_for_connections()
            grant = town.put(a_grant(town.clinic, town.olle, town.maija))
            await bot.hearing.hear(GrantOffered(grant=grant))
            pressed = await scene.press("U0OLLE", await scene.card("U0OLLE", "grant.accept"), "grant.accept")
            await asyncio.wait_for(hold.reached.wait(), PATIENCE)
            # As good as killed: what is under way is cut off, and gets no time to finish.
            for task in bot.turns._under_way:
                task.cancel()
        town.held.clear()
        unfinished = town.grants[grant.id].status

        async with in_conversation(town, settings, pace=0.0) as bot:
            card = await Scene(slack, town, bot).card("U0OLLE", "Godkänd")

    assert pressed == {"ok": True}
    assert unfinished is GrantStatus.OFFERED
    assert town.grants[grant.id].status is GrantStatus.ACCEPTED
    assert not actions_in(card.blocks)


async def test_what_cannot_be_written_down_is_not_acknowledged(scene: Scene) -> None:
    def full(connection: Any, *_: Any) -> None:
        raise OSError("the disk is full")

    from sqlalchemy import event as events

    engine = scene.bot.kit.memory._database.writer_engine
    events.listen(engine, "before_cursor_execute", full)
    try:
        answered = await scene.slack.act("U0OLLE", "command", command="/kanta", text="help")
    finally:
        events.remove(engine, "before_cursor_execute", full)

    assert answered["error"] == "app_did_not_answer"
