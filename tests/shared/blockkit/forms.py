"""Modals and a Home tab of our own writing, with every field that can be filled in."""

from tests.shared.blockkit.corpus import Json, line, rich, text
from tests.shared.blockkit.wrong import home, modal, plain, written

VIEWS: dict[str, Json] = {
    "every_field": modal(
        submit=plain("Send"),
        close=plain("Cancel"),
        callback_id="form",
        external_id="form-1",
        clear_on_close=True,
        notify_on_close=True,
        submit_disabled=False,
        blocks=[
            {
                **written(
                    element={
                        "type": "plain_text_input",
                        "multiline": True,
                        "min_length": 1,
                        "max_length": 300,
                        "initial_value": "Ahoy",
                        "placeholder": plain("Write"),
                        "focus_on_load": True,
                        "dispatch_action_config": {"trigger_actions_on": ["on_character_entered"]},
                    }
                ),
                "dispatch_action": True,
                "hint": plain("A few words"),
            },
            written(element={"type": "email_text_input", "action_id": "a", "placeholder": plain("Address")}),
            written(
                element={"type": "url_text_input", "action_id": "a", "initial_value": "https://example.org"}
            ),
            written(element={"type": "number_input", "is_decimal_allowed": False, "min_value": "1"}),
            written(
                element={
                    "type": "rich_text_input",
                    "action_id": "a",
                    "initial_value": rich(line(text("Ahoy"))),
                    "min_lines": 2,
                    "max_lines": 5,
                }
            ),
            written(element={"type": "file_input", "filetypes": ["jpg", "png"], "max_files": 5}),
            written(element={"type": "datetimepicker", "action_id": "a"}),
            written(element={"type": "conversations_select", "response_url_enabled": True}),
            {**written(element={"type": "multi_users_select", "action_id": "a"}), "optional": True},
        ],
    ),
    "home_with_an_input": home(
        blocks=[
            {
                **written(element={"type": "rich_text_input", "action_id": "a", "focus_on_load": True}),
                "dispatch_action": True,
            }
        ],
        private_metadata="",
    ),
}
