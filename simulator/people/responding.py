"""How an app answers one act: in the ack of a command, or at its response address."""

from aiohttp import web

from simulator.api.blocks import checked_blocks
from simulator.stage import Stage
from simulator.wire import Json, SlackError
from simulator.workspace.elements import with_ids
from simulator.workspace.messages import Message
from simulator.workspace.tickets import ResponseUrl


def show_answer(stage: Stage, address: ResponseUrl, body: Json) -> None:
    """Put the app's answer where the act was: for one pair of eyes unless it says `in_channel`.

    Raises: no_text, invalid_blocks.
    """
    original = _original(stage, address)
    if body.get("delete_original") is True and original is not None:
        stage.remove(original)
        return
    blocks = checked_blocks(body.get("blocks"))
    text = str(body.get("text") or "")
    if not text and not blocks and not body.get("attachments"):
        raise SlackError("no_text")
    named = with_ids(blocks) if blocks else None
    if body.get("replace_original") is True and original is not None:
        stage.change(original, text, named)
        return
    thread = body.get("thread_ts") or address.thread_ts
    only_for = None if body.get("response_type") == "in_channel" else address.user
    room = stage.rooms.known(address.channel)
    stage.post_as_app(room, text, named, thread_ts=thread, only_for=only_for)


def _original(stage: Stage, address: ResponseUrl) -> Message | None:
    if address.message_ts is None:
        return None
    try:
        return stage.messages.find(address.channel, address.message_ts, ephemeral=True)
    except SlackError:
        return None


async def respond(stage: Stage, request: web.Request) -> web.Response:
    """Serve a response address."""
    try:
        address = stage.response_urls.use(request.match_info["secret"])
    except SlackError as refusal:
        return web.json_response(refusal.as_json(), status=404)
    answer: Json = {"ok": True}
    body: object = None
    try:
        body = await request.json()
        if not isinstance(body, dict):
            raise SlackError("invalid_payload")
        show_answer(stage, address, body)
    except ValueError:
        answer = SlackError("invalid_payload").as_json()
    except SlackError as refusal:
        answer = refusal.as_json()
    seen = {"arguments": body, "answer": answer}
    stage.feed.publish({"type": "wire", "direction": "api", "kind": "response_url", "body": seen})
    return web.Response(text="ok") if answer["ok"] else web.json_response(answer, status=400)
