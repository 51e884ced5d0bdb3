"""Everything that a person can do, by its verb."""

from collections.abc import Awaitable, Callable, Mapping

from simulator.delivery.envelope import Envelope
from simulator.oauth.leaving import leave
from simulator.people import accounts
from simulator.people.modals import close, submit
from simulator.people.own import begin, delete, edit, react, stop
from simulator.people.pressing import press, suggest
from simulator.people.talking import command, read, room_of, say
from simulator.seed import User
from simulator.stage import Stage
from simulator.wire import Json, SlackError

Act = Callable[[Stage, User, Json], Awaitable[Json]]


async def home(stage: Stage, user: User, body: Json) -> Json:
    return _opened(stage, user, "home")


async def messages_tab(stage: Stage, user: User, body: Json) -> Json:
    return _opened(stage, user, "messages")


def _opened(stage: Stage, user: User, tab: str) -> Json:
    room = stage.rooms.dm_with_app(user.id)
    event: Json = {
        "type": "app_home_opened",
        "user": user.id,
        "channel": room.id,
        "tab": tab,
        "event_ts": f"{stage.clock.now():.6f}",
    }
    view = stage.views.homes.get(user.id)
    if tab == "home" and view is not None:
        event["view"] = view.as_slack(stage.workspace)
    if "app_home_opened" in stage.manifest.events:
        stage.announce(event)
    return {"channel": room.id}


async def shortcut(stage: Stage, user: User, body: Json) -> Json:
    known = stage.manifest.shortcut(str(body.get("callback_id"))) if stage.token else None
    if known is None:
        raise SlackError("unknown_shortcut")
    trigger = stage.triggers.issue(user.id)
    about: Json = {"callback_id": known.callback_id, "action_ts": f"{stage.clock.now():.6f}"}
    if known.type == "global":
        payload = stage.payloads.interaction("shortcut", user, trigger)
    else:
        room = room_of(stage, user, body.get("channel"))
        message = stage.messages.find(room.id, body.get("ts"))
        payload = stage.payloads.interaction("message_action", user, trigger)
        about |= {
            "channel": {"id": room.id, "name": room.shown_name},
            "message": message.as_slack(stage.workspace),
            "message_ts": message.ts,
            "response_url": stage.response_url(user.id, room, message),
        }
    answer = await stage.delivery.ask(
        Envelope("interactive", payload | about, f"shortcut {known.callback_id}")
    )
    if not answer.arrived:
        stage.notice(user.id, "no_answer")
        raise SlackError("app_did_not_answer")
    return {}


async def uninstall(stage: Stage, user: User, body: Json) -> Json:
    """Throw the app out, as an admin may."""
    if not user.is_admin:
        raise SlackError("not_allowed")
    if stage.token is None:
        raise SlackError("app_not_installed")
    leave(stage, stage.token, "account_inactive")
    return {}


ACTS: Mapping[str, Act] = {
    "rename": accounts.rename,
    "deactivate": accounts.deactivate,
    "reactivate": accounts.reactivate,
    "welcome": accounts.welcome,
    "join": accounts.join,
    "invite": accounts.invite,
    "remove": accounts.remove,
    "archive": accounts.archived,
    "say": say,
    "command": command,
    "press": press,
    "suggest": suggest,
    "submit": submit,
    "close": close,
    "home": home,
    "messages_tab": messages_tab,
    "shortcut": shortcut,
    "read": read,
    "react": react,
    "edit": edit,
    "delete": delete,
    "begin": begin,
    "stop": stop,
    "uninstall": uninstall,
}


async def perform(stage: Stage, user: object, act: object, body: Json) -> Json:
    """Let *user* do *act*, and answer as the page is answered."""
    try:
        if not isinstance(act, str) or act not in ACTS:
            raise SlackError("unknown_act")
        return {"ok": True, **await ACTS[act](stage, stage.people.active(user), body)}
    except SlackError as refusal:
        return refusal.as_json()
