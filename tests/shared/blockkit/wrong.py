"""The forty-seven ways of being refused, by name, and a few payloads that are right."""

from typing import Any

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


def section(text: str = "hello", **more: Any) -> Json:
    return {"type": "section", "text": mrkdwn(text), **more}


def button(text: str = "Press", action_id: str = "press", **more: Any) -> Json:
    return {"type": "button", "text": plain(text), "action_id": action_id, **more}


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def option(text: str = "One", value: str = "1") -> Json:
    return {"text": plain(text), "value": value}


def select(options: list[Json]) -> Json:
    return {"type": "static_select", "action_id": "choose", "options": options}


def written(label: Json | None = None, element: Json | None = None) -> Json:
    return {
        "type": "input",
        "label": label or plain("Name"),
        "element": element or {"type": "plain_text_input", "action_id": "name"},
    }


def confirm(title: str) -> Json:
    return {"title": plain(title), "text": plain("Sure?"), "confirm": plain("Yes"), "deny": plain("No")}


def modal(**more: Any) -> Json:
    return {"type": "modal", "title": plain("Title"), "blocks": [section()], **more}


def home(**more: Any) -> Json:
    return {"type": "home", "blocks": [section()], **more}


TEXT_INPUT: Json = {"type": "plain_text_input", "action_id": "name"}
TEN_OPTIONS = [option(str(n), str(n)) for n in range(11)]
IMAGE: Json = {"type": "image", "image_url": "https://example.org/a.png"}

WRONG_MESSAGES: dict[str, list[Json]] = {
    "header_151": [{"type": "header", "text": plain("x" * 151)}],
    "header_mrkdwn": [{"type": "header", "text": mrkdwn("hello")}],
    "header_empty": [{"type": "header", "text": plain("")}],
    "section_3001": [section("x" * 3001)],
    "section_empty_text": [section("")],
    "section_11_fields": [{"type": "section", "fields": [mrkdwn("f")] * 11}],
    "section_field_2001": [{"type": "section", "fields": [mrkdwn("x" * 2001)]}],
    "section_no_text": [{"type": "section"}],
    "blocks_51": [section()] * 51,
    "button_text_76": [actions(button("x" * 76))],
    "button_text_mrkdwn": [actions({"type": "button", "text": mrkdwn("x"), "action_id": "a"})],
    "button_value_2001": [actions(button(value="x" * 2001))],
    "button_style_green": [actions(button(style="green"))],
    "action_id_256": [actions(button(action_id="x" * 256))],
    "block_id_256": [section(block_id="x" * 256)],
    "dup_block_id": [section(block_id="same"), section(block_id="same")],
    "dup_action_id": [actions(button(), button())],
    "actions_26": [actions(*[button(action_id=str(n)) for n in range(26)])],
    "actions_0": [actions()],
    "context_11": [{"type": "context", "elements": [mrkdwn("x")] * 11}],
    "select_101": [actions(select([option(str(n), str(n)) for n in range(101)]))],
    "option_value_151": [actions(select([option(value="x" * 151)]))],
    "option_text_76": [actions(select([option(text="x" * 76)]))],
    "overflow_6": [actions({"type": "overflow", "action_id": "a", "options": TEN_OPTIONS[:6]})],
    "checkboxes_11": [actions({"type": "checkboxes", "action_id": "a", "options": TEN_OPTIONS})],
    "image_no_alt": [IMAGE],
    "confirm_title_101": [actions(button(confirm=confirm("x" * 101)))],
    "unknown_block": [{"type": "sectoin", "text": mrkdwn("x")}],
    "unknown_element": [actions({"type": "buton", "text": plain("x"), "action_id": "a"})],
    "unknown_prop": [section(colour="red")],
    "markdown_12001": [{"type": "markdown", "text": "x" * 12_001}],
    "markdown_2x7000": [{"type": "markdown", "text": "x" * 7000}] * 2,
    "plain_text_input_in_message_actions": [actions(TEXT_INPUT)],
    "container_collapsible_with_header_divider": [
        {
            "type": "container",
            "title": plain("Boats"),
            "is_collapsible": True,
            "has_header_divider": True,
            "child_blocks": [section()],
        }
    ],
}
WRONG_VIEWS: dict[str, Json] = {
    "title_25": modal(title=plain("x" * 25)),
    "title_missing": {"type": "modal", "blocks": [section()]},
    "submit_25": modal(submit=plain("x" * 25)),
    "submit_missing_with_input": modal(blocks=[written()]),
    "blocks_101": modal(blocks=[section()] * 101),
    "private_metadata_3001": modal(private_metadata="x" * 3001),
    "callback_id_256": modal(callback_id="x" * 256),
    "home_with_submit": home(submit=plain("Send")),
    "markdown_in_modal": modal(blocks=[{"type": "markdown", "text": "x"}]),
    "input_label_mrkdwn": modal(submit=plain("Send"), blocks=[written(label=mrkdwn("Name"))]),
    "input_button_element": modal(submit=plain("Send"), blocks=[written(element=button())]),
    "external_id_256": modal(external_id="x" * 256),
    "radio_11": modal(
        submit=plain("Send"),
        blocks=[written(element={"type": "radio_buttons", "action_id": "a", "options": TEN_OPTIONS})],
    ),
}

RIGHT_MESSAGES: dict[str, list[Json]] = {
    "everything_at_its_limit": [
        {"type": "header", "text": plain("x" * 150)},
        section("x" * 3000, block_id="x" * 255),
        {"type": "section", "fields": [mrkdwn("x" * 2000)] * 10},
        actions(*[button("x" * 75, str(n), value="x" * 2000) for n in range(25)]),
        {"type": "context", "elements": [mrkdwn("x"), plain("x"), {**IMAGE, "alt_text": "A picture"}]},
        {"type": "markdown", "text": "x" * 12_000},
        {**IMAGE, "alt_text": "A picture", "title": plain("Title")},
        {"type": "divider"},
    ],
    "a_card_with_choices": [
        section(accessory=button(style="primary", confirm=confirm("x" * 100))),
        actions(
            select(TEN_OPTIONS),
            {"type": "overflow", "action_id": "more", "options": TEN_OPTIONS[:5]},
            {"type": "users_select", "action_id": "who", "placeholder": plain("Somebody")},
            {"type": "datepicker", "action_id": "when", "initial_date": "2026-11-24"},
            {"type": "radio_buttons", "action_id": "which", "options": TEN_OPTIONS[:10]},
        ),
        {
            "type": "context_actions",
            "elements": [
                {
                    "type": "feedback_buttons",
                    "action_id": "feedback",
                    "positive_button": {"text": plain("Good"), "value": "good"},
                    "negative_button": {"text": plain("Bad"), "value": "bad"},
                }
            ],
        },
    ],
    "a_table_and_rich_text": [
        {
            "type": "table",
            "rows": [[{"type": "raw_text", "text": "a"}, {"type": "raw_text", "text": "b"}]],
            "column_settings": [{"is_wrapped": True}, {"align": "right"}],
        },
        {
            "type": "rich_text",
            "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "hello"}]}],
        },
    ],
}
RIGHT_VIEWS: dict[str, Json] = {
    "modal_with_inputs": modal(
        submit=plain("Send"),
        close=plain("Cancel"),
        notify_on_close=True,
        private_metadata="x" * 3000,
        blocks=[
            written(),
            {
                **written(element={"type": "external_select", "action_id": "org", "min_query_length": 0}),
                "optional": True,
            },
            written(element={"type": "radio_buttons", "action_id": "r", "options": TEN_OPTIONS[:10]}),
        ],
    ),
    "home": home(blocks=[section(), actions(button())], callback_id="x" * 255),
    "modal_without_inputs": modal(),
}
