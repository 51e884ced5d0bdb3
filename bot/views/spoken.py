"""Messages whose text says all that their blocks show, for notifications and for whoever listens to them."""

from collections.abc import Iterable, Mapping
from typing import Any

from bot.sender import Said
from bot.views.text import Block, plain
from bot.words import say
from shared.contracts.base import Language


def message(language: Language, *blocks: Block) -> Said:
    """A message of *blocks*, and in words everything that stands in them."""
    return Said(spoken(blocks, language), list(blocks))


def spoken(blocks: Iterable[Mapping[str, Any]], language: Language) -> str:
    """All that *blocks* say, and what can be pressed or chosen in them."""
    lines: list[str] = []
    for block in blocks:
        lines += _texts(block)
        lines += _elements(block, language)
    return "\n".join(line for line in lines if line)


def _texts(block: Mapping[str, Any]) -> Iterable[str]:
    if block["type"] in ("section", "header"):
        yield _markup(block["text"])
    if block["type"] == "context":
        yield from (_markup(element) for element in block["elements"])


def _markup(text: Mapping[str, Any]) -> str:
    """A text object as light markup: what was plain in its block must not begin to mean something."""
    return str(text["text"]) if text["type"] == "mrkdwn" else plain(str(text["text"]), 3000)


def _elements(block: Mapping[str, Any], language: Language) -> Iterable[str]:
    inside = [block["accessory"]] if "accessory" in block else []
    if block["type"] in ("actions", "context_actions"):
        inside += block["elements"]
    pressed = [name for element in inside for name in _names(element)]
    if pressed:
        yield say("common.can_press", language, buttons=", ".join(pressed))
    for element in inside:
        if element["type"].endswith("_select"):
            yield say("common.can_choose", language, menu=_markup(element["placeholder"]))


def _names(element: Mapping[str, Any]) -> Iterable[str]:
    match element["type"]:
        case "button":
            yield _markup(element["text"])
        case "feedback_buttons":
            yield _markup(element["positive_button"]["text"])
            yield _markup(element["negative_button"]["text"])
