"""The table, second half: every block, and on which surface it may stand."""

from collections.abc import Mapping

from shared.blockkit.charts import CHARTS
from shared.blockkit.elements import (
    IMAGE_FIELDS,
    IMAGE_SOURCE,
    MENUS,
    PICKERS,
    PRESSED,
    TYPED,
    URL,
    element,
)
from shared.blockkit.shapes import Among, Anything, Flag, Many, Number, Rule, Shape, Str, Text, Whole

BLOCK_ID = Str(255)
MARKDOWN_MOST = 12_000
IMAGE = element(frozenset({"image"}))


def _block(needs: tuple[str, ...] = (), any_of: tuple[str, ...] = (), **fields: Rule) -> Shape:
    return Shape({"type": Str(), "block_id": BLOCK_ID, **fields}, needs=needs, any_of=any_of)


def _rich(**fields: Rule) -> Shape:
    return Shape({"type": Str(), "elements": Many(Anything(), 1000, 0), **fields}, needs=("elements",))


_RICH_PARTS: Mapping[str, Shape] = {
    "rich_text_section": _rich(),
    "rich_text_list": _rich(
        style=Str(one_of=("bullet", "ordered")), indent=Whole(0, 8), offset=Whole(0), border=Whole(0, 1)
    ),
    "rich_text_preformatted": _rich(border=Whole(0, 1), language=Str()),
    "rich_text_quote": _rich(border=Whole(0, 1)),
}
RICH_TEXT = _block(
    ("elements",), elements=Many(Among("rich text element", _RICH_PARTS, frozenset(_RICH_PARTS)), 1000, 0)
)
_RICH = Among("block", {"rich_text": RICH_TEXT}, frozenset({"rich_text"}))
_CELLS: Mapping[str, Shape] = {
    "raw_text": Shape({"type": Str(), "text": Str(3000)}, needs=("text",)),
    "raw_number": Shape({"type": Str(), "value": Number(), "text": Str(3000)}, needs=("value",)),
    "rich_text": RICH_TEXT,
}
_CELL = Among("cell", _CELLS, frozenset(_CELLS))
_ACTION_CELL = Shape(
    {"type": Str(), "element": element(frozenset({"button"})), "fallback": _CELL},
    needs=("element", "fallback"),
)
_DATA_CELLS = {**_CELLS, "action_cell": _ACTION_CELL}
_DATA_CELL = Among("cell", _DATA_CELLS, frozenset(_DATA_CELLS))
_COLUMN = Shape({"align": Str(one_of=("left", "center", "right")), "is_wrapped": Flag()})
_TASK = _block(
    ("task_id", "title", "status"),
    task_id=Str(255, 1),
    title=Str(3000, 1),
    details=_RICH,
    output=_RICH,
    sources=Many(element(frozenset({"url"})), 50, 0),
    status=Str(one_of=("pending", "in_progress", "complete", "error")),
)

_PLAIN_BLOCKS: Mapping[str, Shape] = {
    "section": _block(
        any_of=("text", "fields"),
        text=Text(3000),
        fields=Many(Text(2000), 10),
        accessory=element(PRESSED | MENUS | PICKERS | {"image"}),
        expand=Flag(),
    ),
    "divider": _block(),
    "header": _block(("text",), text=Text(150, plain_only=True)),
    "image": Shape(
        {"type": Str(), "block_id": BLOCK_ID, **IMAGE_FIELDS, "title": Text(2000, plain_only=True)},
        needs=("alt_text",),
        one_of=IMAGE_SOURCE,
    ),
    "actions": _block(("elements",), elements=Many(element(PRESSED | MENUS | PICKERS), 25)),
    "context": _block(
        ("elements",), elements=Many(element(frozenset({"image", "plain_text", "mrkdwn"})), 10)
    ),
    "context_actions": _block(
        ("elements",), elements=Many(element(frozenset({"feedback_buttons", "icon_button"})), 5)
    ),
    "input": _block(
        ("label", "element"),
        label=Text(2000, plain_only=True),
        hint=Text(2000, plain_only=True),
        element=element(MENUS | PICKERS | TYPED),
        dispatch_action=Flag(),
        optional=Flag(),
    ),
    "markdown": _block(("text",), text=Str(MARKDOWN_MOST, 1)),
    "rich_text": RICH_TEXT,
    "table": _block(
        ("rows",), rows=Many(Many(_CELL, 20), 100), column_settings=Many(_COLUMN, 20, 0, gaps=True)
    ),
    "data_table": _block(
        ("rows", "caption"),
        rows=Many(Many(_DATA_CELL, 20), 201, 2),
        caption=Str(least=1),
        page_size=Whole(1, 100),
        row_header_column_index=Whole(0, 19),
    ),
    "alert": _block(
        ("text",), text=Text(200), level=Str(one_of=("default", "info", "warning", "error", "success"))
    ),
    "video": _block(
        ("title", "video_url", "thumbnail_url", "alt_text"),
        # Slack says "less than" 200, 200 and 50 of these three.
        title=Text(199, plain_only=True),
        title_url=URL,
        video_url=URL,
        thumbnail_url=URL,
        alt_text=Str(2000, 1),
        description=Text(199, plain_only=True),
        author_name=Str(49),
        provider_name=Str(),
        provider_icon_url=URL,
    ),
    "file": _block(("external_id", "source"), external_id=Str(255, 1), source=Str(one_of=("remote",))),
    "card": _block(
        any_of=("hero_image", "title", "actions", "body"),
        hero_image=IMAGE,
        icon=IMAGE,
        title=Text(150),
        subtitle=Text(150),
        body=Text(200),
        actions=Many(element(PRESSED), 3),
    ),
    "task_card": _TASK,
    "plan": _block(
        ("title",),
        title=Str(3000, 1),
        tasks=Many(Among("block", {"task_card": _TASK}, frozenset({"task_card"}), "task_card"), 50, 0),
    ),
    "data_visualization": _block(
        ("title", "chart"), title=Str(50, 1), chart=Among("chart", CHARTS, frozenset(CHARTS))
    ),
    "call": _block(("call_id",), call_id=Str(least=1), api_decoration_available=Flag(), call=Anything()),
    "auth_provider": _block(
        ("value", "name", "is_connected"),
        value=Str(150, 1),
        name=Text(75, plain_only=True),
        is_connected=Flag(),
        description=Text(150, plain_only=True),
        connected_identity=Text(75, plain_only=True),
        connected_context=Text(75, plain_only=True),
        icon_url=URL,
        auth_url=URL,
        disconnect_url=URL,
        fallback=Anything(),
        accessory=element(frozenset({"overflow"})),
    ),
}

_INSIDE_CONTAINER = frozenset(_PLAIN_BLOCKS) - {"input", "task_card", "plan", "file"}
BLOCKS: Mapping[str, Shape] = {
    **_PLAIN_BLOCKS,
    "carousel": _block(
        ("elements",),
        elements=Many(Among("block", {"card": _PLAIN_BLOCKS["card"]}, frozenset({"card"})), 10),
    ),
    "container": _block(
        ("child_blocks",),
        any_of=("title", "rich_text_title"),
        child_blocks=Many(Among("block", _PLAIN_BLOCKS, _INSIDE_CONTAINER), 10),
        title=Text(150, plain_only=True),
        rich_text_title=_RICH,
        subtitle=Text(150),
        icon=IMAGE,
        width=Str(one_of=("narrow", "standard", "wide", "full")),
        is_collapsible=Flag(),
        default_collapsed=Flag(),
        has_header_divider=Flag(),
    ),
}

EVERYWHERE = frozenset(
    {"section", "divider", "header", "image", "actions", "context", "input", "rich_text", "video"}
)
IN_MESSAGES = frozenset(BLOCKS)
IN_MODALS = EVERYWHERE | {"alert"}
IN_HOME = EVERYWHERE

_TITLE = Text(24, plain_only=True)
VIEW_FIELDS: Mapping[str, Rule] = {
    "type": Str(one_of=("modal", "home")),
    "callback_id": Str(255),
    "external_id": Str(255),
    "private_metadata": Str(3000),
    "blocks": Anything(),
}
MODAL = Shape(
    {
        **VIEW_FIELDS,
        "title": _TITLE,
        "submit": _TITLE,
        "close": _TITLE,
        "clear_on_close": Flag(),
        "notify_on_close": Flag(),
        "submit_disabled": Flag(),
    },
    needs=("title", "blocks"),
)
HOME = Shape(VIEW_FIELDS, needs=("blocks",))
VIEW_BYTES = 250_000
