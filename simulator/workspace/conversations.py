"""Rooms: channels, direct messages and groups, with who is in them and how far each has read."""

from dataclasses import asdict, dataclass, field

from simulator.seed import APP_MEMBER, Workspace
from simulator.wire import Json, SlackError
from simulator.workspace.ids import shared_id
from simulator.workspace.journal import Journal


@dataclass(frozen=True)
class Conversation:
    """
    One room; its name is empty for a direct message.

    *teams* are the workspaces that share it, its own first; *is_ext_shared* tells that they are strangers
    to each other, not of one organisation.
    """

    id: str
    name: str
    members: frozenset[str]
    is_private: bool = False
    is_im: bool = False
    is_mpim: bool = False
    teams: tuple[str, ...] = ()
    is_ext_shared: bool = False
    creator: str = ""
    created: int = 1_700_000_000
    is_archived: bool = False
    is_general: bool = False
    is_read_only: bool = False
    topic: str = ""
    purpose: str = ""

    @property
    def kind(self) -> str:
        """The word that events use for it (channel_type)."""
        if self.is_im:
            return "im"
        if self.is_mpim:
            return "mpim"
        return "group" if self.is_private else "channel"

    @property
    def subscription(self) -> str:
        """The event that an app subscribes to in order to hear messages here."""
        return f"message.{self.kind}s" if self.kind in ("channel", "group") else f"message.{self.kind}"

    @property
    def shown_name(self) -> str:
        return "directmessage" if self.is_im else self.name

    def other(self, user: str) -> str:
        """The other side of a direct message."""
        return next((member for member in sorted(self.members) if member != user), user)

    def as_slack(self, bot: str) -> Json:
        """Write the room as the app sees it, whose bot user is *bot*."""
        shown: Json = {
            "id": self.id,
            "created": self.created,
            "creator": self.creator,
            "is_channel": not self.is_im and not self.is_mpim and not self.is_private,
            "is_group": self.is_private and not self.is_mpim,
            "is_im": self.is_im,
            "is_mpim": self.is_mpim,
            "is_private": self.is_private or self.is_im or self.is_mpim,
            "is_archived": self.is_archived,
            "is_ext_shared": self.is_ext_shared,
            "is_org_shared": bool(self.teams) and not self.is_ext_shared,
            "is_shared": bool(self.teams) or self.is_ext_shared,
            "is_pending_ext_shared": False,
            "pending_shared": [],
            "pending_connected_team_ids": [],
            "unlinked": 0,
            "updated": self.created * 1000,
        }
        if self.teams:
            shown |= {"shared_team_ids": list(self.teams), "conversation_host_id": self.teams[0]}
        if self.is_im:
            return shown | {"user": self.other(bot), "is_open": True}
        return shown | {
            "name": self.name,
            "name_normalized": self.name,
            "previous_names": [],
            "parent_conversation": None,
            "is_member": bot in self.members,
            "is_general": self.is_general,
            "num_members": len(self.members),
            "topic": {"value": self.topic, "creator": self.creator, "last_set": self.created},
            "purpose": {"value": self.purpose, "creator": self.creator, "last_set": self.created},
        }


@dataclass
class Conversations:
    """All rooms of one workspace."""

    workspace: Workspace
    journal: Journal
    rooms: dict[str, Conversation] = field(default_factory=dict)
    reads: dict[tuple[str, str], str] = field(default_factory=dict)

    @classmethod
    def of(cls, workspace: Workspace, journal: Journal) -> "Conversations":
        bot = workspace.bot_user_id
        rooms = cls(workspace, journal)
        for channel in workspace.channels:
            members = frozenset(bot if member == APP_MEMBER else member for member in channel.members)
            rooms.rooms[channel.id] = Conversation(
                channel.id,
                channel.name,
                members,
                channel.is_private,
                is_ext_shared=channel.is_ext_shared,
                is_archived=channel.is_archived,
                is_general=channel.is_general,
                is_read_only=channel.is_read_only,
                topic=channel.topic,
                purpose=channel.purpose,
            )
        for user in workspace.users:
            rooms.between((user.id, bot))
        return rooms

    def dm_with_app(self, user: str) -> Conversation:
        return self.between((user, self.workspace.bot_user_id))

    def between(self, people: tuple[str, ...]) -> Conversation:
        """Find or make the direct conversation of *people*."""
        name = _name(people)
        if name not in self.rooms:
            self._add(people)
            if self.workspace.bot_user_id not in people or len(set(people)) > 2:
                data = {"people": sorted(set(people)), "team": self.workspace.team_id}
                self.journal.write("conversation", data)
        return self.rooms[name]

    def put(self, room: Conversation) -> None:
        """Keep *room* as it has become, or as it has been made."""
        self.rooms[room.id] = room
        data = asdict(room) | {"members": sorted(room.members), "teams": list(room.teams)}
        self.journal.write("room", {"team": self.workspace.team_id, "room": data})

    def known(self, channel: object) -> Conversation:
        room = self.rooms.get(channel) if isinstance(channel, str) else None
        if room is None:
            raise SlackError("channel_not_found")
        return room

    def named(self, name: str) -> Conversation | None:
        return next((room for room in self.rooms.values() if room.name and room.name == name), None)

    def seen_by(self, user: str) -> list[Conversation]:
        """The rooms that *user* is in, those of many people first; other people's empty DMs are no rooms."""
        mine = [room for room in self.rooms.values() if user in room.members]
        return sorted(mine, key=lambda room: (room.is_im, room.name, room.id))

    def read_until(self, user: str, channel: str, ts: str) -> None:
        if ts > self.reads.get((user, channel), ""):
            self.reads[user, channel] = ts
            self.journal.write("read", {"user": user, "channel": channel, "ts": ts})

    def recall(self, data: Json) -> None:
        """Take one conversation back from the journal, without writing it again."""
        if "people" in data:
            self._add(tuple(data["people"]))
            return
        room: Json = data["room"]
        room |= {"members": frozenset(room["members"]), "teams": tuple(room["teams"])}
        self.rooms[room["id"]] = Conversation(**room)

    def _add(self, people: tuple[str, ...]) -> None:
        members = frozenset(people)
        two = len(members) <= 2
        title = "" if two else "mpdm-" + "--".join(sorted(members)).lower()
        name = _name(people)
        self.rooms[name] = Conversation(name, title, members, is_im=two, is_mpim=not two)


def _name(people: tuple[str, ...]) -> str:
    return shared_id("D" if len(set(people)) <= 2 else "G", *set(people))
