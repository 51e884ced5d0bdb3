"""What people saw, written down so that two apps can be compared: no timestamps, no made-up ids."""

from collections.abc import Iterator

from simulator.running import Simulator
from simulator.wire import Json
from simulator.workspace.messages import Message

PEOPLE = ("U0AINO", "U0BERTIL", "U0CELIA")


def text_of(thing: object) -> str:
    return str(thing.get("text", "")) if isinstance(thing, dict) else str(thing or "")


def block_line(block: Json, values: Json) -> str:
    """One block, with what stands in its fields."""
    words = [text_of(block.get("text")), text_of(block.get("label"))]
    inside = [block.get("accessory"), block.get("element"), *block.get("elements", [])]
    for element in inside:
        if not isinstance(element, dict):
            continue
        typed = values.get(block.get("block_id", ""), {}).get(element.get("action_id"), {})
        state = [
            each["value"] if isinstance(each, dict) else str(each)
            for key, each in typed.items()
            if key != "type" and each
        ]
        words.append(" ".join([str(element["type"]), text_of(element.get("text")), *state]).strip())
    shown = "; ".join(word.replace("\n", " / ") for word in words if word)
    return f"{block['type']}: {shown}" if shown else str(block["type"])


def view_lines(view: Json) -> list[str]:
    title = text_of(view.get("title")) or str(view["type"])
    return [title, *(f"  {block_line(block, view['state']['values'])}" for block in view["blocks"])]


def message_line(simulator: Simulator, message: Message, number: dict[str, int]) -> str:
    who = simulator.stage.people.everybody[message.user].name
    marks = []
    if message.only_for:
        marks.append(f"only for {simulator.stage.people.everybody[message.only_for].name}")
    if message.is_reply:
        marks.append(f"in the thread of {number[message.thread_ts or '']}")
    if message.edited_ts:
        marks.append("edited")
    shown = message.as_slack(simulator.stage.workspace)
    marks += [f":{each['name']}: {each['count']}" for each in shown.get("reactions", [])]
    marks += [f"file {each['title']} {each['mimetype']} {each['size']}" for each in shown.get("files", [])]
    said = "; ".join([f"{who}: {message.text}", *marks])
    blocks = [f"    {block_line(block, {})}" for block in message.blocks or []]
    return "\n".join([f"  {number[message.ts]}. {said}", *blocks])


def rooms(simulator: Simulator) -> Iterator[str]:
    """Every room, with all that was said in it."""
    stage = simulator.stage
    names = {simulator.dm(user): f"messages of {stage.people.known(user).name}" for user in PEOPLE}
    for room in sorted(stage.rooms.rooms.values(), key=lambda each: names.get(each.id) or each.shown_name):
        said = simulator.messages(room.id)
        if said:
            people = sorted(stage.people.everybody[member].name for member in room.members)
            yield names.get(room.id) or (f"group of {', '.join(people)}" if room.is_mpim else f"#{room.name}")
            number = {message.ts: place for place, message in enumerate(said, start=1)}
            yield from (message_line(simulator, message, number) for message in said)
