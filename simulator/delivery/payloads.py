"""The payloads themselves, key by key as Slack writes them."""

import secrets
from dataclasses import dataclass, field

from simulator.clock import Clock
from simulator.seed import User, Workspace
from simulator.tokens import Tokens
from simulator.wire import APP_ID, VERIFICATION_TOKEN, Json
from simulator.workspace.conversations import Conversation
from simulator.workspace.elements import STATEFUL, chosen
from simulator.workspace.ids import random_id
from simulator.workspace.messages import Message
from simulator.workspace.people import ELSEWHERE
from simulator.workspace.views import View


@dataclass(frozen=True)
class Payloads:
    """Writes payloads for one workspace and one app."""

    workspace: Workspace
    tokens: Tokens
    clock: Clock = field(default_factory=Clock)

    @property
    def team_id(self) -> str:
        return self.workspace.team_id

    @property
    def is_org_wide(self) -> bool:
        token = self.tokens.into(self.workspace)
        return token is not None and token.enterprise is not None

    def event(self, event: Json, *, team: str, ext_shared: bool) -> Json:
        """Wrap one event, which happened in *team*, for the Events API."""
        return {
            "token": VERIFICATION_TOKEN,
            "team_id": team,
            "enterprise_id": self.workspace.enterprise_id,
            "context_team_id": self.team_id,
            "context_enterprise_id": self.workspace.enterprise_id,
            "api_app_id": APP_ID,
            "event": event,
            "type": "event_callback",
            "event_id": random_id("Ev"),
            "event_time": int(self.clock.now()),
            "authorizations": [
                {
                    "enterprise_id": self.workspace.enterprise_id,
                    "team_id": None if self.is_org_wide else self.team_id,
                    "user_id": self.workspace.bot_user_id,
                    "is_bot": True,
                    "is_enterprise_install": self.is_org_wide,
                }
            ],
            "is_ext_shared_channel": ext_shared,
            "event_context": secrets.token_hex(12),
        }

    def message(self, message: Message, room: Conversation) -> Json:
        event = message.as_slack(self.workspace) | {
            "channel": room.id,
            "channel_type": room.kind,
            "event_ts": message.ts,
        }
        return event | self._from(room)

    def _from(self, room: Conversation) -> Json:
        """Tell whose message it is, where a room is shared."""
        return {"user_team": self.team_id, "source_team": self.team_id} if room.teams else {}

    def mention(self, message: Message, room: Conversation) -> Json:
        event = message.as_slack(self.workspace) | {
            "type": "app_mention",
            "channel": message.channel,
            "event_ts": message.ts,
            "team": self.team_id,
        }
        return event | self._from(room)

    def changed(self, message: Message, before: Message, room: Conversation, ts: str) -> Json:
        return {
            "type": "message",
            "subtype": "message_changed",
            "hidden": True,
            "channel": room.id,
            "channel_type": room.kind,
            "message": message.as_slack(self.workspace),
            "previous_message": before.as_slack(self.workspace),
            "ts": ts,
            "event_ts": ts,
        }

    def deleted(self, before: Message, room: Conversation, ts: str) -> Json:
        return {
            "type": "message",
            "subtype": "message_deleted",
            "hidden": True,
            "channel": room.id,
            "channel_type": room.kind,
            "deleted_ts": before.ts,
            "previous_message": before.as_slack(self.workspace),
            "ts": ts,
            "event_ts": ts,
        }

    def interaction(self, kind: str, user: User, trigger: str) -> Json:
        """Write what every interaction carries; of an organisation's app it names no workspace."""
        here = self.workspace
        team: Json = {"id": self.team_id, "domain": here.domain}
        enterprise: Json | None = None
        if here.enterprise_id:
            enterprise = {"id": here.enterprise_id, "name": here.enterprise_name}
            team |= {"enterprise_id": here.enterprise_id, "enterprise_name": here.enterprise_name}
        return {
            "type": kind,
            "team": None if self.is_org_wide else team,
            "user": {
                "id": user.id,
                "username": user.name,
                "name": user.name,
                "team_id": user.team_id or (ELSEWHERE if user.is_stranger else self.team_id),
            },
            "api_app_id": APP_ID,
            "token": VERIFICATION_TOKEN,
            "trigger_id": trigger,
            "enterprise": enterprise,
            "is_enterprise_install": self.is_org_wide,
        }

    def on_message(self, message: Message, room: Conversation, response_url: str) -> Json:
        """Write what an act upon a message carries besides; what only one sees, Slack does not show again."""
        container: Json = {
            "type": "message",
            "message_ts": message.ts,
            "channel_id": room.id,
            "is_ephemeral": message.ephemeral,
        }
        if message.thread_ts:
            container["thread_ts"] = message.thread_ts
        body: Json = {
            "container": container,
            "channel": {"id": room.id, "name": room.shown_name},
            "state": {"values": {}},
            "response_url": response_url,
        }
        if not message.ephemeral:
            body["message"] = message.as_slack(self.workspace)
        return body

    def on_view(self, view: View) -> Json:
        return {
            "container": {"type": "view", "view_id": view.id},
            "view": view.as_slack(self.workspace),
            "state": {"values": view.values},
        }


def action(block: Json, element: Json, given: Json, ts: str) -> Json:
    """Write the one entry of `actions`: what was pressed or chosen."""
    kind = element["type"]
    done: Json = {
        "type": kind,
        "action_id": element["action_id"],
        "block_id": block["block_id"],
        "action_ts": ts,
    }
    for name in ("text", "value", "style", "url", "placeholder", "accessibility_label", "confirm"):
        if name in element and kind != "plain_text_input":
            done[name] = element[name]
    for name in element:
        if name.startswith("initial_"):
            done[name] = element[name]
    if kind in STATEFUL:
        done |= chosen(element, given)
    elif kind == "overflow":
        done["selected_option"] = chosen({**element, "type": "static_select"}, given)["selected_option"]
    elif kind == "feedback_buttons":
        both = (element["positive_button"], element["negative_button"])
        pressed = next((each for each in both if each["value"] == given.get("value")), both[0])
        done |= {"value": pressed["value"], "text": pressed["text"]}
    return done
