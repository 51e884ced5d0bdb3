"""More than fits on one page: whole items, each under its heading on every page where it goes on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.views.text import Block, Blocks, actions, button, context
from bot.words import say
from shared.contracts.base import Language

ROOM = 90  # A Home tab holds a hundred blocks; the foot needs some of them.


@dataclass(frozen=True, slots=True)
class Item:
    """Blocks that belong together, under a heading that is theirs and their neighbours'."""

    heading: Sequence[Block]
    blocks: Sequence[Block]


def paged(items: Iterable[Item], room: int = ROOM) -> list[Blocks]:
    """Pages of whole items; there is always one."""
    pages: list[Blocks] = [[]]
    above: Sequence[Block] | None = None
    for item in items:
        heading = [] if item.heading is above else list(item.heading)
        if pages[-1] and len(pages[-1]) + len(heading) + len(item.blocks) > room:
            pages.append([])
            heading = list(item.heading)
        pages[-1] += [*heading, *item.blocks]
        above = item.heading
    return pages


def turning(page: int, pages: int, language: Language) -> Blocks:
    """Where one is, and the ways on."""
    if pages < 2:
        return []
    buttons = []
    if page > 0:
        buttons.append(button(say("home.earlier_button", language), "home.earlier", str(page - 1)))
    if page < pages - 1:
        buttons.append(button(say("home.later_button", language), "home.later", str(page + 1)))
    return [context(say("home.page", language, page=page + 1, pages=pages)), actions(*buttons)]


def with_one_primary(blocks: Iterable[Block]) -> Blocks:
    """*blocks*, of whose buttons only the first that stands out still does: that is the next step."""
    seen = False
    shown: Blocks = []
    for block in blocks:
        elements = []
        for element in block.get("elements", []):
            if element.get("style") == "primary" and seen:
                element = {name: value for name, value in element.items() if name != "style"}
            seen = seen or element.get("style") == "primary"
            elements.append(element)
        shown.append({**block, "elements": elements} if elements else block)
    return shown
