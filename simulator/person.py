"""One person of a workspace, for tests: acts as at the page, and fails where a person would be stuck."""

from collections.abc import Callable
from dataclasses import dataclass

from simulator.running import Simulator
from simulator.timing import PATIENCE
from simulator.wire import Json
from simulator.workspace.elements import STATEFUL, elements
from simulator.workspace.messages import Message

# A message, a modal or Home tab as `wait_for_view` and `wait_for_home` give it.
Place = Message | Json


class Refused(AssertionError):
    """The workspace or the app did not let a person do what they tried; *answer* is what the page is told."""

    def __init__(self, act: str, answer: Json) -> None:
        super().__init__(f"{act}: {answer}")
        self.answer = answer

    @property
    def code(self) -> str:
        return str(self.answer["error"])

    @property
    def errors(self) -> dict[str, str]:
        """What stands beside the fields of a modal, by block."""
        errors: dict[str, str] = self.answer.get("errors", {})
        return errors


@dataclass(frozen=True)
class Person:
    """
    One person at one workspace.

    Every act raises Refused unless all went well: the app was there, answered in time, and its answer could
    be shown.
    """

    workspace: Simulator
    id: str

    @property
    def direct(self) -> str:
        """The direct message between this person and the app."""
        return self.workspace.dm(self.id)

    async def act(self, act: str, /, **body: object) -> Json:
        """Do anything that the page can do, in the page's words."""
        given = {name: value for name, value in body.items() if value is not None}
        answer = await self.workspace.act(self.id, act, **given)
        if not answer["ok"]:
            raise Refused(act, answer)
        return answer

    async def say(self, text: str, channel: str | None = None, thread_ts: str | None = None) -> Json:
        """Write in a channel, or to the app directly; the answer names the `channel` and the `ts`."""
        return await self.act("say", text=text, channel=channel, thread_ts=thread_ts)

    async def command(self, command: str, text: str = "", channel: str | None = None) -> None:
        """Type a slash command in a channel, or in the direct message with the app."""
        await self.act("command", command=command, text=text, channel=channel)

    async def press(self, where: Place, action_id: str, value: object = None) -> None:
        """Press a button, or choose *value* in a menu or a picker that is not part of a form."""
        block, element = _found(where, action_id)
        await self.act(
            "press",
            container=_container(where),
            block_id=block["block_id"],
            action_id=element["action_id"],
            value=value,
        )

    async def suggest(self, where: Place, action_id: str, query: str = "") -> list[Json]:
        """Type *query* into a menu that asks the app; the options that it offers."""
        block, element = _found(where, action_id)
        answer = await self.act(
            "suggest",
            container=_container(where),
            block_id=block["block_id"],
            action_id=element["action_id"],
            query=query,
        )
        grouped = [option for group in answer.get("option_groups", []) for option in group["options"]]
        return list(answer.get("options", [])) + grouped

    async def submit(self, view: Json, **fields: object) -> None:
        """
        Fill in the fields of a modal, by block or action id, and send it.

        A field takes the text, the date, or the chosen option's value. Raises Refused with *errors* when the
        app, or the modal itself, is not content.
        """
        state: Json = {}
        for name, value in fields.items():
            block, element = _field(view, name)
            key, _ = STATEFUL[element["type"]]
            state.setdefault(block["block_id"], {})[element["action_id"]] = {key: value}
        await self.act("submit", view_id=view["id"], state=state)

    async def close(self, view: Json, *, all_of_them: bool = False) -> None:
        await self.act("close", view_id=view["id"], all=all_of_them)

    async def home(self, predicate: Callable[[Json], bool] = lambda _: True) -> Json:
        """Open the Home tab, and wait until it is one of which *predicate* is true."""
        await self.act("home")
        return await self.workspace.wait_for_home(self.id, predicate, PATIENCE)

    async def messages_tab(self) -> None:
        await self.act("messages_tab")

    async def shortcut(self, callback_id: str, message: Message | None = None) -> None:
        """Use a global shortcut, or one for *message*."""
        channel, ts = (message.channel, message.ts) if message else (None, None)
        await self.act("shortcut", callback_id=callback_id, channel=channel, ts=ts)

    async def react(self, message: Message, name: str) -> None:
        """Put a reaction under a message, or take one's own away again."""
        await self.act("react", channel=message.channel, ts=message.ts, name=name)

    async def message(
        self,
        words: str = "",
        channel: str | None = None,
        timeout: float = PATIENCE,  # noqa: ASYNC109 - as callers know it
    ) -> Message:
        """Wait for the newest message with *words*, in a channel or from the app directly."""
        target = channel or self.direct
        return await self.workspace.wait_for_message(target, lambda each: words in each.text, timeout)

    async def view(
        self,
        words: str = "",
        timeout: float = PATIENCE,  # noqa: ASYNC109 - likewise
    ) -> Json:
        """Wait for a modal on top that has *words* anywhere in it."""
        return await self.workspace.wait_for_view(self.id, lambda each: words in str(each), timeout)


def _container(where: Place) -> Json:
    if isinstance(where, Message):
        return {"type": "message", "channel": where.channel, "ts": where.ts}
    return {"type": "home"} if where["type"] == "home" else {"type": "view", "view_id": where["id"]}


def _blocks(where: Place) -> list[Json]:
    return where.blocks or [] if isinstance(where, Message) else list(where["blocks"])


def _found(where: Place, action_id: str) -> tuple[Json, Json]:
    for block, element in elements(_blocks(where)):
        if element.get("action_id") == action_id:
            return block, element
    raise LookupError(f"there is no {action_id} here")


def _field(view: Json, name: str) -> tuple[Json, Json]:
    for block, element in elements(_blocks(view)):
        if name in (block.get("block_id"), element.get("action_id")) and element["type"] in STATEFUL:
            return block, element
    raise LookupError(f"the modal has no field {name}")
