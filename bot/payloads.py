"""What Slack tells us, read once on arrival; behind this file nobody sees a raw payload."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid5

from shared.contracts.identity import ChatAccount

Json = dict[str, Any]
WISHES = UUID("5b0c8c0e-7f0f-4c7a-9d0a-3f0d5c2f6a11")


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """Something that *who* did. *key* is the same each time Slack tells of it."""

    who: ChatAccount
    name: str = ""
    key: str
    foreign: bool = False
    response_url: str | None = None
    trigger: str | None = None
    channel: str | None = None
    thread: str | None = None

    @property
    def wish(self) -> UUID:
        """The request id of the command that this turn asks for."""
        return uuid5(WISHES, f"{self.who.team}:{self.who.user}:{self.key}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Press(Turn):
    """A button pressed, or an option chosen outside a form."""

    action: str
    value: str
    block: str
    view: Json | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Form(Turn):
    """A modal sent, or one being filled in while options are asked for: *typed* is the search."""

    form: str
    view_id: str
    about: str
    typed: str = ""
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

    def ticked(self, block: str) -> bool:
        return bool(self._of(block).get("selected_options"))

    def _of(self, block: str) -> Json:
        return next(iter(self.values.get(block, {}).values()), {})


@dataclass(frozen=True, slots=True, kw_only=True)
class Command(Turn):
    """A slash command: *word* is the sub-command, *rest* what follows it."""

    word: str
    rest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Told(Turn):
    """An event of the workspace."""

    kind: str
    text: str = ""
    ts: str = ""
    tab: str = ""
    channel_type: str = ""


def press(body: Json) -> Press:
    action = body["actions"][0]
    option = action.get("selected_option") or {}
    container = body.get("container") or {}
    return Press(
        **_turn(body),
        key=f"{action.get('action_ts', '')}:{action['action_id']}",
        response_url=body.get("response_url"),
        channel=(body.get("channel") or {}).get("id"),
        thread=container.get("thread_ts"),
        action=action["action_id"],
        value=str(action.get("value") or option.get("value") or action.get("selected_date") or ""),
        block=str(action.get("block_id") or ""),
        view=body.get("view"),
    )


def form(body: Json) -> Form:
    """Read a view_submission, or a block_suggestion from inside a modal."""
    view = body.get("view") or {}
    name = body.get("action_id") if body["type"] == "block_suggestion" else view.get("callback_id")
    values = (view.get("state") or {}).get("values") or {}
    return Form(
        **_turn(body),
        key=f"{view.get('id')}:{view.get('hash')}:{name}",
        form=str(name or ""),
        view_id=str(view.get("id") or ""),
        about=str(view.get("private_metadata") or ""),
        typed=str(body.get("value") or ""),
        values=values,
    )


def command(body: Json) -> Command:
    word, _, rest = str(body.get("text") or "").strip().partition(" ")
    team = str(body["team_id"])
    return Command(
        who=ChatAccount(team=team, user=str(body["user_id"])),
        name=str(body.get("user_name") or ""),
        key=str(body["trigger_id"]),
        trigger=body["trigger_id"],
        response_url=body.get("response_url"),
        channel=body.get("channel_id"),
        word=word.casefold(),
        rest=rest.strip(),
    )


def shortcut(body: Json) -> Command:
    return Command(**_turn(body), key=str(body["trigger_id"]), word=str(body["callback_id"]), rest="")


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
    team = str(body["team_id"])
    return Told(
        who=ChatAccount(team=team, user=str(user)),
        key=str(body.get("event_id") or ""),
        foreign=bool(body.get("is_ext_shared_channel")) or event.get("team", team) != team,
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


def _turn(body: Json) -> Json:
    user = body["user"]
    team = body.get("team") or {}
    of_user = str(user.get("team_id") or team.get("id") or "")
    return {
        "who": ChatAccount(team=of_user, user=str(user["id"])),
        "name": str(user.get("name") or user.get("username") or ""),
        "foreign": bool(team) and of_user != team.get("id"),
        "trigger": body.get("trigger_id"),
    }
