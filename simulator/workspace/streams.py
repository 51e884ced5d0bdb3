"""Messages that are being written before people's eyes, piece by piece."""

from dataclasses import dataclass, replace

from simulator.wire import Json


@dataclass(frozen=True)
class Stream:
    """What has been written so far: text, tasks and blocks in the order in which they came.

    With *mode* "plan" all tasks stand together where the first one stood, under *title*.
    """

    mode: str = "timeline"
    title: str = ""
    parts: tuple[Json, ...] = ()
    stopped_by_user: bool = False

    def grown(self, chunks: list[Json]) -> "Stream":
        """Add *chunks*: text grows at its end, a task that is known changes in its place."""
        stream = self
        for chunk in chunks:
            match chunk["type"]:
                case "markdown_text":
                    stream = stream._written(chunk["text"])
                case "task_update":
                    stream = stream._worked(_card(chunk))
                case "plan_update":
                    stream = replace(stream, title=chunk["title"])
                case _:
                    stream = replace(stream, parts=(*stream.parts, *chunk["blocks"]))
        return stream

    def _written(self, text: str) -> "Stream":
        *before, last = self.parts or ({"type": "markdown", "text": ""},)
        if last["type"] != "markdown":
            before, last = [*before, last], {"type": "markdown", "text": ""}
        return replace(self, parts=(*before, {**last, "text": last["text"] + text}))

    def _worked(self, card: Json) -> "Stream":
        known = any(part.get("task_id") == card["task_id"] for part in self.parts)
        if not known:
            return replace(self, parts=(*self.parts, card))
        return replace(
            self,
            parts=tuple(
                {**part, **card} if part.get("task_id") == card["task_id"] else part for part in self.parts
            ),
        )

    @property
    def text(self) -> str:
        return "".join(part["text"] for part in self.parts if part["type"] == "markdown")

    @property
    def blocks(self) -> list[Json]:
        if self.mode != "plan":
            return list(self.parts)
        tasks = [part for part in self.parts if part["type"] == "task_card"]
        plan: Json = {"type": "plan", "title": self.title or "…", "tasks": tasks}
        shown: list[Json] = []
        for part in self.parts:
            if part["type"] != "task_card":
                shown.append(part)
            elif plan not in shown:
                shown.append(plan)
        return shown


def _card(chunk: Json) -> Json:
    """Write a task as the block that shows it."""
    card: Json = {"type": "task_card", "task_id": chunk["id"]}
    card |= {name: chunk[name] for name in ("title", "status", "sources") if chunk.get(name)}
    for name in ("details", "output"):
        if chunk.get(name):
            section = {"type": "rich_text_section", "elements": [{"type": "text", "text": chunk[name]}]}
            card[name] = {"type": "rich_text", "elements": [section]}
    return card
