"""Everything that one running simulator holds, and what happens in it whoever acts."""

import asyncio
from dataclasses import dataclass, field, replace

from simulator.delivery.engine import Delivery
from simulator.delivery.envelope import Envelope
from simulator.delivery.payloads import Payloads
from simulator.delivery.sockets import Sockets
from simulator.feed import Feed
from simulator.manifest import Manifest
from simulator.seed import Workspace
from simulator.timing import Timing
from simulator.wire import BOT_ID, BOT_USER_ID, Json
from simulator.words import say
from simulator.workspace.conversations import Conversation, Conversations
from simulator.workspace.journal import Journal
from simulator.workspace.messages import Message, Messages
from simulator.workspace.people import People
from simulator.workspace.tickets import ResponseUrls, SocketTickets, Triggers
from simulator.workspace.views import View, Views


@dataclass
class Stage:
    """The workspace, the app's place in it, and the ways between them."""

    workspace: Workspace
    manifest: Manifest
    timing: Timing
    journal: Journal
    feed: Feed
    sockets: Sockets
    delivery: Delivery
    people: People
    rooms: Conversations
    messages: Messages
    views: Views
    triggers: Triggers
    response_urls: ResponseUrls
    payloads: Payloads
    socket_tickets: SocketTickets = field(default_factory=SocketTickets)
    prompts: dict[str, list[Json]] = field(default_factory=dict)
    titles: dict[tuple[str, str], str] = field(default_factory=dict)
    statuses: dict[tuple[str, str], str] = field(default_factory=dict)
    url: str = ""

    @classmethod
    def of(cls, workspace: Workspace, manifest: Manifest, timing: Timing, journal: Journal) -> "Stage":
        """Set the stage, and put back what the journal remembers."""
        feed = Feed()
        sockets = Sockets(
            lambda count: feed.publish(
                {"type": "wire", "direction": "from_app", "kind": "websockets", "body": {"open": count}}
            )
        )
        stage = cls(
            workspace,
            manifest,
            timing,
            journal,
            feed,
            sockets,
            Delivery(sockets, timing, feed),
            People.of(workspace, manifest.bot_name),
            Conversations.of(workspace, journal),
            Messages(journal),
            Views(journal),
            Triggers(timing),
            ResponseUrls(timing),
            Payloads(workspace),
        )
        for kind, data in list(journal.read()):
            stage._recall(kind, data)
        return stage

    def _recall(self, kind: str, data: Json) -> None:
        match kind:
            case "message" | "delete":
                self.messages.recall(kind, data)
            case "home":
                self.views.recall(data)
            case "read":
                self.rooms.reads[data["user"], data["channel"]] = data["ts"]
            case "conversation":
                self.rooms.recall(data)
            case _:
                raise ValueError(f"the journal speaks of {kind}, which this simulator does not know")

    # What happens to messages.

    def post(self, room: Conversation, message: Message) -> Message:
        """Say *message* in *room*, to the people there and to the app."""
        self.messages.put(message)
        self._tell("message", room, message)
        self._hear(room, self.payloads.message(message, room))
        mentioned = f"<@{BOT_USER_ID}>" in message.text and not message.bot_id and not room.is_im
        if mentioned and BOT_USER_ID in room.members and "app_mention" in self.manifest.events:
            self.announce(self.payloads.mention(message))
        if message.bot_id and message.thread_ts:
            self.set_status(room, message.thread_ts, "")
        return message

    def post_as_app(
        self, room: Conversation, text: str, blocks: list[Json] | None, **more: object
    ) -> Message:
        """Say something as the app; *more* fields are those of a message."""
        message = Message(room.id, self.messages.timestamps.next(), BOT_USER_ID, text, blocks, bot_id=BOT_ID)
        message = replace(message, **more)  # type: ignore[arg-type] # callers name fields of Message
        if message.ephemeral:
            self.messages.put(message)
            self._tell("message", room, message)
            return message
        return self.post(room, message)

    def change(self, before: Message, text: str, blocks: list[Json] | None, **more: object) -> Message:
        """Write a message anew in its place."""
        ts = self.messages.timestamps.next()
        message = replace(before, text=text, blocks=blocks, edited_ts=ts, **more)  # type: ignore[arg-type] # likewise
        self.messages.put(message)
        room = self.rooms.known(message.channel)
        self._tell("message_changed", room, message)
        if not message.ephemeral:
            self._hear(room, self.payloads.changed(message, before, room, ts))
        return message

    def remove(self, message: Message) -> None:
        self.messages.remove(message)
        room = self.rooms.known(message.channel)
        self._tell("message_deleted", room, message)
        if not message.ephemeral:
            self._hear(room, self.payloads.deleted(message, room, self.messages.timestamps.next()))

    def _tell(self, kind: str, room: Conversation, message: Message) -> None:
        to = room.members if message.only_for is None else {message.only_for}
        self.feed.publish({"type": kind, "channel": room.id, "message": message.as_page()}, to)

    def _hear(self, room: Conversation, event: Json) -> None:
        if BOT_USER_ID in room.members and room.subscription in self.manifest.events:
            self.announce(event)

    def announce(self, event: Json) -> None:
        """Deliver *event* to the app, whatever it takes."""
        label = event["type"] + (f".{event['subtype']}" if "subtype" in event else "")
        self.delivery.announce(Envelope("events_api", self.payloads.event(event), label))

    # What one person sees.

    def set_status(self, room: Conversation, thread_ts: str, status: str) -> None:
        if self.statuses.get((room.id, thread_ts), "") != status:
            self.statuses[room.id, thread_ts] = status
            if status:
                later = asyncio.get_running_loop().call_later
                later(self.timing.status_seconds, self._let_go, room, thread_ts, status)
            news = {"type": "status", "channel": room.id, "thread_ts": thread_ts, "status": status}
            self.feed.publish(news, room.members)

    def _let_go(self, room: Conversation, thread_ts: str, status: str) -> None:
        """End a status that the app forgot, unless another has come."""
        if self.statuses.get((room.id, thread_ts)) == status:
            self.set_status(room, thread_ts, "")

    def show(self, kind: str, view: View) -> None:
        """Show a view that has been opened, updated or published."""
        self.feed.publish({"type": kind, "view": view.as_slack(self.workspace.team_id)}, {view.user})

    def hide(self, view: View) -> None:
        self.feed.publish({"type": "view_closed", "view_id": view.id}, {view.user})

    def notice(self, user: str, code: str, **values: object) -> str:
        """Tell *user* what went wrong, in their language."""
        text = say(code, self.people.known(user).locale, **values)
        self.feed.publish({"type": "notice", "text": text, "level": "error", "code": code}, {user})
        return text

    def response_url(self, user: str, room: Conversation, message: Message | None = None) -> str:
        ts, thread = (message.ts, message.thread_ts) if message else (None, None)
        return f"{self.url}/actions/{self.response_urls.issue(user, room.id, ts, thread)}"

    async def close(self) -> None:
        await self.delivery.close()
        await self.sockets.close()
        self.feed.close()
        self.journal.close()
