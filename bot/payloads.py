"""What Slack tells us, read once on arrival; behind this file nobody sees a raw payload."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid5

from bot import places
from bot.typed import mentioned, understood, without_mentions
from shared.contracts.base import Language
from shared.contracts.identity import ChatAccount

Json = dict[str, Any]
WISHES = UUID("5b0c8c0e-7f0f-4c7a-9d0a-3f0d5c2f6a11")
COMMAND = "command."  # What the names of buttons begin with that stand for a typed command.


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """
    Something that *who* did. *key* is the same each time Slack tells of it.

    *modal* is the one that it was done in; *home* says that it was done on the Home tab.
    """

    who: ChatAccount
    name: str = ""
    key: str
    foreign: bool = False
    response_url: str | None = None
    trigger: str | None = None
    channel: str | None = None
    thread: str | None = None
    modal: str | None = None
    home: bool = False

    @property
    def wish(self) -> UUID:
        """The request id of the command that this turn asks for."""
        return uuid5(WISHES, f"{self.who.team}:{self.who.user}:{self.key}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled(Turn):
    """Something done in a view, with what is filled in there: *about* is what the view is about."""

    view_id: str = ""
    view_hash: str = ""
    about: str = ""
    values: Mapping[str, Mapping[str, Json]] = field(default_factory=dict)

    def text(self, block: str) -> str:
        """What was typed into *block*."""
        return str(self._of(block).get("value") or "").strip()

    def choice(self, block: str) -> str:
        """The value of the option chosen in *block*, or nothing."""
        option = self._of(block).get("selected_option")
        return str(option["value"]) if isinstance(option, dict) else ""

    def day(self, block: str) -> str:
        """The date picked in *block*, as YYYY-MM-DD, or nothing."""
        return str(self._of(block).get("selected_date") or "")

    def clock(self, block: str) -> str:
        """The time of day picked in *block*, as HH:MM, or nothing."""
        return str(self._of(block).get("selected_time") or "")

    def ticked(self, block: str) -> bool:
        return bool(self._of(block).get("selected_options"))

    def _of(self, block: str) -> Json:
        return next(iter(self.values.get(block, {}).values()), {})


@dataclass(frozen=True, slots=True, kw_only=True)
class Press(Filled):
    """
    A button pressed, or an option chosen outside a form.

    *message* is the message that it stood in, unless only the one who pressed sees that.
    """

    action: str
    value: str
    block: str
    message: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Form(Filled):
    """A modal sent, or one being filled in while options are asked for: *typed* is the search."""

    form: str
    typed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Command(Turn):
    """
    A slash command: *word* is the sub-command's English word, *rest* what follows it.

    *spoken* is the language that the typed word tells, if it tells one.
    """

    word: str
    rest: str
    spoken: Language | None = None

    @property
    def mentions(self) -> tuple[ChatAccount, ...]:
        """Accounts of this workspace that were mentioned, by Slack's own escaping."""
        return tuple(ChatAccount(team=self.who.team, user=user) for user in mentioned(self.rest))

    @property
    def words(self) -> str:
        """What follows the sub-command, without mentions."""
        return without_mentions(self.rest)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortcut(Turn):
    """
    A shortcut: *name* of it, and of a message's shortcut who wrote the message and its *text*.

    *author* is empty if a program wrote it, or somebody of another workspace.
    """

    shortcut: str
    author: ChatAccount | None = None
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told(Turn):
    """An event of the workspace."""

    kind: str
    text: str = ""
    ts: str = ""
    tab: str = ""
    channel_type: str = ""


def press(body: Json) -> Press | Command:
    """Read a press; a button that stands for a command is that command."""
    action = body["actions"][0]
    option = action.get("selected_option") or {}
    container = body.get("container") or {}
    turn = {
        **_turn(body),
        "key": f"{action.get('action_ts', '')}:{action['action_id']}",
        "response_url": body.get("response_url"),
        "channel": (body.get("channel") or {}).get("id"),
        "thread": container.get("thread_ts"),
    }
    value = str(action.get("value") or option.get("value") or action.get("selected_date") or "")
    if action["action_id"].startswith(COMMAND):
        return Command(**turn, **_words(value))
    return Press(
        **turn,
        **_filled(body),
        action=action["action_id"],
        value=value,
        block=str(action.get("block_id") or ""),
        message=None if container.get("is_ephemeral") else container.get("message_ts"),
    )


def form(body: Json) -> Form:
    """Read a view_submission, or a block_suggestion from inside a modal."""
    view = body.get("view") or {}
    name = body.get("action_id") if body["type"] == "block_suggestion" else view.get("callback_id")
    return Form(
        **_turn(body),
        **_filled(body),
        key=f"{view.get('id')}:{view.get('hash')}:{name}",
        form=str(name or ""),
        typed=str(body.get("value") or ""),
    )


def command(body: Json) -> Command:
    team = str(body["team_id"])
    return Command(
        who=ChatAccount(team=team, user=str(body["user_id"])),
        name=str(body.get("user_name") or ""),
        key=str(body["trigger_id"]),
        trigger=body["trigger_id"],
        response_url=body.get("response_url"),
        channel=body.get("channel_id"),
        **_words(str(body.get("text") or "")),
    )


def shortcut(body: Json) -> Shortcut:
    message = body.get("message") or {}
    team = places.home(body)
    ours = message.get("user") and not message.get("bot_id") and message.get("team", team) == team
    return Shortcut(
        **_turn(body),
        key=str(body["trigger_id"]),
        response_url=body.get("response_url"),
        shortcut=str(body["callback_id"]),
        author=ChatAccount(team=team, user=str(message["user"])) if ours else None,
        text=str(message.get("text") or ""),
    )


def told(body: Json) -> Told | None:
    """Read an event that a person caused; nothing if nobody did, or a program."""
    event = body.get("event") or {}
    user = event.get("user")
    user = user.get("id") if isinstance(user, dict) else user
    if (
        not user
        or event.get("bot_id")
        or event.get("subtype") not in (None, "file_share", "thread_broadcast")
    ):
        return None
    here = places.home(body)
    team = str(event.get("user_team") or event.get("team") or here)
    ours = {here, str(body.get("enterprise_id") or here)}
    return Told(
        who=ChatAccount(team=here if team in ours else team, user=str(user)),
        key=str(body.get("event_id") or ""),
        foreign=bool(body.get("is_ext_shared_channel")) or team not in ours,
        channel=event.get("channel"),
        thread=event.get("thread_ts") or event.get("ts"),
        kind=_kind(event),
        text=str(event.get("text") or ""),
        ts=str(event.get("ts") or ""),
        tab=str(event.get("tab") or ""),
        channel_type=str(event.get("channel_type") or ""),
    )


def _kind(event: Json) -> str:
    """The event's name; opening the Home tab and opening the conversation are two things."""
    name = str(event.get("type"))
    return "messages_opened" if name == "app_home_opened" and event.get("tab") == "messages" else name


def _words(text: str) -> Json:
    """A typed command in parts; of a word that nobody knows, the word itself."""
    word, _, rest = text.strip().partition(" ")
    known = understood(word)
    return {
        "word": known.command if known else word.casefold(),
        "rest": rest.strip(),
        "spoken": known.spoken if known else None,
    }


def _filled(body: Json) -> Json:
    view = body.get("view") or {}
    return {
        "view_id": str(view.get("id") or ""),
        "view_hash": str(view.get("hash") or ""),
        "about": str(view.get("private_metadata") or ""),
        "values": (view.get("state") or {}).get("values") or {},
    }


def _turn(body: Json) -> Json:
    user = body["user"]
    here = places.home(body)
    of_user = str(user.get("team_id") or here)
    view = body.get("view") or {}
    return {
        "who": ChatAccount(team=of_user, user=str(user["id"])),
        "name": str(user.get("name") or user.get("username") or ""),
        # An organisation's app may hear of its people from any of its workspaces.
        "foreign": of_user != here and not body.get("is_enterprise_install"),
        "trigger": body.get("trigger_id"),
        "modal": str(view["id"]) if view.get("type") == "modal" else None,
        "home": view.get("type") == "home",
    }
