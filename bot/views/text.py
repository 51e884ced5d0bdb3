"""Words from people and registers, made safe to show; and the small parts that views are made of."""

import unicodedata
from collections.abc import Sequence
from typing import Any

import regex

Block = dict[str, Any]
Blocks = list[Block]

LONGEST = 600  # A section holds 3,000 characters, and escaping makes one character up to five.

# What nobody sees, or what turns the writing around: controls, formats, fillers, blank patterns.
UNSEEN = regex.compile(r"[[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]--[\n\t]]", regex.VERSION1)
# More marks on one letter than any language has: they climb over the lines above and below.
TOWERS = regex.compile(r"(\p{M}{4})\p{M}+")
SEEN = regex.compile(r"\X")
# An entity, a mention or a link that was begun and is not ended.
BROKEN = regex.compile(r"(?:&[a-z]{0,3}|<[^>]*)\Z")


def bare(words: str, limit: int = LONGEST) -> str:
    """*words* for plain text: nothing invisible, nothing that turns the writing around, never too long."""
    return _short(TOWERS.sub(r"\1", UNSEEN.sub("", unicodedata.normalize("NFC", words))), limit)


def plain(words: str, limit: int = LONGEST) -> str:
    """*words* for light markup: no mentions and no links of their own."""
    return bare(words, limit).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def cut(text: str, limit: int) -> str:
    """Light markup that is too long, cut where nothing is torn apart."""
    if size(text) <= limit:
        return text
    return f"{BROKEN.sub('', _short(text, limit)[:-1])}…"


def size(text: str) -> int:
    """The length of *text* as Slack's clients count it: a character beyond the first plane is two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _short(text: str, limit: int) -> str:
    """*text*, or as many whole characters, as a reader sees them, as *limit* has room for."""
    if size(text) <= limit:
        return text
    kept, room = [], limit - 1
    for character in SEEN.findall(text):
        room -= size(character)
        if room < 0:
            break
        kept.append(character)
    return f"{''.join(kept)}…"


def header(text: str) -> Block:
    return {"type": "header", "text": plain_text(text, 150)}


def section(text: str, *, block_id: str | None = None, accessory: Block | None = None) -> Block:
    block: Block = {"type": "section", "text": {"type": "mrkdwn", "text": cut(text, 3000)}}
    if block_id:
        block["block_id"] = block_id
    if accessory:
        block["accessory"] = accessory
    return block


def context(text: str) -> Block:
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": cut(text, 3000)}]}


def divider() -> Block:
    return {"type": "divider"}


def actions(*elements: Block, block_id: str | None = None) -> Block:
    block: Block = {"type": "actions", "elements": list(elements)}
    if block_id:
        block["block_id"] = block_id
    return block


def button(
    text: str,
    action: str,
    value: str = "-",
    *,
    style: str | None = None,
    url: str | None = None,
    confirm: Block | None = None,
    label: str = "",
) -> Block:
    """A button; *label* is read aloud in the place of a *text* that says too little by itself."""
    element: Block = {
        "type": "button",
        "text": plain_text(text, 75),
        "action_id": action,
        "value": value,
    }
    for name, given in (("style", style), ("url", url), ("confirm", confirm)):
        if given:
            element[name] = given
    if label and label != text:
        element["accessibility_label"] = bare(label, 75)
    return element


def asking(title: str, text: str, yes: str, no: str) -> Block:
    """The dialog that asks once more before something is undone that people rely on."""
    return {
        "title": plain_text(title, 100),
        "text": plain_text(text, 300),
        "confirm": plain_text(yes, 30),
        "deny": plain_text(no, 30),
        "style": "danger",
    }


def option(text: str, value: str) -> Block:
    return {"text": plain_text(text, 75), "value": value}


def select(action: str, options: Sequence[Block], *, placeholder: str, initial: Block | None = None) -> Block:
    element: Block = {
        "type": "static_select",
        "action_id": action,
        "options": list(options[:100]),
        "placeholder": plain_text(placeholder, 150),
    }
    if initial:
        element["initial_option"] = initial
    return element


def search(action: str, *, placeholder: str, initial: Block | None = None) -> Block:
    """A menu that asks us for its options, from the first letter and before it."""
    element: Block = {
        "type": "external_select",
        "action_id": action,
        "min_query_length": 0,
        "placeholder": plain_text(placeholder, 150),
    }
    if initial:
        element["initial_option"] = initial
    return element


def field(
    label: str,
    block_id: str,
    element: Block,
    *,
    hint: str = "",
    optional: bool = False,
    dispatch: bool = False,
) -> Block:
    """One question of a form; with *dispatch* we hear of the answer as soon as it is chosen."""
    block: Block = {
        "type": "input",
        "block_id": block_id,
        "label": plain_text(label, 2000),
        "element": element,
        "optional": optional,
    }
    if hint:
        block["hint"] = plain_text(hint, 2000)
    if dispatch:
        block["dispatch_action"] = True
    return block


def modal(
    title: str,
    blocks: Blocks,
    *,
    close: str,
    submit: str | None = None,
    form: str = "",
    about: str = "",
) -> Block:
    view: Block = {
        "type": "modal",
        "title": plain_text(title, 24),
        "close": plain_text(close, 24),
        "blocks": blocks,
    }
    if submit:
        view["submit"] = plain_text(submit, 24)
    if form:
        view["callback_id"] = form
    if about:
        view["private_metadata"] = about
    return view


def plain_text(text: str, limit: int) -> Block:
    return {"type": "plain_text", "text": bare(text, limit), "emoji": True}
