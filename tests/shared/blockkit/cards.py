"""Cards, what holds them, and tasks, of our own writing."""

from tests.shared.blockkit.corpus import PICTURE, Json, line, rich, text
from tests.shared.blockkit.wrong import actions, button, mrkdwn, option, plain, section

CARD: Json = {
    "type": "card",
    "icon": PICTURE,
    "title": {"type": "mrkdwn", "text": "Pilot boat", "verbatim": False},
    "subtitle": mrkdwn("Ready"),
    "hero_image": PICTURE,
    "body": mrkdwn("Leaves at noon."),
    "actions": [button("Board", "board")],
}
STARTED: Json = {"task_id": "1", "title": "Look at the wind", "status": "in_progress"}

CARDS: dict[str, list[Json]] = {
    "cards": [
        CARD,
        {"type": "carousel", "elements": [{**CARD, "block_id": "card-1"}, {**CARD, "block_id": "card-2"}]},
        {
            "type": "container",
            "title": plain("Two boats"),
            "subtitle": plain("Look before you confirm"),
            "icon": PICTURE,
            "width": "wide",
            "is_collapsible": True,
            "default_collapsed": False,
            "child_blocks": [
                section("*Pilot*", block_id="row-1"),
                {"type": "divider"},
                {"type": "context", "elements": [mrkdwn("2 of 9")]},
                actions(button("Confirm", "confirm")),
            ],
        },
        {
            "type": "container",
            "rich_text_title": rich(line(text("Boats"))),
            "has_header_divider": True,
            "child_blocks": [section()],
        },
        {
            "type": "auth_provider",
            "value": "harbour",
            "name": plain("Harbour office"),
            "is_connected": True,
            "description": plain("Berths and tides"),
            "connected_identity": plain("aino@harbour.example"),
            "connected_context": plain("Harbour"),
            "icon_url": "https://example.org/icon.png",
            "disconnect_url": "https://example.org/leave",
            "accessory": {"type": "overflow", "action_id": "more", "options": [option()]},
        },
    ],
    "tasks": [
        {
            "type": "task_card",
            **STARTED,
            "status": "pending",
            "details": rich(line(text("Asked the mast"))),
            "output": rich(line(text("West, 8 m/s"))),
            "sources": [{"type": "url", "url": "https://example.org/wind", "text": "Mast"}],
        },
        {
            "type": "plan",
            "title": "Moor the boat",
            # Where tasks stand in a plan, their kind goes without saying.
            "tasks": [STARTED, {"type": "task_card", "task_id": "2", "title": "Tie", "status": "pending"}],
        },
    ],
}
