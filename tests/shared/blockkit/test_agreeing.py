"""Whatever the SDK's own models refuse of blocks, ours refuses as well."""

import logging
from typing import Any

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from shared.blockkit import Surface, validate_blocks, validate_view
from shared.blockkit.blocks import BLOCKS, HOME, MODAL
from shared.blockkit.shapes import Among, Flag, Many, Number, Rule, Shape, Str, Text, Whole

Json = dict[str, Any]
# Beyond this, lists and texts only cost time.
_LONG = 12_001


def _length(least: int, most: int | None) -> st.SearchStrategy[int]:
    """Lengths within the limits, at them, and just beyond."""
    top = min(most if most is not None else 40, _LONG)
    return st.sampled_from(sorted({least, min(least + 1, top), top, top + 1, max(0, least - 1)}))


def words(least: int, most: int | None) -> st.SearchStrategy[str]:
    return _length(least, most).map(lambda length: "x" * length)


def value(rule: Rule, depth: int = 0) -> st.SearchStrategy[Any]:
    """Values for *rule*: most fit, some are too long, too many or too few."""
    match rule:
        case Str(one_of=(_, *_)):
            return st.sampled_from(rule.one_of)
        case Str(form=str(form)) if form:
            return st.sampled_from(["", "2026-06-01", "11:40", "1 June"])
        case Str():
            return words(rule.least, rule.most)
        case Text():
            kinds = ["plain_text"] if rule.plain_only else ["plain_text", "mrkdwn"]
            return st.builds(
                lambda kind, text: {"type": kind, "text": text}, st.sampled_from(kinds), words(1, rule.most)
            )
        case Flag():
            return st.booleans()
        case Whole():
            return st.integers(rule.least or 0, rule.most or 10)
        case Number():
            return st.integers(-5, 5)
        case Many():
            size = _length(rule.least, min(rule.most, 30) if depth else rule.most)
            return size.flatmap(lambda count: value(rule.of, depth + 1).map(lambda item: [item] * count))
        case Shape():
            return shape(rule, depth)
        case Among():
            return st.sampled_from(sorted(rule.allowed)).flatmap(
                lambda kind: shape(rule.shapes[kind], depth + 1).map(lambda made: {**made, "type": kind})
            )
    return st.just({})


def shape(rule: Shape, depth: int) -> st.SearchStrategy[Json]:
    names = [name for name in rule.fields if name != "type"]
    wanted = {*rule.needs, *rule.any_of[:1], *rule.one_of[:1]}
    optional = {name: value(rule.fields[name], depth + 1) for name in names if name not in wanted}
    needed = {name: value(rule.fields[name], depth + 1) for name in names if name in wanted}
    if depth > 3:
        return st.fixed_dictionaries(needed)
    return st.fixed_dictionaries(needed, optional=optional)


def refused_by_the_sdk(block: Json) -> bool:
    try:
        parsed = Block.parse(block)
        if parsed is not None:
            parsed.to_dict()
    except SlackObjectFormationError:
        return True
    return False


def view_refused_by_the_sdk(view: Json) -> bool:
    try:
        View(**view).to_dict()
    except SlackObjectFormationError:
        return True
    return False


@pytest.mark.parametrize(("kind", "fields"), [("modal", MODAL), ("home", HOME)])
def test_views_that_the_sdk_refuses_are_refused(kind: str, fields: Shape) -> None:
    blocks = _length(0, 100).map(lambda count: [{"type": "divider"}] * count)

    @settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
    @given(shape(fields, 0), blocks)
    def agree(made: Json, standing: list[Json]) -> None:
        view = {**made, "type": kind, "blocks": standing}
        if view_refused_by_the_sdk(view):
            assert validate_view(view) != []

    agree()


@pytest.fixture(autouse=True)
def _quiet(caplog: pytest.LogCaptureFixture) -> None:
    """The SDK warns of whatever it does not know; that is not what is asked here."""
    caplog.set_level(logging.CRITICAL)


@pytest.mark.parametrize("kind", sorted(BLOCKS))
def test_what_the_sdk_refuses_is_refused(kind: str) -> None:
    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(shape(BLOCKS[kind], 0))
    def agree(made: Json) -> None:
        block = {**made, "type": kind}
        refused = refused_by_the_sdk(block)
        event(f"refused: {refused}")
        if refused:
            assert validate_blocks(Surface.MESSAGE, [block]) != []

    agree()
