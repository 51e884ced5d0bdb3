"""A message is said once, whatever becomes of Slack's answer; a modal is found again by a name of our own."""

import pytest

from bot.sayings import occasion
from bot.sender import Said, SlackAway, SlackSaysNo
from simulator.faults import Rule
from simulator.wire import Json
from tests.bot.conftest import Scene

LOST: list[Json] = [
    {"kind": "reset"},
    {"kind": "reset", "after": True},
    {"kind": "answer", "status": 500, "error": "fatal_error"},
    {"kind": "answer", "status": 500, "error": "fatal_error", "after": True},
    {"kind": "answer", "status": 200, "error": "internal_error", "after": True},
    {"kind": "malformed", "after": True},
    {"kind": "timeout", "after": True},
    {"kind": "timeout"},
]
TO = "U0OLLE"


def texts(scene: Scene, target: str = TO) -> list[str]:
    return [each.text for each in scene.slack.messages(target) if each.bot_id]


def impatient(scene: Scene) -> None:
    scene.bot.kit.sender.client.timeout = 1


@pytest.mark.parametrize("fault", LOST, ids=str)
@pytest.mark.parametrize("in_thread", [False, True])
async def test_a_message_whose_answer_is_lost_is_said_once(
    scene: Scene, fault: Json, in_thread: bool
) -> None:
    impatient(scene)
    root = await scene.bot.kit.sender.post(TO, Said("root"))
    scene.slack.faults.add(Rule(on="api", match="chat.postMessage", count=1, **fault))

    thread = root.ts if in_thread else None
    sent = await scene.bot.kit.sender.post(scene.slack.dm(TO), Said("hello"), thread=thread)

    assert texts(scene) == ["root", "hello"]
    assert scene.slack.messages(TO)[-1].ts == sent.ts


async def test_what_is_asked_for_twice_on_one_occasion_is_said_once(scene: Scene) -> None:
    sender = scene.bot.kit.sender
    with occasion("a press"):
        first = await sender.post(TO, Said("hello"))
        again = await sender.post(TO, Said("hello"))
        other = await sender.post(TO, Said("and more"))
    with occasion("another press"):
        await sender.post(TO, Said("hello"))

    assert (first.ts, first.before, again.ts, again.before) == (again.ts, False, first.ts, True)
    assert not other.before
    assert texts(scene) == ["hello", "and more", "hello"]


async def test_a_named_message_that_slack_was_too_far_away_for_is_said_later_and_once(scene: Scene) -> None:
    sender = scene.bot.kit.sender
    rule = Rule(on="api", kind="answer", match="c*", count=40, status=503, after=True)
    number = scene.slack.faults.add(rule)
    with pytest.raises(SlackAway):
        await sender.post(TO, Said("hello"), name="a card")
    scene.slack.faults.remove(number)

    sent = await sender.post(TO, Said("hello"), name="a card")

    assert texts(scene) == ["hello"]
    assert scene.slack.messages(TO)[-1].ts == sent.ts


async def test_what_slack_refused_may_be_tried_again(scene: Scene) -> None:
    sender = scene.bot.kit.sender
    scene.slack.faults.add(
        Rule(
            on="api", kind="answer", match="chat.postMessage", count=1, status=200, error="restricted_action"
        )
    )
    with pytest.raises(SlackSaysNo, match="restricted_action"):
        await sender.post(TO, Said("hello"), name="a card")

    await sender.post(TO, Said("hello"), name="a card")

    assert texts(scene) == ["hello"]


async def test_what_may_stand_in_a_channel_is_not_said_again_there(scene: Scene) -> None:
    scene.slack.faults.add(Rule(on="api", kind="reset", match="chat.postMessage", count=1, after=True))

    with pytest.raises(SlackAway):
        await scene.bot.kit.sender.post("C0HALL", Said("hello"))

    assert texts(scene, "C0HALL") == ["hello"]


@pytest.mark.parametrize("after", [False, True])
async def test_a_modal_whose_opening_is_not_answered_is_filled_all_the_same(
    scene: Scene, after: bool
) -> None:
    scene.slack.faults.add(Rule(on="api", kind="reset", match="views.open", count=1, after=after))

    await scene.slack.act("U0MAIJA", "command", command="/kanta", text="anna")
    view = await scene.slack.wait_for_view("U0MAIJA", lambda view: view["callback_id"] == "grant.offer")

    assert view["submit"]
