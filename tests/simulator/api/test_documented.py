"""The simulator refuses only in words that Slack documents for the method."""

import pytest
from aiohttp import ClientSession

from simulator.api.documented import UndocumentedCodeError, reference
from simulator.api.endpoint import METHODS, Fault
from simulator.oauth.access import ACCESS, UNINSTALL
from simulator.running import running
from simulator.stage import Stage
from simulator.wire import SlackError
from simulator.workspace.messages import Messages
from tests.simulator.api.codes import UnreadableError, codes_of
from tests.simulator.conftest import MANIFEST, SEED


def test_every_method_that_is_played_has_its_row_and_no_row_stands_alone() -> None:
    assert {*METHODS, ACCESS, UNINSTALL} == set(reference().methods)


@pytest.mark.parametrize("name", METHODS)
def test_every_code_that_a_method_can_raise_is_documented_for_it(name: str) -> None:
    codes = codes_of(METHODS[name])

    assert {code for code in codes if not reference().knows(name, code)} == set()


def _deep(stage: Stage) -> None:
    _deeper(stage)
    if stage.url:
        raise SlackError("one" if stage.titles else "two")


def _deeper(stage: Stage) -> None:
    message = stage.messages.find("C", "1.0")
    _never(stage.messages, message.text)


def _never(messages: Messages, code: str) -> None:
    raise SlackError(code)


def test_the_reader_of_codes_follows_calls_and_refuses_what_it_cannot_read() -> None:
    assert codes_of(Messages.find) == {"message_not_found"}
    with pytest.raises(UnreadableError):
        codes_of(_deep)


def test_the_reader_of_codes_sees_through_to_the_bottom() -> None:
    assert codes_of(METHODS["chat.postMessage"]) >= {
        "channel_not_found",
        "no_text",
        "invalid_blocks",
        "missing_scope",
    }
    assert codes_of(METHODS["views.push"]) >= {"push_limit_reached", "expired_trigger_id", "view_too_large"}
    assert codes_of(METHODS["files.completeUploadExternal"]) >= {"file_not_found", "invalid_arguments"}


async def test_a_fault_speaks_slacks_words_too() -> None:
    async def fail(error: str) -> None:
        async with running(SEED, MANIFEST) as simulator, ClientSession(simulator.url) as session:
            simulator.fail_next("team.info", Fault(200, error))
            async with session.post("/api/team.info") as response:
                assert response.status in (200, 500)

    await fail("team_not_found")
    with pytest.raises(UndocumentedCodeError, match=r"no_such_code for team\.info"):
        await fail("no_such_code")


async def test_a_code_that_slack_does_not_document_is_never_answered(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def wrong(*_: object) -> None:
        raise SlackError("no_such_code")

    async def call() -> None:
        async with running(SEED, MANIFEST) as simulator, ClientSession(simulator.url) as session:
            headers = {"Authorization": f"Bearer {simulator.bot_token}"}
            async with session.post("/api/team.info", headers=headers) as response:
                assert response.status == 500

    monkeypatch.setattr("simulator.api.endpoint.METHODS", {**METHODS, "team.info": wrong})
    with pytest.raises(UndocumentedCodeError, match=r"no_such_code for team\.info"):
        await call()
