"""What people do in chat, and what they see of it, in the words of tests."""

from simulator.wire import Json
from simulator.workspace.messages import Message
from tests.bot.conftest import Scene, actions_in, said
from tests.support.patience import PATIENCE


async def type_in(scene: Scene, user: str, text: str, channel: str | None = None) -> Json:
    return await scene.slack.act(user, "command", command="/kanta", text=text, channel=channel)


async def only_for(scene: Scene, user: str, containing: str, target: str | None = None) -> Message:
    """What only *user* sees, in *target* or in their messages with the app, with *containing* in it."""
    return await scene.slack.wait_for_message(
        target or user, lambda message: message.only_for == user and containing in said(message), PATIENCE
    )


async def modal(scene: Scene, user: str, containing: str) -> Json:
    """The modal before *user*, once it holds *containing*."""
    return await scene.slack.wait_for_view(
        user, lambda view: containing in f"{view['title']} {view['blocks']}", PATIENCE
    )


async def press_in(scene: Scene, user: str, view: Json, action: str, value: object = None) -> Json:
    block = next(block for block in view["blocks"] if action in actions_in([block]))
    container = {"type": "view", "view_id": view["id"]}
    return await scene.slack.act(
        user, "press", container=container, block_id=block["block_id"], action_id=action, value=value
    )


async def menu_of(scene: Scene, user: str, view: Json, action: str, query: str = "") -> list[Json]:
    """The option groups that a menu of *view* offers for what is typed into it."""
    block = next(block for block in view["blocks"] if action in actions_in([block]))
    container = {"type": "view", "view_id": view["id"]}
    found = await scene.slack.act(
        user, "suggest", container=container, block_id=block["block_id"], action_id=action, query=query
    )
    groups: list[Json] = found["option_groups"]
    return groups


def names(groups: list[Json]) -> dict[str, list[str]]:
    """Groups by label, and what stands in each."""
    return {
        group["label"]["text"]: [option["text"]["text"] for option in group["options"]] for group in groups
    }


def option(value: object, text: str = "x") -> Json:
    return {"value": str(value), "text": {"type": "plain_text", "text": text}}


def words(view: Json) -> str:
    return str(view["blocks"])


def button_texts(blocks: list[Json] | None) -> list[str]:
    return [
        element["text"]["text"]
        for block in blocks or []
        for element in block.get("elements", [])
        if element["type"] == "button"
    ]
