"""Names that the workspace gives to what the app left unnamed."""

from simulator.wire import Json
from simulator.workspace.elements import with_ids

BLOCKS: list[Json] = [
    {"type": "actions", "elements": [{"type": "button", "action_id": "go"}]},
    {"type": "divider"},
    {"type": "divider"},
]


def test_a_home_tab_that_is_published_again_keeps_the_names_of_its_blocks() -> None:
    first, again = with_ids(BLOCKS, steady=True), with_ids(BLOCKS, steady=True)

    assert first == again
    assert len({block["block_id"] for block in first}) == 3


def test_elsewhere_each_name_is_new() -> None:
    assert with_ids(BLOCKS)[0]["block_id"] != with_ids(BLOCKS)[0]["block_id"]
