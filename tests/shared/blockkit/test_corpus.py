"""All in Slack's published shapes passes, and the table knows each kind and limit that the SDK knows."""

import inspect
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import pytest
from slack_sdk.models import views
from slack_sdk.models.blocks import basic_components, block_elements, blocks

from shared.blockkit import Surface, validate_blocks, validate_view
from shared.blockkit.blocks import BLOCKS, MODAL
from shared.blockkit.charts import CHARTS
from shared.blockkit.elements import CONFIRM, ELEMENTS, PLAIN_OPTION
from shared.blockkit.shapes import Many, Rule, Shape, Str, Text
from tests.shared.blockkit.cards import CARDS
from tests.shared.blockkit.corpus import MESSAGES as PLAIN_MESSAGES
from tests.shared.blockkit.forms import VIEWS

MESSAGES = PLAIN_MESSAGES | CARDS
# Limits that the SDK keeps under a name which is no field's: the rest of them is read by name.
_NO_FIELD = {("auth_provider", "url")}
# Where the SDK, as Slack's reference, asks for less than its own number.
_BELOW = {("video", "title"), ("video", "author_name")}


@pytest.mark.parametrize("name", MESSAGES)
def test_a_message_in_a_published_shape_passes(name: str) -> None:
    for block in MESSAGES[name]:
        assert validate_blocks(Surface.MESSAGE, [block]) == []


@pytest.mark.parametrize("name", VIEWS)
def test_a_view_in_a_published_shape_passes(name: str) -> None:
    assert validate_view(VIEWS[name]) == []


def kinds(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("type"), str):
            yield value["type"]
        for inside in value.values():
            yield from kinds(inside)
    elif isinstance(value, list):
        for inside in value:
            yield from kinds(inside)


def test_the_corpus_has_every_kind_of_block_element_and_chart() -> None:
    shown = {*kinds(list(MESSAGES.values())), *kinds(list(VIEWS.values()))}

    assert {*BLOCKS, *ELEMENTS, *CHARTS} - shown == set()


def models(module: ModuleType) -> Iterator[tuple[str, type]]:
    """The SDK's classes in *module* that stand for one kind each."""
    for _, found in inspect.getmembers(module, inspect.isclass):
        kind = getattr(found, "type", None)
        if found.__module__ == module.__name__ and isinstance(kind, str):
            yield kind, found


def test_every_block_that_the_sdk_models_is_in_the_table() -> None:
    assert {kind for kind, _ in models(blocks)} - set(BLOCKS) == set()


def test_every_element_that_the_sdk_models_is_in_the_table() -> None:
    rich = {"rich_text_section", "rich_text_list", "rich_text_preformatted", "rich_text_quote"}

    assert {kind for kind, _ in models(block_elements)} - set(ELEMENTS) - rich == set()


def limits(model: type) -> Iterator[tuple[str, int]]:
    for name, value in inspect.getmembers(model, lambda member: isinstance(member, int)):
        if name.endswith("_max_length"):
            yield name.removesuffix("_max_length"), value


def most(rule: Rule) -> int | None:
    return rule.most if isinstance(rule, Str | Text | Many) else None


def compared() -> Iterator[tuple[str, type, Shape]]:
    for kind, model in (*models(blocks), *models(block_elements)):
        shape = BLOCKS.get(kind) or ELEMENTS.get(kind)
        if shape is not None:
            yield kind, model, shape
    yield "confirm", basic_components.ConfirmObject, CONFIRM
    yield "modal", views.View, MODAL


def test_every_limit_that_the_sdk_publishes_is_ours() -> None:
    different = [
        (kind, field, limit, most(shape.fields[field]) if field in shape.fields else None)
        for kind, model, shape in compared()
        for field, limit in limits(model)
        if (kind, field) not in _NO_FIELD
        and (field in shape.fields or field not in ("action_id", "placeholder"))
        and not (kind == "modal" and field == "blocks")
        and most(shape.fields[field]) != limit - ((kind, field) in _BELOW)
    ]

    assert different == []


def test_options_and_views_have_the_sdks_limits() -> None:
    option, view = basic_components.Option, views.View

    assert most(PLAIN_OPTION.fields["text"]) == option.label_max_length
    assert most(PLAIN_OPTION.fields["value"]) == option.value_max_length
    assert validate_view({"type": "home", "blocks": [{"type": "divider"}] * view.blocks_max_length}) == []
    assert validate_view({"type": "home", "blocks": [{"type": "divider"}] * (view.blocks_max_length + 1)})
