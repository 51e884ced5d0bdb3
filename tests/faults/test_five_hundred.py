"""Five hundred faults while many people act: everything is said once, nothing is lost, acks are in time."""

import asyncio
import sys
import time
from pathlib import Path

import pytest

from bot.app import in_conversation
from bot.sockets import Patience
from shared.contracts.roles import GrantStatus
from simulator.delivery.record import Delivered
from simulator.faults import REASONS, Faults, Rule
from simulator.running import running
from simulator.timing import Timing
from tests.bot.conftest import MANIFEST, Scene, actions_in, said, settings_for
from tests.faults.crowd import Crowd, Holder, RememberingTown, answers_to, cards_of, settle_in, workspace_of
from tests.support.migrated import migrated

FAULTS = 500
PEOPLE = 18
SEED = 20261126
LONGEST = 100.0
LATE = 2900.0  # in ms, as Slack gives up after three seconds
# A redelivery comes when silence has been noticed, as Slack's minutes are to our seconds.
TIMING = Timing(clock_factor=0.1, retry_after=(0.0, 40.0, 60.0))
QUICK = Patience(ping_every=1.5, linger=3.0, hang_up=0.2, first_pause=0.02)


def go_wrong(faults: Faults) -> None:
    """All kinds of trouble, some of it rare."""
    faults.sow(SEED)
    for error in ("internal_error", "fatal_error"):
        faults.add(Rule(on="api", kind="answer", status=500, error=error, probability=0.03))
        faults.add(Rule(on="api", kind="answer", status=500, error=error, probability=0.03, after=True))
    faults.add(Rule(on="api", kind="answer", retry_after=1, probability=0.04))
    faults.add(Rule(on="api", kind="reset", probability=0.03))
    # What only one person sees may be said twice rather than not at all: a response address has no memory.
    for method in ("chat.*", "views.*", "conversations.*", "a*"):
        faults.add(Rule(on="api", kind="reset", match=method, probability=0.05, after=True))
        faults.add(Rule(on="api", kind="malformed", match=method, probability=0.03, after=True))
        faults.add(Rule(on="api", kind="timeout", match=method, probability=0.01, after=True))
    faults.add(Rule(on="api", kind="timeout", match="[!r]*", probability=0.01))
    faults.add(Rule(on="api", kind="slow", probability=0.03, seconds=0.3))
    faults.add(Rule(on="delivery", kind="duplicate", probability=0.08))
    faults.add(Rule(on="delivery", kind="reorder", probability=0.08, seconds=0.2))
    faults.add(Rule(on="delivery", kind="delay", probability=0.04, seconds=0.2))
    faults.add(Rule(on="delivery", kind="drop_ack", probability=0.05))
    faults.add(Rule(on="delivery", kind="expired_trigger", probability=0.03))
    faults.add(Rule(on="delivery", kind="silent", probability=0.01))
    faults.add(Rule(on="delivery", kind="reset", probability=0.02))
    for reason in REASONS:
        faults.add(Rule(on="delivery", kind="disconnect", reason=reason, probability=0.005))


@pytest.mark.timeout(240)
async def test_five_hundred_faults_lose_nothing_and_double_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    migrated("bot", f"sqlite:///{tmp_path / 'bot.db'}")
    town = RememberingTown()
    holders = settle_in(town, PEOPLE)
    began = time.monotonic()

    def progress(what: str) -> None:
        with capsys.disabled():
            sys.stdout.write(f"\n  {time.monotonic() - began:5.1f} s  {what}")

    async with running(workspace_of(PEOPLE), MANIFEST, timing=TIMING) as slack:
        async with in_conversation(town, settings_for(slack, tmp_path), pace=0.0, patience=QUICK) as bot:
            bot.kit.sender.client.timeout = 1
            bot.turns.again_after = 0.2
            scene = Scene(slack, town, bot)
            crowd = Crowd(scene)
            await slack.wait_for_connections(2)
            go_wrong(slack.faults)
            async with asyncio.timeout(LONGEST), asyncio.TaskGroup() as tasks:
                for holder in holders:
                    _ = tasks.create_task(crowd.live(holder))
            progress(f"{slack.faults.injected.total()} faults: everybody has answered")
            async with asyncio.timeout(LONGEST):
                while slack.faults.injected.total() < FAULTS:
                    async with asyncio.TaskGroup() as tasks:
                        for holder in holders:
                            _ = tasks.create_task(crowd.ask(holder))
                            _ = tasks.create_task(crowd.look_around(holder))
                    await slack.settled()
                    progress(f"{slack.faults.injected.total()} faults")
            injected = dict(slack.faults.injected)
            slack.faults.clear()
            await slack.settled()
            async with asyncio.timeout(LONGEST):
                while bot.turns.busy:
                    await bot.turns.idle()
            progress("calm again")
        check(scene, holders)
        waits = waited(list(slack.deliveries))
        p99 = waits[int(len(waits) * 0.99)]
        progress(
            f"{len(waits)} acknowledgements, p50 {waits[len(waits) // 2]} ms, p99 {p99} ms; {injected}\n"
        )

    assert sum(injected.values()) >= FAULTS
    assert len(injected) >= 14
    assert p99 < 3000


def waited(deliveries: list[Delivered]) -> list[float]:
    """How long each acknowledgement took, in ms, sorted; one that never came, though nothing kept it, too."""
    swallowing = {each.connection for each in deliveries if each.fault == "silent"}
    return sorted(
        each.ms
        for each in deliveries
        if each.ms is not None
        and (each.outcome == "taken" or (not each.fault and each.connection not in swallowing))
        # What broke off at once with its connection was not waited for.
        and (each.outcome == "taken" or each.ms > LATE)
    )


def check(scene: Scene, holders: list[Holder]) -> None:
    """Compare what people see with what happened."""
    town, slack = scene.town, scene.slack
    notices = [said(each) for each in slack.messages("U0MAIJA") if each.bot_id and not each.ephemeral]
    for holder in holders:
        wanted = GrantStatus.DECLINED if holder.declines else GrantStatus.ACCEPTED
        cards = cards_of(scene, holder)
        answers = {question: len(answers_to(scene, holder, question)) for question in holder.questions}
        about = [notice for notice in notices if holder.person.name in notice]

        assert town.grants[holder.grant.id].status is wanted
        assert [actions_in(card.blocks) for card in cards] == [set()], holder
        assert answers == dict.fromkeys(holder.questions, 1), what_came_of(scene, holder)
        assert len(about) == 1, (holder, about)
    assert set(town.acted.values()) == {1}  # type: ignore[attr-defined] # a town that remembers


def what_came_of(scene: Scene, holder: Holder) -> list[str]:
    """The deliveries of a person's questions, for whoever has to find out."""
    return [
        f"{each.name} {each.attempt} {each.outcome} {each.fault} {each.connection}"
        for each in scene.slack.deliveries.of("message")
        if each.outcome != "taken"
    ]
