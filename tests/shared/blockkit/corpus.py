"""Messages of our own writing, in every shape that Slack's published examples use."""

from typing import Any

from tests.shared.blockkit.wrong import (
    actions,
    button,
    confirm,
    mrkdwn,
    option,
    plain,
    section,
    select,
)

Json = dict[str, Any]

PICTURE: Json = {"type": "image", "image_url": "https://example.org/quay.png", "alt_text": "A quay"}
SERIES = [
    {
        "name": "Boats in the inner harbour",
        "data": [{"label": "Mon", "value": 4}, {"label": "Tue", "value": -1.5}],
    }
]
AXES = {"categories": ["Mon", "Tue"], "x_label": "Day", "y_label": "Boats"}


def rich(*parts: Json) -> Json:
    return {"type": "rich_text", "elements": list(parts)}


def line(*pieces: Json) -> Json:
    return {"type": "rich_text_section", "elements": list(pieces)}


def text(words: str, **style: bool) -> Json:
    return {"type": "text", "text": words} | ({"style": style} if style else {})


def cell(words: str) -> Json:
    return {"type": "raw_text", "text": words}


def chart(kind: str) -> Json:
    drawn = {"type": kind, "series": SERIES, "axis_config": AXES}
    return {"type": "data_visualization", "title": "Boats", "chart": drawn}


MESSAGES: dict[str, list[Json]] = {
    "words": [
        {"type": "header", "text": {**plain("Harbour"), "emoji": True}},
        section("*Good morning*", expand=True),
        {"type": "section", "text": mrkdwn("Today"), "fields": [mrkdwn("*Wind*"), plain("West")]},
        {"type": "context", "elements": [PICTURE, mrkdwn("Seen from *pier 2*"), plain("At dawn")]},
        {"type": "divider", "block_id": "rule"},
        {"type": "markdown", "text": "**Tides** are high."},
        {"type": "alert", "text": mrkdwn("Fog is coming."), "level": "warning"},
    ],
    "pictures": [
        {**PICTURE, "title": plain("The quay"), "block_id": "quay"},
        {"type": "image", "slack_file": {"id": "F0QUAY"}, "alt_text": "The quay"},
        {"type": "image", "slack_file": {"url": "https://files.example.org/q.png"}, "alt_text": "The quay"},
        section(accessory={"type": "image", "slack_file": {"id": "F0QUAY"}, "alt_text": "The quay"}),
        {
            "type": "video",
            "title": plain("Mooring"),
            "title_url": "https://example.org/watch",
            "video_url": "https://example.org/embed",
            "thumbnail_url": "https://example.org/still.png",
            "alt_text": "A boat is moored",
            "description": plain("In two minutes"),
            "author_name": "Harbour",
            "provider_name": "Example",
            "provider_icon_url": "https://example.org/icon.png",
        },
        {"type": "file", "external_id": "chart-1", "source": "remote"},
        {"type": "call", "call_id": "R0CALL"},
    ],
    "buttons": [
        actions(
            button(value="1", style="primary"),
            {"type": "button", "text": plain("Chart"), "url": "https://example.org/chart"},
            button(
                "Cast off", "cast", style="danger", confirm=confirm("Sure?"), accessibility_label="Cast off"
            ),
            button(
                "Ask",
                "ask",
                agent_prompt="Sum up the day and say what is next.",
                agent_prompt_display="Sum up the day",
            ),
        ),
        section(
            accessory={
                "type": "workflow_button",
                "action_id": "run",
                "text": plain("Run"),
                "workflow": {
                    "trigger": {
                        "url": "https://example.org/trigger",
                        "customizable_input_parameters": [{"name": "boat", "value": "Pilot"}],
                    }
                },
            }
        ),
        {
            "type": "context_actions",
            "elements": [
                {
                    "type": "feedback_buttons",
                    "action_id": "feedback",
                    "positive_button": {"text": plain("👍"), "value": "up", "accessibility_label": "Good"},
                    "negative_button": {"text": plain("👎"), "value": "down"},
                },
                {
                    "type": "icon_button",
                    "icon": "trash",
                    "text": plain("Delete"),
                    "action_id": "delete",
                    "value": "1",
                    "visible_to_user_ids": ["U0AINO"],
                    "confirm": confirm("Sure?"),
                },
            ],
        },
    ],
    "menus": [
        actions(
            select([option(), option("Two", "2")]) | {"placeholder": plain("Which?")},
            {"type": "overflow", "action_id": "more", "options": [option() | {"url": "https://example.org"}]},
            {
                "type": "external_select",
                "action_id": "far",
                "min_query_length": 3,
                "initial_option": option(),
            },
            {"type": "users_select", "action_id": "who", "initial_user": "U0AINO"},
            {
                "type": "conversations_select",
                "action_id": "where",
                "default_to_current_conversation": True,
                "filter": {"include": ["public", "mpim"], "exclude_bot_users": True},
            },
            {"type": "channels_select", "action_id": "channel", "initial_channel": "C0QUAY"},
        ),
        section(
            accessory={
                "type": "static_select",
                "action_id": "groups",
                "option_groups": [{"label": plain("Boats"), "options": [option()]}],
                "initial_option": option(),
                "confirm": confirm("Sure?"),
            }
        ),
        *(
            section(accessory={"type": kind, "action_id": "several", "max_selected_items": 2, **more})
            for kind, more in (
                ("multi_static_select", {"options": [option()], "initial_options": [option()]}),
                ("multi_external_select", {"min_query_length": 0}),
                ("multi_users_select", {"initial_users": ["U0AINO"]}),
                ("multi_conversations_select", {"filter": {"include": ["im"]}}),
                ("multi_channels_select", {"initial_channels": ["C0QUAY"]}),
            )
        ),
        actions(
            {
                "type": "datepicker",
                "action_id": "day",
                "initial_date": "2026-06-01",
                "placeholder": plain("When?"),
            },
            {
                "type": "timepicker",
                "action_id": "hour",
                "initial_time": "11:40",
                "timezone": "Europe/Helsinki",
            },
            {"type": "datetimepicker", "action_id": "moment", "initial_date_time": 1_780_000_000},
            {
                "type": "checkboxes",
                "action_id": "ticks",
                "options": [{"text": mrkdwn("*One*"), "value": "1", "description": mrkdwn("First")}],
            },
            {"type": "radio_buttons", "action_id": "one", "options": [option()], "initial_option": option()},
        ),
    ],
    "rich_text": [
        rich(
            line(
                text("Bold ", bold=True),
                text("code", code=True, underline=True),
                {"type": "link", "url": "https://example.org", "text": "chart", "unsafe": True},
                {"type": "user", "user_id": "U0AINO"},
                {"type": "usergroup", "usergroup_id": "S0PILOTS"},
                {"type": "channel", "channel_id": "C0QUAY"},
                {"type": "broadcast", "range": "here"},
                {"type": "emoji", "name": "boat"},
                {"type": "date", "timestamp": 1_780_000_000, "format": "{date_num}", "fallback": "then"},
                {"type": "color", "value": "#0b3d5c"},
                {"type": "tag", "text": "In progress"},
                {"type": "citation", "url": "https://example.org", "text": "Source", "index": 1},
            ),
            {
                "type": "rich_text_list",
                "style": "bullet",
                "indent": 1,
                "border": 1,
                "elements": [line(text("a"))],
            },
            {"type": "rich_text_list", "style": "ordered", "offset": 2, "elements": [line(text("b"))]},
            {"type": "rich_text_preformatted", "border": 0, "elements": [text("x = 1")]},
            {"type": "rich_text_quote", "elements": [text("Ahoy")]},
        )
    ],
    "table": [
        {
            "type": "table",
            "column_settings": [{"is_wrapped": True}, None, {"align": "right"}],
            "rows": [
                [cell("Boat"), cell("Berth"), cell("Draught")],
                [cell("Pilot"), rich(line(text("2"))), {"type": "raw_number", "value": 1.5, "text": "1.5 m"}],
            ],
        }
    ],
    "data_table": [
        {
            "type": "data_table",
            "caption": "Boats",
            "page_size": 5,
            "row_header_column_index": 0,
            "rows": [
                [cell("Boat"), cell("Berth"), cell("")],
                [
                    cell("Pilot"),
                    {"type": "raw_number", "value": 2},
                    {
                        "type": "action_cell",
                        "element": button("Done", "done", value="1"),
                        "fallback": cell("Open"),
                    },
                ],
            ],
        }
    ],
    "charts": [
        {
            "type": "data_visualization",
            "title": "Berths",
            "chart": {
                "type": "pie",
                "segments": [{"label": "Taken", "value": 9}, {"label": "Free", "value": 3}],
            },
        },
        *(chart(kind) for kind in ("bar", "line", "area")),
    ],
}
