"""The sender keeps Slack's pace, tries again where that is safe, and degrades to plain text."""

import pytest

from bot.sender import Said, Sender, Sent, SlackAway, SlackSaysNo, client
from simulator.api.endpoint import Fault
from tests.bot.conftest import Scene


def sender(scene: Scene, pace: float = 0.0) -> Sender:
    settings = scene.bot.kit.sender.settings
    return Sender(client(settings), settings, pace)


async def test_slack_asking_to_wait_is_waited_for(scene: Scene) -> None:
    scene.slack.fail_next("chat.postMessage")

    await sender(scene).post("U0OLLE", Said("hello"))

    assert [each.text for each in scene.slack.messages("U0OLLE")] == ["hello"]


async def test_what_slack_refuses_is_not_tried_again(scene: Scene) -> None:
    with pytest.raises(SlackSaysNo, match="message_not_found"):
        await sender(scene).change(Sent(scene.slack.dm("U0OLLE"), "1.1"), Said("hello"))


async def test_malformed_blocks_are_left_out_and_the_words_stay(scene: Scene) -> None:
    await sender(scene).post("U0OLLE", Said("hello", [{"type": "header"}]))

    assert [(each.text, each.blocks) for each in scene.slack.messages("U0OLLE")] == [("hello", None)]


async def test_a_message_without_words_is_a_mistake(scene: Scene) -> None:
    with pytest.raises(ValueError, match="without a text"):
        await sender(scene).post("U0OLLE", Said(""))


async def test_messages_to_one_channel_keep_their_distance(scene: Scene) -> None:
    import asyncio

    paced = sender(scene, pace=0.2)
    loop = asyncio.get_running_loop()
    before = loop.time()
    for _ in range(3):
        await paced.post("U0OLLE", Said("hello"))

    assert loop.time() - before >= 0.4


async def test_an_answer_goes_to_no_foreign_address(scene: Scene) -> None:
    with pytest.raises(SlackSaysNo, match="foreign_response_url"):
        await sender(scene).respond("http://127.0.0.1:1/steal", Said("hello"))


async def test_slack_that_stays_broken_is_away(scene: Scene) -> None:
    for _ in range(4):
        scene.slack.fail_next("views.publish", Fault(500, "internal_error"))

    with pytest.raises(SlackAway):
        await sender(scene).publish("U0OLLE", {"type": "home", "blocks": []})


async def test_a_proxy_of_the_environment_is_passed_by_on_this_machine(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")

    await sender(scene).post("U0OLLE", Said("hello"))

    assert [each.text for each in scene.slack.messages("U0OLLE")] == ["hello"]
