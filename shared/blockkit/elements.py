"""The table, first half: options, confirmations and every interactive element."""

from collections.abc import Mapping

from shared.blockkit.shapes import Among, Anything, Flag, Many, Rule, Shape, Str, Text, Whole

Fields = Mapping[str, Rule]

ACTION_ID = Str(255, 1)
URL = Str(3000, 1)
PLACEHOLDER = Text(150, plain_only=True)
DATE = Str(form=r"\d{4}-\d{2}-\d{2}")
TIME = Str(form=r"[0-2]\d:[0-5]\d")
STYLE = Str(one_of=("primary", "danger"))

CONFIRM = Shape(
    {
        "title": Text(100, plain_only=True),
        "text": Text(300),
        "confirm": Text(30, plain_only=True),
        "deny": Text(30, plain_only=True),
        "style": STYLE,
    },
    needs=("title", "text", "confirm", "deny"),
)
SLACK_FILE = Shape({"id": Str(), "url": Str()}, any_of=("id", "url"))
IMAGE_FIELDS: Fields = {"image_url": URL, "slack_file": SLACK_FILE, "alt_text": Str(2000, 1)}
IMAGE_SOURCE = ("image_url", "slack_file")


def option(*, plain_only: bool, url: bool = False) -> Shape:
    fields: dict[str, Rule] = {
        "text": Text(75, plain_only=plain_only),
        "value": Str(150, 1),
        "description": Text(75, plain_only=plain_only),
    }
    if url:
        fields["url"] = URL
    return Shape(fields, needs=("text", "value"))


PLAIN_OPTION = option(plain_only=True)
RICH_OPTION = option(plain_only=False)
OPTIONS = Many(PLAIN_OPTION, 100)
OPTION_GROUPS = Many(
    Shape({"label": Text(75, plain_only=True), "options": OPTIONS}, needs=("label", "options")),
    100,
)
FILTER = Shape(
    {
        "include": Many(Str(one_of=("im", "mpim", "private", "public")), 4),
        "exclude_external_shared_channels": Flag(),
        "exclude_bot_users": Flag(),
    }
)
DISPATCH = Shape({"trigger_actions_on": Many(Str(one_of=("on_enter_pressed", "on_character_entered")), 2)})
FEEDBACK = Shape(
    {"text": Text(75, plain_only=True), "value": Str(2000), "accessibility_label": Str(75)},
    needs=("text", "value"),
)


def _element(needs: tuple[str, ...] = (), **fields: Rule) -> Shape:
    return Shape({"type": Str(), "action_id": ACTION_ID, **fields}, needs=needs)


def _menu(*shared: Fields, one_of: tuple[str, ...] = (), **fields: Rule) -> Shape:
    """A select or a picker; *shared* fields are those of its family."""
    own: dict[str, Rule] = {"placeholder": PLACEHOLDER, "confirm": CONFIRM, "focus_on_load": Flag(), **fields}
    for family in shared:
        own.update(family)
    return Shape({"type": Str(), "action_id": ACTION_ID, **own}, one_of=one_of)


def _typed(**fields: Rule) -> Shape:
    """A field that a person types into."""
    return Shape(
        {
            "type": Str(),
            "action_id": ACTION_ID,
            "placeholder": PLACEHOLDER,
            "focus_on_load": Flag(),
            "dispatch_action_config": DISPATCH,
            **fields,
        }
    )


_SEVERAL: Fields = {"max_selected_items": Whole(1)}
_STATIC: Fields = {"options": OPTIONS, "option_groups": OPTION_GROUPS}
_EITHER = ("options", "option_groups")
_QUERY: Fields = {"min_query_length": Whole(0)}
_CONVERSATION: Fields = {"default_to_current_conversation": Flag(), "filter": FILTER}

ELEMENTS: Mapping[str, Shape] = {
    "button": _element(
        ("text",),
        text=Text(75, plain_only=True),
        value=Str(2000),
        url=URL,
        style=STYLE,
        confirm=CONFIRM,
        accessibility_label=Str(75),
        agent_prompt=Str(4000),
        agent_prompt_display=Anything(),
        visible_to_user_ids=Many(Str(), 100),
    ),
    "workflow_button": _element(
        ("text", "workflow"),
        text=Text(75, plain_only=True),
        workflow=Anything(),
        style=STYLE,
        accessibility_label=Str(75),
    ),
    "overflow": _element(("options",), options=Many(option(plain_only=True, url=True), 5), confirm=CONFIRM),
    "static_select": _menu(_STATIC, one_of=_EITHER, initial_option=PLAIN_OPTION),
    "multi_static_select": _menu(_STATIC, _SEVERAL, one_of=_EITHER, initial_options=OPTIONS),
    "external_select": _menu(_QUERY, initial_option=PLAIN_OPTION),
    "multi_external_select": _menu(_QUERY, _SEVERAL, initial_options=OPTIONS),
    "users_select": _menu(initial_user=Str()),
    "multi_users_select": _menu(_SEVERAL, initial_users=Many(Str(), 100)),
    "conversations_select": _menu(_CONVERSATION, initial_conversation=Str(), response_url_enabled=Flag()),
    "multi_conversations_select": _menu(_CONVERSATION, _SEVERAL, initial_conversations=Many(Str(), 100)),
    "channels_select": _menu(initial_channel=Str(), response_url_enabled=Flag()),
    "multi_channels_select": _menu(_SEVERAL, initial_channels=Many(Str(), 100)),
    "datepicker": _menu(initial_date=DATE),
    "timepicker": _menu(initial_time=TIME, timezone=Str()),
    "datetimepicker": _element(
        initial_date_time=Whole(0, 9_999_999_999), confirm=CONFIRM, focus_on_load=Flag()
    ),
    "checkboxes": _element(
        ("options",),
        options=Many(RICH_OPTION, 10),
        initial_options=Many(RICH_OPTION, 10),
        confirm=CONFIRM,
        focus_on_load=Flag(),
    ),
    "radio_buttons": _element(
        ("options",),
        options=Many(RICH_OPTION, 10),
        initial_option=RICH_OPTION,
        confirm=CONFIRM,
        focus_on_load=Flag(),
    ),
    "plain_text_input": _typed(
        initial_value=Str(), multiline=Flag(), min_length=Whole(0, 3000), max_length=Whole(1, 3000)
    ),
    "email_text_input": _typed(initial_value=Str()),
    "url_text_input": _typed(initial_value=Str()),
    "number_input": _typed(initial_value=Str(), min_value=Str(), max_value=Str(), is_decimal_allowed=Flag()),
    "rich_text_input": _typed(initial_value=Anything(), min_lines=Whole(1), max_lines=Whole(1)),
    "file_input": _element(filetypes=Many(Str(), 100), max_files=Whole(1, 10)),
    "feedback_buttons": _element(
        ("positive_button", "negative_button"), positive_button=FEEDBACK, negative_button=FEEDBACK
    ),
    "icon_button": _element(
        ("icon", "text"),
        icon=Str(one_of=("trash",)),
        text=Text(75, plain_only=True),
        value=Str(2000),
        accessibility_label=Str(75),
        visible_to_user_ids=Many(Str(), 100),
        confirm=CONFIRM,
    ),
    "image": Shape({"type": Str(), **IMAGE_FIELDS}, needs=("alt_text",), one_of=IMAGE_SOURCE),
    "plain_text": Shape({"type": Str(), "text": Str(3000, 1), "emoji": Flag()}, needs=("text",)),
    "mrkdwn": Shape({"type": Str(), "text": Str(3000, 1), "verbatim": Flag()}, needs=("text",)),
    "url": Shape({"type": Str(), "url": URL, "text": Str()}, needs=("url", "text")),
}

MENUS = frozenset(name for name in ELEMENTS if name.endswith("_select"))
PICKERS = frozenset({"datepicker", "timepicker", "datetimepicker", "checkboxes", "radio_buttons"})
TYPED = frozenset(name for name in ELEMENTS if name.endswith("_input"))
PRESSED = frozenset({"button", "overflow", "workflow_button"})


def element(allowed: frozenset[str]) -> Among:
    return Among("element", ELEMENTS, allowed)
