"""One workspace and the app's place in it, and what happens there whoever acts."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from simulator.app import App
from simulator.clock import Clock
from simulator.delivery.engine import Delivery
from simulator.delivery.envelope import Envelope
from simulator.delivery.payloads import Payloads
from simulator.delivery.sockets import Sockets
from simulator.faults import Faults
from simulator.feed import Feed
from simulator.manifest import Manifest
from simulator.seed import Workspace
from simulator.timing import Timing
from simulator.tokens import Token
from simulator.wire import Json
from simulator.words import say
from simulator.workspace.conversations import Conversation, Conversations
from simulator.workspace.files import Files
from simulator.workspace.messages import Message, Messages
from simulator.workspace.people import People
from simulator.workspace.scheduled import Scheduled
from simulator.workspace.sessions import Session
from simulator.workspace.streams import Stream
from simulator.workspace.tickets import ResponseUrls, Triggers
from simulator.workspace.views import View, Views


@dataclass
class Stage:
    """
    One workspace: its people and rooms, and what the app was handed in it.

    *neighbours* are the other workspaces; people of theirs come here through shared rooms.
    """

    app: App
    workspace: Workspace
    manifest: Manifest
    timing: Timing
    clock: Clock
    feed: Feed
    sockets: Sockets
    delivery: Delivery
    messages: Messages
    views: Views
    people: People
    rooms: Conversations
    triggers: Triggers
    response_urls: ResponseUrls
    payloads: Payloads
    neighbours: tuple["Stage", ...] = ()
    prompts: dict[str, list[Json]] = field(default_factory=dict)
    titles: dict[tuple[str, str], str] = field(default_factory=dict)
    statuses: dict[tuple[str, str], str] = field(default_factory=dict)
    sessions: dict[tuple[str, str], Session] = field(default_factory=dict)
    streams: dict[tuple[str, str], Stream] = field(default_factory=dict)
    files: Files = field(default_factory=Files)
    scheduled: dict[str, Scheduled] = field(default_factory=dict)

    @classmethod
    def of(cls, workspace: Workspace, app: App) -> "Stage":
        return cls(
            app,
            workspace,
            app.manifest,
            app.timing,
            app.clock,
            app.feed,
            app.sockets,
            app.delivery,
            app.messages,
            app.views,
            People.of(workspace, app.manifest.bot_name, app.journal),
            Conversations.of(workspace, app.journal),
            Triggers(app.timing, app.clock),
            ResponseUrls(app.timing, app.clock),
            Payloads(workspace, app.tokens, app.clock),
        )

    @property
    def team_id(self) -> str:
        return self.workspace.team_id

    @property
    def bot(self) -> str:
        """The app's user in this workspace."""
        return self.workspace.bot_user_id

    @property
    def url(self) -> str:
        return self.app.url

    @property
    def token(self) -> Token | None:
        """The token by which the app is here; None while it is not installed."""
        return self.app.tokens.into(self.workspace)

    @property
    def is_org_wide(self) -> bool:
        return self.token is not None and self.token.enterprise is not None

    def has(self, name: str) -> bool:
        """Tell whether a person or a room of this id is here."""
        return name in self.people.everybody or name in self.rooms.rooms

    def meet(self, other: "Stage", room: Conversation, *, strangers: bool) -> None:
        """See the people of *other* who are in *room*, as *strangers* or as colleagues."""
        for user in other.people.everybody.values():
            if user.id in room.members:
                seen = replace(user, team_id=other.team_id, is_stranger=strangers)
                self.people.strangers[user.id] = seen

    def of_view(self, view: View) -> "Stage":
        """The workspace from whose app *view* is."""
        return self._of_team(view.team)

    def of_message(self, message: Message) -> "Stage":
        """The workspace from whose app *message* is; this one, if a person wrote it."""
        everywhere = (self, *self.neighbours)
        return next((stage for stage in everywhere if stage.bot == message.user), self)

    def _of_team(self, team: str) -> "Stage":
        return next((stage for stage in (self, *self.neighbours) if stage.team_id == team), self)

    # What happens to messages.

    def post(self, room: Conversation, message: Message) -> Message:
        """Say *message* in *room*, to the people there and to the app."""
        if room.teams:
            message = replace(message, team=self.team_id)
        self.messages.put(message)
        self._tell("message", room, message)
        self._hear(room, self.payloads.message(message, room))
        said_by_a_person = not message.bot_id and message.subtype is None
        if "app_mention" in self.manifest.events and said_by_a_person and not room.is_im:
            for stage in self._in(room):
                if f"<@{stage.bot}>" in message.text:
                    stage.announce(self.payloads.mention(message, room), room, self.team_id)
        if message.bot_id and message.thread_ts:
            self.set_status(room, message.thread_ts, "")
        return message

    def post_as_app(
        self, room: Conversation, text: str, blocks: list[Json] | None, **more: object
    ) -> Message:
        """Say something as the app; *more* fields are those of a message."""
        ts, bot_id = self.messages.timestamps.next(), self.workspace.bot_id
        message = Message(room.id, ts, self.bot, text, blocks, bot_id=bot_id)
        message = replace(message, **more)  # type: ignore[arg-type] # callers name fields of Message
        if message.ephemeral:
            self.messages.put(message)
            self._tell("message", room, message)
            return message
        return self.post(room, message)

    def change(self, before: Message, text: str, blocks: list[Json] | None, **more: object) -> Message:
        """Write a message anew in its place."""
        ts = self.messages.timestamps.next()
        written = {"text": text, "blocks": blocks, "edited_ts": ts} | more
        message = replace(before, **written)  # type: ignore[arg-type] # callers name fields of Message
        self.messages.put(message)
        room = self.rooms.known(message.channel)
        self._tell("message_changed", room, message)
        if not message.ephemeral:
            self._hear(room, self.payloads.changed(message, before, room, ts))
        return message

    def mark(self, message: Message) -> None:
        """Show *message* with what was put under it; its words are as they were."""
        self.messages.put(message)
        self._tell("message_changed", self.rooms.known(message.channel), message)

    def remove(self, message: Message) -> None:
        self.messages.remove(message)
        room = self.rooms.known(message.channel)
        self._tell("message_deleted", room, message)
        if not message.ephemeral:
            self._hear(room, self.payloads.deleted(message, room, self.messages.timestamps.next()))

    def _tell(self, kind: str, room: Conversation, message: Message) -> None:
        to = room.members if message.only_for is None else {message.only_for}
        self.feed.publish({"type": kind, "channel": room.id, "message": message.as_page()}, to)

    def _in(self, room: Conversation) -> list["Stage"]:
        """The workspaces by which the app is in *room*, this one first."""
        everywhere = (self, *self.neighbours) if room.teams else (self,)
        return [stage for stage in everywhere if stage.bot in room.members and stage.token is not None]

    def _hear(self, room: Conversation, event: Json) -> None:
        """Let the app hear *event* if it is in *room*: once, even where it is there by two workspaces."""
        if room.subscription in self.manifest.events:
            for stage in self._in(room)[:1]:
                stage.announce(event, room, self.team_id)

    def hear_in(self, room: Conversation, event: Json) -> None:
        """Let the app hear *event* of *room*, if it is there and subscribes to such events."""
        if event["type"] in self.manifest.events:
            for stage in self._in(room)[:1]:
                stage.announce(event, room, self.team_id)

    def hear(self, event: Json) -> None:
        """Let the app hear *event*, which happened in no room, if it has asked for its kind."""
        if event["type"] in self.manifest.events:
            self.announce(event)

    def put_room(self, room: Conversation) -> None:
        """Keep *room* as it has become, wherever it reaches, and tell those who see it."""
        for stage in (self, *self.neighbours):
            if stage is self or room.id in stage.rooms.rooms:
                stage.rooms.put(room)
        self.feed.publish({"type": "room", "channel": room.id}, room.members)

    def announce(self, event: Json, room: Conversation | None = None, team: str | None = None) -> None:
        """Deliver *event*, of *team* if not of this workspace, to the app, whatever it takes."""
        if self.token is None:
            return
        label = event["type"] + (f".{event['subtype']}" if "subtype" in event else "")
        shared = room is not None and room.is_ext_shared
        payload = self.payloads.event(event, team=team or self.team_id, ext_shared=shared)
        self.delivery.announce(Envelope("events_api", payload, label))

    # What one person sees.

    def set_status(
        self, room: Conversation, thread_ts: str, status: str, loading: Sequence[str] = ()
    ) -> None:
        """Say what the app is doing in a thread; *loading* are words that take turns meanwhile."""
        if self.statuses.get((room.id, thread_ts), "") != status:
            self.statuses[room.id, thread_ts] = status
            if status:
                self.clock.call_later(
                    self.timing.status_seconds, lambda: self._let_go(room, thread_ts, status)
                )
            news = {"type": "status", "channel": room.id, "thread_ts": thread_ts, "status": status}
            self.feed.publish(news | {"loading_messages": list(loading)}, room.members)

    def _let_go(self, room: Conversation, thread_ts: str, status: str) -> None:
        """End a status that the app forgot, unless another has come."""
        if self.statuses.get((room.id, thread_ts)) == status:
            self.set_status(room, thread_ts, "")

    def show(self, kind: str, view: View) -> None:
        """Show a view that has been opened, updated or published."""
        self.feed.publish({"type": kind, "view": view.as_slack(self.workspace)}, {view.user})

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

    @property
    def faults(self) -> Faults:
        """What goes wrong on purpose."""
        return self.delivery.faults
