"""Every message, by channel and timestamp; those that only one person sees live beside the history."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from simulator.seed import Workspace
from simulator.wire import APP_ID, Json, SlackError
from simulator.workspace.ids import Timestamps
from simulator.workspace.journal import Journal
from simulator.workspace.typed import typed

# What was put under a message, and by whom.
Reaction = tuple[str, str]


@dataclass(frozen=True)
class Message:
    """
    One message; (channel, ts) is its name for ever. *team* is its author's, where a room is shared.

    A *broadcast* answer is seen in its thread and in its room. *about* is what a message of its *subtype*
    carries besides, such as the files that it shares.
    """

    channel: str
    ts: str
    user: str
    text: str
    blocks: list[Json] | None = None
    thread_ts: str | None = None
    bot_id: str | None = None
    only_for: str | None = None
    edited_ts: str | None = None
    metadata: Json | None = None
    reactions: tuple[Reaction, ...] = ()
    broadcast: bool = False
    team: str | None = None
    attachments: list[Json] | None = None
    subtype: str | None = None
    about: Json | None = None

    @property
    def ephemeral(self) -> bool:
        return self.only_for is not None

    @property
    def is_reply(self) -> bool:
        return self.thread_ts is not None and self.thread_ts != self.ts

    def as_slack(self, workspace: Workspace) -> Json:
        shown: Json = {
            "type": "message",
            "user": self.user,
            "ts": self.ts,
            "text": self.text,
            "team": self.team or workspace.team_id,
        }
        if self.bot_id:
            shown |= {"bot_id": self.bot_id, "app_id": APP_ID}
        elif self.subtype in (None, "file_share"):
            shown |= typed(self.channel, self.ts, self.text)
        if self.blocks is not None:
            shown["blocks"] = self.blocks
        if self.thread_ts:
            shown["thread_ts"] = self.thread_ts
        if self.metadata:
            shown["metadata"] = self.metadata
        if self.edited_ts:
            shown["edited"] = {"user": self.user, "ts": self.edited_ts}
        if self.attachments:
            shown["attachments"] = self.attachments
        if self.reactions:
            shown["reactions"] = self.reacted()
        if self.broadcast or self.subtype:
            shown["subtype"] = self.subtype or "thread_broadcast"
        return shown | (self.about or {})

    def reacted(self) -> list[Json]:
        """Write the reactions, each with those who gave it."""
        people: dict[str, list[str]] = {}
        for name, user in self.reactions:
            people.setdefault(name, []).append(user)
        return [{"name": name, "users": users, "count": len(users)} for name, users in people.items()]

    def as_page(self) -> Json:
        shown: Json = {
            "ts": self.ts,
            "user": self.user,
            "text": self.text,
            "ephemeral": self.ephemeral,
            "edited": self.edited_ts is not None,
            "reactions": self.reacted(),
            "broadcast": self.broadcast,
        }
        for name in ("bot_id", "blocks", "thread_ts", "attachments", "subtype"):
            value = getattr(self, name)
            if value is not None:
                shown[name] = value
        about = self.about or {}
        shown |= {name: about[name] for name in ("files", "streaming_state") if name in about}
        return shown


@dataclass
class Messages:
    """What has been said, in order."""

    journal: Journal
    timestamps: Timestamps = field(default_factory=Timestamps)
    _rooms: dict[str, dict[str, Message]] = field(default_factory=dict)

    def put(self, message: Message, *, remember: bool = True) -> None:
        """Keep *message*, in place of an older one of the same name."""
        self._rooms.setdefault(message.channel, {})[message.ts] = message
        self.timestamps.seen(message.ts)
        if remember and not message.ephemeral:
            self.journal.write("message", asdict(message))

    def remove(self, message: Message, *, remember: bool = True) -> None:
        self._rooms.get(message.channel, {}).pop(message.ts, None)
        if remember and not message.ephemeral:
            self.journal.write("delete", {"channel": message.channel, "ts": message.ts})

    def recall(self, kind: str, data: dict[str, Any]) -> None:
        """Take one line of the journal back."""
        if kind == "message":
            reactions = tuple((name, user) for name, user in data["reactions"])
            self.put(Message(**data | {"reactions": reactions}), remember=False)
        else:
            self._rooms.get(data["channel"], {}).pop(data["ts"], None)

    def find(self, channel: str, ts: object, *, ephemeral: bool = False) -> Message:
        message = self._rooms.get(channel, {}).get(ts) if isinstance(ts, str) else None
        if message is None or (message.ephemeral and not ephemeral):
            raise SlackError("message_not_found")
        return message

    def has(self, channel: str, ts: str) -> bool:
        return ts in self._rooms.get(channel, {})

    def of(self, channel: str) -> Iterator[Message]:
        """Everything in the room, oldest first, what only one person sees included."""
        # Timestamps only grow and a changed message keeps its place, so the order of arrival is the order.
        yield from self._rooms.get(channel, {}).values()

    def history(self, channel: str) -> list[Message]:
        return [message for message in self.of(channel) if not message.ephemeral]

    def threaded(self, message: Message) -> Json:
        """Write what the history tells of *message* and its thread: how many answered, or whom it answers."""
        if message.is_reply and message.thread_ts is not None:
            root = self._rooms.get(message.channel, {}).get(message.thread_ts)
            return {"parent_user_id": root.user} if root else {}
        answers = [each for each in self.history(message.channel) if each.is_reply]
        answers = [each for each in answers if each.thread_ts == message.ts]
        if not answers:
            return {}
        users = list(dict.fromkeys(each.user for each in answers))
        return {
            "thread_ts": message.ts,
            "reply_count": len(answers),
            "reply_users_count": len(users),
            "latest_reply": answers[-1].ts,
            "reply_users": users,
            "is_locked": False,
            "subscribed": False,
        }

    def seen_by(self, user: str, channel: str) -> list[Message]:
        return [message for message in self.of(channel) if message.only_for in (None, user)]

    def unread(self, user: str, channel: str, since: str) -> int:
        return sum(
            1 for message in self.seen_by(user, channel) if message.ts > since and message.user != user
        )
