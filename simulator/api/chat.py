"""What the app says: chat.* and reactions.*."""

from dataclasses import replace

from simulator.api.arguments import Arguments
from simulator.api.blocks import checked_blocks
from simulator.api.conversations import visible
from simulator.api.method import Method, Methods
from simulator.stage import Stage
from simulator.wire import Json, SlackError
from simulator.workspace.conversations import Conversation
from simulator.workspace.elements import with_ids
from simulator.workspace.messages import Message

POST_MOST = 40_000
UPDATE_MOST = 4_000
_SCOPE = ("chat:write",)


def _addressed(stage: Stage, args: Arguments) -> Conversation:
    """Find where to say it: a room, its name, or a person (who is then written to directly)."""
    channel = args.needed("channel")
    user = stage.people.everybody.get(channel)
    if user is not None:
        if user.deleted or user.is_bot:
            raise SlackError("channel_not_found")
        return stage.rooms.dm_with_app(user.id)
    room = stage.rooms.named(channel.removeprefix("#")) or visible(stage, channel)
    room = visible(stage, room.id)
    if stage.bot not in room.members and "chat:write.public" not in stage.manifest.scopes:
        raise SlackError("not_in_channel")
    return room


def _said(args: Arguments, most: int) -> tuple[str, list[Json] | None]:
    """Read what is to be said."""
    text, blocks = args.text("text"), checked_blocks(args.get("blocks"))
    markdown = args.text("markdown_text")
    if markdown is not None:
        if text is not None or blocks:
            raise SlackError("markdown_text_conflict")
        blocks = checked_blocks([{"type": "markdown", "text": markdown}])
        text = markdown
    if text is None and not blocks and not args.get("attachments"):
        raise SlackError("no_text")
    if len(text or "") > most:
        raise SlackError("msg_too_long")
    return text or "", blocks


def _thread(stage: Stage, room: Conversation, args: Arguments) -> str | None:
    """Read the thread to answer in, which is there or is not answered in."""
    root = args.text("thread_ts")
    if root is not None and not stage.messages.has(room.id, root):
        raise SlackError("thread_not_found")
    return root


def post_message(stage: Stage, args: Arguments) -> Json:
    room = _addressed(stage, args)
    text, blocks = _said(args, POST_MOST)
    metadata = args.get("metadata")
    message = stage.post_as_app(
        room,
        text,
        _named(blocks),
        thread_ts=_thread(stage, room, args),
        metadata=metadata if isinstance(metadata, dict) else None,
    )
    return {"channel": room.id, "ts": message.ts, "message": message.as_slack(stage.workspace)}


def post_ephemeral(stage: Stage, args: Arguments) -> Json:
    room = _addressed(stage, args)
    user = args.needed("user")
    if user not in room.members:
        raise SlackError("user_not_in_channel")
    text, blocks = _said(args, POST_MOST)
    message = stage.post_as_app(
        room, text, _named(blocks), thread_ts=_thread(stage, room, args), only_for=user
    )
    return {"message_ts": message.ts}


def update(stage: Stage, args: Arguments) -> Json:
    before = _own(stage, args, "cant_update_message")
    text, blocks = _said(args, UPDATE_MOST)
    # Blocks that are not mentioned stay; an empty list takes them away.
    kept = (
        before.blocks if args.get("blocks") is None and args.text("markdown_text") is None else _named(blocks)
    )
    message = stage.change(before, text, kept or None)
    return {
        "channel": message.channel,
        "ts": message.ts,
        "text": message.text,
        "message": message.as_slack(stage.workspace),
    }


def delete(stage: Stage, args: Arguments) -> Json:
    message = _own(stage, args, "cant_delete_message")
    stage.remove(message)
    return {"channel": message.channel, "ts": message.ts}


def _own(stage: Stage, args: Arguments, refusal: str) -> Message:
    room = visible(stage, args.needed("channel"))
    message = stage.messages.find(room.id, args.needed("ts"))
    if message.bot_id != stage.workspace.bot_id:
        raise SlackError(refusal)
    return message


def get_permalink(stage: Stage, args: Arguments) -> Json:
    room = visible(stage, args.needed("channel"))
    message = stage.messages.find(room.id, args.needed("message_ts"))
    path = f"{room.id}/p{message.ts.replace('.', '')}"
    return {"channel": room.id, "permalink": f"https://{stage.workspace.domain}.slack.com/archives/{path}"}


def reactions_add(stage: Stage, args: Arguments) -> Json:
    room = visible(stage, args.needed("channel"))
    name = args.text("name")
    if name is None:
        raise SlackError("invalid_name")
    message = stage.messages.find(room.id, args.needed("timestamp"))
    if name in message.reactions:
        raise SlackError("already_reacted")
    stage.messages.put(replace(message, reactions=(*message.reactions, name)))
    return {}


def _named(blocks: list[Json] | None) -> list[Json] | None:
    return with_ids(blocks) if blocks else None


METHODS: Methods = {
    "chat.postMessage": Method(post_message, _SCOPE),
    "chat.postEphemeral": Method(post_ephemeral, _SCOPE),
    "chat.update": Method(update, _SCOPE),
    "chat.delete": Method(delete, _SCOPE),
    "chat.getPermalink": Method(get_permalink),
    "reactions.add": Method(reactions_add, ("reactions:write",)),
}
