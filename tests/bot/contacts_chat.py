"""What a person does in chat with contact persons, and what they see of it."""

from simulator.wire import Json
from tests.bot.conftest import Scene


async def opened(scene: Scene, user: str = "U0MAIJA", text: str = "yhteyshenkilöt") -> Json:
    await scene.slack.act(user, "command", command="/kanta", text=text)
    return await scene.slack.wait_for_view(user, lambda view: view["callback_id"] == "contacts.list")


async def shown(scene: Scene, containing: str, user: str = "U0MAIJA") -> Json:
    return await scene.slack.wait_for_view(user, lambda view: containing in str(view["blocks"]))


async def press(
    scene: Scene, view: Json, action: str, *, about: str = "", user: str = "U0MAIJA", value: str | None = None
) -> Json:
    """Press *action*, in the block whose button carries *about*."""
    block = next(
        block["block_id"]
        for block in view["blocks"]
        for element in block.get("elements", [])
        if element.get("action_id") == action and about in str(element.get("value", ""))
    )
    container = {"type": "view", "view_id": view["id"]}
    return await scene.slack.act(
        user, "press", container=container, block_id=block, action_id=action, value=value
    )


def form(view: Json, name: str) -> bool:
    return bool(view["callback_id"] == name)


async def form_of(scene: Scene, name: str) -> Json:
    return await scene.slack.wait_for_view("U0MAIJA", lambda view: form(view, name))


def typed(**fields: str) -> Json:
    return {name: {name: {"type": "plain_text_input", "value": value}} for name, value in fields.items()}


def chosen(block: str, value: str) -> Json:
    option = {"value": value, "text": {"type": "plain_text", "text": "x"}}
    return {block: {block: {"type": "static_select", "selected_option": option}}}


def filled(**fields: str) -> Json:
    usual = {"name": "Tekla Tukihenkilö", "email": "tekla@clinic.example", "phone": "+358 40 123 4567"}
    return typed(**(usual | fields)) | chosen("duty", "technical") | chosen("language", "fi")


def words(view: Json) -> str:
    return str(view["blocks"])
