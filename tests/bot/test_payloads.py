"""What Slack tells us, read: who wrote a message, where something was done, which button is a command."""

from typing import Any

import pytest

from bot import payloads
from bot.payloads import Command, Press
from shared.contracts.identity import ChatAccount

BODY: dict[str, Any] = {
    "type": "block_actions",
    "team": {"id": "T1"},
    "user": {"id": "U1", "team_id": "T1"},
    "trigger_id": "1.2.3",
}
BUTTON = {"action_id": "grant.accept", "value": "7", "block_id": "b", "action_ts": "1.1"}


def message_shortcut(**message: object) -> payloads.Shortcut:
    body = BODY | {"type": "message_action", "callback_id": "grant.from_message"}
    return payloads.shortcut(body | {"message": {"text": "hello", "ts": "1.1", **message}})


def pressed(**more: object) -> Press | Command:
    return payloads.press(BODY | {"actions": [BUTTON]} | more)


def test_the_author_of_a_message_is_an_account_of_our_own_workspace() -> None:
    assert message_shortcut(user="U2", team="T1").author == ChatAccount(team="T1", user="U2")
    assert message_shortcut(user="U2").author == ChatAccount(team="T1", user="U2")


def test_neither_a_program_nor_a_stranger_is_an_author() -> None:
    assert message_shortcut(user="U2", team="T1", bot_id="B1").author is None
    assert message_shortcut(user="U2", team="T2").author is None
    assert message_shortcut(bot_id="B1").author is None


def test_a_button_that_stands_for_a_command_is_that_command() -> None:
    turn = payloads.press(
        BODY | {"actions": [BUTTON | {"action_id": "command.2", "value": "miksi systems.edit"}]}
    )

    assert isinstance(turn, Command)
    assert (turn.word, turn.rest, turn.spoken) == ("why", "systems.edit", "fi")


@pytest.mark.parametrize(("word", "spoken"), [("anna", "fi"), ("ge", "sv"), ("grant", None)])
def test_words_that_slack_shows_to_everybody_tell_no_language(word: str, spoken: str | None) -> None:
    turn = payloads.press(BODY | {"actions": [BUTTON | {"action_id": "command.2", "value": word}]})

    assert isinstance(turn, Command)
    assert (turn.word, turn.spoken) == ("grant", spoken)


def test_a_press_says_whether_it_was_on_the_home_tab_in_a_modal_or_in_a_message() -> None:
    home = pressed(view={"id": "V1", "type": "home", "hash": "h"})
    modal = pressed(view={"id": "V2", "type": "modal", "hash": "h", "private_metadata": "about"})
    message = pressed(channel={"id": "D1"}, container={"type": "message", "message_ts": "1.1"})
    fleeting = pressed(channel={"id": "D1"}, container={"message_ts": "1.1", "is_ephemeral": True})

    assert isinstance(home, Press)
    assert isinstance(modal, Press)
    assert isinstance(message, Press)
    assert isinstance(fleeting, Press)
    assert (home.home, home.modal) == (True, None)
    assert (modal.home, modal.modal, modal.view_id, modal.about) == (False, "V2", "V2", "about")
    assert (message.message, message.channel) == ("1.1", "D1")
    assert fleeting.message is None


def test_mentions_of_a_command_are_accounts_and_its_other_words_are_words() -> None:
    body = {
        "team_id": "T1",
        "user_id": "U1",
        "trigger_id": "1.2.3",
        "text": "ge <@U2|olle>  arkivarie @maija",
    }
    turn = payloads.command(body)

    assert turn.mentions == (ChatAccount(team="T1", user="U2"),)
    assert turn.words == "arkivarie @maija"
