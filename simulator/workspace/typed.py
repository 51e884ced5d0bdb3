"""What a person typed, as Slack keeps it beside the bare text: rich text, and the id their client gave."""

import re
import uuid
from collections.abc import Iterator
from html import unescape

from simulator.wire import Json
from simulator.workspace.ids import shared_id

_MARK = re.compile(r"<([@#!])([^<>|]+)(?:\|[^<>]*)?>")
_BROADCASTS = ("here", "channel", "everyone")


def typed(channel: str, ts: str, text: str) -> Json:
    """Write the fields that a message of a person has and one of an app lacks; the same each time."""
    block_id = shared_id("b", channel, ts)
    section: Json = {"type": "rich_text_section", "elements": list(_parts(text))}
    return {
        "client_msg_id": str(uuid.uuid5(uuid.NAMESPACE_OID, f"{channel}/{ts}")),
        "blocks": [{"type": "rich_text", "block_id": block_id, "elements": [section]}],
    }


def _parts(text: str) -> Iterator[Json]:
    end = 0
    for found in _MARK.finditer(text):
        marked = _marked(found[1], found[2])
        if marked is None:
            continue
        if found.start() > end:
            yield {"type": "text", "text": unescape(text[end : found.start()])}
        yield marked
        end = found.end()
    if end < len(text):
        yield {"type": "text", "text": unescape(text[end:])}


def _marked(sign: str, name: str) -> Json | None:
    match sign:
        case "@":
            return {"type": "user", "user_id": name}
        case "#":
            return {"type": "channel", "channel_id": name}
        case _ if name in _BROADCASTS:
            return {"type": "broadcast", "range": name}
        case _:
            return None
