"""Pressing and choosing: block_actions and block_suggestion, in a message, a modal or the Home tab."""

from dataclasses import dataclass

from shared.blockkit import Surface, validate_blocks
from simulator.delivery.envelope import Envelope
from simulator.delivery.payloads import action
from simulator.people.talking import room_of
from simulator.seed import User
from simulator.stage import Stage
from simulator.wire import Json, SlackError
from simulator.workspace.conversations import Conversation
from simulator.workspace.elements import STATEFUL, chosen, find, merged, state
from simulator.workspace.messages import Message
from simulator.workspace.views import View

QUERY_LEAST = 3


@dataclass(frozen=True)
class _Place:
    """Where the pressed element stands: in a message or in a view, of the app in *home*."""

    home: Stage
    blocks: list[Json]
    room: Conversation | None = None
    message: Message | None = None
    view: View | None = None

    def payload(self, kind: str, user: User, known: Json) -> Json:
        home = self.home
        payload = home.payloads.interaction(kind, home.people.known(user.id), home.triggers.issue(user.id))
        if self.view is not None:
            return payload | home.payloads.on_view(home.views.remember(self.view, known))
        if self.message is None or self.room is None:
            raise SlackError("message_not_found")
        url = home.response_url(user.id, self.room, self.message)
        body = payload | home.payloads.on_message(self.message, self.room, url)
        return body | {"state": {"values": state(self.blocks, known)}}


def view_of(stage: Stage, user: User, view_id: object) -> View:
    """Find a view that *user* has before them."""
    view = stage.views.find(view_id)
    if view.user != user.id:
        raise SlackError("not_found")
    return view


def _place(stage: Stage, user: User, container: object) -> _Place:
    match container:
        case {"type": "message", "channel": channel, "ts": ts}:
            room = room_of(stage, user, channel)
            message = stage.messages.find(room.id, ts, ephemeral=True)
            if message.only_for not in (None, user.id):
                raise SlackError("message_not_found")
            return _Place(stage.of_message(message), message.blocks or [], room=room, message=message)
        case {"type": "view", "view_id": view_id}:
            view = view_of(stage, user, view_id)
            return _Place(stage.of_view(view), view.blocks, view=view)
        case {"type": "home"} if user.id in stage.views.homes:
            view = stage.views.homes[user.id]
            return _Place(stage.of_view(view), view.blocks, view=view)
        case _:
            raise SlackError("not_found")


def _given(element: Json, value: object) -> Json:
    """Read what the page says was chosen; a bare value stands for the element's own key."""
    if isinstance(value, dict):
        return value
    key = STATEFUL.get(
        element["type"], ("selected_option" if element["type"] == "overflow" else "value", "")
    )[0]
    return {key: value}


async def press(stage: Stage, user: User, body: Json) -> Json:
    place = _place(stage, user, body.get("container"))
    found = find(place.blocks, body.get("block_id"), body.get("action_id"))
    if found is None:
        raise SlackError("no_such_element")
    block, element = found
    if block["type"] == "input" and not block.get("dispatch_action"):
        raise SlackError("not_dispatched")
    given = _given(element, body.get("value"))
    known = merged(place.view.known if place.view else {}, body.get("state"))
    if element["type"] in STATEFUL:
        pressed = {block["block_id"]: {element["action_id"]: chosen(element, given)}}
        known = merged(known, pressed)
    payload = place.payload("block_actions", user, known)
    payload["actions"] = [action(block, element, given, f"{stage.clock.now():.6f}")]
    answer = await stage.delivery.ask(
        Envelope("interactive", payload, f"block_actions {element['action_id']}")
    )
    if not answer.arrived:
        stage.notice(user.id, "no_answer")
        raise SlackError("app_did_not_answer")
    return {}


async def suggest(stage: Stage, user: User, body: Json) -> Json:
    place = _place(stage, user, body.get("container"))
    found = find(place.blocks, body.get("block_id"), body.get("action_id"))
    if found is None or not str(found[1]["type"]).endswith("external_select"):
        raise SlackError("no_such_element")
    block, element = found
    query = str(body.get("query") or "")
    if len(query) < element.get("min_query_length", QUERY_LEAST):
        return {"options": []}
    known = merged(place.view.known if place.view else {}, body.get("state"))
    payload = place.payload("block_suggestion", user, known)
    payload |= {"action_id": element["action_id"], "block_id": block["block_id"], "value": query}
    for name in ("trigger_id", "response_url", "state"):
        payload.pop(name, None)
    answer = await stage.delivery.ask(
        Envelope("interactive", payload, f"block_suggestion {element['action_id']}", accepts=True)
    )
    if not answer.arrived:
        stage.notice(user.id, "no_answer")
        raise SlackError("app_did_not_answer")
    return _suggested(stage, user, answer.body)


def _suggested(stage: Stage, user: User, body: Json) -> Json:
    """Check suggestions as the options of a menu are checked; none at all is fine."""
    name = "option_groups" if "option_groups" in body else "options"
    given = body.get(name, [])
    if given:
        menu = {"type": "static_select", "action_id": "a", name: given}
        errors = validate_blocks(Surface.MESSAGE, [{"type": "actions", "elements": [menu]}])
        if errors:
            stage.notice(user.id, "bad_answer")
            raise SlackError("bad_answer", reason=[error.as_json() for error in errors])
    return {name: given}
