"""Every known way of being refused is caught, and what Slack takes passes."""

from typing import Any

import pytest
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from shared.blockkit import Surface, validate_blocks, validate_view
from tests.shared.blockkit.wrong import (
    RIGHT_MESSAGES,
    RIGHT_VIEWS,
    WRONG_MESSAGES,
    WRONG_VIEWS,
    home,
    modal,
    plain,
    section,
    written,
)

Json = dict[str, Any]


def test_the_wrong_ones_are_forty_seven() -> None:
    assert len(WRONG_MESSAGES) + len(WRONG_VIEWS) == 47


@pytest.mark.parametrize("name", WRONG_MESSAGES)
def test_a_wrong_message_is_refused(name: str) -> None:
    errors = validate_blocks(Surface.MESSAGE, WRONG_MESSAGES[name])

    assert len(errors) == 1
    assert errors[0].code == "failed_constraint"


@pytest.mark.parametrize("name", WRONG_VIEWS)
def test_a_wrong_view_is_refused(name: str) -> None:
    errors = validate_view(WRONG_VIEWS[name])

    assert len(errors) == 1
    assert errors[0].code == "failed_constraint"


@pytest.mark.parametrize("name", RIGHT_MESSAGES)
def test_a_right_message_passes(name: str) -> None:
    assert validate_blocks(Surface.MESSAGE, RIGHT_MESSAGES[name]) == []


@pytest.mark.parametrize("name", RIGHT_VIEWS)
def test_a_right_view_passes(name: str) -> None:
    assert validate_view(RIGHT_VIEWS[name]) == []


def test_an_error_says_where_and_which_rule() -> None:
    [error] = validate_blocks(Surface.MESSAGE, WRONG_MESSAGES["header_151"])

    assert error.as_json() == {
        "pointer": "/0/text/text",
        "code": "failed_constraint",
        "message": "must be less than 151 characters",
        "constraint": {"type": "max_length", "max": 150},
    }


def test_a_views_pointers_start_at_the_view() -> None:
    [error] = validate_view(modal(blocks=[section("x" * 3001)]))

    assert error.pointer == "/blocks/0/text/text"


def test_a_view_above_250_kilobytes_is_too_large() -> None:
    errors = validate_view(home(blocks=[section("x" * 3000) for _ in range(90)]))

    assert [error.code for error in errors] == ["view_too_large"]


def test_blocks_know_their_surface() -> None:
    table = RIGHT_MESSAGES["a_table_and_rich_text"][:1]
    alert: list[Json] = [{"type": "alert", "text": plain("Careful")}]

    assert validate_blocks(Surface.HOME, table)
    assert validate_blocks(Surface.MESSAGE, alert) == []
    assert validate_blocks(Surface.MODAL, alert) == []
    assert validate_blocks(Surface.HOME, alert)
    assert validate_blocks(Surface.HOME, [written()]) == []


@pytest.mark.parametrize("junk", [None, "blocks", 3, {"type": "section"}, [None], ["x"], [[section()]]])
def test_junk_is_refused_and_never_a_crash(junk: object) -> None:
    assert validate_blocks(Surface.MESSAGE, junk)
    assert validate_view(junk)


@pytest.mark.parametrize("name", RIGHT_MESSAGES)
def test_the_sdk_takes_the_right_messages_too(name: str) -> None:
    written_out = [block.to_dict() for block in Block.parse_all(RIGHT_MESSAGES[name])]

    assert len(written_out) == len(RIGHT_MESSAGES[name])


@pytest.mark.parametrize("name", RIGHT_VIEWS)
def test_the_sdk_takes_the_right_views_too(name: str) -> None:
    assert View(**RIGHT_VIEWS[name]).to_dict()["type"] in ("modal", "home")
