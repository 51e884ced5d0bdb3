"""What the tool shed shows."""

TOOLS = ["drill", "hammer", "ladder", "saw"]


def plain(text):
    return {"type": "plain_text", "text": text}


def mrkdwn(text):
    return {"type": "mrkdwn", "text": text}


def option(value):
    return {"text": plain(value.capitalize()), "value": value}


def found(typed):
    return [option(tool) for tool in TOOLS if typed.lower() in tool]


def borrow_modal(size="small"):
    sizes = [option("small"), option("large")]
    blocks = [
        {
            "type": "section",
            "block_id": "intro",
            "text": mrkdwn("Which tool, and *until when*?"),
            "accessory": {
                "type": "button",
                "action_id": "read_rules",
                "text": plain("Rules"),
                "value": "rules",
            },
        },
        {
            "type": "input",
            "block_id": "tool",
            "label": plain("Tool"),
            "element": {
                "type": "external_select",
                "action_id": "tool",
                "min_query_length": 1,
                "placeholder": plain("Type to search"),
            },
        },
        {
            "type": "actions",
            "block_id": "size",
            "elements": [
                {
                    "type": "static_select",
                    "action_id": "choose_size",
                    "placeholder": plain("Size"),
                    "options": sizes,
                    "initial_option": option(size),
                }
            ],
        },
        {
            "type": "input",
            "block_id": "until",
            "optional": True,
            "label": plain("Until"),
            "element": {"type": "datepicker", "action_id": "until"},
        },
        {
            "type": "input",
            "block_id": "note",
            "optional": True,
            "label": plain("Note"),
            "element": {"type": "plain_text_input", "action_id": "note", "multiline": True},
        },
    ]
    if size == "large":
        blocks.append({"type": "context", "elements": [mrkdwn("Large tools are carried by two.")]})
    return {
        "type": "modal",
        "callback_id": "borrow",
        "notify_on_close": True,
        "private_metadata": size,
        "title": plain("Borrow a tool"),
        "submit": plain("Borrow"),
        "close": plain("Cancel"),
        "blocks": blocks,
    }


def rules_modal():
    return {
        "type": "modal",
        "callback_id": "rules",
        "title": plain("The rules"),
        "submit": plain("Understood"),
        "blocks": [{"type": "section", "text": plain("Bring it back clean.")}],
    }


def rules_read_modal():
    return {
        "type": "modal",
        "callback_id": "rules",
        "title": plain("The rules"),
        "blocks": [{"type": "section", "text": plain("Thank you for reading.")}],
    }


def helper_modal(tool):
    return {
        "type": "modal",
        "callback_id": "helper",
        "private_metadata": tool,
        "title": plain("A helper is needed"),
        "submit": plain("Borrow"),
        "blocks": [
            {
                "type": "input",
                "block_id": "helper",
                "label": plain("Who holds it?"),
                "element": {"type": "users_select", "action_id": "helper"},
            }
        ],
    }


def loan_blocks(text, tool):
    return [
        {"type": "section", "text": mrkdwn(text)},
        {
            "type": "actions",
            "block_id": "loan",
            "elements": [
                {
                    "type": "button",
                    "action_id": "give_back",
                    "style": "primary",
                    "text": plain("Give back"),
                    "value": tool,
                },
                {
                    "type": "static_select",
                    "action_id": "extend",
                    "placeholder": plain("Keep it longer"),
                    "options": [option("day"), option("week")],
                },
            ],
        },
    ]


def list_blocks():
    lines = "\n".join(f"• {tool}" for tool in TOOLS)
    return [
        {"type": "header", "text": plain("The shed")},
        {"type": "section", "text": mrkdwn(lines)},
        {"type": "divider"},
        {"type": "context", "elements": [mrkdwn("Ask with `/shed borrow`")]},
    ]


def home(name):
    return {
        "type": "home",
        "blocks": [
            {"type": "header", "text": plain(f"Welcome, {name}")},
            {
                "type": "actions",
                "block_id": "home",
                "elements": [{"type": "button", "action_id": "home_borrow", "text": plain("Borrow a tool")}],
            },
        ],
    }
