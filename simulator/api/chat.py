"""What the app says: chat.*."""

import json

from simulator.api.arguments import Arguments
from simulator.api.blocks import checked_blocks
from simulator.api.conversations import visible
from simulator.api.method import Methods
from simulator.stage import Stage
from simulator.wire import Json, SlackError
from simulator.workspace.conversations import Conversation
from simulator.workspace.elements import with_ids
from simulator.workspace.messages import Message

POST_MOST = 40_000
UPDATE_MOST = 4_000
MARKDOWN_MOST = 12_000
ATTACHMENTS_MOST = 100
METADATA_MOST = 8_000


def addressed(stage: Stage, args: Arguments) -> Conversation:
    """Find where to say it: a room, its name, or a person (who is then written to directly)."""
    channel = args.needed("channel")
    user = stage.people.get(channel)
    if user is not None:
        if user.deleted or user.is_bot or user.team_id:
            raise SlackError("channel_not_found")
        room = stage.rooms.dm_with_app(user.id)
    else:
        room = visible(stage, args, found=stage.rooms.named(channel.removeprefix("#")))
    if room.is_archived:
        raise SlackError("is_archived")
    if stage.bot not in room.members and "chat:write.public" not in args.held:
        raise SlackError("not_in_channel")
    return room


def _need_messages_tab(stage: Stage, room: Conversation) -> None:
    if room.is_im and not stage.manifest.features.app_home.messages_tab_enabled:
        raise SlackError("messages_tab_disabled")


def said(args: Arguments) -> tuple[str, list[Json] | None]:
    """Read what is to be said.

    Raises: no_text, markdown_text_conflict, too_many_attachments, and what is refused of blocks.
    """
    text, blocks = args.text("text"), checked_blocks(args.get("blocks"))
    markdown = args.within("markdown_text", MARKDOWN_MOST)
    if markdown is not None:
        if text is not None or blocks:
            raise SlackError("markdown_text_conflict")
        return markdown, [{"type": "markdown", "text": markdown}]
    if text is None and not blocks and not attachments(args):
        raise SlackError("no_text")
    return text or "", blocks


def attachments(args: Arguments) -> list[Json] | None:
    given = args.get("attachments")
    if not isinstance(given, list) or not given:
        return None
    if len(given) > ATTACHMENTS_MOST:
        raise SlackError("too_many_attachments")
    return given


def described(args: Arguments) -> Json | None:
    """Read the message's metadata.

    Raises: invalid_metadata_format, invalid_metadata_schema, metadata_too_large.
    """
    given = args.get("metadata")
    if given in (None, ""):
        return None
    if not isinstance(given, dict):
        raise SlackError("invalid_metadata_format")
    kind, content = given.get("event_type"), given.get("event_payload")
    is_event = isinstance(kind, str) and bool(kind) and isinstance(content, dict)
    entities = given.get("entities")
    # Work Objects come as entities, with an event or without one.
    is_entities = isinstance(entities, list) and bool(entities) and kind is None
    if not is_event and not is_entities:
        raise SlackError("invalid_metadata_schema")
    if len(json.dumps(given)) > METADATA_MOST:
        raise SlackError("metadata_too_large")
    return given


def thread(stage: Stage, room: Conversation, args: Arguments) -> str | None:
    """Read the thread to answer in, which is there or is not answered in."""
    root = args.text("thread_ts")
    if root is not None and not stage.messages.has(room.id, root):
        raise SlackError("cannot_reply_to_message")
    return root


def post_message(stage: Stage, args: Arguments) -> Json:
    room = addressed(stage, args)
    _need_messages_tab(stage, room)
    if room.is_read_only:
        raise SlackError("restricted_action_read_only_channel")
    text, blocks = said(args)
    message = stage.post_as_app(
        room,
        text[:POST_MOST],
        named(blocks),
        thread_ts=thread(stage, room, args),
        metadata=described(args),
        attachments=attachments(args),
    )
    answer = {"channel": room.id, "ts": message.ts, "message": message.as_slack(stage.workspace)}
    return answer | _shortened(text)


def _shortened(text: str) -> Json:
    if len(text) <= POST_MOST:
        return {}
    line = (
        "[WARN] Your message was truncated but still posted. "
        f"The `text` field accepts up to {POST_MOST:,} characters."
    )
    return {
        "warning": "message_truncated",
        "response_metadata": {"messages": [line], "warnings": ["message_truncated"]},
    }


def post_ephemeral(stage: Stage, args: Arguments) -> Json:
    room = addressed(stage, args)
    _need_messages_tab(stage, room)
    if room.is_read_only:
        raise SlackError("restricted_action")
    user = args.needed("user")
    if user not in room.members:
        raise SlackError("user_not_in_channel")
    text, blocks = said(args)
    if len(text) > POST_MOST:
        raise SlackError("msg_too_long")
    message = stage.post_as_app(
        room,
        text,
        named(blocks),
        thread_ts=thread(stage, room, args),
        attachments=attachments(args),
        only_for=user,
    )
    return {"message_ts": message.ts}


def update(stage: Stage, args: Arguments) -> Json:
    before = _message(stage, args)
    if before.bot_id != stage.workspace.bot_id:
        raise SlackError("cant_update_message")
    if stage.rooms.known(before.channel).is_archived:
        raise SlackError("is_inactive")
    if (before.channel, before.ts) in stage.streams:
        raise SlackError("streaming_state_conflict")
    text, blocks = said(args)
    if args.text("markdown_text") is None and len(text) > UPDATE_MOST:
        raise SlackError("msg_too_long")
    # Blocks that are not mentioned stay; an empty list takes them away.
    kept = (
        before.blocks if args.get("blocks") is None and args.text("markdown_text") is None else named(blocks)
    )
    # So does metadata; an empty object takes it away.
    about = None if args.get("metadata") == {} else described(args) or before.metadata
    message = stage.change(before, text, kept or None, metadata=about)
    return {
        "channel": message.channel,
        "ts": message.ts,
        "text": message.text,
        "message": message.as_slack(stage.workspace),
    }


def delete(stage: Stage, args: Arguments) -> Json:
    message = _message(stage, args)
    if message.bot_id != stage.workspace.bot_id:
        raise SlackError("cant_delete_message")
    stage.remove(message)
    return {"channel": message.channel, "ts": message.ts}


def _message(stage: Stage, args: Arguments) -> Message:
    room = visible(stage, args)
    return stage.messages.find(room.id, args.needed("ts"))


def get_permalink(stage: Stage, args: Arguments) -> Json:
    room = visible(stage, args)
    message = stage.messages.find(room.id, args.needed("message_ts"))
    path = f"{room.id}/p{message.ts.replace('.', '')}"
    return {"channel": room.id, "permalink": f"https://{stage.workspace.domain}.slack.com/archives/{path}"}


def named(blocks: list[Json] | None) -> list[Json] | None:
    return with_ids(blocks) if blocks else None


METHODS: Methods = {
    "chat.postMessage": post_message,
    "chat.postEphemeral": post_ephemeral,
    "chat.update": update,
    "chat.delete": delete,
    "chat.getPermalink": get_permalink,
}
