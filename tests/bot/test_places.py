"""Through which workspace we are told: payloads as Slack writes them, of a workspace or an organisation."""

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.payloads import command, press, told
from bot.places import gone, home


@pytest.mark.parametrize(
    ("body", "team"),
    [
        ({"team": {"id": "T1"}, "user": {"id": "U1", "team_id": "T1"}}, "T1"),
        ({"team": {"id": "T1"}, "user": {"id": "W2", "team_id": "T2"}}, "T1"),
        ({"team": None, "user": {"id": "W1", "team_id": "T1"}, "enterprise": {"id": "E1"}}, "T1"),
        ({"team": {"id": "T2"}, "view": {"app_installed_team_id": "T1"}, "user": {"id": "W2"}}, "T1"),
        ({"team": None, "view": {"app_installed_team_id": "E1"}, "user": {"team_id": "T1"}}, "T1"),
        ({"team_id": "T2", "authorizations": [{"team_id": "T1"}], "event": {}}, "T1"),
        ({"team_id": "T1", "authorizations": [{"team_id": None, "enterprise_id": "E1"}], "event": {}}, "T1"),
        ({"team_id": "T1", "user_id": "U1", "command": "/kanta"}, "T1"),
        ({}, ""),
    ],
)
def test_the_workspace_is_the_one_that_we_are_in_not_the_strangers(body: dict[str, Any], team: str) -> None:
    assert home(body) == team


def event(**more: Any) -> dict[str, Any]:
    inner = {"type": "app_mention", "user": "W1", "text": "hi", "channel": "C1", "ts": "1.1"}
    return {
        "team_id": "T1",
        "authorizations": [{"team_id": "T1", "enterprise_id": None}],
        "event_id": "Ev1",
        **more,
        "event": inner | more.get("event", {}),
    }


@pytest.mark.parametrize(
    ("body", "foreign"),
    [
        (event(event={"team": "T1"}), False),
        (event(event={"team": "T2"}), True),
        (event(event={"team": "T1", "user_team": "T2"}), True),
        (event(is_ext_shared_channel=True, event={"team": "T1"}), True),
        (event(enterprise_id="E1", event={"team": "T1", "user_team": "E1"}), False),
    ],
)
def test_whoever_is_of_elsewhere_is_foreign(body: dict[str, Any], foreign: bool) -> None:
    turn = told(body)

    assert turn is not None
    assert turn.foreign is foreign
    assert turn.who.user == "W1"


def test_an_organisations_press_names_no_workspace_and_is_still_somebodys() -> None:
    body = {
        "type": "block_actions",
        "team": None,
        "enterprise": {"id": "E1", "name": "Org"},
        "is_enterprise_install": True,
        "user": {"id": "W1", "team_id": "T1", "name": "maija"},
        "actions": [{"action_id": "grant.accept", "value": "1", "action_ts": "1.1"}],
    }
    turn = press(body)

    assert (turn.who.team, turn.who.user, turn.foreign) == ("T1", "W1", False)


def test_a_command_is_of_the_workspace_that_it_was_given_in() -> None:
    body = {"team_id": "T1", "user_id": "W1", "trigger_id": "1.1", "command": "/kanta", "text": ""}

    assert command(body).who.team == "T1"


def test_leaving_names_the_place_and_the_moment() -> None:
    left = gone(event(event={"type": "app_uninstalled"}, event_time=1_700_000_000))
    organisation = gone(
        event(
            event={"type": "tokens_revoked", "tokens": {"bot": ["U1"]}},
            authorizations=[{"team_id": None, "enterprise_id": "E1", "is_enterprise_install": True}],
        )
    )
    person = gone(event(event={"type": "tokens_revoked", "tokens": {"oauth": ["W1"], "bot": []}}))

    assert left is not None
    assert (left.place, left.at) == ("T1", datetime.fromtimestamp(1_700_000_001, UTC))
    assert organisation is not None
    assert organisation.place == "E1"
    assert person is None
