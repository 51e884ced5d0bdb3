"""One of every block and element that the page draws."""

ALL_OPTIONS: list[dict[str, object]] = [
    {"text": {"type": "plain_text", "text": text}, "value": value}
    for text, value in (("Reader", "reader"), ("Main user", "main"), ("Officer", "officer"))
]
PERSON = {"type": "plain_text", "text": "Choose"}


def plain(text: str) -> dict[str, object]:
    return {"type": "plain_text", "text": text, "emoji": True}


def mrkdwn(text: str) -> dict[str, object]:
    return {"type": "mrkdwn", "text": text}


def button(action_id: str, text: str, **more: object) -> dict[str, object]:
    return {"type": "button", "action_id": action_id, "text": plain(text), "value": "v1"} | more


SHOWING: list[dict[str, object]] = [
    {"type": "header", "block_id": "b-header", "text": plain("Offer of a role :key:")},
    {
        "type": "section",
        "block_id": "b-section",
        "text": mrkdwn("*Reader* for <@U2> in <#C1>, until <!date^1790000000^{date_short} {time}|later>"),
        "fields": [mrkdwn("*From*\nAino Virta"), mrkdwn("*Organisation*\nMeri-Lappi _county_")],
    },
    {"type": "divider", "block_id": "b-divider"},
    {
        "type": "context",
        "block_id": "b-context",
        "elements": [mrkdwn(":lock: Only the addressee may answer")],
    },
    {
        "type": "image",
        "block_id": "b-image",
        "image_url": "/missing.png",
        "alt_text": "A map",
        "title": plain("Map"),
    },
    {
        "type": "markdown",
        "block_id": "b-markdown",
        "text": "## Answer\n\n- **one**\n- `two`\n\n| a | b |\n|---|---|\n| 1 | 2 |",
    },
    {
        "type": "rich_text",
        "block_id": "b-rich",
        "elements": [
            {
                "type": "rich_text_section",
                "elements": [{"type": "text", "text": "bold", "style": {"bold": True}}],
            },
            {
                "type": "rich_text_list",
                "style": "bullet",
                "elements": [{"type": "rich_text_section", "elements": [{"type": "user", "user_id": "U2"}]}],
            },
        ],
    },
    {
        "type": "table",
        "block_id": "b-table",
        "rows": [
            [{"type": "raw_text", "text": "Role"}, {"type": "raw_text", "text": "Until"}],
            [{"type": "raw_text", "text": "Reader"}, {"type": "raw_text", "text": "2027"}],
        ],
    },
    {
        "type": "task_card",
        "block_id": "b-task",
        "task_id": "t",
        "title": "Read the guidance",
        "status": "in_progress",
    },
    {"type": "alert", "block_id": "b-alert", "text": mrkdwn("The mandate ends soon."), "level": "warning"},
    {"type": "hologram", "block_id": "b-unknown"},
]

ACTING: list[dict[str, object]] = [
    {
        "type": "actions",
        "block_id": "b-buttons",
        "elements": [
            button("accept", "Accept", style="primary"),
            button(
                "decline",
                "Decline",
                style="danger",
                confirm={
                    "title": plain("Decline the role?"),
                    "text": plain("The sender is told."),
                    "confirm": plain("Decline"),
                    "deny": plain("Keep"),
                    "style": "danger",
                },
            ),
            {"type": "overflow", "action_id": "more", "options": ALL_OPTIONS},
        ],
    },
    {
        "type": "actions",
        "block_id": "b-selects",
        "elements": [
            {
                "type": "static_select",
                "action_id": "role",
                "placeholder": plain("Choose a role"),
                "options": ALL_OPTIONS,
            },
            {"type": "users_select", "action_id": "who", "placeholder": plain("Choose a person")},
            {"type": "conversations_select", "action_id": "where", "placeholder": plain("Choose a place")},
            {"type": "channels_select", "action_id": "channel", "placeholder": plain("Choose a channel")},
            {
                "type": "external_select",
                "action_id": "unit",
                "placeholder": plain("Choose a unit"),
                "min_query_length": 0,
            },
            {
                "type": "multi_static_select",
                "action_id": "roles",
                "placeholder": plain("Choose roles"),
                "options": ALL_OPTIONS,
            },
        ],
    },
    {
        "type": "actions",
        "block_id": "b-choices",
        "elements": [
            {"type": "checkboxes", "action_id": "flags", "options": ALL_OPTIONS},
            {"type": "radio_buttons", "action_id": "one", "options": ALL_OPTIONS},
            {"type": "datepicker", "action_id": "day", "initial_date": "2026-12-01"},
            {"type": "timepicker", "action_id": "hour", "initial_time": "09:30"},
        ],
    },
    {
        "type": "context_actions",
        "block_id": "b-feedback",
        "elements": [
            {
                "type": "feedback_buttons",
                "action_id": "feedback",
                "positive_button": {"text": plain("Good answer"), "value": "good"},
                "negative_button": {"text": plain("Bad answer"), "value": "bad"},
            }
        ],
    },
]


def grant_modal(view_id: str = "V1", **more: object) -> dict[str, object]:
    """A modal with one of each kind of input."""

    def field(block_id: str, label: str, element: dict[str, object], **rest: object) -> dict[str, object]:
        return {"type": "input", "block_id": block_id, "label": plain(label), "element": element} | rest

    blocks = [
        field("person", "Person", {"type": "users_select", "action_id": "user"}),
        field("role", "Role", {"type": "static_select", "action_id": "role", "options": ALL_OPTIONS}),
        field("until", "Until", {"type": "datepicker", "action_id": "date"}, optional=True),
        field(
            "reason",
            "Reason",
            {
                "type": "plain_text_input",
                "action_id": "text",
                "multiline": True,
                "min_length": 3,
                "max_length": 200,
            },
            hint=plain("The receiver sees this."),
        ),
        field("email", "E-mail", {"type": "email_text_input", "action_id": "email"}, optional=True),
        field(
            "count",
            "How many",
            {"type": "number_input", "action_id": "n", "is_decimal_allowed": False},
            optional=True,
        ),
    ]
    return {
        "id": view_id,
        "type": "modal",
        "callback_id": "grant",
        "title": plain("Grant a role"),
        "submit": plain("Send the offer"),
        "close": plain("Cancel"),
        "blocks": blocks,
    } | more
